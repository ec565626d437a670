"""A hospital whose own system owns a doctor's slots, for tests of what it is asked and what it says."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from actions import his_slots, schedules
from actions.context import UnitOfWork
from domain.accounts import SYSTEM, Account
from domain.his_slots import Ownership, SlotOwner
from domain.jobs import JobCall, JobName
from his_bridge.slot_jobs import handlers
from providers.his import DemoAnswers, DemoSlots
from providers.payments.demo import DemoProvider
from storage.pool import Database
from tests.bookable import make_bookable, practitioner_of
from tests.conftest import Clock
from tests.integration.actions.paying import Counter
from tests.people import make_patient
from tests.rows import rows

ZONE = "Asia/Shanghai"


@dataclass
class Desk:
    """Where slots of the HIS are booked: short ways to have its jobs done, and to see what became of it."""

    counter: Counter
    his: DemoSlots
    dsn: str
    clock: Clock

    @property
    def work(self) -> UnitOfWork:
        return self.counter.work

    def requests(self) -> list[tuple[UUID, str]]:
        """Return all that was ever asked for, with its state."""
        found = rows(self.dsn, "select id, state from slot_request order by made_at, decided_at nulls last")
        return [(UUID(str(one)), state) for one, state in found]

    def jobs(self, name: JobName) -> int:
        """Return how many jobs of a name were queued."""
        ((count,),) = rows(
            self.dsn, "select count(*) from procrastinate_jobs where task_name = %s", name.value
        )
        return int(count)

    async def run(self, name: JobName = JobName.HIS_ASK, *, attempt: int = 1) -> None:
        """Do the job about the latest request."""
        request_id = self.requests()[-1][0]
        call = JobCall("test", {"request_id": str(request_id)}, attempt)
        await handlers(self.work, self.his)[name](call)

    async def tick(self) -> int:
        return await his_slots.tick(self.work, "test")

    async def own(self, doctor: Account, quota_a_day: int = 0) -> Ownership:
        """Give a doctor's slots to the HIS."""
        async with self.work.begin(SYSTEM, "test") as ctx:
            return await schedules.set_slot_ownership(
                ctx, practitioner_of(doctor), SlotOwner.HIS, quota_a_day, ZONE
            )

    async def patient(self) -> Account:
        return await make_patient(self.work)


async def open_desk(
    work: UnitOfWork, database: Database, clock: Clock, dsn: str, folder: Path, *, capacity: int = 1
) -> Desk:
    """Open a desk whose doctor's slots belong to the HIS, without any quota."""
    connected = UnitOfWork(database, clock, os.urandom, work.keys, his_connected=True)
    provider = DemoProvider(folder / "demo.jsonl", clock=clock, random=os.urandom)
    patient = await make_patient(connected, email="li@example.org")
    doctor = await make_bookable(connected, capacity=capacity)
    counter = Counter(connected, database, provider, patient, doctor)
    desk = Desk(counter, DemoSlots(folder / "his.jsonl", DemoAnswers.CONFIRM), dsn, clock)
    await desk.own(doctor)
    return desk
