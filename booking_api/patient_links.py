"""The staff's view of the HIS's patient index: who can it be, link, leave."""

from actions import patient_index
from booking_api.edge import Call
from booking_api.models_identity import (
    IndexCandidate,
    IndexCandidates,
    NewIndexLink,
    UnlinkedPatients,
    UnlinkedPatientView,
)
from booking_api.views import view


async def list_unlinked_patients(call: Call) -> UnlinkedPatients:
    """GET /api/patient-links."""
    async with call.begin() as ctx:
        found = await patient_index.unlinked(ctx)
        connected = ctx.his_connected
    patients = [view(UnlinkedPatientView, one) for one in found]
    return UnlinkedPatients(his_connected=connected, patients=patients)


async def find_index_candidates(call: Call) -> IndexCandidates:
    """GET /api/identity-checks/{id}/candidates."""
    found = await patient_index.look_up(
        call.edge.work,
        call.edge.patients,
        actor=call.actor,
        request_id=call.request_id,
        check_id=call.uuid(),
    )
    candidates = [view(IndexCandidate, one) for one in found.candidates]
    return IndexCandidates(kind=found.kind, candidates=candidates)


async def link_patient(call: Call) -> None:
    """POST /api/identity-checks/{id}/link."""
    given = call.given(NewIndexLink)
    await patient_index.link_found(
        call.edge.work,
        call.edge.patients,
        actor=call.actor,
        request_id=call.request_id,
        check_id=call.uuid(),
        source=given.source,
        number=given.number,
    )


async def leave_patient_unlinked(call: Call) -> None:
    """POST /api/identity-checks/{id}/leave-unlinked."""
    async with call.begin() as ctx:
        await patient_index.leave(ctx, call.uuid())
