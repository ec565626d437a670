"""Searching texts, for auditors: a search is begun, looked at, cancelled and read. And its job's handler."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from actions import archive_searches, keyword_run
from actions.archive_searches import HitView, SearchView
from actions.context import UnitOfWork
from booking_api.days import first_day, last_day
from booking_api.edge import Call
from booking_api.models_searches import (
    FoundPatient,
    FoundPatients,
    KeywordHit,
    KeywordHits,
    KeywordSearches,
    KeywordSearchView,
    NewKeywordSearch,
    TextPart,
)
from booking_api.queries_searches import HitsQuery, PatientsQuery
from domain.accounts import SYSTEM
from domain.jobs import Handler, JobCall, JobName
from domain.keyword import Scope

RUN_S: Final = 20
"""How long one run searches before it hands over to the next job in the queue."""


def handlers(work: UnitOfWork) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs."""
    return {JobName.KEYWORD_SEARCH: KeywordSearchJob(work)}


@dataclass(frozen=True, slots=True)
class KeywordSearchJob:
    """Searches on behalf of who asked, step by step, each a transaction of its own.

    `run_s` seconds after its start it leaves the rest to the next job. A run that died leaves a step undone,
    never half done, so that a later run goes on from there.
    """

    work: UnitOfWork
    run_s: float = RUN_S

    async def __call__(self, call: JobCall) -> None:
        """Do the job."""
        request_id, search_id = f"job:{call.key}", UUID(call.args["search_id"])
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + self.run_s
        more = True
        while more:
            async with self.work.begin(SYSTEM, request_id) as ctx:
                actor = await keyword_run.requester(ctx, search_id)
            if actor is None:
                return
            try:
                async with self.work.begin(actor, request_id) as ctx:
                    more = await keyword_run.search_on(ctx, search_id, hand_over=loop.time() >= ends_at)
            except keyword_run.WordLost:
                async with self.work.begin(SYSTEM, request_id) as ctx:
                    await keyword_run.fail_search(ctx, search_id, "word")
                return


async def find_patients(call: Call) -> FoundPatients:
    """GET /api/archive/patients."""
    async with call.begin() as ctx:
        found = await archive_searches.find_patients(ctx, call.given(PatientsQuery).name)
    return FoundPatients(
        patients=[FoundPatient(id=item.id, name=item.name, birth_date=item.birth_date) for item in found]
    )


async def begin_keyword_search(call: Call) -> KeywordSearchView:
    """POST /api/archive/keyword-searches."""
    wanted = call.given(NewKeywordSearch)
    edge = call.edge
    scope = Scope(
        patient_id=wanted.patient_id,
        practitioner_id=wanted.practitioner_id,
        begins_at=None if wanted.first_day is None else edge.begin_of(wanted.first_day),
        ends_at=None if wanted.last_day is None else edge.end_of(wanted.last_day),
    )
    async with call.begin() as ctx:
        view = await archive_searches.begin_search(ctx, word=wanted.word, reason=wanted.reason, scope=scope)
    return _search(view, edge.zone)


async def list_keyword_searches(call: Call) -> KeywordSearches:
    """GET /api/archive/keyword-searches."""
    async with call.begin() as ctx:
        found = await archive_searches.list_searches(ctx)
    return KeywordSearches(searches=[_search(item, call.edge.zone) for item in found])


async def read_keyword_search(call: Call) -> KeywordSearchView:
    """GET /api/archive/keyword-searches/{id}."""
    async with call.begin() as ctx:
        view = await archive_searches.read_search(ctx, call.uuid())
    return _search(view, call.edge.zone)


async def cancel_keyword_search(call: Call) -> None:
    """POST /api/archive/keyword-searches/{id}/cancel."""
    async with call.begin() as ctx:
        await archive_searches.cancel_search(ctx, call.uuid())


async def read_keyword_hits(call: Call) -> KeywordHits:
    """GET /api/archive/keyword-searches/{id}/hits."""
    query = call.given(HitsQuery)
    async with call.begin() as ctx:
        page = await archive_searches.read_hits(ctx, call.uuid(), query.after, query.limit)
    return KeywordHits(hits=[_hit(item) for item in page.hits], next_after=page.next_after)


def _search(view: SearchView, zone: ZoneInfo) -> KeywordSearchView:
    search, scope = view.search, view.search.scope
    return KeywordSearchView(
        id=search.id,
        own=view.own,
        by_name=search.account_name,
        word=view.word,
        reason=search.reason,
        patient_id=scope.patient_id,
        patient_name=search.patient_name,
        practitioner_id=scope.practitioner_id,
        practitioner_name=search.practitioner_name,
        first_day=None if scope.begins_at is None else first_day(scope.begins_at, zone),
        last_day=None if scope.ends_at is None else last_day(scope.ends_at, zone),
        state=view.state,
        total=search.total,
        done=search.done,
        hits=search.hits,
        capped=search.capped,
        destroyed=search.destroyed,
        damaged=search.damaged,
        created_at=search.created_at,
        ended_at=search.ended_at,
        expires_at=search.expires_at,
    )


def _hit(view: HitView) -> KeywordHit:
    kept, entry = view.hit, view.hit.entry
    name, role = view.author or (None, None)
    return KeywordHit(
        id=kept.id,
        consultation_id=kept.hit.consultation_id,
        conversation_id=kept.hit.conversation_id,
        seq=kept.hit.seq,
        patient_name=kept.patient_name,
        practitioner_name=kept.practitioner_name,
        scheduled_start=kept.scheduled_start,
        recorded_at=None if entry is None else entry.recorded_at,
        kind=None if entry is None else entry.kind,
        author_name=name,
        author_role=role,
        parts=None if view.text is None else [TextPart(text=one.text, found=one.found) for one in view.text],
        damaged=view.damaged,
    )
