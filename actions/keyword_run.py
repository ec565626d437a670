"""A keyword search at work: the steps of its job. Each is a transaction that can be repeated from its start.

A step locks the search, opens the next consultations, and commits the hits, a line for each consultation it
decrypted and the progress together. A process that dies in between leaves the search where it was, with no
hit kept and nothing shown. Two workers on one search take turns.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from actions.archive_searches import open_word
from actions.context import Context, permit, record
from chat_archive.data_keys import BodyDamaged, DataKey, DestroyedKey, KeyFault, KeyRing, open_entry
from chat_archive.entry import SealedEntry, addendum_of
from domain.accounts import Actor, Role
from domain.errors import OwnFault
from domain.facts import EntryKind, decode_body
from domain.ids import AccountId, SessionId
from domain.jobs import keyword_search
from domain.keyword import HITS_MAX, SEARCH, SEARCHES_KEPT, SearchEvent, SearchState, contains, folded
from domain.permissions import Action
from storage import audit_trail, keyword_searches
from storage.job_queue import enqueue
from storage.keyword_searches import Hit, SearchedKey

STEP: Final = 20
"""Consultations in one transaction."""
_PAGE: Final = 500
_KINDS: Final = (EntryKind.CHAT.value, EntryKind.FILE.value)


class WordLost(Exception):
    """The search's own word cannot be opened: no later attempt can."""


@dataclass(slots=True)
class _Found:
    """What a step found so far."""

    hits: list[Hit] = field(default_factory=list)
    decrypted: list[tuple[UUID, UUID]] = field(default_factory=list)
    """(consultation, patient) whose texts were opened."""
    destroyed: int = 0
    damaged: int = 0


async def requester(ctx: Context, search_id: UUID) -> Actor | None:
    """Return on whose behalf to search on; None when there is nothing more to do.

    A search ends when the account that asked for it may search no more. For the job's handler: raise
    Forbidden to a person, NotFound.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_CANCEL)
    found = await keyword_searches.requester(ctx.tx, search_id)
    if found.state is not SearchState.RUNNING:
        return None
    if found.disabled or found.role is not Role.AUDITOR:
        await fail_search(ctx, search_id, "requester")
        return None
    session_id = None if found.session_id is None else SessionId(found.session_id)
    return Actor(AccountId(found.account_id), found.role, session_id)


async def fail_search(ctx: Context, search_id: UUID, why: str) -> None:
    """End a search that cannot go on. For the job's handler."""
    permit(ctx, Action.ARCHIVE_KEYWORD_CANCEL)
    after = SEARCH.next(SearchState.RUNNING, SearchEvent.FAIL)
    if await keyword_searches.move(ctx.tx, search_id, SearchState.RUNNING, after, ctx.now):
        await record(ctx, Action.ARCHIVE_KEYWORD_CANCEL, ("search", search_id), detail={"why": why})


async def search_on(ctx: Context, search_id: UUID, *, hand_over: bool) -> bool:
    """Search the next STEP consultations; say whether there is more for the caller to do.

    With `hand_over` the rest is queued as a job of its own, so that no search keeps the others waiting.
    Raise WordLost when the word cannot be opened, NotFound.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_DECRYPT)
    turn = await keyword_searches.lock(ctx.tx, search_id, STEP)
    if turn.state is not SearchState.RUNNING or turn.word is None:
        return False
    if ctx.now >= turn.created_at + SEARCHES_KEPT:
        return False
    try:
        word = folded(open_word(ctx, search_id, turn.word))
    except (KeyFault, BodyDamaged):
        raise WordLost from None
    room = HITS_MAX - turn.hits
    found, searched = _Found(), 0
    keys = await keyword_searches.keys(ctx.tx, turn.consultations)
    for consultation_id in turn.consultations:
        if len(found.hits) >= room:
            break
        await _search_one(ctx, consultation_id, keys[consultation_id], word, found)
        searched += 1
    capped = len(found.hits) >= room
    del found.hits[room:]
    done = turn.done + searched
    # Before the progress is there to be seen, so is who opened what.
    await _record_decrypted(ctx, search_id, found.decrypted)
    if not await keyword_searches.progress(
        ctx.tx,
        search_id,
        turn.done,
        done,
        found.hits,
        destroyed=found.destroyed,
        damaged=found.damaged,
        capped=capped,
    ):
        raise OwnFault(f"search {search_id} moved while it was locked")
    if capped or done >= turn.total:
        after = SEARCH.next(turn.state, SearchEvent.FINISH)
        await keyword_searches.move(ctx.tx, search_id, turn.state, after, ctx.now)
        return False
    if hand_over:
        await enqueue(ctx.tx, keyword_search(search_id, done))
        return False
    return True


async def _search_one(
    ctx: Context, consultation_id: UUID, searched: SearchedKey, word: str, found: _Found
) -> None:
    if isinstance(searched.key, DestroyedKey):
        found.destroyed += 1
        return
    key = _opened(ctx.keys, searched)
    opened = False
    for conversation_id in (consultation_id, addendum_of(consultation_id)):
        after = 0
        while page := await keyword_searches.entries(ctx.tx, conversation_id, _KINDS, after, _PAGE):
            after = page[-1].seq
            if key is None:
                found.damaged += len(page)
                continue
            opened = True
            places, damaged = await asyncio.to_thread(_matching, page, key, word)
            found.damaged += damaged
            found.hits += [Hit(consultation_id, conversation_id, seq) for seq in places]
    if opened:
        found.decrypted.append((consultation_id, searched.patient_id))


def _opened(keys: KeyRing, searched: SearchedKey) -> DataKey | None:
    """Return the data key; None when it is lost, though nobody destroyed it."""
    if searched.key is None or isinstance(searched.key, DestroyedKey):
        return None
    try:
        return keys.unwrap(searched.key)
    except KeyFault:
        return None


def _matching(entries: Sequence[SealedEntry], key: DataKey, word: str) -> tuple[list[int], int]:
    """Return the numbers of the entries that contain the word, and how many could not be read."""
    places, damaged = [], 0
    for sealed in entries:
        entry = open_entry(sealed, key)
        try:
            if entry.body is None:
                raise ValueError
            if contains(decode_body(entry.body), entry.kind, word):
                places.append(entry.seq)
        except ValueError:
            damaged += 1
    return places, damaged


async def _record_decrypted(ctx: Context, search_id: UUID, decrypted: Sequence[tuple[UUID, UUID]]) -> None:
    lines = [
        audit_trail.line(
            ctx.actor,
            Action.ARCHIVE_KEYWORD_DECRYPT,
            ctx.now,
            ctx.request_id,
            ("consultation", consultation_id),
            patient_id,
            "done",
            {"search": str(search_id)},
        )
        for consultation_id, patient_id in decrypted
    ]
    if lines:
        await audit_trail.insert(ctx.tx, lines)
