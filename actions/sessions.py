"""Sessions: signing in and out, coming back with a token, seeing and revoking one's own sessions.

The token is 32 random bytes that only the browser keeps; the database knows its SHA-256, and the token
against forged requests is derived from it, so that nothing else has to be kept.
"""

import base64
import hmac
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from actions.context import Context, UnitOfWork, permit, record
from actions.passwords import PasswordHasher
from actions.session_endings import SessionsEnded
from actions.throttling import count, key_of
from domain.accounts import (
    SESSION_ABSOLUTE,
    SESSION_IDLE,
    SESSION_TOUCH_EVERY,
    SYSTEM,
    Account,
    Actor,
    OpenSession,
    SessionState,
    actor_of,
    normal_login,
)
from domain.client_address import one_client
from domain.errors import Code, InvalidInput, NotAuthenticated, NotFound, PartnerDown
from domain.ids import SessionId
from domain.permissions import Action
from domain.registration import destination_or_none
from domain.second_factor import PENDING_LIFE, needs_second_factor
from providers.throttle import Throttle
from storage import accounts, audit_trail, sessions
from storage.accounts import Credentials
from storage.sessions import Deadlines

SIGN_IN_WINDOW_S: Final = 300
SIGN_INS_PER_LOGIN_AND_ADDRESS: Final = 10
"""What protects an account from guessing, and keeps a stranger elsewhere from locking its owner out."""
SIGN_INS_PER_LOGIN: Final = 60
"""Wide, for guessing from many addresses."""
SIGN_INS_PER_ADDRESS: Final = 120
"""Wide, because a whole clinic shares one address."""

_TOKEN_SIZE = 32
_USER_AGENT_MAX = 300
_CSRF_LABEL = b"televisit/csrf/v1"


@dataclass(frozen=True, slots=True)
class ActiveSession:
    """A session that has not ended. `expires_at` is when it ends if it is not used again.

    One whose second factor is pending passes no permission, and ends within PENDING_LIFE.
    """

    account: Account
    actor: Actor
    session_id: SessionId
    expires_at: datetime
    csrf_token: str
    state: SessionState = SessionState.OPEN


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session. `token` is for the browser's cookie and is not kept anywhere else."""

    token: str
    active: ActiveSession


async def sign_in(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    *,
    login: str,
    password: str,
    client_address: str,
    user_agent: str,
    request_id: str,
    calling_code: str = "86",
) -> SignedIn:
    """Check a login and a password and open a session; durable on return. Of the staff it is one whose
    second factor is pending.

    `login` may be an e-mail address or a mobile number that its owner proved; `calling_code` is the
    hospital's own, for numbers typed without one.

    An unknown login, a wrong password and a disabled account raise the same NotAuthenticated after the same
    work, and leave a line in the audit trail. Raise Throttled after too many attempts for the login, from
    the address or for both together, PartnerDown when attempts cannot be counted: sessions that are open go
    on without.
    """
    known_login = _login_or_none(login)
    contact = destination_or_none(login, calling_code)
    # One spelling, so that writing a number in many ways gives no further attempts.
    spelled = contact.value if contact is not None else known_login or login
    # Throttled attempts leave no line: the trail has those before, and a flood must not become one of writes.
    address = one_client(client_address)
    login_digest, address_digest = key_of(spelled), key_of(address)
    own_key = f"sign-in:login:{login_digest}:address:{address_digest}"
    for key, limit in (
        (f"sign-in:address:{address_digest}", SIGN_INS_PER_ADDRESS),
        (own_key, SIGN_INS_PER_LOGIN_AND_ADDRESS),
        # Last: what is refused before does not count for the login, so one address alone cannot use this up.
        (f"sign-in:login:{login_digest}", SIGN_INS_PER_LOGIN),
    ):
        await count(throttle, key, limit, SIGN_IN_WINDOW_S, Code.AUTH_THROTTLED)

    # Hashing takes a tenth of a second: no transaction stays open meanwhile.
    found = None
    if known_login is not None or contact is not None:
        async with work.begin(SYSTEM, request_id) as ctx:
            found = await accounts.credentials(ctx.tx, known_login, contact.value if contact else None)
    if found is None:
        await passwords.verify_nobody(password, client=address)
        raise await refused(work, None, "unknown_login", request_id)
    if not await passwords.verify(found.password_hash, password, client=address):
        raise await refused(work, found.account, "wrong_password", request_id)
    stale = passwords.needs_rehash(found.password_hash)
    new_hash = await passwords.hash(password, client=address) if stale else None

    async with work.begin(actor_of(found.account), request_id) as ctx:
        signed_in = await _open(ctx, found, new_hash, user_agent)
    if signed_in is None:
        raise await refused(work, found.account, "disabled", request_id)
    with suppress(PartnerDown):
        # The session is open already; attempts that are not forgotten now end with their window.
        await throttle.clear(own_key)
    return signed_in


