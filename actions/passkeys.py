"""Passkeys: adding and removing one's own, signing in by one, giving one as the second factor.

A passkey proves two things at once: its device is here, and its user unlocked it. So it opens a session of
the staff without a password. A challenge is taken out before it is looked at: it is good once, whatever
comes of it.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from actions.attempts import attempted, password_again
from actions.context import Context, UnitOfWork, permit, record
from actions.passwords import PasswordHasher
from actions.sessions import ActiveSession, SignedIn, complete, open_session, refused
from actions.throttling import client_key, count
from domain.accounts import SYSTEM, Actor, SessionState, actor_of
from domain.errors import Code, InvalidInput, NotAuthenticated, NotFound, TooMany, WrongState
from domain.ids import AccountId, SessionId
from domain.passkeys import CHALLENGE_LIFE, CHALLENGE_SIZE, PASSKEYS_MAX, Passkey, Purpose, checked_name
from domain.permissions import Action
from providers.passkeys import Json, PasskeyRefused, RelyingParty, credential_id_of, user_handle_of
from providers.throttle import Throttle
from storage import accounts, passkeys
from storage.accounts import Credentials
from storage.passkeys import KeptPasskey

WINDOW_S: Final = 300
ASKED_PER_ADDRESS: Final = 120
"""Challenges for signing in. Wide, because a whole clinic shares one address."""
ANSWERED_PER_ADDRESS: Final = 120
"""Answers to them, which anybody can make up: each that does not hold is a line in the audit trail."""
ASKED_PER_ACCOUNT: Final = 30
"""Challenges as the second factor."""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the page hands to the browser; `id` comes back with the answer."""

    id: UUID
    options: dict[str, Any]


async def list_own(ctx: Context) -> list[Passkey]:
    """Return the actor's passkeys, oldest first."""
    permit(ctx, Action.PASSKEY_LIST)
    account_id = _own(ctx)
    found = [kept.passkey for kept in await passkeys.of_account(ctx.tx, account_id)]
    await record(ctx, Action.PASSKEY_LIST, ("account", account_id))
    return found


async def begin_adding(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    party: RelyingParty,
    active: ActiveSession,
    password: str,
    request_id: str,
) -> Challenge:
    """Return what a new passkey is made with, for the password given again.

    Without it whoever finds an open page could stay for good. Raise what `password_again` does, and TooMany
    (passkey.too_many) when the account has as many as it may.
    """
    account = active.account
    subject = ("account", account.id)
    await password_again(
        work, passwords, throttle, active.actor, request_id, Action.PASSKEY_ADD, subject, password
    )
    async with work.begin(active.actor, request_id) as ctx:
        permit(ctx, Action.PASSKEY_ADD)
        known = await passkeys.of_account(ctx.tx, account.id)
        _demand_room(known)
        challenge_id, challenge = await _ask(ctx, Purpose.ADD, active.session_id)
    ids = [kept.credential_id for kept in known]
    options = party.creation_options(challenge, account.id.bytes, account.login, account.display_name, ids)
    return Challenge(challenge_id, options)


async def add(
    work: UnitOfWork,
    party: RelyingParty,
    active: ActiveSession,
    challenge_id: UUID,
    name: str,
    credential: Json,
    request_id: str,
) -> Passkey:
    """Keep a passkey that the browser has just made; durable on return.

    Raise InvalidInput (passkey.refused) for an answer that does not hold, Conflict (passkey.known) for a
    credential that somebody has, TooMany.
    """
    tidy = checked_name(name)
    account_id = active.account.id
    challenge = await taken(work, active.actor, challenge_id, Purpose.ADD, Action.PASSKEY_ADD, request_id)
    subject = ("account", account_id)
    async with attempted(work, active.actor, request_id, Action.PASSKEY_ADD, subject) as ctx:
        permit(ctx, Action.PASSKEY_ADD)
        try:
            if challenge is None:
                raise PasskeyRefused("challenge")
            new = party.verify_creation(credential, challenge)
        except PasskeyRefused as fault:
            raise _not_held() from fault
        await passkeys.lock_account(ctx.tx, account_id)
        _demand_room(await passkeys.of_account(ctx.tx, account_id))
        passkey = Passkey(ctx.new_id(), tidy, ctx.now, None)
        kept = KeptPasskey(passkey, account_id, new.credential_id, new.public_key, new.sign_count)
        await passkeys.insert(ctx.tx, kept)
        await record(ctx, Action.PASSKEY_ADD, ("passkey", passkey.id))
    return passkey


