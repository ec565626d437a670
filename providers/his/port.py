"""The port of slots that the hospital's own system (HIS) owns: what every adapter promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.his_slots import SlotAnswer

TIMEOUT_S = 10.0
"""How long the HIS is waited for."""


@dataclass(frozen=True, slots=True)
class SlotOrder:
    """A seat of a doctor's time [starts_at, ends_at) for a patient: ids of ours, aware moments.

    `request_id` is what makes it one order, however often it comes.
    """

    request_id: UUID
    patient_id: UUID
    practitioner_id: UUID
    starts_at: datetime
    ends_at: datetime


class HospitalSlots(Protocol):
    """Asks the HIS for slots. The bridge's adapter promises this, and so does the demo's."""

    async def request(self, order: SlotOrder) -> SlotAnswer:
        """Ask for a slot; return what the HIS decided. The same order again has the same answer.

        Raise PartnerDown when it does not answer: whether it has heard us is not known then.
        """
        ...

    async def release(self, order: SlotOrder) -> None:
        """Give a slot back: others can have it from now on. Of one that it never gave nothing happens.

        An order that was released is refused from then on, so that the two may come in any order. Raise
        PartnerDown.
        """
        ...
