"""Proofs that entries are in the log: for auditors all of a consultation's, for its participants a
receipt."""

import asyncio
import json
from dataclasses import dataclass
from uuid import UUID

from actions.context import ActionRefused, Context, permit, record
from actions.log_identity import present_tree, reading
from actions.log_reading import cosigned_note
from chat_archive.checkpoint import Checkpoint
from chat_archive.entry import GENESIS, addendum_of
from chat_archive.note import parse_note
from chat_archive.proof_file import ProofFile
from chat_archive.tiles import inclusion_path
from domain.errors import Code, NotFound, WrongState
from domain.facts import EntryKind
from domain.permissions import Action
from storage import consultations, sealing
from storage.archive import PgArchiveStore


@dataclass(frozen=True, slots=True)
class EntryProof:
    """Where an entry stands and the path to the checkpoint's root. Not sealed yet: no index and no path."""

    conversation_id: UUID
    seq: int
    index: int | None
    path: list[bytes]


@dataclass(frozen=True, slots=True)
class ConsultationProof:
    """The proofs of a consultation and its addendum against one checkpoint."""

    log_key: str
    checkpoint: str
    entries: list[EntryProof]


async def prove_consultation(ctx: Context, consultation_id: UUID) -> ConsultationProof:
    """Return the proofs of all entries of a consultation and its addendum. Raise NotFound.

    The checkpoint is the most cosigned one of the latest that cover all of them that are sealed.
    """
    permit(ctx, Action.ARCHIVE_PROVE)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    await record(ctx, Action.ARCHIVE_PROVE, subject, patient_id=consultation.patient_id)
    places = await sealing.places(ctx.tx, [consultation_id, addendum_of(consultation_id)])
    last = max((place.leaf for place in places if place.leaf is not None), default=-1)
    kept = await sealing.best_checkpoint(ctx.tx, last)
    if kept is None:
        raise NotFound("checkpoint")
    # Read last, so that it is no smaller than what was found before: entries are sealed meanwhile.
    tree = await present_tree(ctx.tx)
    read = reading(ctx.tx, tree.edge)
    found = []
    for place in sorted(places, key=lambda one: (one.conversation_id != consultation_id, one.seq)):
        if place.leaf is None:
            found.append(EntryProof(place.conversation_id, place.seq, None, []))
            continue
        path = await inclusion_path(read, place.leaf, kept.size)
        found.append(EntryProof(place.conversation_id, place.seq, place.leaf, path))
        # Each path is some hundred hashes: a long conversation must not hold the loop.
        await asyncio.sleep(0)
    return ConsultationProof(tree.epoch.log_key, await cosigned_note(ctx, kept), found)


async def receipt(ctx: Context, consultation_id: UUID) -> ProofFile:
    """Return a participant's receipt: the proof (C2SP tlog-proof) of the consultation's closing entry.

    Through its chain the closing entry fixes all entries before it. `extra` is JSON: which log it was and
    which entry (consultation, seq, entry_hash), and in hexadecimal what that hash is made of (previous,
    header, commitment): a kept receipt proves by itself which visit it is and how many entries it has.
    Raise NotFound, ActionRefused for anyone but a participant,
    WrongState (archive.not_sealed_yet) while the visit goes on, and for the second until its end is sealed.
    """
    permit(ctx, Action.ARCHIVE_RECEIPT)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    if ctx.actor.account_id is None or not consultation.has_participant(ctx.actor.account_id, ctx.now):
        raise ActionRefused(Action.ARCHIVE_RECEIPT, subject, consultation.patient_id)
    place = await sealing.last_of_kind(ctx.tx, consultation_id, EntryKind.FINISHED.value)
    leaf = None if place is None else place.leaf
    kept = None if leaf is None else await sealing.best_checkpoint(ctx.tx, leaf)
    if place is None or leaf is None or kept is None:
        raise WrongState(
            Code.ARCHIVE_NOT_SEALED_YET,
            "consultation",
            consultation.state.value,
            "receipt",
            "The end of this consultation is not sealed in the log yet. Try again in a moment.",
        )
    await record(ctx, Action.ARCHIVE_RECEIPT, subject, patient_id=consultation.patient_id)
    tree = await present_tree(ctx.tx)
    path = await inclusion_path(reading(ctx.tx, tree.edge), leaf, kept.size)
    note = await cosigned_note(ctx, kept)
    *before, closing = await PgArchiveStore(ctx.tx).read(consultation_id, max(0, place.seq - 2), 2)
    extra = {
        "commitment": closing.commitment.hex(),
        "conversation": str(consultation_id),
        "entry_hash": place.entry_hash.hex(),
        "format": "televisit/receipt/v1",
        "header": closing.header().hex(),
        "log_key": tree.epoch.log_key,
        "origin": Checkpoint.parse(parse_note(note).text).origin,
        "previous": (before[-1].entry_hash if before else GENESIS).hex(),
        "seq": place.seq,
    }
    return ProofFile(leaf, tuple(path), note, json.dumps(extra, sort_keys=True).encode())
