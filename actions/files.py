"""Adding files to a visit.

A file's bytes are encrypted on their way into the object store, and are there before the entry that holds
their digest is kept: an entry never names what is not there. What comes to nothing is removed later.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from actions.context import ActionRefused, Context, UnitOfWork, permit
from actions.conversation import Kept, Saying, closed_to
from actions.data_keys import open_locked
from chat_archive.sealed_object import ObjectSealer
from domain.accounts import Actor
from domain.errors import Code, FieldFault, InvalidInput, OwnFault, TooLarge, TooMany, WrongState
from domain.facts import EntryKind
from domain.files import (
    FILE_BYTES_MAX,
    FILES_MAX,
    SNIFF_BYTES,
    UNFINISHED_MAX,
    clean_name,
    file_body,
    file_type,
)
from domain.permissions import Action
from providers.object_store import ObjectStore
from storage import consultations, files
from storage.archive import PgArchiveStore
from storage.files import StoredObject

UPLOAD_TIMEOUT_S = 600

Keep = Callable[[Saying], Awaitable[Kept]]
"""Has a participant's saying kept and told to both sides; raises its fault."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody adds. `message_id` makes a resend harmless; `name` is as it came."""

    consultation_id: UUID
    message_id: UUID
    name: str


async def add_file(
    work: UnitOfWork,
    store: ObjectStore,
    keep: Keep,
    *,
    actor: Actor,
    request_id: str,
    upload: Upload,
    chunks: AsyncIterator[bytes],
) -> Kept:
    """Keep a participant's file of at most FILE_BYTES_MAX bytes; return its entry, durable like the bytes.

    Raise NotFound, ActionRefused for anyone but the two participants, WrongState after the visit,
    TooMany (file.too_many), TooLarge, InvalidInput (file.type_not_allowed, or bytes that do not
    come), Conflict (chat.message_id_reused) when the id was used for another content, PartnerDown for the
    store. A resend of what is kept already is answered with its entry.
    """
    async with work.begin(actor, request_id) as ctx:
        object_id, key = await _begin(ctx, upload)
    intake = _Intake(key, object_id)
    try:
        async with asyncio.timeout(UPLOAD_TIMEOUT_S):
            await store.put(str(object_id), intake.sealed(chunks))
    except TimeoutError:
        raise InvalidInput("The file did not arrive in time.", {"file": FieldFault.INVALID}) from None
    sealer = intake.sealer
    name = clean_name(upload.name, intake.media_type)
    return await keep(
        Saying(
            actor,
            request_id,
            upload.consultation_id,
            upload.message_id,
            EntryKind.FILE,
            file_body(sealer.digest, name, sealer.size, intake.media_type),
            StoredObject(object_id, sealer.sealed_digest, sealer.sealed_size),
        )
    )


async def _begin(ctx: Context, upload: Upload) -> tuple[UUID, bytes]:
    """Check that this person may add a file now; return the new object's id and what encrypts it."""
    permit(ctx, Action.FILE_ADD)
    locked = await consultations.lock_one(ctx.tx, upload.consultation_id)
    consultation = locked.consultation
    account_id = ctx.actor.account_id
    if account_id is None or not consultation.has_participant(account_id, ctx.now):
        subject = ("consultation", upload.consultation_id)
        raise ActionRefused(Action.FILE_ADD, subject, consultation.patient_id)
    kept = await PgArchiveStore(ctx.tx).find([(upload.consultation_id, str(account_id), upload.message_id)])
    # Whether a resend says the same is only known when its bytes have come.
    fault = None if kept else closed_to(EntryKind.FILE, consultation.state)
    if fault is not None:
        raise fault
    counts = await files.counts(ctx.tx, upload.consultation_id)
    if not kept and counts.kept >= FILES_MAX:
        raise TooMany(Code.FILE_TOO_MANY, "files of this visit", counts.kept + 1, FILES_MAX)
    if counts.unfinished >= UNFINISHED_MAX:
        raise TooMany(Code.FILE_TOO_MANY, "unfinished uploads", counts.unfinished + 1, UNFINISHED_MAX)
    keys = await open_locked(ctx, [locked])
    if upload.consultation_id not in keys:
        state = consultation.state.value
        raise WrongState(Code.CONVERSATION_CLOSED, "consultation", state, EntryKind.FILE.value)
    object_id = UUID(bytes=ctx.random(16), version=4)
    await files.begin(ctx.tx, object_id, upload.consultation_id, upload.message_id, account_id, ctx.now)
    return object_id, keys[upload.consultation_id].object_key()


class _Intake:
    """Looks at the bytes that come, and encrypts them. `media_type` is known once all have come."""

    def __init__(self, key: bytes, object_id: UUID) -> None:
        self.sealer = ObjectSealer(key, object_id)
        self._type: str | None = None

    @property
    def media_type(self) -> str:
        if self._type is None:
            raise OwnFault("a file's type is asked for before its bytes came")
        return self._type

    async def sealed(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        head = b""
        async for chunk in chunks:
            if self.sealer.size + len(head) + len(chunk) > FILE_BYTES_MAX:
                raise TooLarge("file", FILE_BYTES_MAX)
            if self._type is None:
                head += chunk
                if len(head) < SNIFF_BYTES:
                    continue
                self._type = file_type(head)
                chunk, head = head, b""
            if out := self.sealer.update(chunk):
                yield out
        if self._type is None:
            self._type = file_type(head)
            if out := self.sealer.update(head):
                yield out
        yield self.sealer.finish()
