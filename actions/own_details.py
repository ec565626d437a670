"""Correcting the name and birth date of the own person or a family member.

Until a document is with the staff or has verified them, or a doctor has begun a visit under them.
"""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.acting import acting_for
from actions.context import ActionRefused, Context, permit, record
from domain.errors import Code, Conflict, FieldFault, InvalidInput, OwnFault
from domain.family import FamilyMember, NewMember, checked_member, of_age_at
from domain.identity import OwnDetails
from domain.permissions import Action
from domain.registration import birth_date_fault, is_adult
from storage import identity


async def correct_details(
    ctx: Context, name: str, born: date, zone: ZoneInfo, patient_id: UUID | None = None
) -> None:
    """Correct name and birth date of a patient for whom the actor acts; None is the own person.

    `zone` is the hospital's. The same ones change nothing; what they were is kept. Of a child the guardian's
    right then ends as the child comes of age by the new date. Raise InvalidInput with every wrong field,
    Conflict (identity.submitted) once a document waits for the staff, who would compare it with something
    else, or has verified the name, Conflict (patient.seen) once a doctor has begun a visit.
    """
    permit(ctx, Action.PATIENT_CORRECT)
    acting = await acting_for(ctx, patient_id, Action.PATIENT_CORRECT)
    of, account_id, today = acting.patient_id, ctx.actor.account_id, ctx.now.astimezone(zone).date()
    if account_id is None:
        raise ActionRefused(Action.PATIENT_CORRECT, None, of)
    after = (
        _checked(name, born, today) if acting.member is None else _of_member(acting.member, name, born, today)
    )
    before, submitted = await identity.details_locked(ctx.tx, of)
    if submitted:
        raise Conflict(Code.IDENTITY_SUBMITTED, "A document was submitted already.")
    if before == after:
        return
    if await identity.is_seen(ctx.tx, of):
        raise Conflict(Code.PATIENT_SEEN, "A doctor has begun a visit already: the hospital corrects it.")
    made = identity.Correction(ctx.new_id(), of, before, after, account_id, ctx.now)
    if not await identity.correct(ctx.tx, made):
        raise OwnFault(f"patient {of} changed while it was locked")
    if acting.member is None:
        corrected = await identity.correct_account(ctx.tx, account_id, after.name)
    else:
        ends_at = of_age_at(after.birth_date, zone) if acting.right.of_guardian else None
        corrected = await identity.correct_right(ctx.tx, of, account_id, ends_at)
    if not corrected:
        raise ActionRefused(Action.PATIENT_CORRECT, ("patient", of), of)
    fields = [what for what in ("name", "birth_date") if getattr(before, what) != getattr(after, what)]
    await record(ctx, Action.PATIENT_CORRECT, ("patient", of), patient_id=of, detail={"fields": fields})


def _checked(name: str, born: date, today: date) -> OwnDetails:
    fields: dict[str, FieldFault] = {}
    clean = name.strip()
    if not clean:
        fields["name"] = FieldFault.MISSING
    elif not clean.isprintable():
        fields["name"] = FieldFault.BAD_FORMAT
    wrong = birth_date_fault(born, today)
    if wrong is not None:
        fields["birth_date"] = wrong
    if fields:
        raise InvalidInput("The details are not valid.", fields)
    return OwnDetails(clean, born)


def _of_member(member: FamilyMember, name: str, born: date, today: date) -> OwnDetails:
    checked = checked_member(NewMember(name, born, member.gender, member.relationship, declared=True), today)
    # Who may act for a child is decided otherwise than for an adult: a date does not turn one into the other.
    if is_adult(born, today) is member.right.of_guardian:
        raise InvalidInput("The details are not valid.", {"birth_date": FieldFault.INVALID})
    return OwnDetails(checked.name, checked.birth_date)
