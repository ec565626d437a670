"""Keyword searches as auditors see them: begun, listed, cancelled, read. Searching is keyword_run's.

A search reads other people's texts, so it is bounded, has a reason, and leaves a line for every consultation
that it decrypts. Nothing of a text is kept: a hit is a place, and the text there is decrypted again, with a
line again, for whoever reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from actions.context import ActionRefused, Context, permit, record, record_patients
from chat_archive.data_keys import BodyDamaged, KeyFault, WrappedKey, open_entry
from domain.accounts import Role
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, OwnFault, TooMany, WrongState
from domain.facts import decode_body
from domain.jobs import keyword_search
from domain.keyword import (
    CONSULTATIONS_MAX,
    REASON_MAX,
    RUNNING_MAX,
    SEARCH,
    SEARCHES_KEPT,
    Part,
    Scope,
    Search,
    SearchEvent,
    SearchState,
    check_scope,
    folded,
    keyword,
    parts,
    written,
)
from domain.permissions import Action
from storage import archive, keyword_searches
from storage.job_queue import enqueue
from storage.keyword_searches import FoundPatient, KeptHit, KeptSearch, SealedWord

LISTED_MAX: Final = 100
HITS_PAGE_MAX: Final = 50
PATIENTS_MAX: Final = 20
_HEADER = b"televisit/keyword/v1\n"


@dataclass(frozen=True, slots=True)
class SearchView:
    """A search as an auditor sees it. `word` is None for everybody but who asked, and once it is gone."""

    search: Search
    state: SearchState
    own: bool
    word: str | None


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with its text as it is now: None when it was destroyed or, with `damaged`, cannot be read."""

    hit: KeptHit
    author: tuple[str, Role] | None
    text: list[Part] | None
    damaged: bool


@dataclass(frozen=True, slots=True)
class HitsPage:
    """One page of hits in the order of finding. `next_after` goes on; None: no more so far."""

    hits: list[HitView]
    next_after: int | None


async def find_patients(ctx: Context, name: str) -> list[FoundPatient]:
    """Return up to PATIENTS_MAX patients whose name contains this, to choose one from. Raise InvalidInput."""
    permit(ctx, Action.ARCHIVE_SEARCH)
    keyword(name, "name")
    found = await keyword_searches.patients(ctx.tx, name.strip(), PATIENTS_MAX)
    await record_patients(ctx, Action.ARCHIVE_SEARCH, [item.id for item in found])
    return found


async def begin_search(ctx: Context, *, word: str, reason: str, scope: Scope) -> SearchView:
    """Begin to look for a word in the records of a scope, as a job.

    Raise InvalidInput naming all wrong fields at once, NotFound for an unknown patient or doctor, TooMany
    with the count when the scope has more than CONSULTATIONS_MAX, Conflict when RUNNING_MAX are under way.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_SEARCH)
    account_id = ctx.actor.account_id
    if account_id is None:
        raise OwnFault("a search is asked for by a person")
    why = _checked(word, reason, scope)
    named = await keyword_searches.names(ctx.tx, scope.patient_id, scope.practitioner_id)
    if scope.patient_id is not None and named.patient is None:
        raise NotFound("patient")
    if scope.practitioner_id is not None and named.practitioner is None:
        raise NotFound("practitioner")
    total = await keyword_searches.count(ctx.tx, scope)
    if total > CONSULTATIONS_MAX:
        raise TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", total, CONSULTATIONS_MAX)
    await keyword_searches.lock_account(ctx.tx, account_id)
    if await keyword_searches.running(ctx.tx, account_id, ctx.now - SEARCHES_KEPT) >= RUNNING_MAX:
        raise Conflict(
            Code.ARCHIVE_SEARCHES_RUNNING, f"{RUNNING_MAX} of your searches run already: wait or cancel one."
        )
    ids = await keyword_searches.consultations(ctx.tx, scope, CONSULTATIONS_MAX)
    search = Search(
        id=ctx.new_id(),
        account_id=account_id,
        account_name="",
        session_id=ctx.actor.session_id,
        reason=why,
        scope=scope,
        patient_name=named.patient,
        practitioner_name=named.practitioner,
        state=SearchState.RUNNING,
        total=len(ids),
        done=0,
        hits=0,
        capped=False,
        destroyed=0,
        damaged=0,
        created_at=ctx.now,
        ended_at=None,
    )
    await keyword_searches.insert(ctx.tx, search, ids, _sealed(ctx, search.id, word.strip()))
    await enqueue(ctx.tx, keyword_search(search.id, 0))
    await record(
        ctx,
        Action.ARCHIVE_KEYWORD_SEARCH,
        ("search", search.id),
        patient_id=scope.patient_id,
        detail={"consultations": len(ids)},
    )
    return _view(ctx, await keyword_searches.by_id(ctx.tx, search.id))


async def list_searches(ctx: Context) -> list[SearchView]:
    """Return everybody's newest searches, at most LISTED_MAX: auditors see who searched where and why."""
    permit(ctx, Action.ARCHIVE_KEYWORD_LIST)
    found = await keyword_searches.newest(ctx.tx, LISTED_MAX)
    patients = [kept.search.scope.patient_id for kept in found]
    await record_patients(ctx, Action.ARCHIVE_KEYWORD_LIST, [item for item in patients if item is not None])
    return [_view(ctx, kept) for kept in found]


