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
from actions.evidence_reading import Taken, not_sealed, take, take_files
from actions.legal_holds import reason_of
from actions.log_identity import present_tree, reading
from actions.log_reading import cosigned_note
from chat_archive import pack
from chat_archive.invalid import EvidenceInvalid
from chat_archive.pack import Asked, Contents, Destruction, Policy
from chat_archive.stored_zip import archive_chunks
from chat_archive.tiles import inclusion_path
from chat_archive.verifier_app import verifier_app
from domain.accounts import Actor
from domain.errors import (
    Code,
    FieldFault,
    InvalidInput,
    OwnFault,
    TooMany,
)
from domain.facts import EntryKind
from domain.permissions import Action
from providers.object_store import ObjectStore
from storage import archive, consultations, destruction, sealing
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
    store: ObjectStore | None = None,
    on_progress: Progress | None = None,
) -> EvidencePack:
    """Return the evidence pack of these consultations with their addenda, as they are sealed now.

    `asked_for` names who wants it when the actor is no person. With a `store` the files that entries name
    come along, as far as they open and there is room for them. Damaged entries are taken as they are: the
    pack's verifier finds them. Raise NotFound, ActionRefused, InvalidInput without a reason or consultations,
    TooMany beyond CONSULTATIONS_MAX, WrongState (archive.not_sealed_yet) while something that is over is not
    sealed, or there is no record at all, PartnerDown when the store does not answer.
    """
    wanted = list(dict.fromkeys(consultation_ids))
    taken = Taken()
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
            fresh = await take(ctx, consultation_id, why, taken)
        if store is not None:
            await take_files(work, actor, request_id, store, fresh, taken)
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


async def _contents(ctx: Context, taken: Taken, asked: Asked, maker: Maker) -> Contents:
    indexes = [kept.index for item in taken.conversations for kept in item.entries if kept.index is not None]
    found = await sealing.best_checkpoint(ctx.tx, max(indexes)) if indexes else None
    if found is None:
        raise not_sealed("recorded")
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
        taken.files,
        await _destructions(ctx, taken),
    )


async def _destructions(ctx: Context, taken: Taken) -> tuple[Destruction, ...]:
    """Return what is to be said of the destructions that entries in this pack record."""
    recorded = {
        item.consultation_id
        for item in taken.conversations
        for kept in item.entries
        if kept.entry.kind == EntryKind.DESTROYED
    }
    notes = await destruction.notes(ctx.tx, recorded) if recorded else {}
    return tuple(
        Destruction(
            note.consultation_id,
            note.destroyed_at,
            note.requested_by_name,
            note.approved_by_names,
            note.rule.value,
            note.due_at,
            note.reason,
            note.key_backups_expire_at,
            note.register_seq,
        )
        for note in notes.values()
    )
