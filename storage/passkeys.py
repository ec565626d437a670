"""Rows of passkeys, and of the challenges that they sign."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.ids import AccountId, SessionId
from domain.passkeys import Passkey, Purpose
from storage.pool import Row, Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class KeptPasskey:
    """A passkey with what verifying needs. `sign_count` is the highest that was seen."""

    passkey: Passkey
    account_id: AccountId
    credential_id: bytes
    public_key: bytes
    sign_count: int


async def insert(tx: Tx, kept: KeptPasskey) -> None:
    """Insert a passkey; raise Conflict (passkey.known) when somebody has this credential already."""
    with explained():
        await tx.run(
            "passkey_insert",
            {
                "id": kept.passkey.id,
                "account_id": kept.account_id,
                "credential_id": kept.credential_id,
                "public_key": kept.public_key,
                "sign_count": kept.sign_count,
                "name": kept.passkey.name,
                "at": kept.passkey.created_at,
            },
        )


async def lock_account(tx: Tx, account_id: AccountId) -> None:
    """Have whoever else adds a passkey to the account wait for this transaction."""
    await tx.one("passkey_lock_account", {"account_id": account_id})


async def of_account(tx: Tx, account_id: AccountId) -> list[KeptPasskey]:
    """Return the account's passkeys, oldest first."""
    return [_kept(row) for row in await tx.all("passkey_of_account", {"account_id": account_id})]


async def by_credential(tx: Tx, credential_id: bytes) -> KeptPasskey | None:
    """Return the passkey of this credential, or None."""
    row = await tx.one("passkey_by_credential", {"credential_id": credential_id})
    return None if row is None else _kept(row)


async def use(tx: Tx, kept: KeptPasskey, sign_count: int, at: datetime) -> bool:
    """Keep what its counter says now; False when it was used or removed meanwhile."""
    params = {"id": kept.passkey.id, "before": kept.sign_count, "sign_count": sign_count, "at": at}
    return await tx.run("passkey_use", params) == 1


async def remove(tx: Tx, account_id: AccountId, passkey_id: UUID) -> bool:
    """Remove one of the account's passkeys; say whether there was one to remove."""
    return await tx.run("passkey_remove", {"id": passkey_id, "account_id": account_id}) == 1


async def remove_all(tx: Tx, account_id: AccountId) -> int:
    """Remove all passkeys of the account; return how many there were."""
    return await tx.run("passkey_remove_all", {"account_id": account_id})


async def insert_challenge(
    tx: Tx,
    challenge_id: UUID,
    challenge: bytes,
    purpose: Purpose,
    session_id: SessionId | None,
    expires_at: datetime,
) -> None:
    """Insert a challenge of 32 bytes, for this session unless somebody is yet to sign in."""
    await tx.run(
        "passkey_challenge_insert",
        {
            "id": challenge_id,
            "challenge": challenge,
            "purpose": purpose.value,
            "session_id": session_id,
            "expires_at": expires_at,
        },
    )


async def take_challenge(
    tx: Tx, challenge_id: UUID, purpose: Purpose, session_id: SessionId | None, at: datetime
) -> bytes | None:
    """Take a challenge out; None when it was taken before, has expired, or is for anything else."""
    params = {"id": challenge_id, "purpose": purpose.value, "session_id": session_id}
    row = await tx.one("passkey_challenge_take", params)
    return None if row is None or row["expires_at"] <= at else bytes(row["challenge"])


def _kept(row: Row) -> KeptPasskey:
    passkey = Passkey(row["id"], row["name"], row["created_at"], row["last_used_at"])
    return KeptPasskey(
        passkey, row["account_id"], bytes(row["credential_id"]), bytes(row["public_key"]), row["sign_count"]
    )
