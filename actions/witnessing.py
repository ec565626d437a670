"""What witnesses are asked and what they answer (C2SP tlog-witness). Nobody is asked inside a transaction."""

from dataclasses import dataclass

from actions.context import Context, permit
from actions.log_identity import present_tree, reading
from chat_archive.checkpoint import Checkpoint
from chat_archive.invalid import SignatureInvalid
from chat_archive.note import NoteSignature, VerifierKey
from chat_archive.tiles import consistency_path
from domain.errors import OwnFault
from domain.permissions import Action
from storage import sealing
from storage.sealing import Cosignature


@dataclass(frozen=True, slots=True)
class Submission:
    """One request to a witness: the checkpoint, and the proof that it continues the tree of `old` entries."""

    epoch: int
    origin: str
    size: int
    root: bytes
    old: int
    proof: tuple[bytes, ...]
    note: str


async def prepare(ctx: Context, witness: str, old: int | None) -> Submission | None:
    """Return the request for the latest checkpoint; None when there is nothing in the tree yet.

    `old` is the size that the witness has; None: as far as we have its cosignatures. Raise SealingRefused
    when the stored tree is damaged, OwnFault when `old` is larger than the tree.
    """
    permit(ctx, Action.ARCHIVE_SEAL)
    tree = await present_tree(ctx.tx)
    kept = await sealing.latest_checkpoint(ctx.tx)
    if kept is None or tree.size == 0:
        return None
    if old is None:
        old = await sealing.last_cosigned(ctx.tx, kept.epoch, witness)
    if old > kept.size:
        raise OwnFault(f"a witness has {old} entries and the tree {kept.size}")
    proof = await consistency_path(reading(ctx.tx, tree.edge), old, kept.size)
    return Submission(kept.epoch, tree.epoch.origin, kept.size, kept.root, old, tuple(proof), kept.note)


async def keep_cosignature(
    ctx: Context, submission: Submission, key: VerifierKey, signatures: tuple[NoteSignature, ...]
) -> None:
    """Keep what the witness with this key signed; its first cosignature of a checkpoint stays.

    Raise SignatureInvalid when none of the signatures is of this key, or it is wrong.
    """
    permit(ctx, Action.ARCHIVE_SEAL)
    text = Checkpoint(submission.origin, submission.size, submission.root).text()
    own = [one for one in signatures if (one.name, one.key_id) == (key.name, key.key_id)]
    if not own:
        raise SignatureInvalid(f"The witness {key.name} answered without a signature of its own.")
    key.verify(text, own[0].signature)
    line = Cosignature(key.name, own[0].line())
    await sealing.insert_cosignature(ctx.tx, submission.epoch, submission.size, line, ctx.now)
