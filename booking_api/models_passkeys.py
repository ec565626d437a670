"""Bodies of passkeys."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints

from booking_api.models import Model
from domain.accounts import PASSWORD_MAX
from domain.passkeys import NAME_MAX


class PasskeyView(Model):
    """One of the own passkeys."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


class Passkeys(Model):
    """GET /api/passkeys: oldest first. `available` says whether this hospital's address can have any."""

    available: bool
    passkeys: list[PasskeyView]


class PasskeyPassword(Model):
    """POST /api/passkeys/challenge: the password again."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=PASSWORD_MAX)]


class PasskeyChallenge(Model):
    """What the browser is asked with: `options` as WebAuthn's ...OptionsJSON. Good once, for 5 minutes."""

    id: UUID
    options: dict[str, Any]


class PasskeyAnswer(Model):
    """What the browser answered: `credential` as WebAuthn's AuthenticationResponseJSON."""

    challenge_id: UUID
    credential: dict[str, Any]


class NewPasskey(Model):
    """POST /api/passkeys: `credential` as WebAuthn's RegistrationResponseJSON."""

    challenge_id: UUID
    credential: dict[str, Any]
    name: Annotated[str, StringConstraints(min_length=1, max_length=NAME_MAX)]
