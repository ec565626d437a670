"""What the hospital tells people by mail: reading what a letter needs, and keeping that it went."""

from dataclasses import dataclass
from uuid import UUID

from actions.context import Context, permit, record
from actions.jobs import mark_effect
from domain.consultation import ConsultationState
from domain.errors import Code, OwnFault, WrongState
from domain.ids import ConsultationId
from domain.permissions import Action
from storage import accounts, consultations


@dataclass(frozen=True, slots=True)
class VisitEndedNotice:
    """Whom to tell that which visit ended. `email` is None when there is nobody to be told by mail."""

    consultation_id: ConsultationId
    patient_name: str
    practitioner_name: str
    locale: str
    email: str | None


async def visit_ended_notice(ctx: Context, consultation_id: UUID) -> VisitEndedNotice:
    """Return what the letter after a visit needs. A disabled account is not written to.

    Raise NotFound when there is no such consultation, WrongState when it is not over.
    """
    permit(ctx, Action.MAIL_SEND)
    visit = await consultations.by_id(ctx.tx, consultation_id)
    if visit.state is not ConsultationState.FINISHED:
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", visit.state, "mail")
    account = await accounts.by_id(ctx.tx, visit.patient_account_id)
    if account is None:
        raise OwnFault("a patient has no account")
    email = account.email if account.disabled_at is None else None
    await record(
        ctx,
        Action.MAIL_SEND,
        ("consultation", visit.id),
        patient_id=visit.patient_id,
        detail={"step": "prepared", "address": email is not None},
    )
    return VisitEndedNotice(visit.id, visit.patient_name, visit.practitioner_name, account.locale, email)


async def visit_ended_told(ctx: Context, consultation_id: UUID, key: str, *, taken: bool) -> None:
    """Keep what became of the letter of the job with this key; one that was `taken` is not sent again.

    `taken` is False where no mail server is set. Raise NotFound when there is no such consultation.
    """
    permit(ctx, Action.MAIL_SEND)
    visit = await consultations.by_id(ctx.tx, consultation_id)
    if taken:
        await mark_effect(ctx, key)
    await record(
        ctx,
        Action.MAIL_SEND,
        ("consultation", visit.id),
        patient_id=visit.patient_id,
        detail={"step": "sent" if taken else "no_mail_server"},
    )
