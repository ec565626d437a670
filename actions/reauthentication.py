"""Re-authentication: whoever begins care has proved recently who it is (ID-2), and how that is done again.

The proof is all that the staff signs in with: the password and the second factor, or a passkey, which is
both. It belongs to the session it was given in, and changes nothing else of it: no page and no visit is left.
"""

from datetime import datetime
from uuid import UUID

from actions import passkeys
from actions.attempts import attempted, password_again, wrong_password
from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.passwords import PasswordHasher
from actions.second_factor import count_try, use_code
from actions.sessions import ActiveSession
from domain.errors import Code, NotAuthenticated
from domain.passkeys import Purpose
from domain.permissions import Action
from domain.second_factor import proof_holds
from providers.passkeys import Json, RelyingParty
from providers.throttle import Throttle
from storage import accounts, sessions


async def demand_proof(
    ctx: Context, action: Action, subject: tuple[str, UUID] | None, patient_id: UUID | None
) -> None:
    """Raise ActionRefused (auth.proof_needed) unless the actor's session has a proof that is recent enough.

    A part of actions that begin care, in their transaction: what was proved or revoked a moment ago counts.
    """
    if ctx.proof_max_age is None:
        return
    proved_at = None
    if ctx.actor.account_id is not None and ctx.actor.session_id is not None:
        proved_at = await sessions.proved_at(ctx.tx, ctx.actor.account_id, ctx.actor.session_id, ctx.now)
    if not proof_holds(proved_at, ctx.now, ctx.proof_max_age):
        raise ActionRefused(action, subject, patient_id, code=Code.AUTH_PROOF_NEEDED)


async def prove_by_code(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    active: ActiveSession,
    password: str,
    code: str,
    request_id: str,
) -> datetime:
    """Prove by the password and a code of the second factor; return the moment, durable on return.

    Raise what `password_again` does, InvalidInput (second_factor.wrong), WrongState without a second factor.
    """
    action, subject = Action.SESSION_PROVE, ("session", active.session_id)
    matched = await password_again(
        work, passwords, throttle, active.actor, request_id, action, subject, password
    )
    await count_try(throttle, active.account.id)
    async with attempted(work, active.actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        if await accounts.password_hash(ctx.tx, active.account.id) != matched:
            raise wrong_password()
        return await _prove(ctx, active, await use_code(ctx, code))


async def begin_passkey(
    work: UnitOfWork, throttle: Throttle, party: RelyingParty, active: ActiveSession, request_id: str
) -> passkeys.Challenge:
    """Return what a passkey of the account proves with. Raise WrongState without one, Throttled."""
    action = Action.SESSION_PROVE
    return await passkeys.ask_own(work, throttle, party, active, Purpose.PROVE, action, request_id)


async def prove_by_passkey(
    work: UnitOfWork,
    party: RelyingParty,
    active: ActiveSession,
    challenge_id: UUID,
    credential: Json,
    request_id: str,
) -> datetime:
    """Prove by a passkey of the account; return the moment, durable on return.

    Raise InvalidInput (passkey.refused) for an answer that does not hold, and for anybody else's passkey.
    """
    action, subject = Action.SESSION_PROVE, ("session", active.session_id)
    challenge = await passkeys.taken(work, active.actor, challenge_id, Purpose.PROVE, action, request_id)
    async with attempted(work, active.actor, request_id, action, subject) as ctx:
        permit(ctx, action)
        await passkeys.use_own(ctx, party, active.account.id, challenge, credential)
        return await _prove(ctx, active, "passkey")


async def _prove(ctx: Context, active: ActiveSession, way: str) -> datetime:
    if not await sessions.prove(ctx.tx, active.account.id, active.session_id, ctx.now):
        raise NotAuthenticated
    await record(ctx, Action.SESSION_PROVE, ("session", active.session_id), detail={"by": way})
    return ctx.now
