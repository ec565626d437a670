"""Rows of keyword searches: made, moved on and read. Who may search for what is not decided here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from chat_archive.data_keys import KeptKey, WrappedKey
from chat_archive.entry import SealedEntry
from domain.accounts import Role
from domain.errors import NotFound
from domain.keyword import Scope, Search, SearchState
from storage.archive import kept_key
from storage.pool import Row, Tx


@dataclass(frozen=True, slots=True)
class SealedWord:
    """A search's word as it is kept, and the wrapped key of the search's own that opens it."""

    key: WrappedKey
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """A search and its word, which is None when it expired."""

    search: Search
    word: SealedWord | None


class Names(NamedTuple):
    """What a patient and a doctor are called; None for one that does not exist."""

    patient: str | None
    practitioner: str | None


class FoundPatient(NamedTuple):
    """A patient whose name was looked for."""

    id: UUID
    name: str
    birth_date: date


class Requester(NamedTuple):
    """Who asked for a search, as that account is now, and where the search stands."""

    account_id: UUID
    session_id: UUID | None
    role: Role
    disabled: bool
    state: SearchState


class Turn(NamedTuple):
    """What is searched next: locked, so that nobody else searches it."""

    state: SearchState
    done: int
    total: int
    hits: int
    word: SealedWord | None
    created_at: datetime
    consultations: list[UUID]


class SearchedKey(NamedTuple):
    """Whose consultation it is, and its data key; None when nothing was ever kept."""

    patient_id: UUID
    key: KeptKey | None


class Hit(NamedTuple):
    """An entry that contains a word: where it stands. The text is in the archive alone."""

    consultation_id: UUID
    conversation_id: UUID
    seq: int


class KeptHit(NamedTuple):
    """A hit with whose it is and its entry as it is kept now; `entry` is None when that is gone."""

    id: int
    hit: Hit
    patient_id: UUID
    patient_name: str
    practitioner_name: str
    scheduled_start: datetime
    key: KeptKey | None
    entry: SealedEntry | None


async def lock_account(tx: Tx, account_id: UUID) -> None:
    """Have other searches that this account begins wait until the transaction ends."""
    await tx.one("search_lock_account", {"account_id": account_id})


async def running(tx: Tx, account_id: UUID, since: datetime) -> int:
    """Return how many searches of this account, made after `since`, run."""
    row = await tx.one("search_running", {"account_id": account_id, "since": since})
    return 0 if row is None else int(row["running"])


async def names(tx: Tx, patient_id: UUID | None, practitioner_id: UUID | None) -> Names:
    """Return what these two are called."""
    row = await tx.one("search_names", {"patient_id": patient_id, "practitioner_id": practitioner_id})
    return Names(None, None) if row is None else Names(row["patient"], row["practitioner"])


async def patients(tx: Tx, name: str, limit: int) -> list[FoundPatient]:
    """Return up to `limit` patients whose name contains this, upper and lower case alike."""
    rows = await tx.all("search_patients", {"name": name, "limit": limit})
    return [FoundPatient(row["id"], row["name"], row["birth_date"]) for row in rows]


async def count(tx: Tx, scope: Scope) -> int:
    """Return how many consultations with a record are in this scope."""
    row = await tx.one("search_count", _scope_params(scope))
    return 0 if row is None else int(row["total"])


async def consultations(tx: Tx, scope: Scope, limit: int) -> list[UUID]:
    """Return up to `limit` consultations with a record in this scope, the latest planned start first."""
    rows = await tx.all("search_consultations", {**_scope_params(scope), "limit": limit})
    return [row["id"] for row in rows]


async def insert(tx: Tx, search: Search, ids: Sequence[UUID], word: SealedWord) -> None:
    """Keep a new search, which runs, and the consultations that it will search."""
    await tx.run(
        "search_insert",
        {
            **_scope_params(search.scope),
            "id": search.id,
            "account_id": search.account_id,
            "session_id": search.session_id,
            "reason": search.reason,
            "consultations": list(ids),
            "kek": word.key.kek,
            "wrapped": word.key.wrapped,
            "word": word.sealed,
            "created_at": search.created_at,
        },
    )


async def by_id(tx: Tx, search_id: UUID) -> KeptSearch:
    """Return a search; raise NotFound."""
    row = await tx.one("search_by_id", {"id": search_id})
    if row is None:
        raise NotFound("search")
    return _kept(row)


async def newest(tx: Tx, limit: int) -> list[KeptSearch]:
    """Return up to `limit` searches of everybody, newest first."""
    return [_kept(row) for row in await tx.all("search_newest", {"limit": limit})]


async def requester(tx: Tx, search_id: UUID) -> Requester:
    """Return who asked for a search; raise NotFound."""
    row = await tx.one("search_requester", {"id": search_id})
    if row is None:
        raise NotFound("search")
    return Requester(
        row["account_id"],
        row["session_id"],
        Role(row["role"]),
        row["disabled_at"] is not None,
        SearchState(row["state"]),
    )


async def lock(tx: Tx, search_id: UUID, limit: int) -> Turn:
    """Lock a search and return its next `limit` consultations; raise NotFound."""
    row = await tx.one("search_lock", {"id": search_id, "limit": limit})
    if row is None:
        raise NotFound("search")
    return Turn(
        SearchState(row["state"]),
        row["done"],
        row["total"],
        row["hits"],
        _word(search_id, row),
        row["created_at"],
        list(row["consultations"]),
    )


async def keys(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, SearchedKey]:
    """Return whose these consultations are, and their data keys."""
    rows = await tx.all("search_keys", {"ids": list(ids)})
    return {row["id"]: SearchedKey(row["patient_id"], kept_key(row["id"], row)) for row in rows}


async def entries(
    tx: Tx, conversation_id: UUID, kinds: Iterable[str], after_seq: int, limit: int
) -> list[SealedEntry]:
    """Return up to `limit` entries of these kinds with seq > after_seq, in order."""
    rows = await tx.all(
        "search_entries",
        {"conversation_id": conversation_id, "kinds": list(kinds), "after_seq": after_seq, "limit": limit},
    )
    return [_entry(row) for row in rows]


async def progress(
    tx: Tx,
    search_id: UUID,
    before: int,
    done: int,
    hits: Sequence[Hit],
    *,
    destroyed: int,
    damaged: int,
    capped: bool,
) -> bool:
    """Keep hits and how far a search is, when it runs and was at `before`; say whether it was."""
    moved = await tx.run(
        "search_progress",
        {
            "id": search_id,
            "before": before,
            "done": done,
            "hits": len(hits),
            "destroyed": destroyed,
            "damaged": damaged,
            "capped": capped,
        },
    )
    if moved and hits:
        await tx.run(
            "search_hits_insert",
            {
                "search_id": search_id,
                "consultation_id": [hit.consultation_id for hit in hits],
                "conversation_id": [hit.conversation_id for hit in hits],
                "seq": [hit.seq for hit in hits],
            },
        )
    return moved == 1


async def move(tx: Tx, search_id: UUID, old: SearchState, new: SearchState, at: datetime) -> bool:
    """Move a search that ends from `old` to `new`; say whether it was in `old`."""
    params = {"id": search_id, "old": old.value, "new": new.value, "at": at}
    return await tx.run("search_move", params) == 1


async def hits(tx: Tx, search_id: UUID, after: int, limit: int) -> list[KeptHit]:
    """Return up to `limit` hits with an id above `after`, in the order of finding."""
    rows = await tx.all("search_hits", {"search_id": search_id, "after": after, "limit": limit})
    return [
        KeptHit(
            row["id"],
            Hit(row["consultation_id"], row["conversation_id"], row["seq"]),
            row["patient_id"],
            row["patient_name"],
            row["practitioner_name"],
            row["starts_at"],
            kept_key(row["consultation_id"], row),
            None if row["message_id"] is None else _entry(row),
        )
        for row in rows
    ]


async def keys_under_others(tx: Tx, kek: str, limit: int) -> list[WrappedKey]:
    """Lock and return up to `limit` keys of words that another key than `kek` wraps."""
    rows = await tx.all("search_keys_under_others", {"kek": kek, "limit": limit})
    return [WrappedKey(row["id"], row["kek"], bytes(row["wrapped"])) for row in rows]


async def rewrap(tx: Tx, before: Sequence[WrappedKey], after: Sequence[WrappedKey]) -> int:
    """Replace wrapped keys, in the same order, where `before` still stands; return how many."""
    return await tx.run(
        "search_rewrap_keys",
        {
            "id": [key.conversation_id for key in after],
            "kek_before": [key.kek for key in before],
            "kek": [key.kek for key in after],
            "wrapped": [key.wrapped for key in after],
        },
    )


def _scope_params(scope: Scope) -> dict[str, UUID | datetime | None]:
    return {
        "patient_id": scope.patient_id,
        "practitioner_id": scope.practitioner_id,
        "begins_at": scope.begins_at,
        "ends_at": scope.ends_at,
    }


def _word(search_id: UUID, row: Row) -> SealedWord | None:
    if row["word"] is None:
        return None
    return SealedWord(WrappedKey(search_id, row["kek"], bytes(row["wrapped"])), bytes(row["word"]))


def _kept(row: Row) -> KeptSearch:
    return KeptSearch(
        Search(
            id=row["id"],
            account_id=row["account_id"],
            account_name=row["account_name"],
            session_id=row["session_id"],
            reason=row["reason"],
            scope=Scope(row["patient_id"], row["practitioner_id"], row["begins_at"], row["ends_at"]),
            patient_name=row["patient_name"],
            practitioner_name=row["practitioner_name"],
            state=SearchState(row["state"]),
            total=row["total"],
            done=row["done"],
            hits=row["hits"],
            capped=row["capped"],
            destroyed=row["destroyed"],
            damaged=row["damaged"],
            created_at=row["created_at"],
            ended_at=row["ended_at"],
        ),
        _word(row["id"], row),
    )


def _entry(row: Row) -> SealedEntry:
    return SealedEntry(
        row["conversation_id"],
        row["seq"],
        row["message_id"],
        row["author"],
        row["kind"],
        row["recorded_at"],
        bytes(row["commitment"]),
        bytes(row["entry_hash"]),
        bytes(row["sealed"]),
    )
