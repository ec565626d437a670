"""The invited guest of a visit: invited and sent away by its sides, let in by a link."""

from aiohttp import web

from actions import guests
from actions.guests import ActiveGuest, GuestDesk
from booking_api.answers import answered
from booking_api.edge import Call
from booking_api.models_guests import (
    GuestEntry,
    GuestLink,
    GuestLookView,
    GuestSession,
    GuestView,
    InvitationView,
    NewInvitation,
    NewLink,
    VisitInvitation,
)
from domain.errors import Code, NotAuthenticated
from domain.guests import GUEST_COOKIE, STAY_MAX, GuestConsent, Invitation

PAGE = "/guest"
"""The guest's page. The token stands behind a #: browsers keep that from servers, logs and other sites."""


async def invite_guest(call: Call) -> NewLink:
    """POST /api/consultations/{id}/guest."""
    new = call.given(NewInvitation)
    desk = _desk(call)
    async with call.begin() as ctx:
        invited = await guests.invite(ctx, call.uuid(), new.guest_name, relay=desk.relay)
    desk.tell(invited.told)
    link = f"{call.edge.public_url.rstrip('/')}{PAGE}#{invited.token}"
    return NewLink(invitation=_invitation(invited.invitation), link=link)


async def read_guest(call: Call) -> VisitInvitation:
    """GET /api/consultations/{id}/guest."""
    async with call.begin() as ctx:
        found = await guests.read_invitation(ctx, call.uuid())
        at = ctx.now
    return VisitInvitation(invitation=None if found is None else _invitation(found), at=at)


async def remove_guest(call: Call) -> None:
    """DELETE /api/consultations/{id}/guest: take the invitation back, or send the guest away."""
    async with call.begin() as ctx:
        told = await guests.take_back(ctx, call.uuid())
    _desk(call).tell(told)


async def look_at_link(call: Call) -> GuestLookView:
    """POST /api/guest/look. Looking uses nothing up, so that what previews links does no harm."""
    edge, token = call.edge, call.given(GuestLink).token
    found = await guests.look(edge.work, edge.throttle, token, call.address, call.request_id)
    invitation = found.invitation
    return GuestLookView(
        practitioner_name=found.practitioner_name,
        guest_name=invitation.guest_name,
        expires_at=invitation.expires_at,
    )


async def enter_as_guest(call: Call) -> web.Response:
    """POST /api/guest: use a link and give the browser the guest's own token."""
    edge, given = call.edge, call.given(GuestEntry)
    consent = GuestConsent(given.consent_version, bytes.fromhex(given.consent_digest))
    entered = await guests.enter(
        edge.work, edge.throttle, given.token, consent, call.address, call.request_id
    )
    _desk(call).tell(entered.told)
    response = answered(_guest(entered.guest), 201)
    response.set_cookie(
        GUEST_COOKIE,
        entered.token,
        max_age=int(STAY_MAX.total_seconds()),
        path="/",
        secure=edge.is_https,
        httponly=True,
        samesite="Strict",
    )
    return response


async def read_own_guest(call: Call) -> GuestSession:
    """GET /api/guest: who the guest of this browser is, or why there is none any more."""
    try:
        return GuestSession(guest=_guest(await _active(call)), over=None)
    except NotAuthenticated as none:
        return GuestSession(guest=None, over=None if none.code is Code.AUTH_REQUIRED else none.code)


async def hang_up_as_guest(call: Call) -> web.Response:
    """DELETE /api/guest: end the own part for good, and take the token back."""
    guest = await _active(call)
    async with call.edge.work.begin(guest.actor, call.request_id) as ctx:
        told = await guests.hang_up(ctx, guest)
    _desk(call).tell(told)
    response = web.Response(status=204)
    response.del_cookie(GUEST_COOKIE, path="/", secure=call.edge.is_https, httponly=True, samesite="Strict")
    return response


async def _active(call: Call) -> ActiveGuest:
    token = call.request.cookies.get(GUEST_COOKIE)
    if not token:
        raise NotAuthenticated
    return await guests.resume_guest(call.edge.work, token, call.request_id)


def _desk(call: Call) -> GuestDesk:
    return call.edge.guests or GuestDesk(relay=False, tell=lambda told: None)


def _invitation(invitation: Invitation) -> InvitationView:
    return InvitationView(
        id=invitation.id,
        guest_name=invitation.guest_name,
        state="open" if invitation.used_at is None else "used",
        made_at=invitation.made_at,
        expires_at=invitation.expires_at,
    )


def _guest(guest: ActiveGuest) -> GuestView:
    invitation = guest.invitation
    return GuestView(
        id=invitation.id,
        guest_name=invitation.guest_name,
        consultation_id=invitation.consultation_id,
        practitioner_name=guest.practitioner_name,
        expires_at=invitation.expires_at,
    )
