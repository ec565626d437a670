"""What witnesses are asked and what they answer (C2SP tlog-witness). Nobody is asked inside a transaction."""

from dataclasses import dataclass

from actions.context import Context, permit
from actions.log_identity import SealingRefused, present_tree, reading
from chat_archive.invalid import EvidenceInvalid
from chat_archive.note import Verified
from chat_archive.tiles import consistency_path
from domain.permissions import Action
from storage import sealing
from storage.sealing import Cosignature


@dataclass(frozen=True, slots=True)
class Submission:
    """One request to a witness: the checkpoint, and the proof that it continues the tree of `old` entries."""

    epoch: int
    origin: str
    size: int
    old: int
    proof: tuple[bytes, ...]
    note: str


async def prepare(ctx: Context, witness: str, known: tuple[int, int] | None) -> Submission:
    """Return the request for the latest checkpoint.

    `known` is (epoch, size) as the witness has it; None, or of another epoch: as far as we have its
    cosignatures. Raise SealingRefused when the stored tree is damaged, or smaller than what the witness has.
    """
    permit(ctx, Action.ARCHIVE_SEAL)
    kept = await sealing.latest_checkpoint(ctx.tx)
    # Read after the checkpoint, so that it is no smaller.
    tree = await present_tree(ctx.tx)
    if kept is None:
        raise SealingRefused(f"No checkpoint was signed for the tree's {tree.size} entries.")
    if known is not None and known[0] == kept.epoch:
        old = known[1]
    else:
        old = await sealing.last_cosigned(ctx.tx, kept.epoch, witness)
    if old > kept.size:
        raise SealingRefused(
            f"The witness {witness} has seen {old} entries of the log, and this database has {kept.size}: "
            f"entries {kept.size} to {old - 1} are missing.",
            (kept.size, old),
        )
    try:
        proof = await consistency_path(reading(ctx.tx, tree.edge), old, kept.size)
    except EvidenceInvalid as error:
        raise SealingRefused(f"The stored tiles make no proof: {error}") from None
    return Submission(kept.epoch, tree.epoch.origin, kept.size, old, tuple(proof), kept.note)


async def keep_cosignature(ctx: Context, submission: Submission, cosignature: Verified) -> None:
    """Keep what a witness signed of this checkpoint, verified; its first cosignature of one stays."""
    permit(ctx, Action.ARCHIVE_SEAL)
    line = Cosignature(cosignature.key.name, cosignature.signature.line())
    await sealing.insert_cosignature(ctx.tx, submission.epoch, submission.size, line, ctx.now)
