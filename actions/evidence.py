"""Evidence packs: consultations taken out of the archive so that anybody can check them without the hospital.

Taking one decrypts what was said, so it needs a reason, and leaves an audit line for each consultation before
the pack is handed out; a last line has the digest of its list of files, by which a pack is known again.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record
from actions.data_keys import reading_keys
from actions.legal_holds import reason_of
from actions.log_identity import present_tree, reading
from actions.log_reading import cosigned_note
from chat_archive import pack
from chat_archive.data_keys import OpenKey, open_entry
from chat_archive.entry import GENESIS, addendum_of
from chat_archive.invalid import EvidenceInvalid
from chat_archive.pack import CLOSING_KINDS, Asked, Contents, Conversation, Kept, Part, Policy
from chat_archive.stored_zip import archive_chunks
from chat_archive.tiles import inclusion_path
from chat_archive.verifier_app import verifier_app
from domain.accounts import Actor
from domain.errors import Code, FieldFault, InvalidInput, OwnFault, TooMany, WrongState
from domain.permissions import Action
from storage import archive, consultations, sealing
from storage.archive import PgArchiveStore
from storage.consultations import Cursor

CONSULTATIONS_MAX = 5_000
"""Consultations in one pack at most: it is made in memory."""
_PAGE = 500

Progress = Callable[[int, int], None]
"""Called with how many consultations are read, of how many."""


@dataclass(frozen=True, slots=True)
class Maker:
    """What a pack says of who made it: the program's version, and the witnesses that the server asks."""

    software: str
    witness_keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """A pack's files. `sums` is the SHA-256 of its SHA256SUMS, in lower-case hexadecimal."""

    files: Mapping[str, bytes]
    conversations: int
    entries: int
    sums: str

    def chunks(self) -> Iterator[bytes]:
        """Yield the pack's bytes piece by piece."""
        return archive_chunks(self.files)


@dataclass(frozen=True, slots=True)
class _Taken:
    conversations: list[Conversation]
    authors: dict[str, tuple[str, str]]


async def recorded_between(
    work: UnitOfWork, actor: Actor, request_id: str, start: datetime, end: datetime
) -> list[UUID]:
    """Return the consultations with a record that were planned to begin in [start, end), the latest first.

    Raise TooMany beyond CONSULTATIONS_MAX, InvalidInput for an empty range, ActionRefused.
    """
    if end <= start:
        raise InvalidInput("The range of time is empty.", {"to": FieldFault.OUT_OF_ORDER})
    found: list[UUID] = []
    cursor: Cursor | None = None
    while True:
        async with work.begin(actor, request_id) as ctx:
            permit(ctx, Action.ARCHIVE_EXPORT)
            page = await consultations.search(
                ctx.tx,
                patient_text=None,
                practitioner_id=None,
                start=start,
                end=end,
                cursor=cursor,
                limit=_PAGE,
            )
        found += [item.consultation.id for item in page if item.entries]
        if len(found) > CONSULTATIONS_MAX:
            raise TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", len(found), CONSULTATIONS_MAX)
        if len(page) < _PAGE:
            return found
        last = page[-1].consultation
        cursor = Cursor(last.scheduled_start, last.id)


async def take_evidence(
    work: UnitOfWork,
    actor: Actor,
    request_id: str,
    consultation_ids: Sequence[UUID],
    reason: str,
    maker: Maker,
    *,
    asked_for: str = "",
    on_progress: Progress | None = None,
) -> EvidencePack:
    """Return the evidence pack of these consultations with their addenda, as they are sealed now.

    `asked_for` names who wants it when the actor is no person. Damaged entries are taken as they are: the
    pack's verifier finds them. Raise NotFound, ActionRefused, InvalidInput without a reason or consultations,
    TooMany beyond CONSULTATIONS_MAX, WrongState (archive.not_sealed_yet) while something that is over is not
    sealed, or there is no record at all.
    """
    wanted = list(dict.fromkeys(consultation_ids))
    taken = _Taken([], {})
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.ARCHIVE_EXPORT)
        why = reason_of(reason)
        if not wanted:
            raise InvalidInput("Say which consultations.", {"consultation": FieldFault.MISSING})
        if len(wanted) > CONSULTATIONS_MAX:
            raise TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", len(wanted), CONSULTATIONS_MAX)
        asked = await _asked(ctx, why, asked_for)
    for done, consultation_id in enumerate(wanted, 1):
        async with work.begin(actor, request_id) as ctx:
            await _take(ctx, consultation_id, why, taken)
        if on_progress is not None:
            on_progress(done, len(wanted))
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.ARCHIVE_EXPORT)
        contents = await _contents(ctx, taken, asked, maker)
        try:
            # Hashing a large pack must not hold the loop.
            files = await asyncio.to_thread(pack.pack_files, contents)
        except EvidenceInvalid as error:
            raise OwnFault(f"a pack cannot be made: {error}") from error
        sums = sha256(files[pack.SUMS]).hexdigest()
        entries = sum(len(item.entries) for item in taken.conversations)
        detail = {"reason": why, "sums": sums, "consultations": len(wanted), "entries": entries}
        await record(ctx, Action.ARCHIVE_EXPORT, detail=detail)
    return EvidencePack(files, len(taken.conversations), entries, sums)


