"""The port of the HIS's patient index, and the demo's stand-in for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from domain.errors import PartnerDown
from domain.patient_index import Candidate, Certainty, Demographics


class PatientIndex(Protocol):
    """Looks for people in the HIS. The bridge's adapter promises this, and so does the demo's."""

    async def find(self, who: Demographics) -> Sequence[Candidate]:
        """Return who this can be, the certain ones first; nobody when there is nobody like it.

        A certain one has the same document or else the same name and birth date as nobody else there. Looking
        changes nothing. Raise PartnerDown when the HIS does not answer.
        """
        ...


_SOURCE = "demo-his"
DEMO_PATIENTS: tuple[tuple[Candidate, str], ...] = tuple(
    (Candidate(_SOURCE, number, "1", Certainty.POSSIBLE, name, born), document)
    for number, name, born, document in (
        ("D-1001", "李晓兰", date(1956, 3, 12), "110101195603120029"),
        ("D-1002", "王建军", date(1984, 11, 2), ""),
        ("D-1003", "王建军", date(1984, 11, 2), ""),
        ("D-1004", "Emily Smith", date(1990, 1, 30), "GB1234567"),
    )
)
"""Invented people of the demo's HIS, with their documents: two of them have the same name and birth date."""


class DemoPatients:
    """See PatientIndex."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down

    async def find(self, who: Demographics) -> Sequence[Candidate]:
        """See PatientIndex."""
        if self.down:
            raise PartnerDown("his", "The hospital's own system does not answer.")
        by_document = [one for one, document in DEMO_PATIENTS if document and document == who.number]
        if len(by_document) == 1:
            return [replace(by_document[0], certainty=Certainty.CERTAIN)]
        alike = [one for one, _ in DEMO_PATIENTS if (one.name, one.birth_date) == (who.name, who.birth_date)]
        if len(alike) == 1:
            return [replace(alike[0], certainty=Certainty.CERTAIN)]
        return alike
