"""The rotation of key-encryption keys: every data key is wrapped anew; no body is touched."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from actions.context import Context, UnitOfWork, permit, record
from chat_archive.data_keys import KeyFault, WrappedKey
from domain.accounts import SYSTEM
from domain.errors import OwnFault
from domain.permissions import Action
from storage import archive, identity, keyword_searches, second_factor
from storage.pool import Database

REWRAP_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a rotation is: data keys wrapped anew in this run, and those that still are to be."""

    done: int
    left: int


async def keks_in_use(database: Database) -> dict[str, int]:
    """Return the names of the keys that wrap data keys, and how many each: names only, nobody's data."""
    async with database.transaction() as tx:
        return await archive.keks(tx)


async def list_keks(ctx: Context) -> dict[str, int]:
    """Return every key's name, of the ring or in use, and how many data keys each wraps; the active first."""
    permit(ctx, Action.ARCHIVE_ROTATE_KEYS)
    used = await archive.keks(ctx.tx)
    return {name: used.get(name, 0) for name in dict.fromkeys((*ctx.keys.names, *used))}


async def keks_to_leave(ctx: Context) -> dict[str, int]:
    """Return the keys other than the active one that still wrap data keys, and how many each."""
    permit(ctx, Action.ARCHIVE_ROTATE_KEYS)
    return {name: count for name, count in (await archive.keks(ctx.tx)).items() if name != ctx.keys.active}


async def rewrap_all(work: UnitOfWork, request_id: str) -> AsyncIterator[Progress]:
    """Wrap every data key by the active key, in batches; yield after each how far it is.

    Each batch is a transaction of its own: whoever is killed in the middle has some keys under the old and
    some under the new name, all of which open, and runs it again. Raise OwnFault, naming the conversation,
    for a key that does not open: it stays as it is.
    """
    done = 0
    while True:
        async with work.begin(SYSTEM, request_id) as ctx:
            permit(ctx, Action.ARCHIVE_ROTATE_KEYS)
            changed = await _rewrap_some(ctx)
            used = await archive.keks(ctx.tx)
            done += changed
            if changed:
                await record(
                    ctx, Action.ARCHIVE_ROTATE_KEYS, detail={"data_keys": changed, "to": ctx.keys.active}
                )
            left = sum(count for name, count in used.items() if name != ctx.keys.active)
        yield Progress(done, left)
        if not changed:
            return


async def _rewrap_some(ctx: Context) -> int:
    records = await archive.keys_under_others(ctx.tx, ctx.keys.active, REWRAP_AT_ONCE)
    if records:
        return await archive.rewrap(ctx.tx, records, _rewrapped(ctx, records))
    # The words of keyword searches are sealed by keys of their own.
    words = await keyword_searches.keys_under_others(ctx.tx, ctx.keys.active, REWRAP_AT_ONCE)
    if words:
        return await keyword_searches.rewrap(ctx.tx, words, _rewrapped(ctx, words))
    # And so are the numbers of people's documents.
    numbers = await identity.keys_under_others(ctx.tx, ctx.keys.active, REWRAP_AT_ONCE)
    if numbers:
        return await identity.rewrap(ctx.tx, numbers, _rewrapped(ctx, numbers))
    # And the secrets of second factors.
    secrets = await second_factor.keys_under_others(ctx.tx, ctx.keys.active, REWRAP_AT_ONCE)
    return await second_factor.rewrap(ctx.tx, secrets, _rewrapped(ctx, secrets)) if secrets else 0


def _rewrapped(ctx: Context, keys: list[WrappedKey]) -> list[WrappedKey]:
    try:
        return [ctx.keys.rewrap(key, ctx.random) for key in keys]
    except KeyFault as fault:
        raise OwnFault(str(fault)) from fault
