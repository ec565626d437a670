"""Which log this is: its origin, its key, its epochs; and what makes sealing stop. No entry is sealed
here."""

from dataclasses import dataclass, replace

from actions.context import Context, permit
from chat_archive.checkpoint import Checkpoint
from chat_archive.invalid import EvidenceInvalid
from chat_archive.merkle import EMPTY_ROOT, HASH
from chat_archive.note import Signer, sign
from chat_archive.tiles import EMPTY_EDGE, Edge, ReadTile
from domain.errors import OwnFault
from domain.permissions import Action
from storage import sealing
from storage.pool import Tx
from storage.sealing import Epoch, KeptCheckpoint, NewEpoch, Tree

_BEGINNING = "The log begins."


class SealingRefused(OwnFault):
    """The log is not what it was, and sealing on would hide that. Entries are kept all the same, unsealed.

    `detail` says why, in a sentence for the hospital's own people; `missing` are the tree's entries [from,
    to) that somebody outside has seen and this database lacks.
    """

    def __init__(self, detail: str, missing: tuple[int, int] | None = None) -> None:
        super().__init__(detail)
        self.missing = missing


class LogDiffers(SealingRefused):
    """The database holds a log of another origin, or one that another key signs."""


@dataclass(frozen=True, slots=True)
class LogKey:
    """The private key of the log. It signs under the origin of the epoch, which is the name of its key
    there."""

    signer: Signer

    def under(self, origin: str) -> Signer:
        """Return the key as it signs under this origin."""
        return replace(self.signer, name=origin)

    def log_key(self, origin: str) -> str:
        """Return the verifier key under this origin: what is given to whoever checks the log."""
        return self.under(origin).verifier.format()

    def checkpoint(self, ctx: Context, epoch: int, origin: str, size: int, root: bytes) -> KeptCheckpoint:
        """Sign a checkpoint (C2SP tlog-checkpoint) of the tree at this moment."""
        note = sign(Checkpoint(origin, size, root).text(), [self.under(origin)])
        return KeptCheckpoint(epoch, size, root, note, ctx.now)


def epoch_origin(first_origin: str, number: int) -> str:
    """Return the origin of an epoch: the first one's own, then `<origin>/epoch-<n>`."""
    return first_origin if number == 1 else f"{first_origin}/epoch-{number}"


def reading(tx: Tx, edge: Edge) -> ReadTile:
    """Return what reads the tiles of the tree with this edge, each once.

    It raises SealingRefused for one that is not there: every tile of a tree is kept.
    """
    seen: dict[tuple[int, int], bytes] = {}

    async def read(level: int, n: int, width: int) -> bytes:
        hashes = seen.get((level, n))
        if hashes is None or len(hashes) < width * HASH:
            found = await sealing.tile(tx, level, n, width, edge)
            if found is None:
                raise SealingRefused(f"Tile {n} of level {level} of the log is missing.")
            hashes = seen[level, n] = found
        return hashes[: width * HASH]

    return read


async def begin_log(ctx: Context, key: LogKey, origin: str, *, certain: bool = True) -> Epoch:
    """Return the present epoch of the log; begin the log, with the empty tree signed, when there is none yet.

    `origin` is the first epoch's. Unless it is `certain`, as somebody has set it, the log's own origin
    stands: it names the log and need not be an address that answers. Raise LogDiffers when the log has
    another origin, or its present epoch another key.
    """
    permit(ctx, Action.ARCHIVE_SEAL)
    await sealing.lock_patiently(ctx.tx)
    epochs = await sealing.epochs(ctx.tx)
    if not epochs:
        first = Epoch(1, origin, key.log_key(origin), 0)
        await sealing.begin_epoch(ctx.tx, NewEpoch(*first, reason=_BEGINNING), ctx.now)
        await sealing.plant_tree(ctx.tx, 1, EMPTY_EDGE, EMPTY_ROOT)
        await sealing.insert_checkpoint(ctx.tx, key.checkpoint(ctx, 1, origin, 0, EMPTY_ROOT))
        return first
    if certain and epochs[0].origin != origin:
        raise LogDiffers(
            f"The log in this database is {epochs[0].origin}; ARCHIVE_ORIGIN says {origin}. "
            "An origin is for life: set it back, or leave it unset."
        )
    present = epochs[-1]
    if present.log_key != key.log_key(present.origin):
        raise LogDiffers(
            f"The log {present.origin} is signed with another key than ARCHIVE_SIGNING_KEY: it is "
            f"{present.log_key}. Bring that key back; if it is lost or known to others, two persons begin a "
            "new epoch: televisit archive new-epoch"
        )
    return present


async def present_tree(tx: Tx) -> Tree:
    """Return the tree. Raise SealingRefused when it is none, or there is none."""
    try:
        tree = await sealing.tree(tx)
    except EvidenceInvalid as error:
        raise SealingRefused(f"The tree's stored edge is damaged: {error}") from None
    if tree is None:
        raise SealingRefused("The log has epochs and no tree: its row was taken away.")
    return tree
