"""Whether the archive is complete: figures of a range, of the log, and the lists behind them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import FieldFault, InvalidInput

RANGE_MAX: Final = timedelta(days=366)
CONSULTATIONS_MAX: Final = 200_000
LIST_MAX: Final = 100
_SUMMER_TIME: Final = timedelta(hours=1)


class CompletenessList(StrEnum):
    """The lists behind the figures."""

    CONVERSATIONS = "conversations"
    SEQUENCE_GAPS = "sequence-gaps"
    HEADS_DIFFER = "heads-differ"
    UNCLOSED = "unclosed"
    OPEN_LONG = "open-long"
    ADDENDA_OPEN = "addenda-open"
    UNSEALED = "unsealed"
    DESTROYED = "destroyed"
    ON_HOLD = "on-hold"


@dataclass(frozen=True, slots=True)
class RangeFigures:
    """Of the consultations planned in a range. Each number but `entries` and `unsealed` counts consultations.

    `conversations` have a record. `sequence_gaps`: numbers are missing. `heads_differ`: the end that was
    noted is not the end that is kept. `unclosed`: over, and no closing entry is the last. `open_long`: open
    for more than a day. `unsealed` counts entries that wait for the tree for more than ten seconds.
    """

    consultations: int
    conversations: int
    entries: int
    sequence_gaps: int
    heads_differ: int
    unclosed: int
    open_long: int
    addenda_open: int
    unsealed: int
    unsealed_since: datetime | None
    destroyed: int
    on_hold: int


@dataclass(frozen=True, slots=True)
class LogFigures:
    """Of the whole log: leaves in the tree, and the newest checkpoint; None while there is none."""

    size: int
    checkpoint_size: int | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class WitnessFigures:
    """One witness: its cosignatures within the range, and its last one ever."""

    witness: str
    cosignatures: int
    last_at: datetime
    last_size: int


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """One consultation in a list behind a figure. `amount` and `since` are what the list is about."""

    consultation_id: UUID
    patient_id: UUID
    patient_name: str
    practitioner_name: str
    state: str
    scheduled_start: datetime
    amount: int | None
    since: datetime | None


def check_range(begins_at: datetime, ends_at: datetime) -> None:
    """Raise InvalidInput unless figures are computed for this range."""
    fields: dict[str, FieldFault] = {}
    if ends_at <= begins_at:
        fields["to"] = FieldFault.OUT_OF_ORDER
    elif ends_at - begins_at > RANGE_MAX + _SUMMER_TIME:
        fields["to"] = FieldFault.TOO_LARGE
    if fields:
        raise InvalidInput("Choose a range of at most a year.", fields)