async def read_search(ctx: Context, search_id: UUID) -> SearchView:
    """Return one search and how far it is. Raise NotFound.

    While one's own search runs, looking at its progress leaves no line: there is nobody's data in a count,
    and a page that looks every few seconds would bury the lines that matter.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_LIST)
    view = _view(ctx, await keyword_searches.by_id(ctx.tx, search_id))
    if view.state is not SearchState.RUNNING or not view.own:
        await record(
            ctx,
            Action.ARCHIVE_KEYWORD_LIST,
            ("search", search_id),
            patient_id=view.search.scope.patient_id,
        )
    return view


async def cancel_search(ctx: Context, search_id: UUID) -> None:
    """Stop a search after what it is at; what it found stays until it expires.

    Raise NotFound, ActionRefused to anybody but who asked for it, WrongState when it has ended.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_CANCEL)
    view = _view(ctx, await keyword_searches.by_id(ctx.tx, search_id))
    if not view.own:
        raise ActionRefused(
            Action.ARCHIVE_KEYWORD_CANCEL, ("search", search_id), view.search.scope.patient_id
        )
    after = SEARCH.next(view.state, SearchEvent.CANCEL)
    if not await keyword_searches.move(ctx.tx, search_id, view.state, after, ctx.now):
        # It ended between the two statements; what it is now, its list says.
        raise WrongState(Code.ARCHIVE_SEARCH_WRONG_STATE, "search", "over", SearchEvent.CANCEL.value)
    await record(
        ctx,
        Action.ARCHIVE_KEYWORD_CANCEL,
        ("search", search_id),
        patient_id=view.search.scope.patient_id,
        detail={"done": view.search.done},
    )


