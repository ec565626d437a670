"""Reading what goes into an evidence pack: a consultation's sealed entries, their authors, their files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record
from actions.data_keys import reading_keys
from actions.file_reading import file_content, kept_file
from chat_archive.data_keys import OpenKey, open_entry
from chat_archive.entry import GENESIS, addendum_of
from chat_archive.pack import CLOSING_KINDS, Conversation, Kept, Part
from domain.accounts import Actor
from domain.errors import Code, Conflict, Damaged, NotFound, WrongState
from domain.facts import EntryKind
from domain.permissions import Action
from providers.object_store import ObjectStore
from storage import archive, consultations, sealing
from storage.archive import PgArchiveStore

FILE_BYTES_MAX = 256 * 1024 * 1024
"""Bytes of all files in one pack at most; those beyond are left out, and the verifier says how many."""
_PAGE = 500


@dataclass(slots=True)
class Taken:
    """What was read so far. `files` are by the SHA-256 of their content, in lower-case hexadecimal."""

    conversations: list[Conversation] = field(default_factory=list)
    authors: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    file_bytes: int = 0


async def take(ctx: Context, consultation_id: UUID, reason: str, taken: Taken) -> list[Conversation]:
    """Add a consultation's sealed entries and their authors; leave its audit line. Return what is new."""
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
    fresh: list[Conversation] = []
    for part, conversation_id in parts.items():
        kept = await _read(store, conversation_id, keys[conversation_id], indexes)
        sealed = _sealed_part(kept)
        if len(sealed) < len(kept) and (not sealed or _closes(kept[len(sealed) :])):
            raise not_sealed(consultation.state.value)
        if sealed:
            fresh.append(Conversation(conversation_id, consultation_id, part, sealed))
    taken.conversations += fresh
    await _name_authors(ctx, taken)
    return fresh


async def take_files(
    work: UnitOfWork,
    actor: Actor,
    request_id: str,
    store: ObjectStore,
    fresh: Sequence[Conversation],
    taken: Taken,
) -> None:
    """Add the files that entries name. One that is damaged, or destroyed, is left out: its entry stays."""
    entries = [kept.entry for item in fresh for kept in item.entries]
    for entry in entries:
        if entry.kind != EntryKind.FILE or entry.body is None:
            continue
        try:
            async with work.begin(actor, request_id) as ctx:
                permit(ctx, Action.ARCHIVE_EXPORT)
                file = await kept_file(ctx, entry.conversation_id, entry.seq)
            if taken.file_bytes + file.size > FILE_BYTES_MAX:
                continue
            content = b"".join([piece async for piece in file_content(store, file)])
        except (Damaged, Conflict, NotFound):
            continue
        if sha256(content).digest() == file.digest and file.digest.hex() not in taken.files:
            taken.files[file.digest.hex()] = content
            taken.file_bytes += len(content)


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


async def _name_authors(ctx: Context, taken: Taken) -> None:
    authors = {kept.entry.author for item in taken.conversations for kept in item.entries}
    ids = {account for author in authors - taken.authors.keys() if (account := _account_id(author))}
    for account_id, author in (await archive.authors(ctx.tx, ids)).items() if ids else ():
        taken.authors[str(account_id)] = (author.name, author.role.value)


def not_sealed(state: str) -> WrongState:
    """Return what says that something is not in the log yet."""
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
