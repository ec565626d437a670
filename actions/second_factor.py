"""The second factor of the staff: setting one up, giving it after the password, recovering from its loss.

A wrong code leaves a line in the audit trail and counts against the account, whoever tries it from where.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from actions.attempts import attempted
from actions.context import Context, UnitOfWork, permit, record
from actions.session_endings import SessionsEnded
from actions.sessions import ActiveSession, SignedIn, complete
from actions.throttling import count
from chat_archive.data_keys import KeyFault, WrappedKey
from domain.accounts import Account, SessionState
from domain.errors import (
    Code,
    FieldFault,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    OwnFault,
    WrongState,
)
from domain.ids import AccountId
from domain.permissions import Action
from domain.second_factor import (
    RECOVERY_CODE_SIZE,
    RECOVERY_CODES,
    code_of_step,
    matching_step,
    recovery_code,
    recovery_hash,
    step_at,
    totp_secret,
)
from providers.throttle import Throttle
from storage import accounts, passkeys, second_factor, sessions

TRIES_WINDOW_S: Final = 300
TRIES_PER_ACCOUNT: Final = 10
DAY_S: Final = 86_400
TRIES_PER_ACCOUNT_A_DAY: Final = 60
"""With three codes good at a time, guessing for a whole year, knowing the password, finds one in sixteen."""


@dataclass(frozen=True, slots=True)
class FactorView:
    """How the own second factor stands, and how many passkeys can stand for it.

    `demo_code` is the present code, for a demonstration's page alone.
    """

    confirmed: bool
    recovery_codes_left: int
    passkeys: int
    demo_code: str | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A second factor that was set up, and the session it opened. The codes are kept nowhere else."""

    signed_in: SignedIn
    recovery_codes: tuple[str, ...]


async def read(ctx: Context) -> FactorView:
    """Return how the actor's second factor stands."""
    permit(ctx, Action.SECOND_FACTOR_READ)
    account_id = _own(ctx)
    kept = await second_factor.of_account(ctx.tx, account_id)
    left = await second_factor.recovery_codes_left(ctx.tx, account_id)
    demo_code = None
    if kept is not None and kept.demo and kept.confirmed:
        demo_code = code_of_step(_secret(ctx, kept.key), step_at(ctx.now))
    await record(ctx, Action.SECOND_FACTOR_READ, ("account", account_id))
    known = await passkeys.of_account(ctx.tx, account_id)
    return FactorView(kept is not None and kept.confirmed, left, len(known), demo_code)


async def set_up(ctx: Context) -> bytes:
    """Make a secret for an authenticator app and return it; it is good for nothing until it is confirmed.

    Called again it makes another one. Raise WrongState (second_factor.wrong_state) when there is a confirmed
    one, or a passkey that can be given: only its loss, told to the hospital, makes room for another.
    """
    permit(ctx, Action.SECOND_FACTOR_SET_UP)
    account_id = _own(ctx)
    if ctx.actor.second_factor_pending and await passkeys.of_account(ctx.tx, account_id):
        # Who has a passkey gives that: knowing the password alone must not make room for another factor.
        raise _wrong_state("a passkey", "set up")
    key, wrapped = ctx.keys.new(ctx.new_id(), ctx.random)
    # Many of these must not drive the record's own keys out of memory.
    ctx.keys.forget(wrapped.conversation_id)
    if not await second_factor.begin(ctx.tx, account_id, wrapped, ctx.now):
        raise _wrong_state("set up", "set up")
    await record(ctx, Action.SECOND_FACTOR_SET_UP, ("account", account_id))
    return totp_secret(key.secret)


async def confirm_own(ctx: Context, code: str) -> tuple[str, ...]:
    """Confirm the actor's secret by a code of it; return the recovery codes, which are shown this once.

    Raise InvalidInput (second_factor.wrong) for a wrong code, WrongState when there is none to confirm.
    """
    permit(ctx, Action.SECOND_FACTOR_CONFIRM)
    account_id = _own(ctx)
    kept = await second_factor.of_account(ctx.tx, account_id)
    if kept is None or kept.confirmed:
        raise _wrong_state("not begun" if kept is None else "set up", "confirm")
    step = matching_step(_secret(ctx, kept.key), code, ctx.now, None)
    if step is None:
        raise _wrong()
    if not await second_factor.confirm(ctx.tx, account_id, kept.key, step, ctx.now):
        raise _wrong_state("set up", "confirm")
    codes = await _new_codes(ctx, account_id)
    await record(ctx, Action.SECOND_FACTOR_CONFIRM, ("account", account_id))
    return codes


async def confirm(
    work: UnitOfWork, throttle: Throttle, pending: ActiveSession, code: str, request_id: str
) -> Confirmed:
    """Confirm the secret that was set up in this pending session, and open the session; durable on return.

    Raise what `confirm_own` does, and Throttled after too many tries.
    """
    await _demand_pending(work, pending, Action.SECOND_FACTOR_CONFIRM, request_id)
    await count_try(throttle, pending.account.id)
    subject = ("account", pending.account.id)
    async with attempted(work, pending.actor, request_id, Action.SECOND_FACTOR_CONFIRM, subject) as ctx:
        codes = await confirm_own(ctx, code)
        return Confirmed(await complete(ctx, pending), codes)


