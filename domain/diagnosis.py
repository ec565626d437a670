"""Earlier diagnosis: what a patient can show of it before a visit, as online care is follow-up care (FU-1).

The doctor judges whether it suffices. Nothing is decided here but that a statement is true: who names
documents has added one to this visit, and who names an earlier visit had one at this hospital.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import FieldFault, InvalidInput
from domain.facts import Body


class DiagnosisBasis(StrEnum):
    """What there is: documents added to this visit, an earlier visit at this hospital, or nothing."""

    DOCUMENTS = "documents"
    EARLIER_VISIT = "earlier_visit"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class KnownDiagnosis:
    """What is known of an earlier diagnosis of a visit's patient.

    `basis` is the latest that was said, at booking or since; None: nothing yet. `stated`: it stands in the
    visit's record. What was said at booking is copied there when the patient comes.
    """

    basis: DiagnosisBasis | None
    documents: int
    earlier_visits: int
    stated: bool

    @property
    def complete(self) -> bool:
        """Whether something was said and it is true: documents that were announced were added."""
        counts = {DiagnosisBasis.DOCUMENTS: self.documents, DiagnosisBasis.EARLIER_VISIT: self.earlier_visits}
        return self.basis is not None and (self.stated or counts.get(self.basis) != 0)


def diagnosis_body(basis: DiagnosisBasis, *, documents: int, earlier_visits: int) -> Body:
    """Return the body of the statement, with how many there are. Raise InvalidInput when there are none."""
    counts = {DiagnosisBasis.DOCUMENTS: documents, DiagnosisBasis.EARLIER_VISIT: earlier_visits}
    if counts.get(basis) == 0:
        raise InvalidInput("There is nothing of this kind yet.", {"basis": FieldFault.INVALID})
    return {"basis": basis.value, "documents": documents, "earlier_visits": earlier_visits}