async def read_hits(ctx: Context, search_id: UUID, after: int = 0, limit: int = HITS_PAGE_MAX) -> HitsPage:
    """Return hits with their texts, decrypted now, to who asked for the search; a line for each consultation.

    Raise NotFound, ActionRefused to anybody else, WrongState once it expired, InvalidInput.
    """
    permit(ctx, Action.ARCHIVE_KEYWORD_READ)
    if not 1 <= limit <= HITS_PAGE_MAX:
        fault = FieldFault.TOO_SMALL if limit < 1 else FieldFault.TOO_LARGE
        raise InvalidInput(f"A page has 1 to {HITS_PAGE_MAX} hits.", {"limit": fault})
    view = _view(ctx, await keyword_searches.by_id(ctx.tx, search_id))
    if not view.own:
        raise ActionRefused(Action.ARCHIVE_KEYWORD_READ, ("search", search_id), view.search.scope.patient_id)
    if view.state is SearchState.EXPIRED:
        raise WrongState(Code.ARCHIVE_SEARCH_WRONG_STATE, "search", view.state.value, "read")
    found = await keyword_searches.hits(ctx.tx, search_id, after, limit + 1)
    page = found[:limit]
    ids = {_account_id(item.entry.author) for item in page if item.entry is not None} - {None}
    authors = await archive.authors(ctx.tx, [item for item in ids if item is not None]) if ids else {}
    for consultation_id, patient_id in {item.hit.consultation_id: item.patient_id for item in page}.items():
        await record(
            ctx,
            Action.ARCHIVE_KEYWORD_READ,
            ("consultation", consultation_id),
            patient_id=patient_id,
            detail={"search": str(search_id)},
        )
    names = {author_id: (author.name, author.role) for author_id, author in authors.items()}
    sought = None if view.word is None else folded(view.word)
    return HitsPage(
        [_hit_view(ctx, item, sought, names) for item in page], page[-1].id if len(found) > limit else None
    )


def open_word(ctx: Context, search_id: UUID, kept: SealedWord) -> str:
    """Return a search's word. Raise KeyFault or BodyDamaged when it cannot be opened."""
    return ctx.keys.unwrap(kept.key).open(_HEADER + search_id.bytes, kept.sealed).decode()


def _sealed(ctx: Context, search_id: UUID, word: str) -> SealedWord:
    key, wrapped = ctx.keys.new(search_id, ctx.random)
    return SealedWord(wrapped, key.seal(_HEADER + search_id.bytes, word.encode(), ctx.random))


def _view(ctx: Context, kept: KeptSearch) -> SearchView:
    search = kept.search
    state, own = search.state_at(ctx.now), search.account_id == ctx.actor.account_id
    word = None
    if own and kept.word is not None and state is not SearchState.EXPIRED:
        try:
            word = open_word(ctx, search.id, kept.word)
        except (KeyFault, BodyDamaged):
            # Its job fails for the same reason, which its state then says.
            word = None
    return SearchView(search, state, own, word)


def _checked(word: str, reason: str, scope: Scope) -> str:
    """Return the reason as it is kept; raise InvalidInput naming everything that is wrong."""
    fields: dict[str, FieldFault] = {}
    why = " ".join(reason.split())
    if not why:
        fields["reason"] = FieldFault.MISSING
    elif len(why) > REASON_MAX:
        fields["reason"] = FieldFault.TOO_LONG
    elif not why.isprintable():
        fields["reason"] = FieldFault.BAD_FORMAT
    try:
        keyword(word)
    except InvalidInput as fault:
        fields |= fault.fields
    try:
        check_scope(scope)
    except InvalidInput as fault:
        fields |= fault.fields
    if fields:
        raise InvalidInput("The search is not valid.", fields)
    return why


def _hit_view(
    ctx: Context, item: KeptHit, sought: str | None, authors: dict[UUID, tuple[str, Role]]
) -> HitView:
    if item.entry is None or item.key is None:
        return HitView(item, None, None, damaged=True)
    author_id = _account_id(item.entry.author)
    author = None if author_id is None else authors.get(author_id)
    if not isinstance(item.key, WrappedKey):
        return HitView(item, author, None, damaged=False)
    try:
        opened = open_entry(item.entry, ctx.keys.unwrap(item.key))
        texts = [] if opened.body is None else written(opened.kind, decode_body(opened.body))
    except (KeyFault, ValueError):
        texts = []
    if not texts:
        return HitView(item, author, None, damaged=True)
    shown = _marked(texts, sought)
    return HitView(item, author, shown, damaged=False)


def _marked(texts: Sequence[str], sought: str | None) -> list[Part]:
    text = "\n".join(texts)
    return [Part(text, False)] if not sought else parts(text, sought)


def _account_id(author: str) -> UUID | None:
    """Return the account that an author names; None for the system, or a damaged name."""
    try:
        return UUID(author)
    except ValueError:
        return None
