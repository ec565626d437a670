"""The log as anybody may read it (C2SP tlog-tiles): checkpoint, tiles, bundles.

Public: no permission, no audit line. All there is are hashes, which tell nothing of anybody.
"""

from actions.context import Context
from actions.log_identity import present_tree
from chat_archive.tiles import TileAddress, bundle
from domain.errors import NotFound
from storage import sealing
from storage.sealing import KeptCheckpoint, ToldEpoch


async def checkpoint_note(ctx: Context) -> str:
    """Return the latest checkpoint with the cosignatures that are there by now. Raise NotFound before the
    log."""
    kept = await sealing.latest_checkpoint(ctx.tx)
    if kept is None:
        raise NotFound("checkpoint")
    return await cosigned_note(ctx, kept)


async def cosigned_note(ctx: Context, kept: KeptCheckpoint) -> str:
    """Return a checkpoint's note with the lines of all witnesses that cosigned it."""
    lines = await sealing.cosignatures(ctx.tx, kept.epoch, kept.size)
    return kept.note + "".join(one.line for one in lines)


async def read_tile(ctx: Context, address: TileAddress) -> bytes:
    """Return a tile of hashes or a bundle of entries, whole or as far as was asked.

    Raise NotFound for what the latest checkpoint does not cover.
    """
    tree = await present_tree(ctx.tx)
    if address.level is not None:
        hashes = await sealing.tile(ctx.tx, address.level, address.n, address.width, tree.edge)
        if hashes is None:
            raise NotFound("tile")
        return hashes
    if address.n * 256 + address.width > tree.size:
        raise NotFound("bundle")
    return bundle(await sealing.entry_hashes(ctx.tx, address.n, address.width))


async def log_keys(ctx: Context) -> list[str]:
    """Return the verifier key of each epoch of the log, the present one first. Empty before the log began."""
    return [epoch.log_key for epoch in reversed(await sealing.epochs(ctx.tx))]


async def log_epochs(ctx: Context) -> list[ToldEpoch]:
    """Return each epoch of the log, the first one first; who approved it is not told. Empty before the log
    began."""
    return await sealing.told_epochs(ctx.tx)
