"""Bodies of the second factor."""

from typing import Annotated

from pydantic import StringConstraints

from booking_api.models import Model
from booking_api.models_session import SessionView

FactorCode = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class SecondFactorView(Model):
    """GET /api/session/second-factor: how the own second factor stands.

    `demo_code` is the present code, in demo alone.
    """

    confirmed: bool
    recovery_codes_left: int
    passkeys: int
    demo_code: str | None


class SecondFactorSecret(Model):
    """What an authenticator app needs: `secret` to type, `uri` as text, `qr` as rows of 0 and 1 (dark)."""

    secret: str
    uri: str
    qr: list[str]


class SecondFactorCode(Model):
    """A code of the app as it was typed, or a recovery code."""

    code: FactorCode


class SecondFactorConfirmed(Model):
    """The session, open now, and the recovery codes, shown this once."""

    session: SessionView
    recovery_codes: list[str]


class RecoveryCodes(Model):
    """POST /api/session/second-factor/recovery-codes: new ones, shown this once; the old ones are void."""

    recovery_codes: list[str]
