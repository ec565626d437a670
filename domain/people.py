"""People to choose from: patients and doctors (FHIR R4 Patient, Practitioner), without their accounts."""

from dataclasses import dataclass
from datetime import date

from domain.ids import PatientId, PractitionerId


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient. The birth date tells people of one name apart."""

    id: PatientId
    name: str
    birth_date: date


@dataclass(frozen=True, slots=True)
class Practitioner:
    """A doctor, with what patients know her by."""

    id: PractitionerId
    name: str
    title: str
    specialty: str
