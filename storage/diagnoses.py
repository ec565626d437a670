"""What a patient can show of an earlier diagnosis: what was said, files of this visit, visits before it."""

from typing import NamedTuple
from uuid import UUID

from domain.diagnosis import DiagnosisBasis
from domain.ids import PatientId
from storage.pool import Tx


class Found(NamedTuple):
    """What was said at booking, where the record's latest statement is, and how much there is to show.

    `documents` are the files that the patient's side added to this visit, `earlier_visits` how often the
    patient was seen at this hospital.
    """

    booked_as: DiagnosisBasis | None
    stated_seq: int | None
    documents: int
    earlier_visits: int


async def found(tx: Tx, consultation_id: UUID) -> Found:
    """Return what there is of a visit that exists."""
    row = await tx.one("diagnosis_known", {"id": consultation_id})
    if row is None:
        raise LookupError(f"consultation {consultation_id} is not there")
    said = row["diagnosis"]
    return Found(
        None if said is None else DiagnosisBasis(said),
        row["stated_seq"],
        row["documents"],
        row["earlier_visits"],
    )


async def earlier_visits(tx: Tx, patient_id: PatientId) -> int:
    """Return how often the patient was seen at this hospital."""
    row = await tx.one("diagnosis_earlier_visits", {"patient_id": patient_id})
    if row is None:
        raise LookupError("counts return one row")
    count: int = row["earlier_visits"]
    return count
