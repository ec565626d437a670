"""A patient who holds a slot, and a provider that takes the money: for tests of payments and refunds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from actions import payments, refunds
from actions.context import UnitOfWork
from domain.accounts import SYSTEM, Account, actor_of
from domain.booking import Booking
from domain.ids import AppointmentId
from domain.payment import Payment, ProviderName, Refund, Said, SaidKind
from providers.payments.demo import DemoChoice, DemoProvider
from storage import appointments
from storage import payments as rows
from storage.pool import Database
from tests.bookable import hold_slot, make_bookable
from tests.integration.actions.visits import Visit
from tests.people import make_patient, note_safe
from tests.rows import rows as look

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Nine o'clock of the next day in Shanghai."""


@dataclass
class Counter:
    """Where visits are paid: short ways to hold, to pay, and to see what became of it."""

    work: UnitOfWork
    database: Database
    provider: DemoProvider
    patient: Account
    doctor: Account
    said: list[Said] = field(default_factory=list)

    async def hold(self, patient: Account | None = None) -> Booking:
        async with self.work.begin(actor_of(patient or self.patient), "test") as ctx:
            return await hold_slot(ctx, self.doctor, NINE)

    async def start(self, appointment_id: UUID, account: Account | None = None) -> Payment:
        started = await payments.start(
            self.work,
            self.provider,
            actor=actor_of(account or self.patient),
            request_id="test",
            appointment_id=appointment_id,
            subject="a visit",
            return_url="https://hospital.example/pay",
        )
        return started.payment

    async def notice(self, payment: Payment, choice: DemoChoice = DemoChoice.PAY) -> Said:
        """Have the payer choose; return what the provider says of it, which nobody has heard yet."""
        return await self.provider.verify(*await self.provider.choose(payment.id, choice))

    async def hear(self, said: Said) -> str:
        return await payments.hear(self.work, said, "test")

    async def paid(self) -> Payment:
        """A visit that is paid and booked."""
        payment = await self.start((await self.hold()).id)
        assert await self.hear(await self.notice(payment)) == "applied"
        return await self.read(payment.id)

    async def send(self, refund: Refund) -> None:
        await refunds.send(self.work, self.provider, refund.id, "test")

    async def read(self, payment_id: UUID) -> Payment:
        async with self.database.transaction() as tx:
            found = await rows.by_id(tx, payment_id)
        assert found is not None
        return found

    async def booking(self, appointment_id: UUID) -> str:
        async with self.database.transaction() as tx:
            row = await tx.one("booking_by_id", {"id": appointment_id})
        assert row is not None
        return str(row["state"])

    async def refunds(self, payment_id: UUID) -> list[Refund]:
        async with self.database.transaction() as tx:
            return (await rows.refunds_of(tx, [payment_id])).get(payment_id, [])


def another(said: Said, *, event_id: str = "another", kind: SaidKind | None = None) -> Said:
    """The same news as another event."""
    return Said(
        ProviderName.DEMO,
        event_id,
        kind or said.kind,
        said.payment_id,
        said.reference,
        said.amount_minor,
        said.currency,
    )


async def open_counter(work: UnitOfWork, database: Database, provider: DemoProvider) -> Counter:
    return Counter(work, database, provider, await make_patient(work), await make_bookable(work))


async def visit_of(counter: Counter, appointment_id: UUID, dsn: str) -> Visit:
    """Return a visit that was booked there; its patient may arrive without being asked anything."""
    ((consultation,),) = look(
        dsn, "select id from consultation where appointment_id = %s", str(appointment_id)
    )
    async with counter.work.begin(SYSTEM, "test") as ctx:
        made = await appointments.by_id(ctx.tx, AppointmentId(appointment_id))
        assert made is not None
        await note_safe(ctx, made)
    return Visit(counter.work, consultation, appointment_id, counter.patient, counter.doctor)
