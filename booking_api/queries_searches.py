"""What may stand after the question mark when auditors search, sample and count."""

from typing import Annotated

from pydantic import Field, StringConstraints

from booking_api.models import Model
from booking_api.queries import Day, Text


class PatientsQuery(Model):
    """GET /api/archive/patients."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = Field(
        description="A part of the patient's name."
    )


class HitsQuery(Model):
    """GET /api/archive/keyword-searches/{id}/hits. `after` is the `next_after` of the page before."""

    after: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class SamplesQuery(Model):
    """GET /api/archive/samples. `cursor` is the `next_cursor` of the page before."""

    cursor: Annotated[Text, Field(max_length=400)] | None = None


class CompletenessQuery(Model):
    """GET /api/archive/completeness: the consultations planned on these days, at most a year."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")


class RecordsQuery(Model):
    """GET /api/archive/completeness/{what}. `cursor` is the `next_cursor` of the page before."""

    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    cursor: Annotated[Text, Field(max_length=400)] | None = None
