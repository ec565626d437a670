"""The part of the table of operations that is about passkeys."""

from booking_api import models_passkeys as models
from booking_api import passkeys
from booking_api.models_session import SessionView
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_ASKED = (Code.PASSKEY_UNAVAILABLE, Code.AUTH_THROTTLED)
_ANSWERED = (Code.PASSKEY_UNAVAILABLE, Code.PASSKEY_REFUSED)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/passkeys", passkeys.list_passkeys, "Own passkeys", (Action.PASSKEY_LIST,),
        models.Passkeys,
    ),
    Route(
        "POST", "/api/passkeys/challenge", passkeys.begin_passkey,
        "What a new passkey is made with, for the password given again", (Action.PASSKEY_ADD,),
        models.PasskeyChallenge, 201,
        body=models.PasskeyPassword,
        codes=(*_ASKED, Code.AUTH_WRONG_PASSWORD, Code.PASSKEY_TOO_MANY),
    ),
    Route(
        "POST", "/api/passkeys", passkeys.add_passkey,
        "Add a passkey that the browser has just made", (Action.PASSKEY_ADD,), models.PasskeyView, 201,
        body=models.NewPasskey,
        codes=(*_ANSWERED, Code.PASSKEY_KNOWN, Code.PASSKEY_TOO_MANY),
    ),
    Route(
        "DELETE", "/api/passkeys/{id}", passkeys.remove_passkey, "Remove one of the own passkeys",
        (Action.PASSKEY_REMOVE,), status=204,
        thing="passkey",
    ),
    Route(
        "POST", "/api/session/passkey/challenge", passkeys.begin_passkey_sign_in,
        "What any passkey signs in with", None, models.PasskeyChallenge, 201,
        codes=_ASKED,
    ),
    Route(
        "POST", "/api/session/passkey", passkeys.sign_in_by_passkey,
        "Sign in by a passkey: both factors at once", None, SessionView, 201,
        body=models.PasskeyAnswer,
        codes=(*_ANSWERED, Code.AUTH_THROTTLED),
    ),
    Route(
        "POST", "/api/session/second-factor/passkey/challenge", passkeys.begin_passkey_factor,
        "What a passkey of the account gives as the second factor", (Action.SECOND_FACTOR_GIVE,),
        models.PasskeyChallenge, 201,
        codes=(*_ASKED, Code.SECOND_FACTOR_WRONG_STATE),
        while_pending=True,
    ),
    Route(
        "POST", "/api/session/second-factor/passkey", passkeys.give_passkey_factor,
        "Give a passkey as the second factor; get an open session", (Action.SECOND_FACTOR_GIVE,),
        SessionView, 201,
        body=models.PasskeyAnswer,
        codes=(*_ANSWERED, Code.SECOND_FACTOR_WRONG_STATE),
        while_pending=True,
    ),
)  # fmt: skip
