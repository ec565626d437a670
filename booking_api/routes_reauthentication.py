"""The part of the table of operations that is about authenticating again."""

from booking_api import models_reauthentication as models
from booking_api import reauthentication
from booking_api.models_passkeys import PasskeyAnswer, PasskeyChallenge
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/session/proof", reauthentication.prove_session,
        "Prove again who one is, by the password and the second factor", (Action.SESSION_PROVE,),
        models.SessionProof,
        body=models.NewProof,
        codes=(
            Code.AUTH_WRONG_PASSWORD, Code.SECOND_FACTOR_WRONG, Code.SECOND_FACTOR_WRONG_STATE,
            Code.AUTH_THROTTLED,
        ),
    ),
    Route(
        "POST", "/api/session/proof/passkey/challenge", reauthentication.begin_passkey_proof,
        "What a passkey of the account proves it with", (Action.SESSION_PROVE,), PasskeyChallenge, 201,
        codes=(Code.PASSKEY_UNAVAILABLE, Code.SECOND_FACTOR_WRONG_STATE, Code.AUTH_THROTTLED),
    ),
    Route(
        "POST", "/api/session/proof/passkey", reauthentication.prove_session_by_passkey,
        "Prove again who one is, by a passkey", (Action.SESSION_PROVE,), models.SessionProof,
        body=PasskeyAnswer,
        codes=(Code.PASSKEY_UNAVAILABLE, Code.PASSKEY_REFUSED),
    ),
)  # fmt: skip
