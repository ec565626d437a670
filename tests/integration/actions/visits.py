"""A visit for tests of the record: its two people, and short ways to move it and to speak in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from actions import consultations
from actions.consultations import Moved
from actions.context import UnitOfWork
from actions.conversation import Kept, Saying, keep_batch
from domain.accounts import SYSTEM, Account, Actor, actor_of
from domain.errors import UserFault
from domain.facts import Body, EntryKind, chat_body
from tests.people import make_appointment, make_doctor, make_patient


@dataclass(frozen=True, slots=True)
class Visit:
    """One consultation, its patient and its doctor."""

    work: UnitOfWork
    id: UUID
    appointment_id: UUID
    patient: Account
    doctor: Account

    @property
    def as_patient(self) -> Actor:
        return actor_of(self.patient)

    @property
    def as_doctor(self) -> Actor:
        return actor_of(self.doctor)

    async def arrive(self) -> Moved:
        async with self.work.begin(self.as_patient, "arrive") as ctx:
            return await consultations.arrive(ctx, self.id)

    async def step_out(self) -> Moved:
        async with self.work.begin(self.as_patient, "step-out") as ctx:
            return await consultations.step_out(ctx, self.id)

    async def admit(self) -> Moved:
        async with self.work.begin(self.as_doctor, "admit") as ctx:
            return await consultations.admit(ctx, self.id)

    async def finish(self) -> Moved:
        async with self.work.begin(self.as_doctor, "finish") as ctx:
            return await consultations.finish(ctx, self.id)

    def chat(self, text: str, *, actor: Actor | None = None, message_id: UUID | None = None) -> Saying:
        return self.saying(EntryKind.CHAT, chat_body(text), actor=actor, message_id=message_id)

    def saying(
        self, kind: EntryKind, body: Body, *, actor: Actor | None = None, message_id: UUID | None = None
    ) -> Saying:
        return Saying(actor or self.as_patient, "say", self.id, message_id or uuid4(), kind, body)

    async def talk(self, *texts: str) -> list[Kept]:
        """Say something in turns, the patient first; every message is kept."""
        sayings = [
            self.chat(text, actor=self.as_patient if turn % 2 == 0 else self.as_doctor)
            for turn, text in enumerate(texts)
        ]
        return [kept_one(outcome) for outcome in await keep(self.work, *sayings)]


async def make_visit(
    work: UnitOfWork,
    patient: Account | None = None,
    doctor: Account | None = None,
    starts_at: datetime | None = None,
    *,
    lasts: timedelta = timedelta(minutes=30),
    safe: bool = True,
) -> Visit:
    who = patient or await make_patient(work)
    by = doctor or await make_doctor(work)
    appointment = await make_appointment(work, who, by, starts_at, lasts=lasts, safe=safe)
    return Visit(work, appointment.consultation_id, appointment.id, who, by)


async def keep(work: UnitOfWork, *sayings: Saying) -> list[Kept | UserFault]:
    async with work.begin(SYSTEM, "batch") as ctx:
        return await keep_batch(ctx, sayings)


def kept_one(outcome: Kept | UserFault) -> Kept:
    assert isinstance(outcome, Kept), outcome
    return outcome


async def spoken(work: UnitOfWork, *texts: str, **rest: Any) -> Visit:
    """A visit in which something was said: entry 1 is the arrival, then the texts."""
    visit = await make_visit(work, **rest)
    await visit.arrive()
    await visit.talk(*texts)
    return visit