async def remove(ctx: Context, passkey_id: UUID) -> None:
    """Remove one of the actor's passkeys. Raise NotFound for any other: nobody learns that it exists."""
    permit(ctx, Action.PASSKEY_REMOVE)
    if not await passkeys.remove(ctx.tx, _own(ctx), passkey_id):
        raise NotFound("passkey")
    await record(ctx, Action.PASSKEY_REMOVE, ("passkey", passkey_id))


async def begin_signing_in(
    work: UnitOfWork, throttle: Throttle, party: RelyingParty, *, client_address: str, request_id: str
) -> Challenge:
    """Return what any passkey of this hospital signs in with. Raise Throttled when asked for too often."""
    asked = f"passkey:address:{client_key(client_address)}"
    await count(throttle, asked, ASKED_PER_ADDRESS, WINDOW_S, Code.AUTH_THROTTLED)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PASSKEY_ASK)
        challenge_id, challenge = await _ask(ctx, Purpose.SIGN_IN, None)
    return Challenge(challenge_id, party.request_options(challenge))


async def sign_in(
    work: UnitOfWork,
    throttle: Throttle,
    party: RelyingParty,
    challenge_id: UUID,
    credential: Json,
    *,
    client_address: str,
    user_agent: str,
    request_id: str,
) -> SignedIn:
    """Open a session by a passkey alone, of the staff too; durable on return.

    Every answer that does not hold raises the same NotAuthenticated (passkey.refused) and leaves a line in
    the audit trail. Raise Throttled when an address answers too often.
    """
    answered = f"passkey-answer:address:{client_key(client_address)}"
    await count(throttle, answered, ANSWERED_PER_ADDRESS, WINDOW_S, Code.AUTH_THROTTLED)
    challenge = await taken(work, SYSTEM, challenge_id, Purpose.SIGN_IN, Action.PASSKEY_ASK, request_id)
    found: Credentials | None = None
    try:
        if challenge is None:
            raise PasskeyRefused("challenge")
        async with work.begin(SYSTEM, request_id) as ctx:
            kept, account = await _owner(ctx, credential)
        found = account
        counter = party.verify_assertion(credential, challenge, kept.public_key, kept.sign_count)
        async with work.begin(actor_of(found.account), request_id) as ctx:
            if not await passkeys.use(ctx.tx, kept, counter, ctx.now):
                raise PasskeyRefused("counter")
            return await open_session(ctx, found, user_agent, ctx.now)
    except (PasskeyRefused, NotAuthenticated) as fault:
        reason = f"passkey: {fault}" if isinstance(fault, PasskeyRefused) else "disabled"
        await refused(work, None if found is None else found.account, reason, request_id)
        raise NotAuthenticated("This passkey does not open an account here.", Code.PASSKEY_REFUSED) from fault


async def begin_second_factor(
    work: UnitOfWork, throttle: Throttle, party: RelyingParty, pending: ActiveSession, request_id: str
) -> Challenge:
    """Return what a passkey of the account gives as the second factor.

    Raise WrongState when the session is open already or the account has no passkey, Throttled.
    """
    action = Action.SECOND_FACTOR_GIVE
    async with work.begin(pending.actor, request_id) as ctx:
        permit(ctx, action)
    if pending.state is not SessionState.SECOND_FACTOR_PENDING:
        raise WrongState(Code.SECOND_FACTOR_WRONG_STATE, "session", pending.state.value, "ask")
    return await ask_own(work, throttle, party, pending, Purpose.SECOND_FACTOR, action, request_id)


