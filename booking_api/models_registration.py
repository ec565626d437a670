"""Bodies of registration and of forgotten passwords."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from booking_api.models import Locale, Model, Name, ruled
from booking_api.models_time import Date
from domain.accounts import PASSWORD_MAX, PASSWORD_MIN, check_password
from domain.registration import Channel

Typed = Annotated[str, StringConstraints(min_length=1, max_length=254)]
Ticket = Annotated[str, StringConstraints(min_length=1, max_length=100)]
NewPassword = Annotated[
    str, StringConstraints(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX), ruled(check_password)
]


class CodeRequest(Model):
    """POST /api/registrations and /api/password-resets: where a code is to be sent, and in which language."""

    destination: Typed
    locale: Locale


class CodeSent(Model):
    """A code is on its way, if the address can have one: the letter says so, this answer never does.

    `demo_code` is the code itself, in demo alone.
    """

    id: UUID
    channel: Channel
    expires_at: datetime
    resend_after_s: int
    demo_code: str | None


class CodeGiven(Model):
    """The code as the person typed it."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class TicketView(Model):
    """What took the code's place: send it with the rest of the form within 30 minutes."""

    ticket: str


class NewPatientAccount(Model):
    """POST /api/registrations/{id}/account. `notice_digest` is the hex SHA-256 of the notice as shown."""

    ticket: Ticket
    display_name: Name
    birth_date: Date
    password: NewPassword
    locale: Locale
    notice_version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    notice_digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class NewPasswordGiven(Model):
    """POST /api/password-resets/{id}/password."""

    ticket: Ticket
    password: NewPassword


class NoticeQuery(Model):
    """GET /api/privacy-notice."""

    locale: Locale


class PrivacyNoticeView(Model):
    """The privacy notice in force: the first paragraph is its title; `digest` is the hex SHA-256 of all."""

    version: str
    locale: Locale
    paragraphs: list[str]
    digest: str
