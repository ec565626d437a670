"""Rows of second factors and recovery codes. Secrets are here wrapped, recovery codes as their SHA-256."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat_archive.data_keys import WrappedKey
from domain.ids import AccountId
from storage.pool import Tx


@dataclass(frozen=True, slots=True)
class KeptFactor:
    """An account's second factor, `confirmed` once a code of it was given; `last_step` was used last."""

    key: WrappedKey
    confirmed: bool
    last_step: int | None
    demo: bool
    login: str


async def of_account(tx: Tx, account_id: AccountId) -> KeptFactor | None:
    """Return the account's second factor, confirmed or not; None when there is none."""
    row = await tx.one("second_factor_of", {"account_id": account_id})
    if row is None:
        return None
    key = WrappedKey(row["id"], row["kek"], bytes(row["wrapped"]))
    return KeptFactor(key, row["confirmed_at"] is not None, row["last_step"], row["demo"], row["login"])


async def begin(tx: Tx, account_id: AccountId, key: WrappedKey, at: datetime) -> bool:
    """Keep a secret to be confirmed, instead of one that was not; False when there is a confirmed one."""
    params = {"account_id": account_id, "id": key.conversation_id, "kek": key.kek, "wrapped": key.wrapped}
    return await tx.run("second_factor_begin", {**params, "at": at}) == 1


async def confirm(tx: Tx, account_id: AccountId, key: WrappedKey, step: int, at: datetime) -> bool:
    """Confirm this secret by the code of a time step; False when it was replaced or confirmed meanwhile."""
    params = {"account_id": account_id, "id": key.conversation_id, "step": step, "at": at}
    return await tx.run("second_factor_confirm", params) == 1


async def use_step(tx: Tx, account_id: AccountId, key: WrappedKey, step: int) -> bool:
    """Use up a time step; False when it or a later one was used before."""
    params = {"account_id": account_id, "id": key.conversation_id, "step": step}
    return await tx.run("second_factor_use_step", params) == 1


async def remove(tx: Tx, account_id: AccountId) -> bool:
    """Remove the second factor and all recovery codes; say whether there was one."""
    await tx.run("recovery_codes_remove", {"account_id": account_id})
    return await tx.run("second_factor_remove", {"account_id": account_id}) == 1


async def replace_recovery_codes(
    tx: Tx, account_id: AccountId, hashes: Sequence[bytes], at: datetime
) -> None:
    """Put these in the place of all codes that the account had."""
    await tx.run("recovery_codes_remove", {"account_id": account_id})
    await tx.run("recovery_codes_insert", {"account_id": account_id, "code_hash": list(hashes), "at": at})


async def recovery_codes_left(tx: Tx, account_id: AccountId) -> int:
    """Return how many recovery codes were not used."""
    row = await tx.one("recovery_codes_left", {"account_id": account_id})
    return 0 if row is None else int(row["codes_left"])


async def use_recovery_code(tx: Tx, account_id: AccountId, code_hash: bytes, at: datetime) -> bool:
    """Use up a recovery code; False when there is no such code or it was used before."""
    params = {"account_id": account_id, "code_hash": code_hash, "at": at}
    return await tx.run("recovery_code_use", params) == 1


async def keys_under_others(tx: Tx, kek: str, limit: int) -> list[WrappedKey]:
    """Lock and return up to `limit` keys of secrets that another key than `kek` wraps."""
    rows = await tx.all("second_factor_keys_under_others", {"kek": kek, "limit": limit})
    return [WrappedKey(row["id"], row["kek"], bytes(row["wrapped"])) for row in rows]


async def rewrap(tx: Tx, before: Sequence[WrappedKey], after: Sequence[WrappedKey]) -> int:
    """Replace wrapped keys, in the same order, where `before` still stands; return how many."""
    return await tx.run(
        "second_factor_rewrap_keys",
        {
            "id": [key.conversation_id for key in after],
            "kek_before": [key.kek for key in before],
            "kek": [key.kek for key in after],
            "wrapped": [key.wrapped for key in after],
        },
    )
