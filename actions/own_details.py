"""Correcting the own name and birth date, until a document is with the staff or has verified them."""

from datetime import date
from zoneinfo import ZoneInfo

from actions.context import ActionRefused, Context, permit, record
from domain.errors import Code, Conflict, FieldFault, InvalidInput, OwnFault
from domain.identity import OwnDetails
from domain.permissions import Action
from domain.registration import birth_date_fault
from storage import identity


async def correct_details(ctx: Context, name: str, born: date, zone: ZoneInfo) -> None:
    """Correct the actor's own name and birth date. `zone` is the hospital's. The same ones change nothing.

    Raise InvalidInput with every wrong field, Conflict (identity.submitted) once a document waits for the
    staff, who would compare it with something else, or has verified the name.
    """
    permit(ctx, Action.PATIENT_CORRECT)
    patient_id, account_id = ctx.actor.patient_id, ctx.actor.account_id
    if patient_id is None or account_id is None:
        raise ActionRefused(Action.PATIENT_CORRECT)
    after = _checked(name, born, ctx.now.astimezone(zone).date())
    before, submitted = await identity.details_locked(ctx.tx, patient_id)
    if submitted:
        raise Conflict(Code.IDENTITY_SUBMITTED, "A document was submitted already.")
    if before == after:
        return
    if not await identity.correct(ctx.tx, patient_id, account_id, before, after):
        raise OwnFault(f"patient {patient_id} changed while it was locked")
    fields = [what for what in ("name", "birth_date") if getattr(before, what) != getattr(after, what)]
    await record(
        ctx, Action.PATIENT_CORRECT, ("patient", patient_id), patient_id=patient_id, detail={"fields": fields}
    )


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
