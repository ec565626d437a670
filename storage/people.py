"""Rows of patients and practitioners, for choosing from."""

from domain.people import Patient, Practitioner
from storage.pool import Tx


async def patients(tx: Tx) -> list[Patient]:
    """Return the patients whose accounts are enabled, by name."""
    return [Patient(row["id"], row["name"], row["birth_date"]) for row in await tx.all("people_patients")]


async def doctors(tx: Tx, *, disabled_too: bool) -> list[Practitioner]:
    """Return the doctors by name; those whose accounts are disabled only when asked for."""
    rows = await tx.all("people_doctors", {"disabled_too": disabled_too})
    return [Practitioner(row["id"], row["name"], row["title"], row["specialty"]) for row in rows]
