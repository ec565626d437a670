"""Sealing: entries without a leaf get one, and tiles, edge, root and the signed checkpoint commit with it.

One pass is one transaction. It takes what has no leaf, and never "what came after the last": a transaction
that began early and commits late would be skipped for good. A pass leaves no audit line, as there are several
in a second: the checkpoint that it signs is its line.
"""

from dataclasses import dataclass

from actions.context import Context, UnitOfWork, permit
from actions.log_identity import LogDiffers, LogKey, SealingRefused, present_tree
from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.invalid import EvidenceInvalid
from chat_archive.merkle import leaf_hash
from chat_archive.note import VerifierKey
from chat_archive.tiles import edge_root, extend
from domain.accounts import SYSTEM
from domain.permissions import Action
from storage import sealing
from storage.sealing import EntryKey, KeptCheckpoint, Tree, Unsealed

REQUEST_ID = "sealer"
SEAL_AT_ONCE = 2_048
"""Entries in one pass at most: some 10 ms of hashing, and a second's burst in one go."""
STRETCH = 20_000
"""Entries that a sweep looks at in one pass."""


@dataclass(slots=True)
class Looked:
    """How far one sealer has looked: in memory, and only moved by what was committed.

    It begins with a sweep over all entries by their key, a stretch in each pass. Afterwards a pass looks at
    what transactions brought that had not ended when the last complete look began. A new one looks at
    everything.
    """

    since: int | None = None
    """The oldest transaction running then. None: no sweep has begun."""
    swept_to: EntryKey | None = None
    swept: bool = False
    size: int = 0
    """Leaves that this sealer has seen in the tree: it never gets smaller."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass did. `more`: look again at once. `checkpoint` is the new one, None when nothing was
    sealed."""

    sealed: int
    more: bool
    checkpoint: KeptCheckpoint | None = None


_NOTHING = Pass(0, more=False)
_AGAIN = Pass(0, more=True)


class _SealedByAnother(Exception):
    """The tree moved since it was read: this pass has to be rolled back."""


async def seal(work: UnitOfWork, key: LogKey, looked: Looked, *, limit: int = SEAL_AT_ONCE) -> Pass:
    """Seal up to `limit` entries; on return they, their tiles and the signed checkpoint are durable,
    together.

    When another sealer is at work nothing is done. Raise SealingRefused when the stored tree is not the one
    that was last signed, PartnerDown when the database does not answer: then begin with a new Looked.
    """
    try:
        async with work.begin(SYSTEM, REQUEST_ID) as ctx:
            permit(ctx, Action.ARCHIVE_SEAL)
            if looked.swept and looked.since is not None:
                # Nearly always there is nothing new, and this is all that is asked.
                horizon = await sealing.horizon(ctx.tx)
                if not await sealing.waiting(ctx.tx, looked.since, 1):
                    looked.since = horizon
                    return _NOTHING
            done, after = await _seal(ctx, key, looked, limit)
    except _SealedByAnother:
        return _AGAIN
    looked.since, looked.swept_to, looked.swept, looked.size = (
        after.since,
        after.swept_to,
        after.swept,
        after.size,
    )
    return done


async def _seal(ctx: Context, key: LogKey, looked: Looked, limit: int) -> tuple[Pass, Looked]:
    if not await sealing.lock(ctx.tx):
        return _NOTHING, looked
    tree = await present_tree(ctx.tx)
    if tree.size < looked.size:
        raise SealingRefused(
            f"The log has {tree.size} entries, and had {looked.size}: the database is an older copy.",
            (tree.size, looked.size),
        )
    found, after, more = await _look(ctx, looked, limit)
    after.size = tree.size
    if not found:
        return Pass(0, more), after
    if key.log_key(tree.epoch.origin) != tree.epoch.log_key:
        raise LogDiffers(f"The log {tree.epoch.origin} is signed with another key than this server has.")
    await check_signed(ctx, tree)
    extended = extend(tree.edge, [leaf_hash(entry.entry_hash) for entry in found])
    epoch = tree.epoch
    if not await sealing.move_tree(ctx.tx, tree, epoch.number, extended.edge, extended.root):
        raise _SealedByAnother
    await sealing.insert_leaves(ctx.tx, tree.size, found)
    if extended.full:
        await sealing.insert_tiles(ctx.tx, extended.full)
    checkpoint = key.checkpoint(ctx, epoch.number, epoch.origin, extended.edge.size, extended.root)
    await sealing.insert_checkpoint(ctx.tx, checkpoint)
    after.size = checkpoint.size
    return Pass(len(found), more, checkpoint), after


async def _look(ctx: Context, looked: Looked, limit: int) -> tuple[list[Unsealed], Looked, bool]:
    """Return entries without a leaf, how far was looked then, and whether to look again at once."""
    # Asked before anything is looked at: whatever had ended by now is seen by all that follows.
    horizon = await sealing.horizon(ctx.tx)
    if looked.swept and looked.since is not None:
        found = await sealing.unsealed_since(ctx.tx, looked.since, limit)
        full = len(found) == limit
        return found, Looked(looked.since if full else horizon, looked.swept_to, swept=True), full
    since = horizon if looked.since is None else looked.since
    end = await sealing.stretch_end(ctx.tx, looked.swept_to, STRETCH)
    if end is None:
        # What came while the sweep was under way came by transactions since it began.
        return [], Looked(since, None, swept=True), True
    found = await sealing.unsealed_between(ctx.tx, looked.swept_to, end, limit)
    if len(found) == limit:
        end = (found[-1].conversation_id, found[-1].seq)
    return found, Looked(since, end), True


async def check_signed(ctx: Context, tree: Tree) -> None:
    """Raise SealingRefused unless the tree is the one that was last signed: nothing is built on anything
    else."""
    if edge_root(tree.edge) != tree.root:
        raise SealingRefused(f"The tree's stored edge does not lead to its root of {tree.size} entries.")
    kept = await sealing.latest_checkpoint(ctx.tx)
    if kept is None:
        raise SealingRefused(f"No checkpoint was signed for the tree's {tree.size} entries.")
    try:
        opened = open_checkpoint(kept.note, [VerifierKey.parse(tree.epoch.log_key)])
    except EvidenceInvalid as error:
        raise SealingRefused(
            f"The checkpoint of {tree.size} entries is not what was signed: {error}"
        ) from None
    if opened.checkpoint != Checkpoint(tree.epoch.origin, tree.size, tree.root):
        raise SealingRefused(f"The tree of {tree.size} entries is not the one that was signed.")
    last = await sealing.last_index(ctx.tx)
    if last + 1 < tree.size:
        raise SealingRefused(
            f"Leaves {last + 1} to {tree.size - 1} of the log are missing.", (last + 1, tree.size)
        )
    if last >= tree.size:
        raise SealingRefused(f"A leaf stands at index {last}, where the tree has only {tree.size} entries.")
