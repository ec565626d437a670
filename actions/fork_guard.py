"""Whether this database may go on with its log: what others have seen of it is held against what it has.

A restored backup is behind. Sealing on would give new entries the places of lost ones, under the same key: a
fork.
"""

from dataclasses import dataclass

from actions.context import Context, permit
from actions.log_identity import SealingRefused, present_tree, reading
from actions.sealing import check_signed
from chat_archive.checkpoint import open_checkpoint
from chat_archive.invalid import EvidenceInvalid
from chat_archive.note import VerifierKey
from chat_archive.tiles import root_at
from domain.permissions import Action
from storage import sealing
from storage.sealing import Epoch, Tree

_ANEW = "If what is lost cannot be brought back, two persons begin a new epoch: televisit archive new-epoch"


@dataclass(frozen=True, slots=True)
class Seen:
    """A tree that somebody outside has seen. `who` begins a sentence; `root` is None when only the size is
    known."""

    who: str
    origin: str
    size: int
    root: bytes | None


def seen_in_note(who: str, note: str, epochs: list[Epoch]) -> Seen:
    """Return what a kept checkpoint says. Raise SealingRefused when it is none that an epoch's key signed."""
    try:
        keys = [VerifierKey.parse(epoch.log_key) for epoch in epochs]
        found = open_checkpoint(note, keys).checkpoint
    except EvidenceInvalid as error:
        raise SealingRefused(
            f"{who} holds no checkpoint of this log: {error} Either it belongs to another log, or this "
            f"database is from before the epoch that signed it. {_ANEW}"
        ) from None
    return Seen(who, found.origin, found.size, found.root)


async def examine(ctx: Context, seen: list[Seen]) -> Tree:
    """Return the tree if it is whole, and continues everything that was `seen` of it.

    Raise SealingRefused, naming the missing range: a tree that is behind, or was another one at that size.
    """
    permit(ctx, Action.ARCHIVE_SEAL)
    # The tree, its checkpoint and its leaves are several reads: no sealer moves them meanwhile.
    await sealing.lock_patiently(ctx.tx)
    tree = await present_tree(ctx.tx)
    await check_signed(ctx, tree)
    epochs = await sealing.epochs(ctx.tx)
    for one in seen:
        await _compare(ctx, tree, epochs, one)
    return tree


async def _compare(ctx: Context, tree: Tree, epochs: list[Epoch], seen: Seen) -> None:
    number = next((epoch.number for epoch in epochs if epoch.origin == seen.origin), None)
    if number is None:
        raise SealingRefused(
            f"{seen.who} has seen {seen.size} entries of {seen.origin}, an epoch that this database does not "
            f"know: it is an older copy. {_ANEW}",
            (tree.size, seen.size) if seen.size > tree.size else None,
        )
    # Of an earlier epoch counts what the next one took over: what is beyond was given up by two persons.
    limit = tree.size if number == tree.epoch.number else epochs[number].first_size
    if seen.size > limit:
        if number != tree.epoch.number:
            return
        raise SealingRefused(
            f"{seen.who} has seen {seen.size} entries of the log, and this database has {tree.size}: "
            f"entries {tree.size} to {seen.size - 1} are missing. The database is an older copy: restore a "
            f"newer one. {_ANEW}",
            (tree.size, seen.size),
        )
    if seen.root is None or seen.size == 0:
        return
    if await root_at(reading(ctx.tx, tree.edge), seen.size) != seen.root:
        last = await sealing.last_entry(ctx.tx, seen.size)
        where = "" if last is None else f" Here the last is entry {last[1]} of conversation {last[0]}."
        raise SealingRefused(
            f"{seen.who} has seen another tree of {seen.size} entries: the log has forked, or entries 0 to "
            f"{seen.size - 1} were rewritten.{where} {_ANEW}"
        )
