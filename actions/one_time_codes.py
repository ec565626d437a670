"""One-time codes: asking for one, trying one, sending one. What a right code allows is registration's.

Asking does the same whether or not anybody has an account: what the person learns is in the letter, which
only the owner of the address reads.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record
from actions.jobs import mark_effect
from actions.throttling import client_key, count, key_of
from chat_archive.data_keys import KeyFault, WrappedKey
from domain.accounts import SYSTEM
from domain.errors import Code, FieldFault, InvalidInput, WrongState
from domain.jobs import send_code
from domain.permissions import Action
from domain.registration import (
    CODE_LIFE,
    CODE_RESEND_AFTER_S,
    CODE_TRIES,
    TICKET_LIFE,
    Channel,
    CodePurpose,
    Destination,
    code_of,
    same_code,
)
from providers.throttle import Throttle
from storage import job_queue, registration
from storage.registration import KeptCode

HOUR_S: Final = 3600
CODES_PER_DESTINATION: Final = 5
"""An hour."""
CODES_PER_DESTINATION_A_DAY: Final = 10
"""With five tries each, guessing at one address for a whole year succeeds with less than two in a hundred."""
CODES_PER_ADDRESS: Final = 30
"""An hour. Wide, because a whole clinic shares one address."""
SMS_IN_ALL: Final = 600
"""An hour. Each one costs money, and strangers may ask for them from many addresses."""
TRIES_WINDOW_S: Final = 300
TRIES_PER_ADDRESS: Final = 60
_TICKET_SIZE = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """A code on its way. `code` itself is for the demonstration's page alone."""

    id: UUID
    channel: Channel
    expires_at: datetime
    resend_after_s: int
    code: str


@dataclass(frozen=True, slots=True)
class CodeLetter:
    """What the letter with a code needs. `code` is None when it has nothing to give: `known` says why.

    Whoever registers an address that has an account is told so, and so is who resets one that has none.
    """

    destination: Destination
    purpose: CodePurpose
    locale: str
    known: bool
    code: str | None


async def ask(
    work: UnitOfWork,
    throttle: Throttle,
    *,
    purpose: CodePurpose,
    destination: Destination,
    locale: str,
    client_address: str,
    request_id: str,
) -> Asked:
    """Make a code and have it sent; durable on return. Codes asked for before stay good until they end.

    Raise Throttled when codes were asked for too often: for the destination, from the address, or in all;
    PartnerDown when that cannot be counted.
    """
    client, to = client_key(client_address), key_of(destination.value)
    await count(throttle, f"code:address:{client}", CODES_PER_ADDRESS, HOUR_S)
    # Who asks again at once waits; a stranger elsewhere cannot make the owner wait by this.
    await count(throttle, f"code:again:{to}:{client}:{purpose}", 1, CODE_RESEND_AFTER_S)
    await count(throttle, f"code:destination:{to}", CODES_PER_DESTINATION, HOUR_S)
    await count(throttle, f"code:destination:day:{to}", CODES_PER_DESTINATION_A_DAY, 24 * HOUR_S)
    if destination.channel is Channel.PHONE:
        await count(throttle, "code:sms", SMS_IN_ALL, HOUR_S)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.CODE_ASK)
        key, wrapped = ctx.keys.new(ctx.new_id(), ctx.random)
        # Thousands of these must not drive the record's own keys out of memory.
        ctx.keys.forget(wrapped.conversation_id)
        expires_at = ctx.now + CODE_LIFE
        await registration.insert_code(ctx.tx, purpose, destination, locale, wrapped, ctx.now, expires_at)
        code_id = wrapped.conversation_id
        await job_queue.enqueue(ctx.tx, send_code(code_id))
        await record(
            ctx, Action.CODE_ASK, ("code", code_id), detail={"for": purpose, "by": destination.channel}
        )
    code = code_of(key.secret, purpose, destination)
    return Asked(code_id, destination.channel, expires_at, CODE_RESEND_AFTER_S, code)


