"""Whether the archive is complete, for auditors: figures, and the lists behind them."""

import asyncio

from actions import completeness
from booking_api.edge import Call, days_in_order
from booking_api.models_searches import (
    Completeness,
    CompletenessOfLog,
    CompletenessOfRange,
    CompletenessOfWitness,
    ListedRecord,
    ListedRecords,
)
from booking_api.queries_searches import CompletenessQuery, RecordsQuery
from booking_api.views import view
from domain.completeness import CompletenessList
from domain.consultation import ConsultationState


async def read_completeness(call: Call) -> Completeness:
    """GET /api/archive/completeness."""
    query = call.given(CompletenessQuery)
    days_in_order(query.first_day, query.last_day)
    loop = asyncio.get_running_loop()
    began = loop.time()
    with completeness.in_time():
        async with call.begin() as ctx:
            figures = await completeness.read_completeness(
                ctx, call.edge.begin_of(query.first_day), call.edge.end_of(query.last_day)
            )
            counted_at = ctx.now
    return Completeness(
        first_day=query.first_day,
        last_day=query.last_day,
        range=view(CompletenessOfRange, figures.range),
        log=view(CompletenessOfLog, figures.log),
        witnesses=[view(CompletenessOfWitness, item) for item in figures.witnesses],
        counted_at=counted_at,
        took_ms=round((loop.time() - began) * 1000),
    )


async def list_completeness(call: Call) -> ListedRecords:
    """GET /api/archive/completeness/{what}."""
    query = call.given(RecordsQuery)
    days_in_order(query.first_day, query.last_day)
    with completeness.in_time():
        async with call.begin() as ctx:
            page = await completeness.list_records(
                ctx,
                CompletenessList(call.word()),
                call.edge.begin_of(query.first_day),
                call.edge.end_of(query.last_day),
                query.cursor,
            )
    return ListedRecords(
        records=[
            ListedRecord(
                consultation_id=item.consultation_id,
                patient_name=item.patient_name,
                practitioner_name=item.practitioner_name,
                state=ConsultationState(item.state),
                scheduled_start=item.scheduled_start,
                amount=item.amount,
                since=item.since,
            )
            for item in page.records
        ],
        next_cursor=page.next_cursor,
    )
