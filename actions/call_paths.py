"""Which way a call goes, for the audit trail: who can read along differs between p2p and the relay."""

from uuid import UUID

from actions.context import Context, permit, record
from domain.permissions import Action
from storage import consultations


async def path_chosen(ctx: Context, consultation_id: UUID, path: str, reason: str, people: int) -> None:
    """Keep that a call goes another way from now on, why, and how many were in it. The system's."""
    permit(ctx, Action.CALL_PATH)
    visit = await consultations.by_id(ctx.tx, consultation_id)
    await record(
        ctx,
        Action.CALL_PATH,
        ("consultation", consultation_id),
        patient_id=visit.patient_id,
        detail={"path": path, "reason": reason, "people": people},
    )
