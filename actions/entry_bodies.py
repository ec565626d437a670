"""Reading single entries of records back, for what actions show or judge. No permission is asked here."""

from collections.abc import Mapping
from uuid import UUID

from actions.context import Context
from actions.data_keys import reading_keys
from chat_archive.data_keys import open_entry
from domain.facts import Body, decode_body
from storage import safety


async def readable_bodies(ctx: Context, wanted: Mapping[UUID, int]) -> dict[UUID, Body]:
    """Return the bodies of one entry, by its seq, of each conversation; none that cannot be read any more.

    A part of actions: whoever calls has asked for permission and writes the audit lines.
    """
    keys = await reading_keys(ctx, wanted)
    found: dict[UUID, Body] = {}
    for sealed in await safety.entries(ctx.tx, wanted):
        entry = open_entry(sealed, keys[sealed.conversation_id])
        if entry.body is None:
            continue
        try:
            found[entry.conversation_id] = decode_body(entry.body)
        except ValueError:
            continue
    return found
