"""The audit trail."""

from actions import audit_reading
from booking_api.edge import Call
from booking_api.models import AuditLine, AuditLines
from booking_api.queries import AuditQuery
from booking_api.views import view
from domain.ids import PatientId


async def read_audit(call: Call) -> AuditLines:
    """GET /api/audit. A page that is not full is the last one."""
    query = call.given(AuditQuery)
    patient_id = None if query.patient_id is None else PatientId(query.patient_id)
    async with call.begin() as ctx:
        found = await audit_reading.read_lines(ctx, query.before, query.limit, patient_id)
    is_full = len(found) == query.limit
    return AuditLines(
        lines=[view(AuditLine, item) for item in found], next_before=found[-1].id if is_full else None
    )
