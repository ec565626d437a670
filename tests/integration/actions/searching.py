"""Keyword searches for tests: begun by the real action, run by the real job without a queue."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from actions.archive_searches import HitsPage, SearchView, begin_search, read_hits, read_search
from actions.context import UnitOfWork
from booking_api.keyword_searching import KeywordSearchJob
from domain.accounts import Account, Actor
from domain.jobs import JobCall, keyword_search
from domain.keyword import Scope
from tests.integration.actions.visits import Visit, spoken

_MINUTE = timedelta(minutes=1)


def of_doctor(doctor: Account) -> Scope:
    """All of one doctor's records."""
    return Scope(practitioner_id=doctor.practitioner_id)


async def begin(work: UnitOfWork, actor: Actor, word: str, scope: Scope, **more: Any) -> SearchView:
    async with work.begin(actor, "begin") as ctx:
        return await begin_search(ctx, word=word, reason=more.get("reason", "投诉核查"), scope=scope)


async def run(work: UnitOfWork, search_id: UUID, *, run_s: float = 60) -> None:
    """Do the search's job once; with run_s=0 that is one step."""
    job = keyword_search(search_id, 0)
    await KeywordSearchJob(work, run_s)(JobCall(job.key, dict(job.args), 1))


async def searched(work: UnitOfWork, actor: Actor, word: str, scope: Scope) -> SearchView:
    """Begin a search, do all of it, and return how it ended."""
    search_id = (await begin(work, actor, word, scope)).search.id
    await run(work, search_id)
    return await looked_at(work, actor, search_id)


async def looked_at(work: UnitOfWork, actor: Actor, search_id: UUID) -> SearchView:
    async with work.begin(actor, "look") as ctx:
        return await read_search(ctx, search_id)


async def hits_of(work: UnitOfWork, actor: Actor, search_id: UUID, **page: int) -> HitsPage:
    async with work.begin(actor, "hits") as ctx:
        return await read_hits(ctx, search_id, **page)


async def places(work: UnitOfWork, actor: Actor, search_id: UUID) -> list[tuple[UUID, int]]:
    """Return (consultation, seq) of all hits, in the order of finding."""
    found: list[tuple[UUID, int]] = []
    after: int | None = 0
    while after is not None:
        page = await hits_of(work, actor, search_id, after=after)
        found += [(item.hit.hit.consultation_id, item.hit.hit.seq) for item in page.hits]
        after = page.next_after
    return found


async def row_of_visits(work: UnitOfWork, *texts: str) -> list[Visit]:
    """Return visits of one doctor and one patient, a minute after each other, with one message in each."""
    first = await spoken(work, texts[0], lasts=_MINUTE)
    made = [first]
    for number, text in enumerate(texts[1:], 1):
        at = work.now() + number * _MINUTE
        made.append(
            await spoken(work, text, patient=first.patient, doctor=first.doctor, starts_at=at, lasts=_MINUTE)
        )
    return made
