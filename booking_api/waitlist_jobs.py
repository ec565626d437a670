"""The handler of the job that offers what became free to who waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from actions import waitlist_offers
from actions.context import UnitOfWork
from domain.errors import OwnFault
from domain.ids import PractitionerId
from domain.jobs import Handler, JobCall, JobName


def handlers(work: UnitOfWork, time_zone: str) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs. Whether it is night is said by the hospital's `time_zone`."""
    return {JobName.OFFER_FREED: _OfferFreed(work, ZoneInfo(time_zone))}


@dataclass(frozen=True, slots=True)
class _OfferFreed:
    """Offers what is free at this moment. Running it again offers what is still free, and nothing twice."""

    work: UnitOfWork
    zone: ZoneInfo

    async def __call__(self, call: JobCall) -> None:
        practitioner_id = PractitionerId(UUID(call.args["practitioner_id"]))
        found = await waitlist_offers.offer_free(self.work, practitioner_id, self.zone, f"job:{call.key}")
        if found.failed:
            # The others have theirs; who was passed over is tried again, and in the end somebody looks.
            raise OwnFault(f"{found.failed} offers of the waitlist failed")
