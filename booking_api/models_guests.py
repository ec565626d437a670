"""Bodies of the HTTP API about the invited guest of a visit."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model, ruled
from domain.errors import Code
from domain.guests import NAME_MAX, guest_name

LinkToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


class NewInvitation(Model):
    """POST /api/consultations/{id}/guest: who is invited, by the name that the others shall see."""

    guest_name: Annotated[str, StringConstraints(max_length=NAME_MAX * 4), ruled(guest_name)]


class InvitationView(Model):
    """An invitation that is not over. `expires_at`: of the link while open, of the stay once used."""

    id: UUID
    guest_name: str
    state: Literal["open", "used"]
    made_at: datetime
    expires_at: datetime


class NewLink(Model):
    """Answer to POST /api/consultations/{id}/guest. The link is told this once and kept nowhere."""

    invitation: InvitationView
    link: Annotated[str, Field(description="Opens the visit's call to whoever uses it first.")]


class VisitInvitation(Model):
    """GET /api/consultations/{id}/guest. `at` is the hospital's time, for counting what is left."""

    invitation: InvitationView | None
    at: datetime


class GuestLink(Model):
    """POST /api/guest/look: the token of a link, which stands behind its #."""

    token: LinkToken


class GuestEntry(Model):
    """POST /api/guest: use a link. `consent_digest` is the SHA-256 of the text as shown, in hexadecimal."""

    token: LinkToken
    consent_version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,40}$")]
    consent_digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class GuestLookView(Model):
    """What a link tells before it is used: whose visit it leads to, and until when."""

    practitioner_name: str
    guest_name: str
    expires_at: datetime


class GuestView(Model):
    """Who the guest is, and the visit whose call is open to it. `id` stands for the account that it lacks."""

    id: UUID
    guest_name: str
    consultation_id: UUID
    practitioner_name: str
    expires_at: datetime


class GuestSession(Model):
    """GET /api/guest: the guest of this browser. `over` is the code that says why there is none any more."""

    guest: GuestView | None
    over: Code | None
