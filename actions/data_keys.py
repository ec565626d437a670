"""Data keys for actions: opening those of locked consultations, making the missing ones. No action here.

Making a key costs nothing but the row: the ring is in memory, and no transaction waits for a key service.
"""

from collections.abc import Iterable
from uuid import UUID

from actions.context import Context
from chat_archive.data_keys import DataKey, DestroyedKey, KeyFault, OpenKey, WrappedKey
from domain.errors import OwnFault
from storage.archive import PgArchiveStore
from storage.consultations import Locked


async def open_locked(ctx: Context, locked: Iterable[Locked]) -> dict[UUID, DataKey]:
    """Return the data keys of locked consultations by id; make those that do not exist yet.

    Consultations whose key was destroyed are left out: nothing can be added to them. Raise OwnFault when a
    key cannot be unwrapped. One statement when keys have to be made, otherwise none.
    """
    keys: dict[UUID, DataKey] = {}
    made: list[WrappedKey] = []
    for item in locked:
        conversation = item.head.conversation_id
        match item.key:
            case None if item.head.size:
                # A second key would hide that the first one was taken away, and what it opens.
                raise OwnFault(f"conversation {conversation} has entries, and no data key")
            case None:
                keys[conversation], wrapped = ctx.keys.new(conversation, ctx.random)
                made.append(wrapped)
            case DestroyedKey():
                continue
            case wrapped:
                try:
                    keys[conversation] = ctx.keys.unwrap(wrapped)
                except KeyFault as fault:
                    raise OwnFault(str(fault)) from fault
    if made:
        await PgArchiveStore(ctx.tx).add_keys(made, ctx.now)
    return keys


async def reading_keys(ctx: Context, conversations: Iterable[UUID]) -> dict[UUID, OpenKey]:
    """Return what there is to read each conversation with: its key, or why there is none. Never raises.

    An addendum has the key of the consultation that it belongs to. One statement.
    """
    wanted = list(conversations)
    kept = await PgArchiveStore(ctx.tx).keys(wanted)
    return {item: ctx.keys.try_unwrap(kept.get(item), item) for item in wanted}
