"""The demo's HIS: a book of slots in a file, so that a restart does not forget what it has promised."""

import asyncio
import json
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from domain.errors import PartnerDown
from domain.his_slots import SlotAnswer
from providers.his.port import SlotOrder

_RELEASED = "released"


class DemoAnswers(StrEnum):
    """How the demo's HIS behaves: it confirms what is free in its book, refuses all, or is not there."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    DOWN = "down"


class DemoSlots:
    """See HospitalSlots. In its book a doctor's time has one seat for each order, until it is released.

    `seats` is how many patients it lets have the same doctor at the same moment.
    """

    def __init__(self, file: Path, answers: DemoAnswers = DemoAnswers.CONFIRM, *, seats: int = 20) -> None:
        self.answers = answers
        self._file = file
        self._seats = seats
        # Request -> the doctor's time and what became of it, the latest line of each.
        self._book: dict[UUID, tuple[str, str]] = {}
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                kept = json.loads(line)
                self._book[UUID(kept["request"])] = (kept["time"], kept["what"])

    async def request(self, order: SlotOrder) -> SlotAnswer:
        """See HospitalSlots."""
        self._demand_up()
        known = self._book.get(order.request_id)
        if known is not None:
            return SlotAnswer.CONFIRMED if known[1] == SlotAnswer.CONFIRMED.value else SlotAnswer.REFUSED
        time = f"{order.practitioner_id} {order.starts_at.isoformat()}"
        taken = sum(one == (time, SlotAnswer.CONFIRMED.value) for one in self._book.values())
        refuses = self.answers is DemoAnswers.REFUSE or taken >= self._seats
        answer = SlotAnswer.REFUSED if refuses else SlotAnswer.CONFIRMED
        await self._keep(order.request_id, time, answer.value)
        return answer

    async def release(self, order: SlotOrder) -> None:
        """See HospitalSlots."""
        self._demand_up()
        time = f"{order.practitioner_id} {order.starts_at.isoformat()}"
        if self._book.get(order.request_id) != (time, _RELEASED):
            await self._keep(order.request_id, time, _RELEASED)

    def _demand_up(self) -> None:
        if self.answers is DemoAnswers.DOWN:
            raise PartnerDown("his", "The hospital's own system does not answer.")

    async def _keep(self, request_id: UUID, time: str, what: str) -> None:
        # In memory first: nobody comes between the look and the act.
        self._book[request_id] = (time, what)
        line = json.dumps({"request": str(request_id), "time": time, "what": what})
        await asyncio.to_thread(self._append, line)

    def _append(self, line: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
