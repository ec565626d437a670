"""Family members: adding and removing them, the staff's word about adults, a guardian's consent to a visit.

A member is a patient of its own, without an account: nothing that the hospital knew before is seen by whoever
adds one. The right to act for a child ends by itself when the child comes of age.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from actions.acting import Acting, on_patient_side
from actions.context import ActionRefused, Context, UnitOfWork, permit, record, record_patients
from actions.each_alone import each_alone
from domain.accounts import SYSTEM
from domain.consultation import OPEN_STATES, Consultation
from domain.errors import (
    Code,
    Conflict,
    FieldFault,
    InvalidInput,
    NotFound,
    OwnFault,
    Throttled,
    TooMany,
    UserFault,
    WrongState,
)
from domain.family import (
    ADDED_A_DAY_MAX,
    ADDED_WINDOW,
    DECLARATION,
    FAMILY,
    FAMILY_MAX,
    ConsentStep,
    FamilyEvent,
    FamilyMember,
    FamilyState,
    NewMember,
    Proposal,
    age_years,
    checked_member,
    checked_text,
    of_age_at,
)
from domain.ids import AccountId, AppointmentId, PatientId
from domain.permissions import Action
from domain.registration import is_adult
from storage import consultations, family, waitlist

_DUE_AT_ONCE = 200


async def add_member(ctx: Context, new: NewMember, zone: ZoneInfo) -> FamilyMember:
    """Add a family member; of a child the right to act begins now, of an adult with the staff's approval.

    `zone` is the hospital's, in which birthdays begin. Raise InvalidInput with every wrong field, TooMany
    past FAMILY_MAX members, Throttled past ADDED_A_DAY_MAX in a day.
    """
    permit(ctx, Action.FAMILY_ADD)
    account_id = _account(ctx)
    today = ctx.now.astimezone(zone).date()
    checked = checked_member(new, today)
    if not await family.lock_account(ctx.tx, account_id):
        raise ActionRefused(Action.FAMILY_ADD)
    counts = await family.counts(ctx.tx, account_id, ctx.now - ADDED_WINDOW)
    if counts.members >= FAMILY_MAX:
        raise TooMany(Code.FAMILY_TOO_MANY, "family members", counts.members + 1, FAMILY_MAX)
    if counts.recent >= ADDED_A_DAY_MAX and counts.first_at is not None:
        raise Throttled(max(int((counts.first_at + ADDED_WINDOW - ctx.now).total_seconds()), 1))
    adult = is_adult(checked.birth_date, today)
    member = FamilyMember(
        PatientId(ctx.new_id()),
        account_id,
        checked.name,
        checked.birth_date,
        checked.gender,
        checked.relationship,
        FamilyState.PROPOSED if adult else FamilyState.ACTIVE,
        None if adult else of_age_at(checked.birth_date, zone),
        ctx.now,
        None,
    )
    await family.insert(ctx.tx, member, DECLARATION)
    await record(
        ctx,
        Action.FAMILY_ADD,
        ("patient", member.patient_id),
        patient_id=member.patient_id,
        detail={"relationship": member.relationship, "state": member.state, "declaration": DECLARATION},
    )
    return member


async def own_members(ctx: Context) -> list[FamilyMember]:
    """Return the actor's family members, those who wait for the staff and returned ones among them."""
    permit(ctx, Action.FAMILY_READ_OWN)
    found = await family.of_account(ctx.tx, _account(ctx), ctx.now)
    await record_patients(ctx, Action.FAMILY_READ_OWN, [item.patient_id for item in found])
    return found


