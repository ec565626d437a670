"""Rows of identity checks. A document's number is known here only as sealed bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chat_archive.data_keys import WrappedKey
from domain.identity import DocumentKind, IdentityCheck, IdentityState, OwnDetails
from domain.ids import AccountId, PatientId
from storage.pool import Row, Tx

WAITING_LISTED_MAX = 100


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check, the key that its number is sealed by, the sealed number, and whether a register was asked."""

    check: IdentityCheck
    key: WrappedKey
    number: bytes
    compared: bool


async def insert(
    tx: Tx,
    patient_id: PatientId,
    kind: DocumentKind,
    key: WrappedKey,
    number: bytes,
    masked: str,
    at: datetime,
) -> bool:
    """Insert a check that waits; say False, having done nothing, when one waits or verified already."""
    touched = await tx.run(
        "identity_insert",
        {
            "id": key.conversation_id,
            "patient_id": patient_id,
            "kind": kind.value,
            "kek": key.kek,
            "wrapped": key.wrapped,
            "number": number,
            "masked": masked,
            "at": at,
        },
    )
    return touched == 1


async def details(tx: Tx, patient_id: PatientId) -> OwnDetails:
    """Return what a patient's document is compared with."""
    return _details(await tx.one("identity_patient", {"patient_id": patient_id}))


async def details_held(tx: Tx, patient_id: PatientId) -> OwnDetails:
    """Return what a patient's document is compared with; nobody corrects it before the transaction ends."""
    return _details(await tx.one("identity_patient_for_share", {"patient_id": patient_id}))


async def details_locked(tx: Tx, patient_id: PatientId) -> tuple[OwnDetails, bool]:
    """Return the locked patient's details, and whether a document waits for the staff or verified them."""
    found = _details(await tx.one("identity_patient_locked", {"patient_id": patient_id}))
    return found, await tx.one("identity_submitted", {"patient_id": patient_id}) is not None


async def is_seen(tx: Tx, patient_id: PatientId) -> bool:
    """Say whether a doctor has begun a visit with the patient."""
    return await tx.one("identity_seen", {"patient_id": patient_id}) is not None


@dataclass(frozen=True, slots=True)
class Correction:
    """Details of a patient that were corrected: by whom and when. `id` names what they were before."""

    id: UUID
    patient_id: PatientId
    before: OwnDetails
    after: OwnDetails
    by: AccountId
    at: datetime


async def correct(tx: Tx, made: Correction) -> bool:
    """Correct a patient's details and keep what they were; say whether they were as before."""
    params = {
        "id": made.id,
        "patient_id": made.patient_id,
        "name": made.after.name,
        "birth_date": made.after.birth_date,
        "old_name": made.before.name,
        "old_birth_date": made.before.birth_date,
        "by": made.by,
        "at": made.at,
    }
    if await tx.run("identity_correct", params) != 1:
        return False
    await tx.run("identity_keep_corrected", params)
    return True


async def correct_account(tx: Tx, by: AccountId, name: str) -> bool:
    """Correct the name of a patient's own account; say whether there is one."""
    return await tx.run("identity_correct_account", {"by": by, "name": name}) == 1


async def correct_right(tx: Tx, patient_id: PatientId, by: AccountId, ends_at: datetime | None) -> bool:
    """Correct when the account's right to act for a member ends; say whether it still holds."""
    params = {"patient_id": patient_id, "by": by, "ends_at": ends_at}
    return await tx.run("identity_correct_member", params) == 1


async def latest(tx: Tx, patient_id: PatientId) -> IdentityCheck | None:
    """Return the patient's latest check, or None when there never was one."""
    row = await tx.one("identity_latest", {"patient_id": patient_id})
    return None if row is None else _kept(row).check


async def by_id(tx: Tx, check_id: UUID) -> KeptCheck | None:
    """Return a check with its sealed number, or None when there is none."""
    row = await tx.one("identity_by_id", {"id": check_id})
    return None if row is None else _kept(row)


async def waiting(tx: Tx) -> list[KeptCheck]:
    """Return the checks that wait, longest first, at most WAITING_LISTED_MAX."""
    return [_kept(row) for row in await tx.all("identity_waiting", {"limit": WAITING_LISTED_MAX})]


async def decide(
    tx: Tx, check_id: UUID, state: IdentityState, by: AccountId, reason: str | None, at: datetime
) -> bool:
    """Move a check that waits; say whether it still did."""
    params = {"id": check_id, "state": state.value, "by": by, "reason": reason, "at": at}
    return await tx.run("identity_decide", params) == 1


async def is_verified(tx: Tx, patient_id: UUID) -> bool:
    """Say whether the patient's name was verified."""
    return await tx.one("identity_verified", {"patient_id": patient_id}) is not None


async def keys_under_others(tx: Tx, kek: str, limit: int) -> list[WrappedKey]:
    """Lock and return up to `limit` keys of numbers that another key than `kek` wraps."""
    rows = await tx.all("identity_keys_under_others", {"kek": kek, "limit": limit})
    return [WrappedKey(row["id"], row["kek"], bytes(row["wrapped"])) for row in rows]


async def rewrap(tx: Tx, before: Sequence[WrappedKey], after: Sequence[WrappedKey]) -> int:
    """Replace wrapped keys, in the same order, where `before` still stands; return how many."""
    return await tx.run(
        "identity_rewrap_keys",
        {
            "id": [key.conversation_id for key in after],
            "kek_before": [key.kek for key in before],
            "kek": [key.kek for key in after],
            "wrapped": [key.wrapped for key in after],
        },
    )


def _details(row: Row | None) -> OwnDetails:
    if row is None:
        raise LookupError("whoever may act for a patient acts for one that there is")
    return OwnDetails(row["name"], row["birth_date"])


def _kept(row: Row) -> KeptCheck:
    check = IdentityCheck(
        row["id"],
        row["patient_id"],
        row["patient_name"],
        row["birth_date"],
        IdentityState(row["state"]),
        DocumentKind(row["kind"]),
        row["masked"],
        row["submitted_at"],
        row["decided_at"],
        row["reason"],
    )
    key = WrappedKey(row["id"], row["kek"], bytes(row["wrapped"]))
    return KeptCheck(check, key, bytes(row["number"]), row["asked_at"] is not None)
