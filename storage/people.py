"""Rows of patients and practitioners, for choosing from."""

from uuid import UUID

from domain.people import Patient, Practitioner
from storage.pool import Tx


async def patients(tx: Tx, *, part: str | None, after: tuple[str, UUID] | None, limit: int) -> list[Patient]:
    """Return up to `limit` patients whose accounts are enabled, by name after that pair.

    `part` is a part of the name, in any case.
    """
    after_name, after_id = after or (None, None)
    params = {"part": part, "after_name": after_name, "after_id": after_id, "limit": limit}
    rows = await tx.all("people_patients", params)
    return [Patient(row["id"], row["name"], row["birth_date"]) for row in rows]


async def doctors(tx: Tx, *, disabled_too: bool) -> list[Practitioner]:
    """Return the doctors by name; those whose accounts are disabled only when asked for."""
    rows = await tx.all("people_doctors", {"disabled_too": disabled_too})
    return [Practitioner(row["id"], row["name"], row["title"], row["specialty"]) for row in rows]