async def remove_member(ctx: Context, patient_id: PatientId) -> None:
    """End the actor's right to act for a member, with its places in waitlists. Records of visits are kept.

    Raise NotFound, ActionRefused for somebody else's, WrongState for one that is over, Conflict
    (family.has_visits) while the member has a visit that is held, being paid or booked.
    """
    permit(ctx, Action.FAMILY_REMOVE)
    member = await family.member(ctx.tx, patient_id)
    if member is None:
        raise NotFound("family member")
    if member.account_id != ctx.actor.account_id:
        raise ActionRefused(Action.FAMILY_REMOVE, ("patient", patient_id), patient_id)
    FAMILY.next(member.state, FamilyEvent.REMOVE)
    # Booking takes the same lock: no visit is made between the look and the end.
    await family.lock_account(ctx.tx, member.account_id)
    if await family.has_visits(ctx.tx, patient_id, ctx.now):
        raise Conflict(Code.FAMILY_HAS_VISITS, "Cancel this family member's visits first.")
    if not await family.end(ctx.tx, member, ctx.now):
        raise WrongState(FAMILY.code, FAMILY.what, FamilyState.ENDED.value, FamilyEvent.REMOVE.value)
    await record(ctx, Action.FAMILY_REMOVE, ("patient", patient_id), patient_id=patient_id)
    await _leave_waitlists(ctx, Action.WAITLIST_LEAVE, patient_id)


async def proposed_members(ctx: Context) -> list[Proposal]:
    """Return the adults who wait for the staff's approval, longest first, with who asks."""
    permit(ctx, Action.FAMILY_LIST)
    found = await family.proposed(ctx.tx)
    await record_patients(ctx, Action.FAMILY_LIST, [item.member.patient_id for item in found])
    return found


async def approve_member(ctx: Context, patient_id: PatientId, proof: str) -> None:
    """Let the account act for an adult who agreed. `proof` says what was seen, such as a signed mandate.

    Raise InvalidInput, NotFound, WrongState when it does not wait.
    """
    permit(ctx, Action.FAMILY_APPROVE)
    await _decide(ctx, Action.FAMILY_APPROVE, patient_id, FamilyEvent.APPROVE, checked_text(proof, "proof"))


async def return_member(ctx: Context, patient_id: PatientId, reason: str) -> None:
    """Refuse a proposal with a reason that the account reads. Raise as approve_member."""
    permit(ctx, Action.FAMILY_RETURN)
    await _decide(ctx, Action.FAMILY_RETURN, patient_id, FamilyEvent.RETURN, checked_text(reason, "reason"))


async def consent_to_visit(ctx: Context, consultation_id: UUID) -> None:
    """Keep the guardian's word to take part in a child's visit, given as it is joined. Again is the same.

    Raise NotFound, ActionRefused for anyone but the guardian, WrongState once the visit is over, InvalidInput
    for a patient who is no child.
    """
    permit(ctx, Action.GUARDIAN_CONSENT)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if not on_patient_side(ctx, consultation):
        raise ActionRefused(Action.GUARDIAN_CONSENT, subject, consultation.patient_id)
    if not consultation.right.of_guardian:
        raise InvalidInput("This patient needs no guardian.", {"consultation": FieldFault.NOT_EXPECTED})
    if consultation.state not in OPEN_STATES:
        raise WrongState(
            Code.CONSULTATION_WRONG_STATE, "consultation", consultation.state.value, "guardian-consent"
        )
    member = await family.member(ctx.tx, consultation.patient_id)
    if await keep_consent(ctx, member, consultation.appointment_id, ConsentStep.JOINING):
        await record(ctx, Action.GUARDIAN_CONSENT, subject, patient_id=consultation.patient_id)


async def guardian_consented_at(ctx: Context, consultation: Consultation) -> datetime | None:
    """Return when a guardian agreed to take part in this visit. A part of actions."""
    return await family.consented_at(ctx.tx, consultation.appointment_id, ConsentStep.JOINING)


async def demand_guardian(ctx: Context, consultation: Consultation) -> None:
    """Raise UserFault (visit.guardian_consent_needed) for a child whose guardian did not agree yet."""
    if consultation.right.of_guardian and await guardian_consented_at(ctx, consultation) is None:
        raise UserFault(
            Code.GUARDIAN_CONSENT_NEEDED, "A child's guardian first agrees to take part in the visit."
        )


