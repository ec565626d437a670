"""Retention as it is looked at: which records are kept until when, and what hinders their destruction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.archive_reading import patient_part
from actions.context import Context, permit, record_patients
from domain.destruction import HeldRecord, Standing
from domain.errors import FieldFault, InvalidInput
from domain.permissions import Action
from domain.retention import RetentionPolicy, due_of, hindrance
from storage import retention

RECORDS_LISTED_MAX = 200


@dataclass(frozen=True, slots=True)
class RecordsByDue:
    """Records that are still kept, the first due first. `more`: there are others behind them."""

    records: list[Standing]
    more: bool


async def list_records(
    ctx: Context,
    policy: RetentionPolicy,
    *,
    due_by: datetime | None = None,
    patient_text: str | None = None,
    limit: int = RECORDS_LISTED_MAX,
) -> RecordsByDue:
    """Return ended consultations whose record can still be read, with what is due when and what hinders.

    `due_by` leaves out those whose term ends later, `patient_text` those of other patients, as when the
    archive is searched. `limit` is 1 to RECORDS_LISTED_MAX. Raise InvalidInput.
    """
    permit(ctx, Action.RETENTION_READ)
    text = patient_part(patient_text)
    if not 1 <= limit <= RECORDS_LISTED_MAX:
        fault = FieldFault.TOO_SMALL if limit < 1 else FieldFault.TOO_LARGE
        raise InvalidInput(f"A list has 1 to {RECORDS_LISTED_MAX} records.", {"limit": fault})
    ids = await retention.ids_by_due(
        ctx.tx, policy, ctx.now, limit=limit + 1, due_by=due_by, patient_text=text
    )
    found = await standings(ctx, policy, ids[:limit])
    # PostgreSQL's leap days are ours but for a day: what is due that day later is left out here.
    records = [item for item in found if due_by is None or (item.due is not None and item.due.at <= due_by)]
    await record_patients(ctx, Action.RETENTION_READ, [item.record.patient_id for item in records])
    return RecordsByDue(records, len(ids) > limit)


async def standings(ctx: Context, policy: RetentionPolicy, ids: Sequence[UUID]) -> list[Standing]:
    """Return how records stand now, in the order of `ids`; those that do not exist are left out.

    A part of actions: it asks for no permission and writes no line.
    """
    found = await retention.standings(ctx.tx, ids, ctx.now)
    return [_standing(policy, found[item], ctx.now) for item in ids if item in found]


def _standing(policy: RetentionPolicy, record: HeldRecord, now: datetime) -> Standing:
    return Standing(record, due_of(policy, record.standing), hindrance(policy, record.standing, now))
