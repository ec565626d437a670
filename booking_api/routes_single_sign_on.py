"""The part of the table of operations that is about single sign-on."""

from booking_api import models_single_sign_on as models
from booking_api import single_sign_on
from booking_api.models_session import SessionView
from booking_api.route import Route
from domain.errors import Code

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/session/single-sign-on", single_sign_on.begin_sign_on,
        "Begin signing in by the hospital's OpenID provider", None, models.SignOnBegun, 201,
        codes=(Code.SIGN_ON_UNAVAILABLE, Code.AUTH_THROTTLED),
    ),
    Route(
        "POST", "/api/session/single-sign-on/answer", single_sign_on.finish_sign_on,
        "Sign in by what the provider sent back", None, SessionView, 201,
        body=models.SignOnAnswer,
        codes=(
            Code.SIGN_ON_UNAVAILABLE, Code.SIGN_ON_REFUSED, Code.SIGN_ON_UNKNOWN, Code.AUTH_THROTTLED,
        ),
    ),
)  # fmt: skip
