"""Days and moments as clients write them: never as a number, whose unit is a guess."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

from domain.errors import FieldFault

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}.*")


def _written_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _DATE.fullmatch(value):
        raise PydanticCustomError(FieldFault.BAD_FORMAT.value, "no date")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError(FieldFault.BAD_FORMAT.value, "no date") from error


def _written_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _MOMENT.fullmatch(value):
        raise PydanticCustomError(FieldFault.BAD_FORMAT.value, "no moment")
    try:
        return datetime.fromisoformat(value.upper())
    except ValueError as error:
        raise PydanticCustomError(FieldFault.BAD_FORMAT.value, "no moment") from error


def _in_utc(moment: datetime) -> datetime:
    """Answers speak of moments in UTC, so requests are brought there at once."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        # The ends of the calendar are not in it everywhere.
        raise PydanticCustomError(FieldFault.INVALID.value, "no moment") from error


Date = Annotated[date, BeforeValidator(_written_date)]
"""A day of the calendar, YYYY-MM-DD (RFC 3339 full-date)."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment), AfterValidator(_in_utc)]
"""A moment with its offset (RFC 3339 date-time), as UTC."""
