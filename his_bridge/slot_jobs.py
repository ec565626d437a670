"""Handlers of the jobs that bring requests for slots to the hospital's own system (HIS)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog

from actions import his_slots
from actions.context import UnitOfWork
from domain.errors import PartnerDown
from domain.jobs import RETRY_WAITS_S, Handler, JobCall, JobName
from providers.his import HospitalSlots

_log = structlog.get_logger(__name__)


def handlers(work: UnitOfWork, his: HospitalSlots) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs."""
    return {JobName.HIS_ASK: _Ask(work, his), JobName.HIS_RELEASE: _Release(work, his)}


@dataclass(frozen=True, slots=True)
class _Ask:
    """Brings a request. While the HIS is down the patient's visit stays requested."""

    work: UnitOfWork
    his: HospitalSlots

    async def __call__(self, call: JobCall) -> None:
        try:
            await his_slots.bring(self.work, self.his, UUID(call.args["request_id"]), f"job:{call.key}")
        except PartnerDown as down:
            if call.attempt <= len(RETRY_WAITS_S):
                raise
            # It asks again later, until the request's own deadline: nothing for an administrator to repeat.
            _log.warning("his.not_asked", partner=down.partner)


@dataclass(frozen=True, slots=True)
class _Release:
    """Gives a slot back. An administrator sees one that could not be: the HIS keeps it for nobody."""

    work: UnitOfWork
    his: HospitalSlots

    async def __call__(self, call: JobCall) -> None:
        await his_slots.bring_back(self.work, self.his, UUID(call.args["request_id"]), f"job:{call.key}")