async def _asked(ctx: Context, reason: str, asked_for: str) -> Asked:
    account_id = ctx.actor.account_id
    if account_id is None:
        return Asked("system", asked_for, "system", reason, ctx.now)
    found = (await archive.authors(ctx.tx, [account_id])).get(account_id)
    name, role = ("", "") if found is None else (found.name, found.role.value)
    return Asked(str(account_id), name, role, reason, ctx.now)


async def _take(ctx: Context, consultation_id: UUID, reason: str, taken: _Taken) -> None:
    """Add a consultation's sealed entries and their authors; leave its audit line."""
    permit(ctx, Action.ARCHIVE_EXPORT)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    await record(
        ctx,
        Action.ARCHIVE_EXPORT,
        ("consultation", consultation_id),
        patient_id=consultation.patient_id,
        detail={"reason": reason},
    )
    parts = {Part.LIVE: consultation_id, Part.ADDENDUM: addendum_of(consultation_id)}
    # Places before entries: an entry whose place is known is there to be read.
    places = await sealing.places(ctx.tx, list(parts.values()))
    indexes = {(place.conversation_id, place.seq): place.leaf for place in places}
    keys = await reading_keys(ctx, parts.values())
    store = PgArchiveStore(ctx.tx)
    for part, conversation_id in parts.items():
        kept = await _read(store, conversation_id, keys[conversation_id], indexes)
        sealed = _sealed_part(kept)
        if len(sealed) < len(kept) and (not sealed or _closes(kept[len(sealed) :])):
            raise _not_sealed(consultation.state.value)
        if sealed:
            taken.conversations.append(Conversation(conversation_id, consultation_id, part, sealed))
    await _name_authors(ctx, taken)


async def _read(
    store: PgArchiveStore,
    conversation_id: UUID,
    key: OpenKey,
    indexes: Mapping[tuple[UUID, int], int | None],
) -> list[Kept]:
    kept: list[Kept] = []
    previous = GENESIS
    while page := await store.read(conversation_id, kept[-1].entry.seq if kept else 0, _PAGE):
        for sealed in page:
            index = indexes.get((sealed.conversation_id, sealed.seq))
            kept.append(Kept(open_entry(sealed, key), index, previous))
            previous = sealed.entry_hash
    return kept


def _sealed_part(kept: Sequence[Kept]) -> list[Kept]:
    """Return the entries up to the last one in the log. One before it without a place is damage: it stays."""
    count = len(kept)
    while count and kept[count - 1].index is None:
        count -= 1
    return list(kept[:count])


def _closes(kept: Sequence[Kept]) -> bool:
    return any(item.entry.kind in CLOSING_KINDS for item in kept)


async def _name_authors(ctx: Context, taken: _Taken) -> None:
    authors = {kept.entry.author for item in taken.conversations for kept in item.entries}
    ids = {account for author in authors - taken.authors.keys() if (account := _account_id(author))}
    for account_id, author in (await archive.authors(ctx.tx, ids)).items() if ids else ():
        taken.authors[str(account_id)] = (author.name, author.role.value)


async def _contents(ctx: Context, taken: _Taken, asked: Asked, maker: Maker) -> Contents:
    indexes = [kept.index for item in taken.conversations for kept in item.entries if kept.index is not None]
    found = await sealing.best_checkpoint(ctx.tx, max(indexes)) if indexes else None
    if found is None:
        raise _not_sealed("recorded")
    # Read last, so that it is no smaller than what was found before: entries are sealed meanwhile.
    tree = await present_tree(ctx.tx)
    read = reading(ctx.tx, tree.edge)
    paths: dict[int, list[bytes]] = {}
    for index in indexes:
        paths[index] = await inclusion_path(read, index, found.size)
        # Each path is some hundred hashes: a large pack must not hold the loop.
        await asyncio.sleep(0)
    keys = tuple(maker.witness_keys)
    return Contents(
        maker.software,
        asked,
        Policy(tree.epoch.origin, tree.epoch.log_key, keys, min(1, len(keys))),
        await cosigned_note(ctx, found),
        found.size,
        taken.conversations,
        paths,
        taken.authors,
        verifier_app(),
    )


def _not_sealed(state: str) -> WrongState:
    return WrongState(
        Code.ARCHIVE_NOT_SEALED_YET,
        "consultation",
        state,
        "export",
        "There is nothing of this in the log, or its end is not sealed yet. Try again in a moment.",
    )


def _account_id(author: str) -> UUID | None:
    """Return the account that an author names; None for the hospital itself, or a damaged name."""
    try:
        return UUID(author)
    except ValueError:
        return None