async def open_session(
    ctx: Context, found: Credentials, user_agent: str, proved_at: datetime | None = None
) -> SignedIn:
    """Open a session of an account whose owner just proved to be it. Raise NotAuthenticated when disabled.

    `proved_at` is when all that the staff signs in with was given: without it the second factor of the staff
    is still to come.
    """
    signed_in = await _open(ctx, found, None, user_agent, proved_at)
    if signed_in is None:
        raise NotAuthenticated
    return signed_in


async def resume(work: UnitOfWork, token: str, request_id: str, *, touch: bool = True) -> ActiveSession:
    """Return the session of this token; raise NotAuthenticated when there is none or it has ended.

    Being used moves the idle deadline, at most every SESSION_TOUCH_EVERY: otherwise nothing is written.
    Without `touch` it is only looked at: an open page that does nothing is no use of its session.
    """
    # Every request comes by here. Touching says itself what it saw: nothing has to hold the two together.
    async with work.begin(SYSTEM, request_id, each_alone=True) as ctx:
        kept = await sessions.by_token_hash(ctx.tx, _token_hash(token), ctx.now)
        if kept is None:
            raise NotAuthenticated
        deadlines = kept.deadlines
        idle_expires_at = deadlines.idle_expires_at
        if touch and ctx.now - deadlines.last_seen_at >= SESSION_TOUCH_EVERY:
            idle_expires_at = min(ctx.now + SESSION_IDLE, deadlines.absolute_expires_at)
            await sessions.touch(ctx.tx, kept.id, deadlines.last_seen_at, ctx.now, idle_expires_at)
    return _active(kept.account, kept.id, token, idle_expires_at, kept.state)


async def sign_out(ctx: Context) -> None:
    """End the actor's session. Raise NotAuthenticated when there is none or it has ended."""
    permit(ctx, Action.SIGN_OUT)
    account_id, session_id = ctx.actor.account_id, ctx.actor.session_id
    if account_id is None or session_id is None:
        raise NotAuthenticated
    if not await sessions.revoke(ctx.tx, account_id, session_id, ctx.now):
        raise NotAuthenticated
    ctx.ended.append(SessionsEnded(account_id, session_id))
    await record(ctx, Action.SIGN_OUT, ("session", session_id))


async def list_sessions(ctx: Context) -> list[OpenSession]:
    """Return the actor's open sessions, newest first."""
    permit(ctx, Action.SESSION_LIST)
    if ctx.actor.account_id is None:
        raise NotAuthenticated
    found = await sessions.open_sessions(ctx.tx, ctx.actor.account_id, ctx.actor.session_id, ctx.now)
    await record(ctx, Action.SESSION_LIST, ("account", ctx.actor.account_id))
    return found


async def revoke_session(ctx: Context, session_id: SessionId) -> None:
    """End one of the actor's own sessions. Raise NotFound for any other: nobody learns that it exists."""
    permit(ctx, Action.SESSION_REVOKE)
    if ctx.actor.account_id is None:
        raise NotAuthenticated
    if not await sessions.revoke(ctx.tx, ctx.actor.account_id, session_id, ctx.now):
        raise NotFound("session")
    ctx.ended.append(SessionsEnded(ctx.actor.account_id, session_id))
    await record(ctx, Action.SESSION_REVOKE, ("session", session_id))


