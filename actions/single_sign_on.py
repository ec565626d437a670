"""Single sign-on of the staff by OpenID Connect: going to the provider, coming back, whose account it opens.

The provider says who it is; which account that opens is bound here. What it says of a second factor counts
when it also says when: otherwise the own second factor is still asked for.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from actions.context import Context, UnitOfWork, permit, record
from actions.sessions import SignedIn, open_session, refused
from actions.throttling import client_key, count
from domain.accounts import SYSTEM, Account, Role, actor_of
from domain.errors import Code, FieldFault, Forbidden, InvalidInput, NotAuthenticated, NotFound
from domain.ids import AccountId
from domain.permissions import Action
from domain.single_sign_on import ATTEMPT_LIFE, SUBJECT_MAX, Person
from providers.openid import OpenIdProvider, OpenIdRefused
from providers.throttle import Throttle
from storage import accounts, single_sign_on
from storage.accounts import Credentials
from storage.single_sign_on import Attempt

WINDOW_S: Final = 300
BEGUN_PER_ADDRESS: Final = 120
"""Wide, because a whole clinic shares one address."""
FINISHED_PER_ADDRESS: Final = 120
"""Answers, which anybody can make up: each that does not hold is a line in the audit trail."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what it keeps in a cookie until it comes back."""

    url: str
    binding: str


async def begin(
    work: UnitOfWork, throttle: Throttle, provider: OpenIdProvider, *, client_address: str, request_id: str
) -> Begun:
    """Begin a sign-in, durable on return. Raise Throttled when asked for too often, PartnerDown."""
    begun = f"sign-on:address:{client_key(client_address)}"
    await count(throttle, begun, BEGUN_PER_ADDRESS, WINDOW_S, Code.AUTH_THROTTLED)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.SIGN_ON_ASK)
        state, binding, nonce, verifier = (_word(ctx) for _ in range(4))
        ends = ctx.now + ATTEMPT_LIFE
        attempt = Attempt(nonce, verifier)
        await single_sign_on.insert_attempt(ctx.tx, _hash(state), _hash(binding), attempt, ends)
        max_age = ctx.proof_max_age
    url = await provider.address(state=state, nonce=nonce, verifier=verifier, max_age=max_age)
    return Begun(url, binding)


async def finish(
    work: UnitOfWork,
    throttle: Throttle,
    provider: OpenIdProvider,
    *,
    state: str,
    code: str,
    issuer: str | None,
    binding: str,
    match_email: bool,
    client_address: str,
    user_agent: str,
    request_id: str,
) -> SignedIn:
    """Open a session for whom the provider sends back; durable on return.

    Its second factor is pending unless the provider says that both were given, and when. Whatever does not
    hold raises the same NotAuthenticated (sign_on.refused); a person without an account of the staff raises
    Forbidden (sign_on.unknown). Both leave a line in the audit trail. `match_email` lets an address that
    the provider has verified bind the one account of the staff that has it. Raise Throttled when an address
    answers too often.
    """
    finished = f"sign-on-answer:address:{client_key(client_address)}"
    await count(throttle, finished, FINISHED_PER_ADDRESS, WINDOW_S, Code.AUTH_THROTTLED)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.SIGN_ON_ASK)
        attempt = await single_sign_on.take_attempt(ctx.tx, _hash(state), _hash(binding), ctx.now)
    try:
        if attempt is None:
            raise OpenIdRefused("state")
        # Who sends it is told since RFC 9207, so that one provider's answer is not taken for another's.
        if issuer is not None and issuer != provider.issuer:
            raise OpenIdRefused("issuer")
        person = await provider.person(code, attempt.verifier, attempt.nonce)
    except OpenIdRefused as fault:
        await refused(work, None, f"single sign-on: {fault}", request_id)
        raise NotAuthenticated("The single sign-on did not hold.", Code.SIGN_ON_REFUSED) from fault
    async with work.begin(SYSTEM, request_id) as ctx:
        account = await _account(ctx, person, match_email)
    if account is None or account.role is Role.PATIENT or account.disabled_at is not None:
        why = "unknown" if account is None else "no staff" if account.disabled_at is None else "disabled"
        await refused(work, account, f"single sign-on: {why}", request_id)
        raise Forbidden("No account here belongs to this single sign-on.", Code.SIGN_ON_UNKNOWN)
    async with work.begin(actor_of(account), request_id) as ctx:
        # No password took part, so there is none to hash anew.
        proved_at = person.authenticated_at if person.both_factors else None
        return await open_session(ctx, Credentials(account, ""), user_agent, proved_at)


async def bind(ctx: Context, login: str, issuer: str, subject: str) -> Account:
    """Let a provider's subject open an account of the staff, instead of any other.

    For the operator. Raise NotFound, InvalidInput, Conflict (sign_on.bound) when another account has it.
    """
    permit(ctx, Action.SIGN_ON_BIND)
    account = await _staff(ctx, login)
    if not 0 < len(subject) <= SUBJECT_MAX or not subject.isprintable():
        raise InvalidInput("A subject has 1 to 255 characters.", {"subject": FieldFault.BAD_FORMAT})
    await single_sign_on.unbind(ctx.tx, account.id)
    await single_sign_on.bind(ctx.tx, issuer, subject, account.id, ctx.now)
    await record(ctx, Action.SIGN_ON_BIND, ("account", account.id), detail={"by": "operator"})
    return account


async def unbind(ctx: Context, login: str) -> Account:
    """Let no provider's subject open the account. For the operator. Raise NotFound when none did."""
    permit(ctx, Action.SIGN_ON_UNBIND)
    account = await _staff(ctx, login)
    if not await single_sign_on.unbind(ctx.tx, account.id):
        raise NotFound("single sign-on of this account")
    await record(ctx, Action.SIGN_ON_UNBIND, ("account", account.id))
    return account


async def _account(ctx: Context, person: Person, match_email: bool) -> Account | None:
    permit(ctx, Action.SIGN_ON_BIND)
    known = await single_sign_on.account_of(ctx.tx, person.issuer, person.subject)
    if known is None and match_email and person.email is not None:
        known = await single_sign_on.staff_of_email(ctx.tx, person.email)
        if known is not None:
            await single_sign_on.bind(ctx.tx, person.issuer, person.subject, known, ctx.now)
            await record(ctx, Action.SIGN_ON_BIND, ("account", known), detail={"by": "email"})
    return None if known is None else await accounts.by_id(ctx.tx, AccountId(known))


async def _staff(ctx: Context, login: str) -> Account:
    found = await accounts.credentials(ctx.tx, login.strip().lower())
    if found is None or found.account.role is Role.PATIENT:
        raise NotFound("account of the staff")
    return found.account


def _word(ctx: Context) -> str:
    """Return a word that nobody guesses: 256 bits, of the alphabet that PKCE asks for (RFC 7636)."""
    return base64.urlsafe_b64encode(ctx.random(32)).decode().rstrip("=")


def _hash(word: str) -> bytes:
    return sha256(word.encode("utf-8", "surrogatepass")).digest()
