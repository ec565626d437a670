"""Real-name verification: the patient submits a document's number, the staff compares and decides (ID-1).

The number is sealed by a key of its own and opened for whoever decides, with a line in the audit trail for
each patient. Its owner sees the last characters alone.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from actions.acting import acting_for
from actions.context import ActionRefused, Context, permit, record, record_patients
from chat_archive.data_keys import BodyDamaged, KeyFault
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, OwnFault, WrongState
from domain.identity import (
    IDENTITY,
    REASON_MAX,
    DocumentKind,
    IdentityCheck,
    IdentityEvent,
    IdentityState,
    OwnDetails,
    demand_birth_date,
    encoded_birth_date,
    masked,
    normal_number,
)
from domain.ids import PatientId
from domain.jobs import compare_name, his_match
from domain.name_opinion import NameOpinion, held_kinds
from domain.permissions import Action
from storage import identity, name_opinions, patient_index
from storage.identity import KeptCheck
from storage.job_queue import enqueue

_HEADER = b"televisit/identity-number/v1\n"


@dataclass(frozen=True, slots=True)
class CheckToDecide:
    """A check that waits, with the whole number, and what a name register says of it, if it did.

    `number_birth_date` is what the number says; None of a kind that says none. `compared`: a register was
    asked about it.
    """

    check: IdentityCheck
    number: str
    number_birth_date: date | None
    opinion: NameOpinion | None
    compared: bool


async def submit_identity(
    ctx: Context, kind: DocumentKind, typed: str, patient_id: UUID | None = None
) -> IdentityCheck:
    """Submit the document of a patient for whom the actor acts for comparison; None is the own person.

    Where a name register is connected that holds such documents a job asks it for its opinion
    (actions/name_opinions.py).

    Raise InvalidInput for a number that cannot be one or says another birth date, Conflict
    (identity.submitted) when a check waits or the name is verified already.
    """
    permit(ctx, Action.IDENTITY_SUBMIT)
    of = (await acting_for(ctx, patient_id, Action.IDENTITY_SUBMIT)).patient_id
    number = normal_number(kind, typed)
    demand_birth_date(kind, number, (await identity.details_held(ctx.tx, of)).birth_date)
    key, wrapped = ctx.keys.new(ctx.new_id(), ctx.random)
    check_id = wrapped.conversation_id
    sealed = key.seal(_header(check_id), number.encode(), ctx.random)
    if not await identity.insert(ctx.tx, of, kind, wrapped, sealed, masked(number), ctx.now):
        raise Conflict(Code.IDENTITY_SUBMITTED, "A document was submitted already.")
    if kind in held_kinds(ctx.names_compared):
        await name_opinions.asked(ctx.tx, check_id, ctx.now)
        await enqueue(ctx.tx, compare_name(check_id))
    await record(ctx, Action.IDENTITY_SUBMIT, ("identity", check_id), patient_id=of)
    found = await identity.latest(ctx.tx, of)
    if found is None:
        raise OwnFault("an identity check vanished")
    return found


async def own_identity(
    ctx: Context, patient_id: UUID | None = None
) -> tuple[OwnDetails, IdentityCheck | None, bool]:
    """Return what a document of a patient for whom the actor acts is compared with, and the latest check.

    None when there never was one. Last, whether the details can be corrected (actions/own_details.py).
    """
    permit(ctx, Action.IDENTITY_READ_OWN)
    of = (await acting_for(ctx, patient_id, Action.IDENTITY_READ_OWN)).patient_id
    await record(ctx, Action.IDENTITY_READ_OWN, patient_id=of)
    check = await identity.latest(ctx.tx, of)
    submitted = check is not None and check.state is not IdentityState.RETURNED
    correctable = not submitted and not await identity.is_seen(ctx.tx, of)
    return await identity.details(ctx.tx, of), check, correctable


async def waiting_identities(ctx: Context) -> list[CheckToDecide]:
    """Return the checks that wait, longest first, with their numbers.

    Raise OwnFault when a number does not open: then nobody may be verified by it.
    """
    permit(ctx, Action.IDENTITY_LIST)
    found = await identity.waiting(ctx.tx)
    await record_patients(ctx, Action.IDENTITY_LIST, [kept.check.patient_id for kept in found])
    opinions = await name_opinions.latest(ctx.tx, [kept.check.id for kept in found])
    decided = []
    for kept in found:
        number = opened_number(ctx, kept)
        said = encoded_birth_date(kept.check.kind, number)
        decided.append(CheckToDecide(kept.check, number, said, opinions.get(kept.check.id), kept.compared))
    return decided


async def approve_identity(ctx: Context, check_id: UUID) -> None:
    """Verify the patient's name. Raise NotFound, or WrongState when the check does not wait.

    Where the HIS is connected a job then looks for the patient in its index (actions/patient_index.py).
    """
    patient_id = await _decide(ctx, Action.IDENTITY_APPROVE, check_id, IdentityEvent.APPROVE, None)
    if ctx.his_connected and await patient_index.open_link(ctx.tx, patient_id, check_id, ctx.now):
        await enqueue(ctx.tx, his_match(patient_id))


async def return_identity(ctx: Context, check_id: UUID, reason: str) -> None:
    """Return a check to the patient with a reason. Raise InvalidInput, NotFound or WrongState."""
    permit(ctx, Action.IDENTITY_RETURN)
    told = reason.strip()
    if not told or len(told) > REASON_MAX:
        fault = FieldFault.TOO_LONG if told else FieldFault.MISSING
        raise InvalidInput("The reason is not valid.", {"reason": fault})
    await _decide(ctx, Action.IDENTITY_RETURN, check_id, IdentityEvent.RETURN, told)


async def demand_identity(ctx: Context, patient_id: UUID) -> None:
    """Raise WrongState (identity.required) unless the patient's name was verified, where it has to be."""
    if ctx.identity_required and not await identity.is_verified(ctx.tx, patient_id):
        raise WrongState(
            Code.IDENTITY_REQUIRED,
            "identity",
            "not verified",
            "arrive",
            "The hospital has to verify your name before the visit.",
        )


async def _decide(
    ctx: Context, action: Action, check_id: UUID, event: IdentityEvent, reason: str | None
) -> PatientId:
    permit(ctx, action)
    kept = await identity.by_id(ctx.tx, check_id)
    if kept is None:
        raise NotFound("identity check")
    state = IDENTITY.next(kept.check.state, event)
    by = ctx.actor.account_id
    if by is None:
        raise ActionRefused(action, ("identity", check_id), kept.check.patient_id)
    if not await identity.decide(ctx.tx, check_id, state, by, reason, ctx.now):
        raise WrongState(Code.IDENTITY_WRONG_STATE, "identity check", "decided", event.value)
    await record(ctx, action, ("identity", check_id), patient_id=kept.check.patient_id)
    return kept.check.patient_id


def opened_number(ctx: Context, kept: KeptCheck) -> str:
    """Return the whole number of a document. A part of actions, which write the line. Raise OwnFault."""
    try:
        key = ctx.keys.unwrap(kept.key)
        return key.open(_header(kept.check.id), kept.number).decode()
    except (KeyFault, BodyDamaged) as fault:
        raise OwnFault(f"the number of identity check {kept.check.id} does not open") from fault


def _header(check_id: UUID) -> bytes:
    return _HEADER + check_id.bytes
