"""Reading and verifying the files of visits. What does not fit together is never shown."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from actions.context import ActionRefused, Context, UnitOfWork, permit, record
from actions.data_keys import reading_keys
from chat_archive.data_keys import DataKey, open_entry
from chat_archive.sealed_object import ObjectDamaged, ObjectOpener
from domain.accounts import SYSTEM, Role
from domain.errors import Code, Conflict, Damaged, NotFound
from domain.facts import EntryKind, decode_body
from domain.permissions import Action
from providers.object_store import ObjectMissing, ObjectStore
from storage import consultations, files
from storage.archive import PgArchiveStore
from storage.files import StoredObject

_PAGE = 100


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as its entry describes it, and what it takes to read it: the consultation's object key."""

    consultation_id: UUID
    seq: int
    name: str
    media_type: str
    size: int
    digest: bytes
    stored: StoredObject
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A file that is not as its entry says: where, and what is wrong."""

    conversation_id: UUID
    seq: int
    message: str


async def open_file(ctx: Context, consultation_id: UUID, seq: int) -> KeptFile:
    """Return the file of an entry to a participant or an auditor. Leaves an audit line.

    Raise NotFound, ActionRefused for anyone else, Conflict (retention.destroyed) when it was destroyed,
    Damaged (file.damaged) when entry, row or object do not fit together.
    """
    permit(ctx, Action.FILE_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    account_id = ctx.actor.account_id
    taking_part = account_id is not None and consultation.has_participant(account_id, ctx.now)
    if ctx.actor.role is not Role.AUDITOR and not taking_part:
        raise ActionRefused(Action.FILE_READ, subject, consultation.patient_id)
    await record(ctx, Action.FILE_READ, subject, patient_id=consultation.patient_id, detail={"seq": seq})
    return await kept_file(ctx, consultation_id, seq)


async def check_file(store: ObjectStore, file: KeptFile) -> None:
    """Return when the object is what the entry says, to the last byte; raise Damaged or PartnerDown."""
    digest, size = sha256(), 0
    async for chunk in file_content(store, file):
        digest.update(chunk)
        size += len(chunk)
    if digest.digest() != file.digest or size != file.size:
        raise _damaged(file.seq, "is another than the one that was added")


async def file_content(store: ObjectStore, file: KeptFile) -> AsyncIterator[bytes]:
    """Give a file's bytes as they were added, as far as they open. Raise Damaged or PartnerDown."""
    opener = ObjectOpener(file.key, file.stored.object_id)
    try:
        async for piece in store.get(str(file.stored.object_id)):
            for chunk in opener.update(piece):
                yield chunk
        yield opener.finish()
    except ObjectMissing:
        raise _damaged(file.seq, "is not in the store of files") from None
    except ObjectDamaged as damage:
        raise _damaged(file.seq, f"does not open ({damage})") from None


async def verify_files(
    work: UnitOfWork, store: ObjectStore, request_id: str
) -> AsyncIterator[tuple[int, FileFinding | None]]:
    """Read every file that an entry names; give for each how many were read so far, and what is wrong.

    Destroyed files are passed over. Raise PartnerDown when the store does not answer.
    """
    after: tuple[UUID, int] | None = None
    read = 0
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.ARCHIVE_VERIFY)
            page = await files.entries(ctx.tx, after, _PAGE)
        for conversation_id, seq in page:
            finding = None
            try:
                async with work.begin(SYSTEM, request_id) as ctx:
                    file = await kept_file(ctx, conversation_id, seq)
                await check_file(store, file)
            except Damaged as damage:
                finding = FileFinding(conversation_id, seq, damage.sentence)
            except Conflict:
                continue
            read += 1
            yield read, finding
        if len(page) < _PAGE:
            return
        after = page[-1]


async def kept_file(ctx: Context, conversation_id: UUID, seq: int) -> KeptFile:
    """Return the file of an entry to an action that has asked for permission and leaves its own line.

    Raise NotFound, Conflict (retention.destroyed) when it was destroyed, Damaged when entry, row and object
    do not fit together.
    """
    found = await PgArchiveStore(ctx.tx).read(conversation_id, seq - 1, 1, [EntryKind.FILE.value])
    if not found or found[0].seq != seq:
        raise NotFound("file")
    key = (await reading_keys(ctx, [conversation_id]))[conversation_id]
    entry = open_entry(found[0], key)
    if entry.destroyed:
        raise _destroyed()
    if entry.body is None or not isinstance(key, DataKey):
        raise _damaged(seq, "has an entry that does not open")
    try:
        body = decode_body(entry.body)
        digest, size = bytes.fromhex(str(body["digest"])), int(body["size"] or 0)
        name, media_type = str(body["name"]), str(body["type"])
    except (ValueError, KeyError):
        raise _damaged(seq, "has an entry that says nothing") from None
    kept = await files.at(ctx.tx, conversation_id, seq)
    if kept is None or kept.removed:
        raise _damaged(seq, "is not in the store of files")
    return KeptFile(conversation_id, seq, name, media_type, size, digest, kept.stored, key.object_key())


def _damaged(seq: int, what: str) -> Damaged:
    return Damaged(Code.FILE_DAMAGED, f"The file of entry {seq} {what}.")


def _destroyed() -> Conflict:
    return Conflict(Code.RETENTION_DESTROYED, "This was destroyed after its time of keeping, as was decided.")
