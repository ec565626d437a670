"""The handler of the job that asks a name register about a submitted document."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog

from actions import name_opinions
from actions.context import UnitOfWork
from domain.errors import PartnerDown
from domain.jobs import RETRY_WAITS_S, Handler, JobCall, JobGivenUp, JobName
from providers.names import NameRegister, QuestionsSpent, RegisterRefused

_log = structlog.get_logger(__name__)


def handlers(work: UnitOfWork, register: NameRegister) -> Mapping[JobName, Handler]:
    """Return the handler of this edge's job."""
    return {JobName.IDENTITY_COMPARE: _Compare(work, register)}


@dataclass(frozen=True, slots=True)
class _Compare:
    """Asks the register. When it stays silent the staff sees that, and it is asked again later."""

    work: UnitOfWork
    register: NameRegister

    async def __call__(self, call: JobCall) -> None:
        check_id, request_id = UUID(call.args["check_id"]), f"job:{call.key}"
        try:
            await name_opinions.compare(self.work, self.register, check_id, request_id)
        except RegisterRefused as refused:
            # The hospital's account there is at fault: an administrator mends it. The staff sees that there
            # is no opinion, and the register is asked again by itself.
            await name_opinions.unanswered(self.work, self.register, check_id, request_id)
            raise JobGivenUp(f"name_register.refused ({refused.reason})") from None
        except QuestionsSpent:
            await name_opinions.unanswered(self.work, self.register, check_id, request_id, spent=True)
        except PartnerDown as down:
            if call.attempt <= len(RETRY_WAITS_S):
                raise
            _log.warning("names.not_compared", partner=down.partner)
            await name_opinions.unanswered(self.work, self.register, check_id, request_id)
