"""Attempts: actions of which every try leaves a line in the audit trail, and the password asked for again.

What a person is refused by a rule is kept like what the permission table refuses. No rule is here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from actions.context import ActionRefused, Context, UnitOfWork, permit
from actions.passwords import PasswordHasher
from actions.throttling import count
from domain.accounts import Actor
from domain.errors import Code, FieldFault, InvalidInput, NotAuthenticated, UserFault
from domain.permissions import Action
from providers.throttle import Throttle
from storage import accounts, audit_trail

PASSWORDS_PER_ACCOUNT: Final = 10
"""How often somebody who is signed in may give the password again within PASSWORD_WINDOW_S."""
PASSWORD_WINDOW_S: Final = 300


@asynccontextmanager
async def attempted(
    work: UnitOfWork,
    actor: Actor,
    request_id: str,
    action: Action,
    subject: tuple[str, UUID] | None = None,
    *,
    patient_id: UUID | None = None,
) -> AsyncIterator[Context]:
    """Open the transaction of an action; a refusal rolls it back and is kept as a line with its code."""
    try:
        async with work.begin(actor, request_id) as ctx:
            yield ctx
    except ActionRefused:
        # Kept already by whoever opened the transaction.
        raise
    except UserFault as fault:
        await _keep_refusal(work, actor, request_id, action, subject, patient_id, fault.code)
        raise


async def password_again(
    work: UnitOfWork,
    passwords: PasswordHasher,
    throttle: Throttle,
    actor: Actor,
    request_id: str,
    action: Action,
    subject: tuple[str, UUID] | None,
    password: str,
) -> str:
    """Have the actor prove to be present; return the encoded hash that the password matched.

    The action itself compares that hash again, so that a password changed meanwhile does not count. Raise
    ActionRefused, InvalidInput (auth.wrong_password, also kept as a line), Throttled after too many tries.
    """
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, action)
        if actor.account_id is None:
            raise NotAuthenticated
        found = await accounts.password_hash(ctx.tx, actor.account_id)
    if found is None:
        raise NotAuthenticated
    # Counted before the hash, which is dear. A flood leaves no lines: those before it tell of it.
    again = f"password-again:{actor.account_id}"
    await count(throttle, again, PASSWORDS_PER_ACCOUNT, PASSWORD_WINDOW_S, Code.AUTH_THROTTLED)
    if not await passwords.verify(found, password, client=str(actor.account_id)):
        await _keep_refusal(work, actor, request_id, action, subject, None, Code.AUTH_WRONG_PASSWORD)
        raise wrong_password()
    return found


def wrong_password() -> InvalidInput:
    """Return what to raise for a password that is not the actor's. Who is signed in stays signed in."""
    return InvalidInput("The password is wrong.", {"password": FieldFault.INVALID}, Code.AUTH_WRONG_PASSWORD)


async def _keep_refusal(
    work: UnitOfWork,
    actor: Actor,
    request_id: str,
    action: Action,
    subject: tuple[str, UUID] | None,
    patient_id: UUID | None,
    code: Code,
) -> None:
    async with work.begin(actor, request_id) as ctx:
        line = audit_trail.line(
            actor, action, ctx.now, request_id, subject, patient_id, "refused", {"code": code.value}
        )
        await audit_trail.insert(ctx.tx, [line])