async def give_second_factor(
    work: UnitOfWork,
    party: RelyingParty,
    pending: ActiveSession,
    challenge_id: UUID,
    credential: Json,
    request_id: str,
) -> SignedIn:
    """Open a pending session by a passkey of its account; durable on return.

    Raise InvalidInput (passkey.refused) for an answer that does not hold, and for anybody else's passkey.
    """
    action, subject = Action.SECOND_FACTOR_GIVE, ("session", pending.session_id)
    challenge = await taken(work, pending.actor, challenge_id, Purpose.SECOND_FACTOR, action, request_id)
    async with attempted(work, pending.actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        if pending.state is not SessionState.SECOND_FACTOR_PENDING:
            raise WrongState(Code.SECOND_FACTOR_WRONG_STATE, "session", pending.state.value, "give")
        await use_own(ctx, party, pending.account.id, challenge, credential)
        signed_in = await complete(ctx, pending)
        await record(ctx, action, subject, detail={"by": "passkey"})
    return signed_in


async def ask_own(
    work: UnitOfWork,
    throttle: Throttle,
    party: RelyingParty,
    session: ActiveSession,
    purpose: Purpose,
    action: Action,
    request_id: str,
) -> Challenge:
    """Return what a passkey of this session's account signs for this purpose.

    Raise WrongState when the account has none, Throttled when asked for too often.
    """
    async with work.begin(session.actor, request_id) as ctx:
        permit(ctx, action)
        known = await passkeys.of_account(ctx.tx, session.account.id)
    if not known:
        raise WrongState(Code.SECOND_FACTOR_WRONG_STATE, "account", "without a passkey", "ask")
    asked = f"passkey:account:{session.account.id}"
    await count(throttle, asked, ASKED_PER_ACCOUNT, WINDOW_S, Code.AUTH_THROTTLED)
    async with work.begin(session.actor, request_id) as ctx:
        permit(ctx, action)
        challenge_id, challenge = await _ask(ctx, purpose, session.session_id)
    return Challenge(challenge_id, party.request_options(challenge, [kept.credential_id for kept in known]))


async def use_own(
    ctx: Context, party: RelyingParty, account_id: AccountId, challenge: bytes | None, credential: Json
) -> None:
    """Verify the answer of a passkey of the account and keep what its counter says.

    For actions that ask for it, in their transaction. Raise InvalidInput (passkey.refused) for an answer that
    does not hold, for anybody else's passkey, and when there was no such challenge.
    """
    try:
        kept, owner = await _owner(ctx, credential)
        if challenge is None or owner.account.id != account_id:
            raise PasskeyRefused("challenge" if challenge is None else "account")
        counter = party.verify_assertion(credential, challenge, kept.public_key, kept.sign_count)
        if not await passkeys.use(ctx.tx, kept, counter, ctx.now):
            raise PasskeyRefused("counter")
    except PasskeyRefused as fault:
        raise _not_held() from fault


async def _owner(ctx: Context, credential: Json) -> tuple[KeptPasskey, Credentials]:
    """Return the passkey that answers and whose it is; raise PasskeyRefused when there is none."""
    kept = await passkeys.by_credential(ctx.tx, credential_id_of(credential))
    if kept is None:
        raise PasskeyRefused("unknown")
    handle = user_handle_of(credential)
    if handle is not None and handle != kept.account_id.bytes:
        raise PasskeyRefused("user handle")
    account = await accounts.by_id(ctx.tx, kept.account_id)
    if account is None or account.disabled_at is not None:
        raise PasskeyRefused("disabled")
    # No password took part, so there is none to hash anew.
    return kept, Credentials(account, "")


async def _ask(ctx: Context, purpose: Purpose, session_id: SessionId | None) -> tuple[UUID, bytes]:
    challenge_id, challenge = ctx.new_id(), ctx.random(CHALLENGE_SIZE)
    ends = ctx.now + CHALLENGE_LIFE
    await passkeys.insert_challenge(ctx.tx, challenge_id, challenge, purpose, session_id, ends)
    return challenge_id, challenge


async def taken(
    work: UnitOfWork, actor: Actor, challenge_id: UUID, purpose: Purpose, action: Action, request_id: str
) -> bytes | None:
    """Take the challenge out, durable before anything is verified: nothing brings it back."""
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, action)
        return await passkeys.take_challenge(ctx.tx, challenge_id, purpose, actor.session_id, ctx.now)


def _demand_room(known: list[KeptPasskey]) -> None:
    if len(known) >= PASSKEYS_MAX:
        raise TooMany(Code.PASSKEY_TOO_MANY, "passkeys", len(known), PASSKEYS_MAX)


def _own(ctx: Context) -> AccountId:
    if ctx.actor.account_id is None:
        raise NotAuthenticated
    return ctx.actor.account_id


def _not_held() -> InvalidInput:
    return InvalidInput("This passkey cannot be used here.", code=Code.PASSKEY_REFUSED)
