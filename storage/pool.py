"""Connections and transactions. The one module that knows aiopg; nothing here knows a table.

A lost or refused connection becomes PartnerDown: nothing of the transaction was kept, or, when the
connection broke during commit, its fate is unknown and the caller repeats an idempotent action.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiopg
import psycopg2
import psycopg2.extras
from aiopg.connection import Connection
from psycopg2.extensions import parse_dsn

from domain.errors import GivenUp, PartnerDown
from storage.cancellation import cancellation_kept, cancellations
from storage.statements import statement

psycopg2.extras.register_uuid()  # type: ignore[no-untyped-call]  # psycopg2 ships no types

Row = dict[str, Any]
STATEMENT_TIMEOUT_S = 15
ACQUIRE_TIMEOUT_S = 10
_OPTIONS = "-c timezone=UTC -c lock_timeout=8000 -c idle_in_transaction_session_timeout=60000"
_LOST = (
    psycopg2.OperationalError,
    psycopg2.InterfaceError,
    # What was the primary is none any more: a new connection may lead to the one that is.
    psycopg2.errors.ReadOnlySqlTransaction,
    TimeoutError,
)


class Tx:
    """One transaction. Statements run one after another, by name.

    It is opened with the first statement, in the same message: one journey to the database less. With
    `each_alone` it is never opened: every statement is durable by itself.
    """

    def __init__(self, cursor: Any, *, each_alone: bool = False) -> None:
        self._cursor = cursor
        self._each_alone = each_alone
        self.begun = False
        """Whether anything was sent, and so there is something to commit or to roll back."""

    async def all(self, name: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a statement and return all its rows as dicts."""
        await self._execute(statement(name), params or {})
        rows = await self._cursor.fetchall()
        names = [column.name for column in self._cursor.description]
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def one(self, name: str, params: Mapping[str, Any] | None = None) -> Row | None:
        """Run a statement and return its first row, or None when there is none."""
        await self._execute(statement(name), params or {})
        row = await self._cursor.fetchone()
        if row is None:
            return None
        return dict(zip((column.name for column in self._cursor.description), row, strict=True))

    async def run(self, name: str, params: Mapping[str, Any] | None = None) -> int:
        """Run a statement that returns no rows; return how many rows it touched."""
        await self._execute(statement(name), params or {})
        return int(self._cursor.rowcount)

    async def script(self, text: str) -> None:
        """Run raw SQL text: for migrations alone."""
        await self._execute(text, None)

    async def _execute(self, text: str, params: Mapping[str, Any] | None) -> None:
        if self._each_alone or self.begun:
            await self._cursor.execute(text, params)
            return
        self.begun = True
        await self._cursor.execute("begin;\n" + text, params)


class Database:
    """A pool of connections to one PostgreSQL, given in the order in which they were asked for."""

    def __init__(self, pool: aiopg.Pool, size: int) -> None:
        self._pool = pool
        # The pool itself lets whoever comes at the right moment go before those who wait: under load some
        # would wait many times as long as most.
        self._turns = asyncio.Semaphore(size)

    @classmethod
    async def connect(cls, dsn: str, *, size: int = 10) -> "Database":
        """Open the pool with up to `size` connections; raise PartnerDown when PostgreSQL is not there."""
        try:
            pool = await aiopg.create_pool(
                dsn,
                minsize=1,
                maxsize=size,
                timeout=STATEMENT_TIMEOUT_S,
                options=_OPTIONS,
                enable_hstore=False,
                enable_json=True,
                enable_uuid=True,
            )
        except (psycopg2.OperationalError, TimeoutError, OSError) as error:
            raise PartnerDown("database", _without_secrets(str(error))) from error
        return cls(pool, size)

    async def close(self) -> None:
        """Close all connections after the running statements."""
        self._pool.terminate()
        await self._pool.wait_closed()

    @asynccontextmanager
    async def transaction(self, *, each_alone: bool = False) -> AsyncIterator[Tx]:
        """Open a transaction (read committed); commit on leaving, roll back on any exception.

        With `each_alone` every statement is one of its own, committed when it returns: for who has a single
        one, and so saves the journeys of beginning and committing.

        After leaving without an exception everything is durable on the primary. Raise PartnerDown when the
        connection cannot be had or is lost, GivenUp when a statement took longer than was allowed, or an
        administrator had it cancelled.
        """
        before = cancellations()
        with cancellation_kept():
            try:
                connection = await self._acquired()
            except _LOST as error:
                raise PartnerDown("database", "The database does not answer.") from error
            try:
                async with connection.cursor() as cursor:
                    tx = Tx(cursor, each_alone=each_alone)
                    try:
                        yield tx
                    except BaseException:
                        if tx.begun:
                            await _roll_back(connection, cursor)
                        raise
                    if tx.begun:
                        await cursor.execute("commit")
            except _LOST as error:
                connection.close()
                raise PartnerDown("database", "The database does not answer.") from error
            except asyncio.CancelledError:
                # A statement may still be under way: the connection is not fit for the next user.
                connection.close()
                if cancellations() == before:
                    # aiopg shows a statement that PostgreSQL cancelled as a cancellation of ours. A task that
                    # loops would end by it, silently, and its group would not notice.
                    raise GivenUp("database", "The database gave up a statement.") from None
                raise
            finally:
                try:
                    self._pool.release(connection)
                finally:
                    self._turns.release()

    async def _acquired(self) -> Connection:
        """Wait for a turn and return a connection; whoever releases it lets the next one have a turn."""
        async with asyncio.timeout(ACQUIRE_TIMEOUT_S):
            await self._turns.acquire()
            try:
                return await self._pool.acquire()
            except BaseException:
                self._turns.release()
                raise


def login_of(dsn: str) -> str | None:
    """Return the login that a connection string or URI names; None when it names none."""
    return parse_dsn(dsn).get("user")


async def _roll_back(connection: Connection, cursor: Any) -> None:
    if connection.closed:
        return
    try:
        await cursor.execute("rollback")
    except psycopg2.Error:
        connection.close()


def _without_secrets(text: str) -> str:
    return re.sub(r"password=\S+|//[^@/\s]*@", "***", text)
