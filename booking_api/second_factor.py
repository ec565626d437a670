"""The second factor: setting it up, giving it, new recovery codes."""

import segno
from aiohttp import web

from actions import second_factor
from booking_api.edge import Call
from booking_api.models_second_factor import (
    RecoveryCodes,
    SecondFactorCode,
    SecondFactorConfirmed,
    SecondFactorSecret,
    SecondFactorView,
)
from booking_api.models_session import SessionView
from booking_api.session import with_cookie
from booking_api.views import view
from domain.second_factor import provisioning_uri, secret_text


async def read_second_factor(call: Call) -> SecondFactorView:
    """GET /api/session/second-factor."""
    async with call.begin() as ctx:
        found = await second_factor.read(ctx)
    return SecondFactorView(
        confirmed=found.confirmed,
        recovery_codes_left=found.recovery_codes_left,
        passkeys=found.passkeys,
        demo_code=found.demo_code if call.edge.hospital.demo else None,
    )


async def set_up_second_factor(call: Call) -> SecondFactorSecret:
    """POST /api/session/second-factor/set-up."""
    async with call.begin() as ctx:
        secret = await second_factor.set_up(ctx)
    uri = provisioning_uri(secret, call.edge.hospital.name, call.signed_in.account.login)
    rows = segno.make(uri, error="m", micro=False).matrix
    return SecondFactorSecret(
        secret=secret_text(secret), uri=uri, qr=["".join(str(int(cell)) for cell in row) for row in rows]
    )


async def confirm_second_factor(call: Call) -> web.Response:
    """POST /api/session/second-factor/confirm: the session is open, under a new token."""
    done = await second_factor.confirm(
        call.edge.work,
        call.edge.throttle,
        call.signed_in,
        call.given(SecondFactorCode).code,
        call.request_id,
    )
    session = view(SessionView, done.signed_in.active)
    answer = SecondFactorConfirmed(session=session, recovery_codes=list(done.recovery_codes))
    return with_cookie(call, answer, done.signed_in.token)


async def give_second_factor(call: Call) -> web.Response:
    """POST /api/session/second-factor: the session is open, under a new token."""
    signed_in = await second_factor.give(
        call.edge.work,
        call.edge.throttle,
        call.signed_in,
        call.given(SecondFactorCode).code,
        call.request_id,
    )
    return with_cookie(call, view(SessionView, signed_in.active), signed_in.token)


async def new_recovery_codes(call: Call) -> RecoveryCodes:
    """POST /api/session/second-factor/recovery-codes."""
    codes = await second_factor.new_recovery_codes(
        call.edge.work,
        call.edge.throttle,
        call.signed_in,
        call.given(SecondFactorCode).code,
        call.request_id,
    )
    return RecoveryCodes(recovery_codes=list(codes))
