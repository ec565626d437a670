"""The rows of safety: which entries of a record hold a patient's latest answers and location."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.entry import SealedEntry
from domain.facts import EntryKind
from domain.ids import PatientId
from storage.archive import sealed_entry
from storage.pool import Tx

MARKED = frozenset({EntryKind.SAFETY, EntryKind.LOCATION})
"""The kinds of entries whose latest one is remembered."""


class Mark(NamedTuple):
    """An entry to be remembered. `flagged`: it says yes to a red flag."""

    consultation_id: UUID
    seq: int
    at: datetime
    kind: EntryKind
    flagged: bool


class Marks(NamedTuple):
    """What a visit has so far; None where nothing was said."""

    answered_seq: int | None
    answered_at: datetime | None
    flagged: bool
    located_seq: int | None
    located_at: datetime | None


async def mark(tx: Tx, marks: Sequence[Mark]) -> None:
    """Remember these entries as the latest of their visits. Whoever calls holds the visits' heads."""
    for kind, name in (
        (EntryKind.SAFETY, "safety_mark_answers"),
        (EntryKind.LOCATION, "safety_mark_locations"),
    ):
        # The last one of each visit: a statement may not touch a row twice.
        latest = {item.consultation_id: item for item in marks if item.kind is kind}
        if latest:
            await tx.run(
                name,
                {
                    "id": list(latest),
                    "seq": [item.seq for item in latest.values()],
                    "at": [item.at for item in latest.values()],
                    "flagged": [item.flagged for item in latest.values()],
                },
            )


async def marks(tx: Tx, consultation_id: UUID) -> Marks:
    """Return what a visit has so far."""
    row = await tx.one("safety_marks", {"id": consultation_id})
    if row is None:
        return Marks(None, None, False, None, None)
    return Marks(
        row["answered_seq"], row["answered_at"], row["flagged"], row["located_seq"], row["located_at"]
    )


async def last_location(tx: Tx, patient_id: PatientId) -> tuple[UUID, int] | None:
    """Return (consultation, seq) of the patient's latest location, of whatever visit; None without one."""
    row = await tx.one("safety_last_location", {"patient_id": patient_id})
    return None if row is None else (row["consultation_id"], row["located_seq"])


async def flagged(tx: Tx, ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return, of these consultations, those whose latest answer has a red flag, with its seq."""
    rows = await tx.all("safety_flagged", {"ids": list(ids)})
    return {row["consultation_id"]: row["answered_seq"] for row in rows}


async def entries(tx: Tx, wanted: Mapping[UUID, int]) -> list[SealedEntry]:
    """Return one entry of each conversation, by its seq; those that are not there are left out."""
    rows = await tx.all("safety_entries", {"ids": list(wanted), "seqs": list(wanted.values())})
    return [sealed_entry(row) for row in rows]
