"""The invited third person: asked in by the doctor, let in once by a link, seen off by either side.

Only the doctor invites: the doctor answers for who hears a consultation. The patient sees at once who was
invited, and may take the invitation back or send the guest away as well: it is the patient's confidence.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from actions.addenda import append_fact
from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.session_endings import SessionsEnded
from actions.throttling import client_key, count
from chat_archive.entry import Entry
from domain.accounts import SYSTEM, Actor
from domain.consultation import CHAT_STATES, OPEN_STATES, Consultation
from domain.errors import Code, Conflict, NotAuthenticated, TooMany, WrongState
from domain.facts import EntryKind, guest_invited_body, guest_withdrawn_body
from domain.guests import (
    GUEST,
    INVITATIONS_MAX,
    LINK_LIFE,
    STAY_MAX,
    TOKEN_BYTES,
    GuestConsent,
    GuestEvent,
    GuestState,
    Invitation,
    guest_actor,
    guest_name,
)
from domain.ids import AccountId, ConsultationId, GuestId
from domain.permissions import Action
from providers.throttle import Throttle
from storage import consultations, guests

LINKS_PER_MIN_PER_ADDRESS: Final = 40
"""How often links may be tried from one address; guessing 256 bits is hopeless anyway."""

_REFUSED_LINKS = {
    GuestState.USED: Code.GUEST_LINK_USED,
    GuestState.ENDED: Code.GUEST_LINK_USED,
    GuestState.WITHDRAWN: Code.GUEST_LINK_WITHDRAWN,
    GuestState.EXPIRED: Code.GUEST_LINK_EXPIRED,
}


@dataclass(frozen=True, slots=True)
class GuestTold:
    """What the room of a visit is told: something about its guest changed. `gone` is sent away at once."""

    consultation_id: ConsultationId
    entry: Entry | None = None
    gone: AccountId | None = None
    removed: bool = False


Tell = Callable[[GuestTold], None]


@dataclass(frozen=True, slots=True)
class GuestDesk:
    """What the doctor's invitations need of the server: is there a relay, and who tells the room."""

    relay: bool
    tell: Tell


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation. `token` is the link's, shown once and kept nowhere."""

    invitation: Invitation
    token: str
    told: GuestTold


@dataclass(frozen=True, slots=True)
class Visited:
    """What a guest may know of a visit outside its call."""

    invitation: Invitation
    practitioner_name: str


@dataclass(frozen=True, slots=True)
class ActiveGuest:
    """A guest whose part is not over. `actor` is nobody's account."""

    invitation: Invitation
    consent: GuestConsent
    actor: Actor
    practitioner_name: str


@dataclass(frozen=True, slots=True)
class Entered:
    """A guest who just used the link. `token` is for the browser's cookie and is not kept anywhere else."""

    token: str
    guest: ActiveGuest
    told: GuestTold


async def invite(ctx: Context, consultation_id: UUID, name: str, *, relay: bool) -> Invited:
    """Invite somebody to a visit in which the patient waits or is; the record says whom.

    A guest whose time ran out is sent away by it.

    Raise InvalidInput for what is no name, NotFound, ActionRefused for anyone but the doctor, Conflict
    without a relay (guest.no_relay) and while somebody else is invited (guest.invited), TooMany
    (guest.too_many), WrongState in other states of the visit.
    """
    permit(ctx, Action.GUEST_INVITE)
    called = guest_name(name)
    visit = (await consultations.lock_one(ctx.tx, consultation_id)).consultation
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id is None or ctx.actor.account_id != visit.practitioner_account_id:
        raise ActionRefused(Action.GUEST_INVITE, subject, visit.patient_id)
    if visit.state not in CHAT_STATES:
        raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", visit.state.value, "invite")
    if not relay:
        raise Conflict(Code.GUEST_NO_RELAY, "This hospital has no relay, so that only two can talk.")
    before = await guests.live(ctx.tx, consultation_id)
    gone = None
    if before is not None and before.is_due(ctx.now):
        if before.state is GuestState.USED:
            gone = AccountId(before.id)
            ctx.ended.append(SessionsEnded(gone))
        await _end(ctx, before, GuestEvent.EXPIRE if gone is None else GuestEvent.END)
        before = None
    if before is not None:
        raise Conflict(Code.GUEST_INVITED, "Somebody is invited to this visit already.")
    made = await guests.count(ctx.tx, consultation_id)
    if made >= INVITATIONS_MAX:
        raise TooMany(Code.GUEST_TOO_MANY, "invitations", made + 1, INVITATIONS_MAX)
    token = _new_token(ctx)
    invitation = Invitation(
        GuestId(ctx.new_id()), visit.id, called, GuestState.OPEN, ctx.now, ctx.now + LINK_LIFE
    )
    await guests.insert(ctx.tx, invitation, ctx.actor.account_id, _hash(token))
    entry = await append_fact(ctx, consultation_id, EntryKind.GUEST_INVITED, guest_invited_body(called))
    await record(
        ctx,
        Action.GUEST_INVITE,
        ("guest_invitation", invitation.id),
        patient_id=visit.patient_id,
        detail={"seq": entry.seq},
    )
    return Invited(invitation, token, GuestTold(visit.id, entry, gone, removed=gone is not None))


