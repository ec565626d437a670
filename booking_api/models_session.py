"""Bodies of signing in, and of the own open sessions."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from booking_api.models import AccountView, Model
from domain.accounts import LOGIN_MAX, PASSWORD_MAX, SessionState


class Credentials(Model):
    """POST /api/session."""

    login: Annotated[str, StringConstraints(min_length=1, max_length=LOGIN_MAX)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=PASSWORD_MAX)]


class SessionView(Model):
    """GET and POST /api/session: who is signed in. Send csrf_token as X-CSRF-Token with every write.

    While `state` is second-factor-pending, only a password was given: see /api/session/second-factor.
    """

    account: AccountView
    state: SessionState
    csrf_token: str
    expires_at: datetime


class OpenSession(Model):
    """One open session of the signed-in account."""

    id: UUID
    current: bool
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    idle_expires_at: datetime


class OpenSessions(Model):
    """GET /api/sessions."""

    sessions: list[OpenSession]
