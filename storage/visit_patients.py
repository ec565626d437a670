"""The patient of a visit as its doctor sees it: who it is, and when the patient was seen before."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.consultation import Consultation
from domain.family import Gender
from domain.ids import PatientId
from storage.pool import Tx


@dataclass(frozen=True, slots=True)
class Person:
    """A patient. `gender` None: nobody asked yet. `verified`: the staff has seen a document of the name."""

    patient_id: PatientId
    name: str
    birth_date: date
    gender: Gender | None
    verified: bool


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """A visit in which the patient was seen."""

    consultation_id: UUID
    starts_at: datetime
    practitioner_name: str
    practitioner_title: str
    specialty: str


async def person(tx: Tx, patient_id: PatientId) -> Person:
    """Return the patient, who exists."""
    row = await tx.one("visit_patient", {"id": patient_id})
    if row is None:
        raise LookupError(f"patient {patient_id} of a visit is not there")
    gender = row["gender"]
    return Person(
        row["id"], row["name"], row["birth_date"], None if gender is None else Gender(gender), row["verified"]
    )


async def earlier(tx: Tx, visit: Consultation, limit: int) -> list[EarlierVisit]:
    """Return visits before this one in which its patient was seen, the newest first."""
    params = {"id": visit.id, "limit": limit}
    return [
        EarlierVisit(
            row["id"],
            row["starts_at"],
            row["practitioner_name"],
            row["practitioner_title"],
            row["specialty"],
        )
        for row in await tx.all("visit_patient_earlier", params)
    ]
