"""Bodies of single sign-on."""

from typing import Annotated

from pydantic import StringConstraints

from booking_api.models import Model

Word = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class SignOnBegun(Model):
    """POST /api/session/single-sign-on: where the browser goes. It comes back to /sign-in/return."""

    url: str


class SignOnAnswer(Model):
    """What the provider sent back in the address: `state`, `code`, and `iss` where it says who it is."""

    state: Word
    code: Word
    iss: Word | None = None
