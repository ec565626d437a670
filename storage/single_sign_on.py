"""Rows of single sign-on: whose account a provider's subject opens, and sign-ins under way."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import AccountId
from storage.pool import Tx
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was begun: what the provider's answer has to match."""

    nonce: str
    verifier: str


async def bind(tx: Tx, issuer: str, subject: str, account_id: AccountId, at: datetime) -> None:
    """Let a subject open an account; raise Conflict (sign_on.bound) when either is bound already."""
    params = {"issuer": issuer, "subject": subject, "account_id": account_id, "at": at}
    with explained():
        await tx.run("sign_on_bind", params)


async def unbind(tx: Tx, account_id: AccountId) -> bool:
    """Let no subject open the account; say whether one did."""
    return await tx.run("sign_on_unbind", {"account_id": account_id}) == 1


async def account_of(tx: Tx, issuer: str, subject: str) -> AccountId | None:
    """Return the account that the subject opens, or None."""
    row = await tx.one("sign_on_account", {"issuer": issuer, "subject": subject})
    return None if row is None else AccountId(row["account_id"])


async def staff_of_email(tx: Tx, email: str) -> AccountId | None:
    """Return the one account of the staff with this address that no subject opens; None unless it is one."""
    found = await tx.all("sign_on_staff_of_email", {"email": email})
    return AccountId(found[0]["id"]) if len(found) == 1 else None


async def insert_attempt(
    tx: Tx, state_hash: bytes, binding_hash: bytes, attempt: Attempt, expires_at: datetime
) -> None:
    """Keep a sign-in that begins."""
    await tx.run(
        "sign_on_attempt_insert",
        {
            "state_hash": state_hash,
            "binding_hash": binding_hash,
            "nonce": attempt.nonce,
            "verifier": attempt.verifier,
            "expires_at": expires_at,
        },
    )


async def take_attempt(tx: Tx, state_hash: bytes, binding_hash: bytes, at: datetime) -> Attempt | None:
    """Take a sign-in out; None when it was taken before, has expired, or another browser began it."""
    row = await tx.one("sign_on_attempt_take", {"state_hash": state_hash, "binding_hash": binding_hash})
    return None if row is None or row["expires_at"] <= at else Attempt(row["nonce"], row["verifier"])
