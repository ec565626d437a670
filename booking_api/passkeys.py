"""Passkeys: the own ones, signing in by one, giving one as the second factor."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from aiohttp import web

from actions import passkeys
from actions.context import UnitOfWork, permit
from actions.passkeys import Challenge
from actions.sessions import ActiveSession
from booking_api.edge import Call
from booking_api.models_passkeys import (
    NewPasskey,
    PasskeyAnswer,
    PasskeyChallenge,
    PasskeyPassword,
    Passkeys,
    PasskeyView,
)
from booking_api.models_session import SessionView
from booking_api.session import with_cookie
from booking_api.views import view
from domain.errors import Code, WrongState
from domain.permissions import Action
from providers.passkeys import Json, RelyingParty
from providers.throttle import Throttle

_T = TypeVar("_T")
_Ask = Callable[[UnitOfWork, Throttle, RelyingParty, ActiveSession, str], Awaitable[Challenge]]
_Use = Callable[[UnitOfWork, RelyingParty, ActiveSession, UUID, Json, str], Awaitable[_T]]


async def list_passkeys(call: Call) -> Passkeys:
    """GET /api/passkeys."""
    async with call.begin() as ctx:
        found = await passkeys.list_own(ctx)
    available = call.edge.relying_party is not None
    return Passkeys(available=available, passkeys=[view(PasskeyView, item) for item in found])


async def begin_passkey(call: Call) -> PasskeyChallenge:
    """POST /api/passkeys/challenge."""
    challenge = await passkeys.begin_adding(
        call.edge.work,
        call.edge.passwords,
        call.edge.throttle,
        await _party_of(call, Action.PASSKEY_ADD),
        call.signed_in,
        call.given(PasskeyPassword).password,
        call.request_id,
    )
    return view(PasskeyChallenge, challenge)


async def add_passkey(call: Call) -> PasskeyView:
    """POST /api/passkeys."""
    new = call.given(NewPasskey)
    made = await passkeys.add(
        call.edge.work,
        await _party_of(call, Action.PASSKEY_ADD),
        call.signed_in,
        new.challenge_id,
        new.name,
        new.credential,
        call.request_id,
    )
    return view(PasskeyView, made)


async def remove_passkey(call: Call) -> None:
    """DELETE /api/passkeys/{id}."""
    async with call.begin() as ctx:
        await passkeys.remove(ctx, call.uuid())


async def begin_passkey_sign_in(call: Call) -> PasskeyChallenge:
    """POST /api/session/passkey/challenge."""
    challenge = await passkeys.begin_signing_in(
        call.edge.work,
        call.edge.throttle,
        await _party_of(call, None),
        client_address=call.address,
        request_id=call.request_id,
    )
    return view(PasskeyChallenge, challenge)


async def sign_in_by_passkey(call: Call) -> web.Response:
    """POST /api/session/passkey: open a session and give the browser its token."""
    answer = call.given(PasskeyAnswer)
    signed_in = await passkeys.sign_in(
        call.edge.work,
        call.edge.throttle,
        await _party_of(call, None),
        answer.challenge_id,
        answer.credential,
        client_address=call.address,
        user_agent=call.user_agent,
        request_id=call.request_id,
    )
    return with_cookie(call, view(SessionView, signed_in.active), signed_in.token)


async def begin_passkey_factor(call: Call) -> PasskeyChallenge:
    """POST /api/session/second-factor/passkey/challenge."""
    return await asked_of(call, Action.SECOND_FACTOR_GIVE, passkeys.begin_second_factor)


async def give_passkey_factor(call: Call) -> web.Response:
    """POST /api/session/second-factor/passkey: the session is open, under a new token."""
    signed_in = await answered_by(call, Action.SECOND_FACTOR_GIVE, passkeys.give_second_factor)
    return with_cookie(call, view(SessionView, signed_in.active), signed_in.token)


async def asked_of(call: Call, action: Action, ask: _Ask) -> PasskeyChallenge:
    """Answer with what a passkey of whose session it is has to sign for an action."""
    party = await _party_of(call, action)
    challenge = await ask(call.edge.work, call.edge.throttle, party, call.signed_in, call.request_id)
    return view(PasskeyChallenge, challenge)


async def answered_by(call: Call, action: Action, use: _Use[_T]) -> _T:
    """Do an action with what a passkey of whose session it is has signed."""
    party, answer = await _party_of(call, action), call.given(PasskeyAnswer)
    return await use(
        call.edge.work, party, call.signed_in, answer.challenge_id, answer.credential, call.request_id
    )


async def _party_of(call: Call, action: Action | None) -> RelyingParty:
    """Return the hospital as authenticators know it; raise WrongState where its address has no passkeys.

    Whoever may not do what it is asked for learns that first. None: anybody may.
    """
    party = call.edge.relying_party
    if party is None:
        if action is not None:
            async with call.begin() as ctx:
                permit(ctx, action)
        raise WrongState(
            Code.PASSKEY_UNAVAILABLE,
            "hospital",
            "without a name",
            "passkey",
            "Passkeys need an address with a name, over https.",
        )
    return party