async def give(
    work: UnitOfWork, throttle: Throttle, pending: ActiveSession, code: str, request_id: str
) -> SignedIn:
    """Open a pending session by a code of the app, or by a recovery code; durable on return.

    A code of the app is good once, and so is a recovery code. Raise InvalidInput (second_factor.wrong) for
    any other code, WrongState when the session is open or no second factor is set up, Throttled after too
    many tries.
    """
    await _demand_pending(work, pending, Action.SECOND_FACTOR_GIVE, request_id)
    await count_try(throttle, pending.account.id)
    subject = ("session", pending.session_id)
    async with attempted(work, pending.actor, request_id, Action.SECOND_FACTOR_GIVE, subject) as ctx:
        permit(ctx, Action.SECOND_FACTOR_GIVE)
        way = await use_code(ctx, code)
        signed_in = await complete(ctx, pending)
        await record(ctx, Action.SECOND_FACTOR_GIVE, subject, detail={"by": way})
    return signed_in


async def new_recovery_codes(
    work: UnitOfWork, throttle: Throttle, active: ActiveSession, code: str, request_id: str
) -> tuple[str, ...]:
    """Put new recovery codes in the place of the old ones, for a code given now; they are shown this once.

    Raise as `give` does.
    """
    async with work.begin(active.actor, request_id) as ctx:
        permit(ctx, Action.SECOND_FACTOR_RECOVERY)
    await count_try(throttle, active.account.id)
    subject = ("account", active.account.id)
    async with attempted(work, active.actor, request_id, Action.SECOND_FACTOR_RECOVERY, subject) as ctx:
        permit(ctx, Action.SECOND_FACTOR_RECOVERY)
        way = await use_code(ctx, code)
        codes = await _new_codes(ctx, active.account.id)
        await record(ctx, Action.SECOND_FACTOR_RECOVERY, subject, detail={"by": way})
    return codes


async def reset(ctx: Context, login: str) -> Account:
    """Forget a lost second factor and every passkey, and end every session of the account.

    Its owner sets up another one. For the operator, who knows that the person is who asks. Raise NotFound
    when there is no such account.
    """
    permit(ctx, Action.SECOND_FACTOR_RESET)
    found = await accounts.credentials(ctx.tx, login.strip().lower())
    if found is None:
        raise NotFound("account")
    account = found.account
    had = await second_factor.remove(ctx.tx, account.id)
    removed = await passkeys.remove_all(ctx.tx, account.id)
    revoked = await sessions.revoke_all(ctx.tx, account.id, ctx.now)
    ctx.ended.append(SessionsEnded(account.id))
    await record(
        ctx,
        Action.SECOND_FACTOR_RESET,
        ("account", account.id),
        patient_id=account.patient_id,
        detail={"had": had, "passkeys_removed": removed, "sessions_revoked": revoked},
    )
    return account


async def use_code(ctx: Context, typed: str) -> str:
    """Use up a code of the actor's: of the app ("totp") or a recovery code ("recovery"); say which it was.

    For actions that ask for it, in their transaction. Raise InvalidInput (second_factor.wrong) for any other
    code, WrongState when the actor has no second factor.
    """
    account_id = _own(ctx)
    kept = await second_factor.of_account(ctx.tx, account_id)
    if kept is None or not kept.confirmed:
        raise _wrong_state("not set up", "give")
    digest = recovery_hash(typed)
    if digest is not None:
        if not await second_factor.use_recovery_code(ctx.tx, account_id, digest, ctx.now):
            raise _wrong()
        return "recovery"
    # A demonstration's page shows the code to everybody, so it is good again.
    last_step = None if kept.demo else kept.last_step
    step = matching_step(_secret(ctx, kept.key), typed, ctx.now, last_step)
    if step is None or not await second_factor.use_step(ctx.tx, account_id, kept.key, step):
        raise _wrong()
    return "totp"


async def _new_codes(ctx: Context, account_id: AccountId) -> tuple[str, ...]:
    codes = tuple(recovery_code(ctx.random(RECOVERY_CODE_SIZE)) for _ in range(RECOVERY_CODES))
    hashes = [digest for code in codes if (digest := recovery_hash(code)) is not None]
    await second_factor.replace_recovery_codes(ctx.tx, account_id, hashes, ctx.now)
    return codes


async def count_try(throttle: Throttle, account_id: UUID) -> None:
    """Count a code that is tried for the account; raise Throttled when there were too many."""
    for name, limit, window_s in (
        ("second-factor", TRIES_PER_ACCOUNT, TRIES_WINDOW_S),
        ("second-factor:day", TRIES_PER_ACCOUNT_A_DAY, DAY_S),
    ):
        await count(throttle, f"{name}:{account_id}", limit, window_s, Code.AUTH_THROTTLED)


def _secret(ctx: Context, key: WrappedKey) -> bytes:
    try:
        opened = ctx.keys.unwrap(key)
    except KeyFault as fault:
        raise OwnFault("the secret of a second factor does not open with the ring of keys") from fault
    ctx.keys.forget(key.conversation_id)
    return totp_secret(opened.secret)


def _own(ctx: Context) -> AccountId:
    if ctx.actor.account_id is None:
        raise NotAuthenticated
    return ctx.actor.account_id


async def _demand_pending(work: UnitOfWork, session: ActiveSession, action: Action, request_id: str) -> None:
    """Refuse before a try is counted."""
    async with work.begin(session.actor, request_id) as ctx:
        permit(ctx, action)
    if session.state is not SessionState.SECOND_FACTOR_PENDING:
        raise WrongState(Code.SECOND_FACTOR_WRONG_STATE, "session", session.state.value, action.value)


def _wrong() -> InvalidInput:
    return InvalidInput("The code is wrong.", {"code": FieldFault.INVALID}, Code.SECOND_FACTOR_WRONG)


def _wrong_state(state: str, event: str) -> WrongState:
    return WrongState(Code.SECOND_FACTOR_WRONG_STATE, "second factor", state, event)
