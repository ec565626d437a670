"""What a patient can show of an earlier diagnosis: files of this visit, and visits before it."""

from typing import NamedTuple
from uuid import UUID

from storage.pool import Tx


class Shown(NamedTuple):
    """How many files the patient added to this visit, and how often the patient was seen before."""

    documents: int
    earlier_visits: int


async def shown(tx: Tx, consultation_id: UUID, author: str) -> Shown:
    """Count what there is. `author` is the patient's account, as the record names it."""
    row = await tx.one("diagnosis_shown", {"id": consultation_id, "author": author})
    if row is None:
        raise LookupError("counts return one row")
    return Shown(row["documents"], row["earlier_visits"])