async def read_invitation(ctx: Context, consultation_id: UUID) -> Invitation | None:
    """Return the visit's invitation that is not over to its participants. NotFound, ActionRefused."""
    permit(ctx, Action.GUEST_READ)
    visit = await consultations.by_id(ctx.tx, consultation_id)
    await _demand_side(ctx, visit, Action.GUEST_READ)
    await record(ctx, Action.GUEST_READ, ("consultation", consultation_id), patient_id=visit.patient_id)
    found = await guests.live(ctx.tx, consultation_id)
    return None if found is None or found.is_due(ctx.now) or visit.state not in OPEN_STATES else found


async def take_back(ctx: Context, consultation_id: UUID) -> GuestTold:
    """Take the invitation back, or send the guest away who used it: it holds from now on, for good.

    The record says that an invitation was taken back; of a guest it says so when the guest leaves the room.
    Raise NotFound, ActionRefused for strangers, WrongState (guest.wrong_state) when there is none.
    """
    permit(ctx, Action.GUEST_WITHDRAW)
    visit = (await consultations.lock_one(ctx.tx, consultation_id)).consultation
    await _demand_side(ctx, visit, Action.GUEST_WITHDRAW)
    found = await guests.live(ctx.tx, consultation_id)
    if found is None:
        raise WrongState(GUEST.code, GUEST.what, "over", GuestEvent.WITHDRAW.value)
    entered = found.state is GuestState.USED
    if not await _end(ctx, found, GuestEvent.END if entered else GuestEvent.WITHDRAW):
        # The guest used it at this very moment, which takes no lock of the visit: that part ends as well.
        found, entered = (await guests.live(ctx.tx, consultation_id)) or found, True
        await _end(ctx, found, GuestEvent.END)
    gone = AccountId(found.id)
    ctx.ended.append(SessionsEnded(gone))
    subject = ("guest_invitation", found.id)
    if entered:
        await record(ctx, Action.GUEST_REMOVE, subject, patient_id=visit.patient_id)
        return GuestTold(visit.id, gone=gone, removed=True)
    body = guest_withdrawn_body(found.guest_name)
    entry = await append_fact(ctx, visit.id, EntryKind.GUEST_WITHDRAWN, body)
    await record(ctx, Action.GUEST_WITHDRAW, subject, patient_id=visit.patient_id, detail={"seq": entry.seq})
    return GuestTold(visit.id, entry, gone, removed=True)


async def look(work: UnitOfWork, throttle: Throttle, token: str, address: str, request_id: str) -> Visited:
    """Say whose visit a link leads to, without using it; nothing else is told to who is not in.

    Raise as `enter`.
    """
    await _count(throttle, address)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.GUEST_LOOK)
        invitation, visit = await _usable(ctx, token, Action.GUEST_LOOK)
        subject = ("guest_invitation", invitation.id)
        await record(ctx, Action.GUEST_LOOK, subject, patient_id=visit.patient_id)
    return Visited(invitation, visit.practitioner_name)


