"""Doctors' profiles: writing them, submitting them, and the administration's decision (ID-3)."""

from dataclasses import replace
from datetime import datetime

from actions.context import ActionRefused, Context, permit, record
from domain.errors import Code, FieldFault, InvalidInput, NotFound, OwnFault, WrongState
from domain.ids import PractitionerId
from domain.permissions import Action
from domain.practitioner import (
    OWN_EDIT_STATES,
    PROFILE,
    SPECIALTY_WORDS,
    VERIFIED_STATES,
    Profile,
    ProfileEvent,
    ProfileFields,
    ProfileState,
    changed_by_owner,
    check_eligible,
    check_fields,
)
from storage import practitioners
from storage.practitioners import ProfilePlace

REASON_MAX = 500
PROFILES_MAX = 200
"""How many profiles a page may have."""


async def own_profile(ctx: Context) -> Profile:
    """Return the doctor's own profile."""
    permit(ctx, Action.PROFILE_READ_OWN)
    found = await _existing(ctx, _own_id(ctx))
    await record(ctx, Action.PROFILE_READ_OWN, ("practitioner", found.practitioner_id))
    return found


async def edit_own_profile(ctx: Context, fields: ProfileFields, currency: str, locale: str) -> Profile:
    """Write the doctor's own profile, `fee_minor` in the hospital's `currency`.

    In draft and returned everything may change, once approved only what no approval was about: raise
    InvalidInput naming every other field. Raise WrongState while a decision is awaited or when suspended.
    `locale` is the language in which appointments name the specialty.
    """
    permit(ctx, Action.PROFILE_EDIT_OWN)
    before = await _existing(ctx, _own_id(ctx), lock=True)
    fields = _tidy(fields)
    check_fields(fields, ctx.now.date())
    if before.state is ProfileState.APPROVED:
        fixed = changed_by_owner(before.fields, fields)
        if fixed:
            raise InvalidInput(
                "This was approved: the administration changes it.",
                dict.fromkeys(sorted(fixed), FieldFault.NOT_EXPECTED),
            )
        if not fields.languages:
            raise InvalidInput("A doctor speaks a language.", {"languages": FieldFault.MISSING})
        currency = before.currency
    elif before.state not in OWN_EDIT_STATES:
        raise WrongState(Code.PROFILE_WRONG_STATE, PROFILE.what, before.state.value, "edit")
    return await _written(
        ctx, Action.PROFILE_EDIT_OWN, before, fields, currency, before.consent_on_file, locale
    )


async def submit_profile(ctx: Context, practitioner_id: PractitionerId | None = None) -> Profile:
    """Hand the profile in for approval: the doctor's own, or as the hospital itself any.

    Consent apart, which the administration files, everything that approval asks has to be there: raise
    InvalidInput (profile.not_eligible) naming each thing. Raise WrongState when it cannot be submitted.
    """
    permit(ctx, Action.PROFILE_SUBMIT)
    of = practitioner_id or _own_id(ctx)
    if not ctx.actor.is_system and of != ctx.actor.practitioner_id:
        raise ActionRefused(Action.PROFILE_SUBMIT, ("practitioner", of))
    before = await _existing(ctx, of, lock=True)
    after = replace(
        before,
        state=PROFILE.next(before.state, ProfileEvent.SUBMIT),
        reason=None,
        submitted_at=ctx.now,
        decided_at=None,
    )
    check_eligible(before.fields, consent_on_file=True, today=ctx.now.date())
    return await _moved(ctx, Action.PROFILE_SUBMIT, before, after)


async def list_profiles(
    ctx: Context, after: ProfilePlace | None = None, limit: int = PROFILES_MAX
) -> tuple[list[Profile], ProfilePlace | None]:
    """Return up to `limit` doctors' profiles, and where the next page begins; None when there is none.

    Those that wait for a decision come first, then by name. Who is decided about between two pages may be on
    both or on neither.
    """
    permit(ctx, Action.PROFILE_READ_ANY)
    found = await practitioners.page_of_profiles(ctx.tx, after, limit + 1)
    shown = found[:limit]
    await record(ctx, Action.PROFILE_READ_ANY)
    if len(found) <= limit:
        return shown, None
    last = shown[-1]
    return shown, ProfilePlace(last.state is not ProfileState.SUBMITTED, last.name, last.practitioner_id)


async def read_profile(ctx: Context, practitioner_id: PractitionerId) -> Profile:
    """Return one doctor's profile. Raise NotFound."""
    permit(ctx, Action.PROFILE_READ_ANY)
    found = await _existing(ctx, practitioner_id)
    await record(ctx, Action.PROFILE_READ_ANY, ("practitioner", practitioner_id))
    return found