async def check(
    work: UnitOfWork,
    throttle: Throttle,
    *,
    purpose: CodePurpose,
    code_id: UUID,
    code: str,
    client_address: str,
    request_id: str,
) -> str:
    """Try a code; return the ticket that takes its place, which only the browser keeps.

    A try counts even when this process dies in the middle. Raise InvalidInput (code.wrong) for a wrong code
    and WrongState (code.void) for one that expired, was used, was tried too often or never was; Throttled
    after too many tries from the address.
    """
    client = client_key(client_address)
    await count(throttle, f"code:tries:{client}", TRIES_PER_ADDRESS, TRIES_WINDOW_S)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.CODE_CHECK)
        kept = await registration.take_try(ctx.tx, code_id, purpose, ctx.now)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.CODE_CHECK)
        right = kept is not None and _is_right(ctx, kept, code)
        ticket = base64.urlsafe_b64encode(ctx.random(_TICKET_SIZE)).decode().rstrip("=")
        if right:
            right = await registration.pass_code(
                ctx.tx, code_id, ticket_hash(ticket), ctx.now, ctx.now + TICKET_LIFE
            )
        outcome = "void" if kept is None else "right" if right else "wrong"
        await record(ctx, Action.CODE_CHECK, ("code", code_id), detail={"for": purpose, "outcome": outcome})
    if right:
        return ticket
    if kept is None or kept.tries >= CODE_TRIES:
        raise void()
    raise InvalidInput("The code is wrong.", {"code": FieldFault.INVALID}, Code.CODE_WRONG)


async def code_letter(ctx: Context, code_id: UUID) -> CodeLetter | None:
    """Return what the letter with this code needs, or None when it would come too late."""
    permit(ctx, Action.CODE_SEND)
    kept = await registration.code_to_send(ctx.tx, code_id, ctx.now)
    if kept is None:
        return None
    if kept.purpose is CodePurpose.REGISTER:
        known = await registration.holder(ctx.tx, kept.destination) is not None
        gives = not known
    else:
        account = await registration.owner(ctx.tx, kept.destination)
        # A demonstration's accounts are everybody's: nobody may change their passwords.
        known = gives = account is not None and account.disabled_at is None and not account.demo
    code = _code(ctx, kept.secret, kept.purpose, kept.destination) if gives else None
    await record(ctx, Action.CODE_SEND, ("code", code_id), detail={"step": "prepared", "for": kept.purpose})
    return CodeLetter(kept.destination, kept.purpose, kept.locale, known, code)


async def code_told(ctx: Context, code_id: UUID, key: str, *, taken: bool) -> None:
    """Keep what became of the letter of the job with this key; one that was `taken` is not sent again."""
    permit(ctx, Action.CODE_SEND)
    if taken:
        await mark_effect(ctx, key)
    await record(ctx, Action.CODE_SEND, ("code", code_id), detail={"step": "sent" if taken else "no_server"})


def void() -> WrongState:
    """Return what to raise for a code or a ticket that is over, whatever ended it."""
    return WrongState(
        Code.CODE_VOID, "code", "over", "use", "This code is no longer good. Ask for a new one."
    )


def ticket_hash(ticket: str) -> bytes:
    """Return what is kept of a ticket."""
    return sha256(ticket.encode("utf-8", "surrogatepass")).digest()


def _is_right(ctx: Context, kept: KeptCode, typed: str) -> bool:
    made = _code(ctx, kept.secret, kept.purpose, kept.destination)
    return made is not None and same_code(typed, made)


def _code(ctx: Context, secret: WrappedKey, purpose: CodePurpose, to: Destination) -> str | None:
    """Make the code again; None when the key that wraps its secret has left the ring meanwhile."""
    try:
        key = ctx.keys.unwrap(secret)
    except KeyFault:
        return None
    ctx.keys.forget(secret.conversation_id)
    return code_of(key.secret, purpose, to)
