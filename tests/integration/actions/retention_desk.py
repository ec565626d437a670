"""Where tests of retention ask, approve and destroy: a hospital with old records and enough people."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from actions import destroying, destruction, legal_holds
from actions.context import UnitOfWork
from actions.destruction import Requested
from actions.passwords import PasswordHasher
from domain.accounts import Account, Actor, actor_of
from domain.destruction import DestructionRequest, LegalHold
from domain.ids import PatientId
from domain.retention import RetentionPolicy
from providers.throttle import MemoryThrottle, Throttle
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import PASSWORD, make_admin, make_auditor

LONG = timedelta(days=15 * 366)
"""Longer than any record is kept."""


@dataclass
class Desk:
    """The people of a hospital's retention, and short ways to what they do."""

    work: UnitOfWork
    clock: Clock
    passwords: PasswordHasher
    throttle: Throttle
    asker: Account
    first: Account
    second: Account
    policy: RetentionPolicy = field(default_factory=RetentionPolicy)

    async def old_visit(self, *texts: str, patient: Account | None = None) -> Visit:
        """A visit that was held and ended now; say `age` to make it old."""
        visit = await make_visit(self.work, patient)
        await visit.arrive()
        await visit.admit()
        await visit.talk(*(texts or ("您好", "哪里不舒服？")))
        await visit.finish()
        return visit

    def age(self, by: timedelta = LONG) -> None:
        self.clock.forward(by)

    async def request(
        self,
        visit: Visit | None = None,
        *,
        who: Account | None = None,
        due_by: datetime | None = None,
        password: str = PASSWORD,
        reason: str = "Term is over",
    ) -> Requested:
        return await destruction.request_destruction(
            self.work,
            self.passwords,
            self.throttle,
            self.policy,
            self._actor(who or self.asker),
            "request-1",
            reason=reason,
            password=password,
            consultation_id=None if visit is None else visit.id,
            due_by=due_by,
        )

    async def approve(self, request_id: UUID, who: Account, password: str = PASSWORD) -> DestructionRequest:
        return await destruction.approve(
            self.work,
            self.passwords,
            self.throttle,
            self._actor(who),
            "approve-1",
            request_id,
            password=password,
        )

    async def approved(self, *visits: Visit) -> DestructionRequest:
        """A request for one visit, or for all that are due, approved by both."""
        if len(visits) == 1:
            made = await self.request(visits[0])
        else:
            made = await self.request(due_by=self.clock())
        await self.approve(made.request.id, self.first)
        return await self.approve(made.request.id, self.second)

    async def destroy(self, request_id: UUID, who: Account | None = None) -> DestructionRequest:
        return await destroying.destroy(
            self.work, self.policy, self._actor(who or self.asker), "destroy-1", request_id
        )

    async def hold(
        self, visit: Visit | None = None, *, patient: Account | None = None, reason: str = "Lawsuit 12/2041"
    ) -> LegalHold:
        return await legal_holds.place_hold(
            self.work,
            self._actor(self.first),
            "hold-1",
            reason=reason,
            consultation_id=None if visit is None else visit.id,
            patient_id=None if patient is None else PatientId(patient.patient_id or UUID(int=0)),
        )

    async def lift(self, hold_id: UUID, reason: str = "Lawsuit is over") -> None:
        await legal_holds.lift_hold(self.work, self._actor(self.second), "lift-1", hold_id, reason=reason)

    async def tick(self) -> int:
        return await destroying.tick(self.work, "tick-1")

    @staticmethod
    def _actor(account: Account) -> Actor:
        return actor_of(account)


async def open_desk(work: UnitOfWork, clock: Clock, passwords: PasswordHasher) -> Desk:
    return Desk(
        work,
        clock,
        passwords,
        MemoryThrottle(clock),
        asker=await make_auditor(work, "周正"),
        first=await make_admin(work, "陈晨"),
        second=await make_auditor(work, "孙悦"),
    )
