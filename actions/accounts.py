"""Accounts: making them, listing them, switching them off and on."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from actions.context import ActionRefused, Context, permit, record, record_patients
from actions.session_endings import SessionsEnded
from domain.accounts import Account, Role, normal_login
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound
from domain.ids import AccountId, PatientId, PractitionerId
from domain.permissions import Action
from domain.practitioner import DEFAULT_CURRENCY, specialty_called
from domain.registration import OLDEST_YEARS, Channel, Destination
from storage import accounts, practitioners, registration, sessions
from storage.pool import Tx

LOCALES: Final = ("zh-CN", "en")
_NAME_MAX = 120
_EMAIL_MIN, _EMAIL_MAX = 3, 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_PRACTITIONERS = frozenset({Role.DOCTOR, Role.PHARMACIST})


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to make. Patients need a birth date; doctors and pharmacists a title and a specialty.

    `password_hash` is what PasswordHasher.hash returned for a password that check_password let pass.
    """

    login: str
    password_hash: str
    role: Role
    display_name: str
    locale: str = "zh-CN"
    email: str | None = None
    birth_date: date | None = None
    title: str | None = None
    specialty: str | None = None
    demo: bool = False


async def create_account(ctx: Context, new: NewAccount) -> Account:
    """Make an account, and the patient or practitioner that it is.

    Raise InvalidInput with all wrong fields at once, Conflict when the login is taken.
    """
    permit(ctx, Action.ACCOUNT_CREATE)
    new = _checked(new, ctx.now.date())
    if await registration.owner(ctx.tx, Destination(Channel.EMAIL, new.login)) is not None:
        # Its owner signs in by it already.
        raise Conflict(Code.ACCOUNT_LOGIN_TAKEN, "This login is taken.")
    account = Account(
        AccountId(ctx.new_id()),
        new.login,
        new.role,
        new.display_name,
        new.locale,
        new.email,
        new.demo,
        disabled_at=None,
        patient_id=PatientId(ctx.new_id()) if new.role is Role.PATIENT else None,
        practitioner_id=PractitionerId(ctx.new_id()) if new.role in _PRACTITIONERS else None,
    )
    await accounts.insert(ctx.tx, account, new.password_hash, ctx.now)
    if new.birth_date is not None:
        await accounts.insert_patient(ctx.tx, account, new.birth_date, ctx.now)
    if new.title is not None and new.specialty is not None:
        await accounts.insert_practitioner(ctx.tx, account, new.title, new.specialty, ctx.now)
    if new.role is Role.DOCTOR and account.practitioner_id is not None:
        # Said by a word of the list, it need not be chosen a second time in the profile.
        specialty = specialty_called(new.specialty or "")
        await practitioners.insert(ctx.tx, account.practitioner_id, specialty, DEFAULT_CURRENCY)
    await record(
        ctx,
        Action.ACCOUNT_CREATE,
        ("account", account.id),
        patient_id=account.patient_id,
        detail={"role": account.role.value, "demo": account.demo},
    )
    return account


async def list_accounts(
    ctx: Context, part: str | None, role: Role | None, after: str | None, limit: int
) -> tuple[list[Account], bool]:
    """Return up to `limit` accounts by login, after that login, and whether there are more.

    `part` is a part of the name or the login.
    """
    permit(ctx, Action.ACCOUNT_LIST)
    found = await accounts.page(ctx.tx, part=part, role=role, after=after, limit=limit + 1)
    shown = found[:limit]
    patients = [account.patient_id for account in shown if account.patient_id is not None]
    await record_patients(ctx, Action.ACCOUNT_LIST, patients)
    return shown, len(found) > limit


