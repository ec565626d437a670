"""The floor of the chat benchmark: an aiohttp handler that does one durable INSERT through aiopg."""

import sys
from datetime import UTC, datetime
from uuid import UUID

import aiohttp.web
import aiopg
import psycopg2.extras

SCHEMA = """
create table bare_entry (
    id bigint primary key generated always as identity, conversation_id uuid not null,
    message_id uuid not null,
    author text not null, kind text not null, recorded_at timestamptz not null, body bytea not null,
    entry_hash bytea not null
)
"""
INSERT = """
insert into bare_entry (conversation_id, message_id, author, kind, recorded_at, body, entry_hash)
values (%s, %s, %s, 'chat', %s, %s, %s) returning id
"""


def application(dsn: str, pool_size: int) -> aiohttp.web.Application:
    """Return the bare server."""
    psycopg2.extras.register_uuid()  # type: ignore[no-untyped-call]  # psycopg2 ships no types
    app = aiohttp.web.Application()
    pools: list[aiopg.Pool] = []

    async def open_pool(_: aiohttp.web.Application) -> None:
        pools.append(await aiopg.create_pool(dsn, minsize=pool_size, maxsize=pool_size))

    async def close_pool(_: aiohttp.web.Application) -> None:
        pools[0].close()
        await pools[0].wait_closed()

    async def post(request: aiohttp.web.Request) -> aiohttp.web.Response:
        message = await request.json()
        async with pools[0].acquire() as connection, connection.cursor() as cursor:
            await cursor.execute(
                INSERT,
                (
                    UUID(message["consultation_id"]),
                    UUID(message["message_id"]),
                    message["consultation_id"],
                    datetime.now(UTC),
                    message["text"].encode(),
                    bytes(32),
                ),
            )
            row = await cursor.fetchone()
        return aiohttp.web.json_response({"seq": row[0]})

    app.on_startup.append(open_pool)
    app.on_cleanup.append(close_pool)
    app.router.add_post("/", post)
    return app


if __name__ == "__main__":
    aiohttp.web.run_app(
        application(sys.argv[2], int(sys.argv[3])), host="127.0.0.1", port=int(sys.argv[1]), print=None
    )
