"""Signing in and out, who is signed in, and the own open sessions."""

from aiohttp import web

from actions import sessions
from booking_api.answers import answered
from booking_api.edge import Call
from booking_api.models import Model
from booking_api.models_session import Credentials, OpenSession, OpenSessions, SessionView
from booking_api.views import view
from domain.accounts import SESSION_ABSOLUTE, SESSION_COOKIE
from domain.ids import SessionId


async def sign_in(call: Call) -> web.Response:
    """POST /api/session: open a session and give the browser its token."""
    credentials = call.given(Credentials)
    signed_in = await sessions.sign_in(
        call.edge.work,
        call.edge.passwords,
        call.edge.throttle,
        login=credentials.login,
        password=credentials.password,
        client_address=call.address,
        user_agent=call.user_agent,
        request_id=call.request_id,
        calling_code=call.edge.calling_code,
    )
    return with_cookie(call, view(SessionView, signed_in.active), signed_in.token)


def with_cookie(call: Call, answer: Model, token: str) -> web.Response:
    """Answer with a new session and give the browser its token."""
    response = answered(answer, 201)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        # The browser keeps it as long as the session can last: a phone that closes the page in the middle
        # of a visit comes back into it. The server ends it earlier when it is not used.
        max_age=int(SESSION_ABSOLUTE.total_seconds()),
        path="/",
        secure=call.edge.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


async def read_session(call: Call) -> SessionView:
    """GET /api/session."""
    return view(SessionView, call.signed_in)


async def sign_out(call: Call) -> web.Response:
    """DELETE /api/session: end the session and take the token back."""
    async with call.begin() as ctx:
        await sessions.sign_out(ctx)
    response = web.Response(status=204)
    response.del_cookie(SESSION_COOKIE, path="/", secure=call.edge.is_https, httponly=True, samesite="Lax")
    return response


async def list_sessions(call: Call) -> OpenSessions:
    """GET /api/sessions."""
    async with call.begin() as ctx:
        found = await sessions.list_sessions(ctx)
    return OpenSessions(sessions=[view(OpenSession, item) for item in found])


async def revoke_session(call: Call) -> None:
    """DELETE /api/sessions/{id}."""
    async with call.begin() as ctx:
        await sessions.revoke_session(ctx, SessionId(call.uuid()))
