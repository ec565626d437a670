"""Reading the audit trail. Reading it is itself kept in it."""

from typing import Final

from actions.context import Context, permit, record
from domain.audit import AuditEvent
from domain.errors import FieldFault, InvalidInput
from domain.ids import PatientId
from domain.permissions import Action
from storage import audit_trail

LINES_MAX: Final = 200
_ID_MAX = 2**63 - 1


async def read_lines(
    ctx: Context, before_id: int | None, limit: int, patient_id: PatientId | None
) -> list[AuditEvent]:
    """Return up to `limit` lines, newest first: those before the line `before_id`, those of one patient.

    The line about this reading is not among them. Raise InvalidInput for numbers out of range.
    """
    permit(ctx, Action.AUDIT_READ)
    fields: dict[str, FieldFault] = {}
    if limit < 1:
        fields["limit"] = FieldFault.TOO_SMALL
    elif limit > LINES_MAX:
        fields["limit"] = FieldFault.TOO_LARGE
    if before_id is not None and before_id < 1:
        fields["before"] = FieldFault.TOO_SMALL
    elif before_id is not None and before_id > _ID_MAX:
        fields["before"] = FieldFault.TOO_LARGE
    if fields:
        raise InvalidInput("The page of the audit trail is not valid.", fields)
    found = await audit_trail.newest(ctx.tx, _ID_MAX if before_id is None else before_id, limit, patient_id)
    await record(ctx, Action.AUDIT_READ, patient_id=patient_id, detail={"lines": len(found)})
    return found
