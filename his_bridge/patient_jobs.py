"""The handler of the job that looks for verified patients in the HIS's patient index."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog

from actions import patient_index
from actions.context import UnitOfWork
from domain.errors import PartnerDown
from domain.ids import PatientId
from domain.jobs import RETRY_WAITS_S, Handler, JobCall, JobName
from providers.his import PatientIndex

_log = structlog.get_logger(__name__)


def handlers(work: UnitOfWork, index: PatientIndex) -> Mapping[JobName, Handler]:
    """Return the handler of this edge's job."""
    return {JobName.HIS_MATCH: _Match(work, index)}


@dataclass(frozen=True, slots=True)
class _Match:
    """Looks for a patient. While the HIS is down the link stays open."""

    work: UnitOfWork
    index: PatientIndex

    async def __call__(self, call: JobCall) -> None:
        patient_id = PatientId(UUID(call.args["patient_id"]))
        try:
            await patient_index.settle(self.work, self.index, patient_id, f"job:{call.key}")
        except PartnerDown as down:
            if call.attempt <= len(RETRY_WAITS_S):
                raise
            # It is asked again later: nothing for an administrator to repeat.
            _log.warning("his.not_matched", partner=down.partner)
