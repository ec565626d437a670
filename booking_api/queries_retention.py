"""What may stand after the question mark when retention is looked at."""

from typing import Annotated

from pydantic import Field

from booking_api.models import Model
from booking_api.queries import Day, Text


class KeptRecordsQuery(Model):
    """GET /api/retention/records. Without a day: all that are kept, whenever they are due."""

    due_by: Day | None = Field(default=None, description="Due by the end of this day.")
    patient: Annotated[Text, Field(max_length=120)] | None = Field(
        default=None, description="A part of the patient's name."
    )
    limit: Annotated[int, Field(ge=1, le=200)] = 100