async def edit_profile(
    ctx: Context,
    practitioner_id: PractitionerId,
    fields: ProfileFields,
    *,
    consent_on_file: bool,
    currency: str,
    locale: str,
) -> Profile:
    """Write any doctor's profile, and whether the institution's consent is on file.

    What was approved stays approvable: raise InvalidInput (profile.not_eligible) naming what would be
    missing. Raise NotFound, or Conflict when another doctor has the licence number.
    """
    permit(ctx, Action.PROFILE_EDIT_ANY)
    before = await _existing(ctx, practitioner_id, lock=True)
    fields = _tidy(fields)
    today = ctx.now.date()
    check_fields(fields, today)
    if before.state in VERIFIED_STATES:
        check_eligible(fields, consent_on_file=consent_on_file, today=today)
    return await _written(ctx, Action.PROFILE_EDIT_ANY, before, fields, currency, consent_on_file, locale)


async def approve_profile(ctx: Context, practitioner_id: PractitionerId) -> Profile:
    """Approve a submitted or suspended doctor, who is public and can be booked from now on.

    Raise InvalidInput (profile.not_eligible) naming each thing that ID-3 still asks, NotFound, WrongState.
    """
    permit(ctx, Action.PROFILE_APPROVE)
    before = await _existing(ctx, practitioner_id, lock=True)
    after = _decided(before, ProfileEvent.APPROVE, None, ctx.now)
    check_eligible(before.fields, consent_on_file=before.consent_on_file, today=ctx.now.date())
    return await _moved(ctx, Action.PROFILE_APPROVE, before, after)


async def return_profile(ctx: Context, practitioner_id: PractitionerId, reason: str) -> Profile:
    """Give a submitted profile back with the reason. Raise InvalidInput, NotFound, WrongState."""
    permit(ctx, Action.PROFILE_RETURN)
    reason = _checked_reason(reason)
    before = await _existing(ctx, practitioner_id, lock=True)
    after = _decided(before, ProfileEvent.RETURN, reason, ctx.now)
    return await _moved(ctx, Action.PROFILE_RETURN, before, after)


async def suspend_profile(ctx: Context, practitioner_id: PractitionerId, reason: str) -> Profile:
    """Take an approved doctor from the public and from booking; visits that are booked stay booked.

    Raise InvalidInput, NotFound, WrongState.
    """
    permit(ctx, Action.PROFILE_SUSPEND)
    reason = _checked_reason(reason)
    before = await _existing(ctx, practitioner_id, lock=True)
    after = _decided(before, ProfileEvent.SUSPEND, reason, ctx.now)
    return await _moved(ctx, Action.PROFILE_SUSPEND, before, after)


def _own_id(ctx: Context) -> PractitionerId:
    if ctx.actor.practitioner_id is None:
        raise OwnFault(f"account {ctx.actor.account_id} is a doctor without a practitioner")
    return ctx.actor.practitioner_id


async def _existing(ctx: Context, practitioner_id: PractitionerId, *, lock: bool = False) -> Profile:
    found = await practitioners.by_id(ctx.tx, practitioner_id, lock=lock)
    if found is None:
        raise NotFound("doctor")
    return found


async def _written(
    ctx: Context,
    action: Action,
    before: Profile,
    fields: ProfileFields,
    currency: str,
    consent_on_file: bool,
    locale: str,
) -> Profile:
    after = replace(before, fields=fields, currency=currency, consent_on_file=consent_on_file)
    same = fields.specialty is None or fields.specialty is before.fields.specialty
    words = None if same or fields.specialty is None else SPECIALTY_WORDS[fields.specialty][locale]
    await practitioners.write(ctx.tx, after, words)
    changed = [
        name
        for name in ProfileFields.__dataclass_fields__
        if getattr(before.fields, name) != getattr(fields, name)
    ]
    if before.consent_on_file != consent_on_file:
        changed.append("consent_on_file")
    await record(ctx, action, ("practitioner", before.practitioner_id), detail={"changed": changed})
    return after


async def _moved(ctx: Context, action: Action, before: Profile, after: Profile) -> Profile:
    if not await practitioners.move(ctx.tx, before, after):
        raise OwnFault(f"profile {before.practitioner_id} changed while it was locked")
    await record(
        ctx,
        action,
        ("practitioner", before.practitioner_id),
        detail={"from": before.state.value, "to": after.state.value},
    )
    return after


def _decided(before: Profile, event: ProfileEvent, reason: str | None, now: datetime) -> Profile:
    return replace(before, state=PROFILE.next(before.state, event), reason=reason, decided_at=now)


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise InvalidInput("Say why.", {"reason": FieldFault.MISSING})
    if len(reason) > REASON_MAX:
        raise InvalidInput("The reason is too long.", {"reason": FieldFault.TOO_LONG})
    return reason


def _tidy(fields: ProfileFields) -> ProfileFields:
    """Return the fields without spaces round them; an empty text is none."""
    return replace(
        fields,
        title=fields.title.strip(),
        licence_number=(fields.licence_number or "").strip() or None,
        biography_zh=(fields.biography_zh or "").replace("\r\n", "\n").strip() or None,
        biography_en=(fields.biography_en or "").replace("\r\n", "\n").strip() or None,
    )
