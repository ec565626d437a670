"""People to choose from: whom an appointment is for, and with whom; whose consultations to look at."""

from uuid import UUID

from actions.context import Context, permit, record, record_patients
from domain.people import Patient, Practitioner
from domain.permissions import Action, allowed
from storage import people


async def list_patients(
    ctx: Context, part: str | None, after: tuple[str, UUID] | None, limit: int
) -> tuple[list[Patient], bool]:
    """Return up to `limit` patients for whom an appointment can be made, and whether there are more.

    They come by name, after the pair of name and id; `part` is a part of the name.
    """
    permit(ctx, Action.PATIENT_LIST)
    found = await people.patients(ctx.tx, part=part, after=after, limit=limit + 1)
    shown = found[:limit]
    await record_patients(ctx, Action.PATIENT_LIST, [patient.id for patient in shown])
    return shown, len(found) > limit


async def list_practitioners(ctx: Context) -> list[Practitioner]:
    """Return the doctors by name: those who can be booked, and to who searches the archive all of them."""
    permit(ctx, Action.PRACTITIONER_LIST)
    # A doctor who left is the one whose consultations an auditor may well be looking for.
    found = await people.doctors(ctx.tx, disabled_too=allowed(ctx.actor, Action.ARCHIVE_SEARCH))
    await record(ctx, Action.PRACTITIONER_LIST)
    return found