async def disable_account(ctx: Context, account_id: AccountId) -> Account:
    """Switch an account off and revoke its sessions; do nothing when it is off already.

    Nobody can disable the own account: the hospital would end up without an administrator. Raise NotFound
    when there is no such account.
    """
    permit(ctx, Action.ACCOUNT_DISABLE)
    if account_id == ctx.actor.account_id:
        raise ActionRefused(Action.ACCOUNT_DISABLE, ("account", account_id))
    changed = await accounts.disable(ctx.tx, account_id, ctx.now)
    account = await _existing(ctx.tx, account_id)
    # After the account's own row: a sign-in that locked it first is seen here, a later one sees it disabled.
    revoked = await sessions.revoke_all(ctx.tx, account_id, ctx.now)
    ctx.ended.append(SessionsEnded(account_id))
    await record(
        ctx,
        Action.ACCOUNT_DISABLE,
        ("account", account_id),
        patient_id=account.patient_id,
        detail={"changed": changed, "sessions_revoked": revoked},
    )
    return account


async def enable_account(ctx: Context, account_id: AccountId) -> Account:
    """Switch an account on again; do nothing when it is on. Raise NotFound when there is no such account."""
    permit(ctx, Action.ACCOUNT_ENABLE)
    changed = await accounts.enable(ctx.tx, account_id)
    account = await _existing(ctx.tx, account_id)
    await record(
        ctx,
        Action.ACCOUNT_ENABLE,
        ("account", account_id),
        patient_id=account.patient_id,
        detail={"changed": changed},
    )
    return account


async def demo_accounts(tx: Tx) -> list[Account]:
    """Return the accounts that a demo made, by login: a server that is no demo refuses to start with them."""
    return await accounts.demo_accounts(tx)


async def _existing(tx: Tx, account_id: AccountId) -> Account:
    account = await accounts.by_id(tx, account_id)
    if account is None:
        raise NotFound("account")
    return account


def _checked(new: NewAccount, today: date) -> NewAccount:
    """Return the account with its texts in order; raise InvalidInput with every wrong field."""
    fields: dict[str, FieldFault] = {}
    tidy = replace(
        new,
        display_name=new.display_name.strip(),
        email=(new.email or "").strip() or None,
        title=(new.title or "").strip() or None,
        specialty=(new.specialty or "").strip() or None,
    )
    try:
        tidy = replace(tidy, login=normal_login(new.login))
    except InvalidInput as error:
        fields.update(error.fields)
    _check_text(fields, "display_name", tidy.display_name)
    if tidy.locale not in LOCALES:
        fields["locale"] = FieldFault.NOT_A_CHOICE
    if tidy.email is not None and not (
        _EMAIL_MIN <= len(tidy.email) <= _EMAIL_MAX
        and tidy.email.isprintable()
        and _EMAIL.fullmatch(tidy.email)
    ):
        fields["email"] = FieldFault.BAD_FORMAT
    _check_birth_date(fields, tidy, today)
    for name, text in (("title", tidy.title), ("specialty", tidy.specialty)):
        if tidy.role in _PRACTITIONERS:
            _check_text(fields, name, text)
        elif text is not None:
            fields[name] = FieldFault.NOT_EXPECTED
    if fields:
        raise InvalidInput("The account is not valid.", fields)
    return tidy


def _check_text(fields: dict[str, FieldFault], name: str, text: str | None) -> None:
    if not text:
        fields[name] = FieldFault.MISSING
    elif len(text) > _NAME_MAX:
        fields[name] = FieldFault.TOO_LONG
    elif not text.isprintable():
        fields[name] = FieldFault.BAD_FORMAT


def _check_birth_date(fields: dict[str, FieldFault], new: NewAccount, today: date) -> None:
    if new.role is not Role.PATIENT:
        if new.birth_date is not None:
            fields["birth_date"] = FieldFault.NOT_EXPECTED
    elif new.birth_date is None:
        fields["birth_date"] = FieldFault.MISSING
    elif new.birth_date > today + timedelta(days=1):
        # One day of grace: `today` is of UTC, and east of it a child is born on the day after.
        fields["birth_date"] = FieldFault.IN_THE_FUTURE
    elif new.birth_date.year < today.year - OLDEST_YEARS:
        fields["birth_date"] = FieldFault.IN_THE_PAST
