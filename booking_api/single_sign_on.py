"""Single sign-on: the way to the provider, and the way back."""

from aiohttp import web

from actions import single_sign_on
from booking_api.answers import answered
from booking_api.edge import Call, SignOn
from booking_api.models_session import SessionView
from booking_api.models_single_sign_on import SignOnAnswer, SignOnBegun
from booking_api.session import with_cookie
from booking_api.views import view
from domain.errors import Code, WrongState
from domain.single_sign_on import ATTEMPT_LIFE

COOKIE = "televisit_sign_on"
_PATH = "/api/session/single-sign-on"


async def begin_sign_on(call: Call) -> web.Response:
    """POST /api/session/single-sign-on."""
    begun = await single_sign_on.begin(
        call.edge.work,
        call.edge.throttle,
        _sign_on(call).provider,
        client_address=call.address,
        request_id=call.request_id,
    )
    response = answered(SignOnBegun(url=begun.url), 201)
    # Whoever is sent back with somebody else's answer, as a trap, does not have it.
    response.set_cookie(
        COOKIE,
        begun.binding,
        max_age=int(ATTEMPT_LIFE.total_seconds()),
        path=_PATH,
        secure=call.edge.is_https,
        httponly=True,
        samesite="Strict",
    )
    return response


async def finish_sign_on(call: Call) -> web.Response:
    """POST /api/session/single-sign-on/answer: open a session and give the browser its token."""
    sign_on = _sign_on(call)
    answer = call.given(SignOnAnswer)
    signed_in = await single_sign_on.finish(
        call.edge.work,
        call.edge.throttle,
        sign_on.provider,
        state=answer.state,
        code=answer.code,
        issuer=answer.iss,
        binding=call.request.cookies.get(COOKIE, ""),
        match_email=sign_on.match_email,
        client_address=call.address,
        user_agent=call.user_agent,
        request_id=call.request_id,
    )
    response = with_cookie(call, view(SessionView, signed_in.active), signed_in.token)
    response.del_cookie(COOKIE, path=_PATH, secure=call.edge.is_https, httponly=True, samesite="Strict")
    return response


def _sign_on(call: Call) -> SignOn:
    if call.edge.sign_on is None:
        raise WrongState(
            Code.SIGN_ON_UNAVAILABLE,
            "hospital",
            "without a provider",
            "single sign-on",
            "This hospital has no single sign-on.",
        )
    return call.edge.sign_on
