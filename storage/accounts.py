"""Rows of accounts, and of the patient or practitioner that an account is."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.accounts import Account, Role
from domain.ids import AccountId
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account with the encoded hash of its password."""

    account: Account
    password_hash: str


def account_of(row: Row) -> Account:
    """Return the account in a row with an account's columns."""
    return Account(
        row["id"],
        row["login"],
        Role(row["role"]),
        row["display_name"],
        row["locale"],
        row["email"],
        row["demo"],
        row["disabled_at"],
        row["patient_id"],
        row["practitioner_id"],
    )


async def insert(tx: Tx, account: Account, password_hash: str, at: datetime) -> None:
    """Insert the account alone; raise Conflict when its login is taken."""
    with explained():
        await tx.run(
            "account_insert",
            {
                "id": account.id,
                "login": account.login,
                "password_hash": password_hash,
                "role": account.role.value,
                "display_name": account.display_name,
                "locale": account.locale,
                "email": account.email,
                "demo": account.demo,
                "at": at,
            },
        )


async def insert_patient(tx: Tx, account: Account, birth_date: date, at: datetime) -> None:
    """Insert the patient that the account is."""
    await tx.run(
        "account_patient_insert",
        {
            "id": account.patient_id,
            "account_id": account.id,
            "name": account.display_name,
            "birth_date": birth_date,
            "at": at,
        },
    )


async def insert_practitioner(tx: Tx, account: Account, title: str, specialty: str, at: datetime) -> None:
    """Insert the practitioner that the account is."""
    await tx.run(
        "account_practitioner_insert",
        {
            "id": account.practitioner_id,
            "account_id": account.id,
            "name": account.display_name,
            "title": title,
            "specialty": specialty,
            "at": at,
        },
    )


async def by_id(tx: Tx, account_id: AccountId) -> Account | None:
    """Return the account, or None when there is none."""
    row = await tx.one("account_by_id", {"id": account_id})
    return None if row is None else account_of(row)


async def credentials(tx: Tx, login: str | None, contact: str | None = None) -> Credentials | None:
    """Return the account with this login, else the one whose owner proved this address; None without any."""
    row = await tx.one("account_credentials", {"login": login, "contact": contact})
    return None if row is None else Credentials(account_of(row), row["password_hash"])


async def password_hash(tx: Tx, account_id: AccountId) -> str | None:
    """Return the encoded hash of an account's password, or None when there is none or it is disabled."""
    row = await tx.one("account_password", {"id": account_id})
    return None if row is None else str(row["password_hash"])


async def page(
    tx: Tx, *, part: str | None, role: Role | None, after: str | None, limit: int
) -> list[Account]:
    """Return up to `limit` accounts by login, after that login. `part` is of the name or the login."""
    params = {"part": part, "role": None if role is None else role.value, "after": after, "limit": limit}
    return [account_of(row) for row in await tx.all("account_page", params)]


async def all_accounts(tx: Tx) -> list[Account]:
    """Return all accounts by login."""
    return [account_of(row) for row in await tx.all("account_list")]


async def demo_accounts(tx: Tx) -> list[Account]:
    """Return the accounts that a demo made, by login."""
    return [account_of(row) for row in await tx.all("account_demo")]


async def disable(tx: Tx, account_id: AccountId, at: datetime) -> bool:
    """Disable the account; say whether it was enabled before."""
    return await tx.run("account_disable", {"id": account_id, "at": at}) == 1


async def enable(tx: Tx, account_id: AccountId) -> bool:
    """Enable the account; say whether it was disabled before."""
    return await tx.run("account_enable", {"id": account_id}) == 1


async def rehash(tx: Tx, account_id: AccountId, old: str, new: str) -> bool:
    """Replace the password hash unless it was changed meanwhile; say whether it was replaced."""
    return await tx.run("account_rehash", {"id": account_id, "old": old, "new": new}) == 1


async def set_password(tx: Tx, account_id: AccountId, new: str) -> bool:
    """Replace the password hash, unless the account is disabled or of the demo; say whether it was."""
    return await tx.run("account_set_password", {"id": account_id, "new": new}) == 1
