"""Rows of one-time codes, of addresses that people proved, and of what they consented to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chat_archive.data_keys import WrappedKey
from domain.accounts import Account
from domain.ids import AccountId
from domain.registration import CODE_TRIES, Channel, CodePurpose, Destination
from storage.accounts import account_of
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class KeptCode:
    """A one-time code as it is kept. `tries` counts the one under way."""

    id: UUID
    purpose: CodePurpose
    destination: Destination
    locale: str
    secret: WrappedKey
    tries: int


@dataclass(frozen=True, slots=True)
class Contact:
    """An address that an account's owner proved."""

    destination: Destination
    proved_at: datetime


async def insert_code(
    tx: Tx,
    purpose: CodePurpose,
    destination: Destination,
    locale: str,
    secret: WrappedKey,
    at: datetime,
    expires_at: datetime,
) -> None:
    """Insert a code that nobody has tried. Its id is the one that its secret is bound to."""
    await tx.run(
        "code_insert",
        {
            "id": secret.conversation_id,
            "purpose": purpose.value,
            "channel": destination.channel.value,
            "destination": destination.value,
            "locale": locale,
            "kek": secret.kek,
            "wrapped": secret.wrapped,
            "at": at,
            "expires_at": expires_at,
        },
    )


async def code_to_send(tx: Tx, code_id: UUID, at: datetime) -> KeptCode | None:
    """Return a code that can still be used, or None when sending it would help nobody."""
    return _code(await tx.one("code_to_send", {"id": code_id, "at": at}))


async def take_try(tx: Tx, code_id: UUID, purpose: CodePurpose, at: datetime) -> KeptCode | None:
    """Count a try; return the code, or None when it is over: expired, used, tried too often, never there."""
    params = {"id": code_id, "purpose": purpose.value, "tries_max": CODE_TRIES, "at": at}
    return _code(await tx.one("code_try", params))


async def pass_code(
    tx: Tx, code_id: UUID, ticket_hash: bytes, at: datetime, ticket_expires_at: datetime
) -> bool:
    """Have a ticket take the place of a code; say whether none had before."""
    params = {"id": code_id, "ticket_hash": ticket_hash, "at": at, "ticket_expires_at": ticket_expires_at}
    return await tx.run("code_pass", params) == 1


async def ticket(
    tx: Tx, code_id: UUID, purpose: CodePurpose, ticket_hash: bytes, at: datetime
) -> KeptCode | None:
    """Return what a ticket is for, or None when it is over or never was."""
    return _code(await tx.one("code_ticket", _ticket(code_id, purpose, ticket_hash, at)))


async def use_ticket(
    tx: Tx, code_id: UUID, purpose: CodePurpose, ticket_hash: bytes, at: datetime
) -> KeptCode | None:
    """Use a ticket up; return what it was for, or None when it is over or never was."""
    return _code(await tx.one("code_use", _ticket(code_id, purpose, ticket_hash, at)))


async def insert_contact(tx: Tx, account_id: AccountId, destination: Destination, at: datetime) -> None:
    """Insert an address that its owner proved; raise Conflict when it is another account's."""
    with explained():
        await tx.run(
            "contact_insert",
            {
                "account_id": account_id,
                "channel": destination.channel.value,
                "value": destination.value,
                "at": at,
            },
        )


async def holder(tx: Tx, destination: Destination) -> Account | None:
    """Return the account that this address or a login spelled like it belongs to, or None."""
    row = await tx.one("contact_holder", {"value": destination.value})
    return None if row is None else account_of(row)


async def owner(tx: Tx, destination: Destination) -> Account | None:
    """Return the account whose owner proved this address, or None."""
    row = await tx.one("contact_owner", {"value": destination.value})
    return None if row is None else account_of(row)


async def contacts(tx: Tx, account_id: AccountId) -> list[Contact]:
    """Return the addresses that the account's owner proved."""
    rows = await tx.all("contact_list", {"account_id": account_id})
    return [Contact(Destination(Channel(row["channel"]), row["value"]), row["proved_at"]) for row in rows]


async def insert_consent(
    tx: Tx, account_id: AccountId, version: str, locale: str, digest: bytes, at: datetime
) -> None:
    """Insert that the account's owner agreed to the privacy notice in these words."""
    await tx.run(
        "consent_insert",
        {"account_id": account_id, "version": version, "locale": locale, "digest": digest, "at": at},
    )


def _ticket(code_id: UUID, purpose: CodePurpose, ticket_hash: bytes, at: datetime) -> dict[str, object]:
    return {"id": code_id, "purpose": purpose.value, "ticket_hash": ticket_hash, "at": at}


def _code(row: Row | None) -> KeptCode | None:
    if row is None:
        return None
    return KeptCode(
        row["id"],
        CodePurpose(row["purpose"]),
        Destination(Channel(row["channel"]), row["destination"]),
        row["locale"],
        WrappedKey(row["id"], row["kek"], bytes(row["wrapped"])),
        row["tries"],
    )
