"""What a right code allows: making an account of one's own, choosing a new password."""

import base64
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from actions import accounts as making
from actions.context import Context, UnitOfWork, permit, record
from actions.one_time_codes import ticket_hash, void
from actions.passwords import PasswordHasher
from actions.session_endings import SessionsEnded
from actions.sessions import SignedIn, open_session
from domain.accounts import SYSTEM, Account, Role, actor_of, check_password, normal_login
from domain.client_address import one_client
from domain.errors import Code, Conflict, FieldFault, InvalidInput
from domain.permissions import Action
from domain.privacy_notice import PrivacyNotice, agreed_notice
from domain.registration import Channel, CodePurpose, Destination, birth_date_fault
from storage import accounts, registration, sessions
from storage.accounts import Credentials

_LOGIN_SIZE: Final = 10


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who registers. `notice_version` and `notice_digest` (hex) name the privacy notice agreed to."""

    display_name: str
    birth_date: date
    password: str
    locale: str
    notice_version: str
    notice_digest: str


async def register(
    work: UnitOfWork,
    passwords: PasswordHasher,
    *,
    code_id: UUID,
    ticket: str,
    newcomer: Newcomer,
    zone: ZoneInfo,
    client_address: str,
    user_agent: str,
    request_id: str,
) -> SignedIn:
    """Make a patient's account at the address that the ticket proves, and open a session; durable on return.

    Raise InvalidInput with every wrong field, WrongState (code.void) when the ticket is over, Conflict
    (registration.taken) when the address has an account by now: the ticket then is still good.
    """
    notice = _checked(newcomer, work.now().astimezone(zone).date())
    digest = ticket_hash(ticket)
    await _demand_ticket(work, CodePurpose.REGISTER, code_id, digest, request_id)
    password_hash = await passwords.hash(newcomer.password, client=one_client(client_address))
    try:
        async with work.begin(SYSTEM, request_id) as ctx:
            account = await _make(ctx, code_id, digest, newcomer, password_hash, notice)
    except Conflict as clash:
        # As a login or as a contact: to the person, who proved the address, it is the same.
        raise Conflict(Code.REGISTRATION_TAKEN, "This address already has an account.") from clash
    async with work.begin(actor_of(account), request_id) as ctx:
        return await open_session(ctx, Credentials(account, password_hash), user_agent)


async def reset_password(
    work: UnitOfWork,
    passwords: PasswordHasher,
    *,
    code_id: UUID,
    ticket: str,
    password: str,
    client_address: str,
    request_id: str,
) -> None:
    """Give the account of the address that the ticket proves a new password, and end all its sessions.

    Raise InvalidInput for a password that may not be chosen, or is the one of before, WrongState (code.void)
    when the ticket is over or the address has no account that can be used.
    """
    check_password(password)
    digest = ticket_hash(ticket)
    before = await _before(work, code_id, digest, password, request_id)
    client = one_client(client_address)
    if await passwords.verify(before, password, client=client):
        raise InvalidInput("This is the password of before.", {"password": FieldFault.AS_BEFORE})
    password_hash = await passwords.hash(password, client=client)
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.PASSWORD_RESET)
        used = await registration.use_ticket(ctx.tx, code_id, CodePurpose.RESET, digest, ctx.now)
        account = None if used is None else await registration.owner(ctx.tx, used.destination)
        if account is None or not await accounts.set_password(ctx.tx, account.id, password_hash):
            raise void()
        revoked = await sessions.revoke_all(ctx.tx, account.id, ctx.now)
        ctx.ended.append(SessionsEnded(account.id))
        await record(
            ctx,
            Action.PASSWORD_RESET,
            ("account", account.id),
            patient_id=account.patient_id,
            detail={"sessions_revoked": revoked},
        )


async def _make(
    ctx: Context,
    code_id: UUID,
    digest: bytes,
    newcomer: Newcomer,
    password_hash: str,
    notice: PrivacyNotice,
) -> Account:
    permit(ctx, Action.ACCOUNT_REGISTER)
    used = await registration.use_ticket(ctx.tx, code_id, CodePurpose.REGISTER, digest, ctx.now)
    if used is None:
        raise void()
    to = used.destination
    check_password(newcomer.password, to.value)
    account = await making.create_account(
        ctx,
        making.NewAccount(
            login=_login(ctx, to),
            password_hash=password_hash,
            role=Role.PATIENT,
            display_name=newcomer.display_name,
            locale=newcomer.locale,
            email=to.value if to.channel is Channel.EMAIL else None,
            birth_date=newcomer.birth_date,
        ),
    )
    await registration.insert_contact(ctx.tx, account.id, to, ctx.now)
    await registration.insert_consent(
        ctx.tx, account.id, notice.version, notice.locale, notice.digest, ctx.now
    )
    await record(
        ctx,
        Action.ACCOUNT_REGISTER,
        ("account", account.id),
        patient_id=account.patient_id,
        detail={"by": to.channel, "notice": notice.version, "digest": notice.digest.hex()},
    )
    return account


def _login(ctx: Context, to: Destination) -> str:
    """Return a name that its owner knows again; a random one where the address cannot be one."""
    try:
        return normal_login(to.value.removeprefix("+"))
    except InvalidInput:
        return "p" + base64.b32encode(ctx.random(_LOGIN_SIZE)).decode().lower()


async def _demand_ticket(
    work: UnitOfWork, purpose: CodePurpose, code_id: UUID, digest: bytes, request_id: str
) -> None:
    """Refuse before a password is hashed, which is dear."""
    async with work.begin(SYSTEM, request_id) as ctx:
        if await registration.ticket(ctx.tx, code_id, purpose, digest, ctx.now) is None:
            raise void()


async def _before(work: UnitOfWork, code_id: UUID, digest: bytes, password: str, request_id: str) -> str:
    """Return the hash that the account of the ticket's address has, when it may have this password."""
    async with work.begin(SYSTEM, request_id) as ctx:
        kept = await registration.ticket(ctx.tx, code_id, CodePurpose.RESET, digest, ctx.now)
        account = None if kept is None else await registration.owner(ctx.tx, kept.destination)
        if kept is None or account is None:
            raise void()
        check_password(password, account.login, kept.destination.value)
        before = await accounts.password_hash(ctx.tx, account.id)
        if before is None:
            raise void()
        return before


def _checked(newcomer: Newcomer, today: date) -> PrivacyNotice:
    """Return the notice agreed to; raise InvalidInput with every wrong field."""
    fields: dict[str, FieldFault] = {}
    name = newcomer.display_name.strip()
    if not name:
        fields["display_name"] = FieldFault.MISSING
    elif not name.isprintable():
        fields["display_name"] = FieldFault.BAD_FORMAT
    wrong = birth_date_fault(newcomer.birth_date, today)
    if wrong is not None:
        fields["birth_date"] = wrong
    try:
        check_password(newcomer.password)
    except InvalidInput as error:
        fields.update(error.fields)
    notice = agreed_notice(newcomer.notice_version, newcomer.notice_digest)
    if notice is None:
        fields["notice_digest"] = FieldFault.NOT_A_CHOICE
    if fields or notice is None:
        raise InvalidInput("The registration is not valid.", fields)
    return notice