async def _open(
    ctx: Context,
    found: Credentials,
    new_hash: str | None,
    user_agent: str,
    proved_at: datetime | None = None,
) -> SignedIn | None:
    """Open a session, or return None when the account is disabled."""
    permit(ctx, Action.SIGN_IN)
    account = found.account
    session_id = SessionId(ctx.new_id())
    token = _new_token(ctx)
    state, deadlines = SessionState.OPEN, _open_deadlines(ctx.now)
    if proved_at is None and needs_second_factor(account.role):
        ends = ctx.now + PENDING_LIFE
        state, deadlines = SessionState.SECOND_FACTOR_PENDING, Deadlines(ctx.now, ends, ends)
    shown_agent = "".join(filter(str.isprintable, user_agent))[:_USER_AGENT_MAX]
    digest = _token_hash(token)
    if not await sessions.insert(
        ctx.tx, session_id, account.id, digest, shown_agent, deadlines, state, proved_at
    ):
        return None
    if new_hash is not None:
        await accounts.rehash(ctx.tx, account.id, found.password_hash, new_hash)
    own = replace(ctx, actor=actor_of(account, session_id))
    facts = {"rehashed": new_hash is not None, "state": state.value}
    await record(own, Action.SIGN_IN, ("session", session_id), detail=facts)
    return SignedIn(token, _active(account, session_id, token, deadlines.idle_expires_at, state))


async def complete(ctx: Context, pending: ActiveSession) -> SignedIn:
    """Open a session whose second factor was just given, under a new token.

    For the actions that check the factor, in their transaction. Raise NotAuthenticated when the session has
    ended or is open already.
    """
    token, deadlines = _new_token(ctx), _open_deadlines(ctx.now)
    account, session_id = pending.account, pending.session_id
    if not await sessions.complete(ctx.tx, account.id, session_id, _token_hash(token), deadlines):
        raise NotAuthenticated
    return SignedIn(token, _active(account, session_id, token, deadlines.idle_expires_at, SessionState.OPEN))


async def refused(
    work: UnitOfWork, account: Account | None, reason: str, request_id: str
) -> NotAuthenticated:
    """Keep a line of a refused sign-in, durable on return; return what to raise."""
    subject = None if account is None else ("account", account.id)
    patient_id = None if account is None else account.patient_id
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.SIGN_IN_REFUSED)
        line = audit_trail.line(
            ctx.actor,
            Action.SIGN_IN_REFUSED,
            ctx.now,
            request_id,
            subject,
            patient_id,
            "refused",
            {"reason": reason},
        )
        await audit_trail.insert(ctx.tx, [line])
    return NotAuthenticated("The login or the password is wrong.", Code.AUTH_INVALID_CREDENTIALS)


def _active(
    account: Account, session_id: SessionId, token: str, expires_at: datetime, state: SessionState
) -> ActiveSession:
    actor = actor_of(account, session_id, state)
    return ActiveSession(account, actor, session_id, expires_at, _csrf_token(token), state)


def _new_token(ctx: Context) -> str:
    return base64.urlsafe_b64encode(ctx.random(_TOKEN_SIZE)).decode().rstrip("=")


def _open_deadlines(now: datetime) -> Deadlines:
    return Deadlines(now, now + SESSION_IDLE, now + SESSION_ABSOLUTE)


def _csrf_token(token: str) -> str:
    """Derive what a page sends with its writes: who knows it does not know the token (HMAC, RFC 2104)."""
    digest = hmac.digest(_bytes(token), _CSRF_LABEL, "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _token_hash(token: str) -> bytes:
    return sha256(_bytes(token)).digest()


def _bytes(text: str) -> bytes:
    # Whatever a cookie or a header decoded to has bytes, broken characters too: it just matches nothing.
    return text.encode("utf-8", "surrogatepass")


def _login_or_none(login: str) -> str | None:
    try:
        return normal_login(login)
    except InvalidInput:
        return None