async def enter(
    work: UnitOfWork,
    throttle: Throttle,
    token: str,
    consent: GuestConsent,
    address: str,
    request_id: str,
) -> Entered:
    """Use a link: it opens one visit's call to this browser, and to nobody else any more.

    Raise ActionRefused with guest.link_unknown, guest.link_used, guest.link_withdrawn, guest.link_expired
    or guest.visit_over, Throttled, PartnerDown when tries cannot be counted. Every refusal of a link that
    there was leaves an audit line.
    """
    await _count(throttle, address)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.GUEST_ENTER)
        invitation, visit = await _usable(ctx, token, Action.GUEST_ENTER)
        session = _new_token(ctx)
        subject = ("guest_invitation", invitation.id)
        ends = ctx.now + STAY_MAX
        if not await guests.use(ctx.tx, invitation.id, _hash(session), consent, ctx.now, ends):
            # Somebody else was faster.
            raise ActionRefused(Action.GUEST_ENTER, subject, visit.patient_id, code=Code.GUEST_LINK_USED)
        await record(
            ctx,
            Action.GUEST_ENTER,
            subject,
            patient_id=visit.patient_id,
            detail={"consent": consent.version},
        )
    used = Invitation(
        invitation.id, visit.id, invitation.guest_name, GuestState.USED, invitation.made_at, ends, ctx.now
    )
    active = ActiveGuest(used, consent, guest_actor(used), visit.practitioner_name)
    return Entered(session, active, GuestTold(visit.id))


async def resume_guest(work: UnitOfWork, token: str, request_id: str) -> ActiveGuest:
    """Return the guest of this session. It is only looked at: what is done leaves its own lines.

    Raise NotAuthenticated: guest.visit_over, guest.ended for one that was sent away, left or stayed too
    long, auth.required for one that there never was.
    """
    async with work.begin(SYSTEM, request_id, each_alone=True) as ctx:
        found = await guests.by_session(ctx.tx, _hash(token))
        if found is None or found.consent is None:
            raise NotAuthenticated
        visit = await consultations.by_id(ctx.tx, found.invitation.consultation_id)
    if visit.state not in OPEN_STATES:
        raise NotAuthenticated("The visit is over.", Code.GUEST_VISIT_OVER)
    if found.invitation.state is not GuestState.USED or found.invitation.is_due(ctx.now):
        raise NotAuthenticated("Your part in this visit is over.", Code.GUEST_ENDED)
    invitation = found.invitation
    return ActiveGuest(invitation, found.consent, guest_actor(invitation), visit.practitioner_name)


async def hang_up(ctx: Context, guest: ActiveGuest) -> GuestTold:
    """End the guest's own part: nobody comes back by this link. Saying so twice changes nothing."""
    permit(ctx, Action.GUEST_HANG_UP)
    found = guest.invitation
    if await _end(ctx, found, GuestEvent.END):
        visit = await consultations.by_id(ctx.tx, found.consultation_id)
        subject = ("guest_invitation", found.id)
        await record(ctx, Action.GUEST_HANG_UP, subject, patient_id=visit.patient_id)
    gone = AccountId(found.id)
    ctx.ended.append(SessionsEnded(gone))
    return GuestTold(found.consultation_id, gone=gone)


async def _usable(ctx: Context, token: str, action: Action) -> tuple[Invitation, Consultation]:
    """Return the open invitation of a link and its visit, or raise ActionRefused."""
    found = await guests.by_token(ctx.tx, _hash(token))
    if found is None:
        raise ActionRefused(action, code=Code.GUEST_LINK_UNKNOWN)
    invitation = found.invitation
    visit = await consultations.by_id(ctx.tx, invitation.consultation_id)
    code = _REFUSED_LINKS.get(invitation.state)
    if code is None and invitation.is_due(ctx.now):
        code = Code.GUEST_LINK_EXPIRED
    if visit.state not in OPEN_STATES:
        code = Code.GUEST_VISIT_OVER
    if code is not None:
        raise ActionRefused(action, ("guest_invitation", invitation.id), visit.patient_id, code=code)
    return invitation, visit


async def _end(ctx: Context, invitation: Invitation, event: GuestEvent) -> bool:
    after = GUEST.next(invitation.state, event)
    return await guests.end(ctx.tx, invitation.id, invitation.state, after, ctx.now)


async def _demand_side(ctx: Context, visit: Consultation, action: Action) -> None:
    if ctx.actor.account_id is None or not visit.has_participant(ctx.actor.account_id, ctx.now):
        raise ActionRefused(action, ("consultation", visit.id), visit.patient_id)


async def _count(throttle: Throttle, address: str) -> None:
    await count(throttle, f"guest:address:{client_key(address)}", LINKS_PER_MIN_PER_ADDRESS, 60)


def _new_token(ctx: Context) -> str:
    return base64.urlsafe_b64encode(ctx.random(TOKEN_BYTES)).decode().rstrip("=")


def _hash(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
