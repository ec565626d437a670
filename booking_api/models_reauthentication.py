"""Bodies of authenticating again while signed in."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from booking_api.models import Model
from booking_api.models_second_factor import FactorCode
from domain.accounts import PASSWORD_MAX


class NewProof(Model):
    """POST /api/session/proof: the password, and a code of the app or a recovery code."""

    password: Annotated[str, StringConstraints(min_length=1, max_length=PASSWORD_MAX)]
    code: FactorCode


class SessionProof(Model):
    """When the session's owner proved who it is."""

    proved_at: datetime
