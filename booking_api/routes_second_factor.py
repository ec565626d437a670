"""The part of the table of operations that is about the second factor."""

from booking_api import models_second_factor as models
from booking_api import second_factor
from booking_api.models_session import SessionView
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_GIVEN = (Code.SECOND_FACTOR_WRONG, Code.SECOND_FACTOR_WRONG_STATE, Code.AUTH_THROTTLED)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/session/second-factor", second_factor.read_second_factor,
        "How the own second factor stands", (Action.SECOND_FACTOR_READ,), models.SecondFactorView,
        while_pending=True,
    ),
    Route(
        "POST", "/api/session/second-factor/set-up", second_factor.set_up_second_factor,
        "Make a secret for an authenticator app, to be confirmed", (Action.SECOND_FACTOR_SET_UP,),
        models.SecondFactorSecret,
        codes=(Code.SECOND_FACTOR_WRONG_STATE,),
        while_pending=True,
    ),
    Route(
        "POST", "/api/session/second-factor/confirm", second_factor.confirm_second_factor,
        "Confirm the secret by a code of it; get the recovery codes and an open session",
        (Action.SECOND_FACTOR_CONFIRM,), models.SecondFactorConfirmed, 201,
        body=models.SecondFactorCode, codes=_GIVEN,
        while_pending=True,
    ),
    Route(
        "POST", "/api/session/second-factor", second_factor.give_second_factor,
        "Give a code of the app or a recovery code; get an open session",
        (Action.SECOND_FACTOR_GIVE,), SessionView, 201,
        body=models.SecondFactorCode, codes=_GIVEN,
        while_pending=True,
    ),
    Route(
        "POST", "/api/session/second-factor/recovery-codes", second_factor.new_recovery_codes,
        "New recovery codes for a code given now; the old ones are void",
        (Action.SECOND_FACTOR_RECOVERY,), models.RecoveryCodes,
        body=models.SecondFactorCode, codes=_GIVEN,
    ),
)  # fmt: skip
