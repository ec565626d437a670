"""`televisit keys`: which keys wrap the archive's data keys, and their rotation. Never shows a key."""

import asyncio
import os

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from actions.context import UnitOfWork
from actions.key_rotation import keks_to_leave, list_keks, rewrap_all
from domain.accounts import SYSTEM
from server.archive_keys import FOLLOW_EVERY_S, FileKekSource, new_name, source_of
from server.config import Config

REQUEST_ID = "command-line"


async def show(work: UnitOfWork, out: Console) -> None:
    """Print every key's name and how many data keys it wraps."""
    async with work.begin(SYSTEM, REQUEST_ID) as ctx:
        keks = await list_keks(ctx)
    table = Table("key", "data keys", "", box=None, header_style="bold", pad_edge=False)
    for name, count in keks.items():
        table.add_row(name, str(count), "active" if name == work.keys.active else "")
    out.print(table)


async def rotate(work: UnitOfWork, config: Config, out: Console, err: Console) -> None:
    """Wrap every data key by a new key: one made here when the ring is our own, else the first one given.

    Run again after it was stopped it goes on where it was, without another new key. Raise OwnFault for a data
    key that does not open, and OSError when the file of keys cannot be written.
    """
    source = source_of(config)
    async with work.begin(SYSTEM, REQUEST_ID) as ctx:
        waiting = await keks_to_leave(ctx)
    if isinstance(source, FileKekSource) and not waiting:
        ring = work.keys.with_new(new_name(work.now()), os.urandom)
        await asyncio.to_thread(source.write, ring)
        work.keys.follow(ring)
        out.print(f"Made the key {ring.active} in {source.path}.", markup=False)
        async with work.begin(SYSTEM, REQUEST_ID) as ctx:
            waiting = await keks_to_leave(ctx)
        if waiting:
            err.print("Waiting until running servers have read it.")
            await asyncio.sleep(2 * FOLLOW_EVERY_S)
    elif isinstance(source, FileKekSource):
        out.print(f"Going on with the rotation to {work.keys.active}.", markup=False)
    done = await _rewrap(work, sum(waiting.values()), err)
    out.print(f"{done} data keys are now wrapped by {work.keys.active}.", markup=False)
    await _tell_unused(work, out)


async def _rewrap(work: UnitOfWork, total: int, err: Console) -> int:
    done = 0
    columns = (TextColumn("data keys"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, disable=not total) as bar:
        task = bar.add_task("data keys", total=total)
        async for progress in rewrap_all(work, REQUEST_ID):
            done = progress.done
            bar.update(task, completed=done, total=max(total, done + progress.left))
    return done


async def _tell_unused(work: UnitOfWork, out: Console) -> None:
    async with work.begin(SYSTEM, REQUEST_ID) as ctx:
        keks = await list_keks(ctx)
    unused = [name for name, count in keks.items() if not count and name != work.keys.active]
    if unused:
        out.print(
            f"No longer in use: {', '.join(unused)}. Remove them only when every backup of the database with "
            "data keys that they wrap has expired: a restored backup needs the keys of its day.",
            markup=False,
        )