def unconsented(acting: Acting, *, guardian_consents: bool) -> dict[str, FieldFault]:
    """Return the fault of a booking for a child without the guardian's consent; nothing for others."""
    if acting.right.of_guardian and not guardian_consents:
        return {"guardian_consents": FieldFault.MISSING}
    return {}


def demand_child_at(acting: Acting, starts_at: datetime) -> None:
    """Raise Conflict (family.of_age) for a time at which the guardian's right is over."""
    if not acting.right.holds(starts_at):
        raise Conflict(Code.FAMILY_OF_AGE, "By then this person is of age and books with an own account.")


async def keep_consent(
    ctx: Context, member: FamilyMember | None, appointment_id: AppointmentId, step: ConsentStep
) -> bool:
    """Keep a guardian's consent to a child's visit; say whether there was any to keep. A part of actions."""
    return await keep_consent_of(ctx, member, appointment_id, step, ctx.now)


async def keep_consent_of(
    ctx: Context,
    member: FamilyMember | None,
    appointment_id: AppointmentId,
    step: ConsentStep,
    given_at: datetime,
) -> bool:
    """Keep what the child's guardian consented to at `given_at`; the rest as keep_consent."""
    if member is None or not member.right.of_guardian:
        return False
    return await family.consent(
        ctx.tx,
        appointment_id,
        step,
        member.account_id,
        member.relationship,
        age_years(member.birth_date, given_at.date()),
        given_at,
    )


async def tick(work: UnitOfWork, request_id: str) -> int:
    """End the rights of guardians whose children came of age, each with its line; return how many.

    One that cannot be ended keeps no other from it. Nothing waits for it: a right that is over is refused at
    each use. Raise PartnerDown.
    """

    async def end(patient_id: PatientId) -> bool:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.FAMILY_COME_OF_AGE)
            acted = await family.end_of_age(ctx.tx, patient_id, ctx.now)
            if acted is None:
                return False
            await record(
                ctx,
                Action.FAMILY_COME_OF_AGE,
                ("patient", patient_id),
                patient_id=patient_id,
                detail={"acted": str(acted)},
            )
            await _leave_waitlists(ctx, Action.WAITLIST_SETTLE, patient_id)
        return True

    ended = 0
    last: family.OfAge | None = None
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.FAMILY_COME_OF_AGE)
            due = await family.due_of_age(ctx.tx, ctx.now, _DUE_AT_ONCE, last)
        ended += await each_alone(
            [one.patient_id for one in due], end, "family.not_ended", lambda patient_id: patient_id
        )
        if len(due) < _DUE_AT_ONCE:
            return ended
        last = due[-1]


async def _leave_waitlists(ctx: Context, action: Action, patient_id: PatientId) -> None:
    """Give up a patient's places, with a line for each: nobody could take what is offered there."""
    for entry_id in await waitlist.leave_all(ctx.tx, patient_id, ctx.now):
        await record(
            ctx, action, ("waitlist_entry", entry_id), patient_id=patient_id, detail={"state": "left"}
        )


async def _decide(
    ctx: Context, action: Action, patient_id: PatientId, event: FamilyEvent, reason: str
) -> None:
    before = await family.member(ctx.tx, patient_id)
    if before is None:
        raise NotFound("family member")
    after = replace(before, state=FAMILY.next(before.state, event))
    if not await family.decide(ctx.tx, before, after.state, _account(ctx), reason, ctx.now):
        raise WrongState(FAMILY.code, FAMILY.what, "decided", event.value)
    await record(ctx, action, ("patient", patient_id), patient_id=patient_id)


def _account(ctx: Context) -> AccountId:
    if ctx.actor.account_id is None:
        raise OwnFault("the hospital itself has no family")
    return ctx.actor.account_id
