"""Whether the archive is complete: its figures, and the lists behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.context import Context, permit, record, record_patients
from actions.page_cursor import read_cursor, write_cursor
from domain.completeness import (
    CONSULTATIONS_MAX,
    CompletenessList,
    ListedRecord,
    LogFigures,
    RangeFigures,
    WitnessFigures,
    check_range,
)
from domain.errors import Code, FieldFault, GivenUp, InvalidInput, TooMany
from domain.permissions import Action
from storage import completeness

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CompletenessFigures:
    """The figures of a range and of the whole log, as they are at one moment."""

    range: RangeFigures
    log: LogFigures
    witnesses: list[WitnessFigures]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list behind a figure, the latest planned start first. None: no more."""

    records: list[ListedRecord]
    next_cursor: str | None


@contextmanager
def in_time() -> Iterator[None]:
    """Around the whole transaction of a count: say what to do when it took too long, as InvalidInput.

    PostgreSQL gave the statement up, and answers: what was asked for has to be less.
    """
    try:
        yield
    except GivenUp:
        raise InvalidInput(
            "Counting so many visits takes too long. Choose fewer days.",
            {"to": FieldFault.TOO_LARGE},
            Code.ARCHIVE_TOO_SLOW,
        ) from None


async def read_completeness(ctx: Context, begins_at: datetime, ends_at: datetime) -> CompletenessFigures:
    """Return the figures of the consultations planned in [begins_at, ends_at), and of the log.

    Raise InvalidInput for a range that is none or longer than a year, TooMany with the count, GivenUp when
    counting takes too long.
    """
    permit(ctx, Action.ARCHIVE_COMPLETENESS)
    await _bounded(ctx, begins_at, ends_at)
    figures = CompletenessFigures(
        await completeness.of_range(ctx.tx, begins_at, ends_at, ctx.now),
        await completeness.of_log(ctx.tx),
        await completeness.of_witnesses(ctx.tx, begins_at, ends_at),
    )
    await record(ctx, Action.ARCHIVE_COMPLETENESS, detail={"conversations": figures.range.conversations})
    return figures


async def list_records(
    ctx: Context, what: CompletenessList, begins_at: datetime, ends_at: datetime, cursor: str | None = None
) -> ListPage:
    """Return the consultations that a figure counts, PAGE at a time. Raise as read_completeness does."""
    permit(ctx, Action.ARCHIVE_COMPLETENESS)
    after = None if cursor is None else completeness.Cursor(*read_cursor(cursor))
    await _bounded(ctx, begins_at, ends_at)
    found = await completeness.listed(ctx.tx, what, begins_at, ends_at, ctx.now, after, PAGE + 1)
    page = found[:PAGE]
    await record_patients(
        ctx, Action.ARCHIVE_COMPLETENESS, [item.patient_id for item in page], detail={"list": what.value}
    )
    more = len(found) > PAGE
    return ListPage(page, write_cursor(page[-1].scheduled_start, page[-1].consultation_id) if more else None)


async def _bounded(ctx: Context, begins_at: datetime, ends_at: datetime) -> None:
    check_range(begins_at, ends_at)
    await completeness.bound(ctx.tx)
    planned = await completeness.consultations(ctx.tx, begins_at, ends_at)
    if planned > CONSULTATIONS_MAX:
        raise TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", planned, CONSULTATIONS_MAX)
