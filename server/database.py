"""The database that a command works on: the hospital's own, or the embedded one, which it runs meanwhile.

Also what a server demands of a database before it serves. Nothing here knows a table.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import structlog

from domain.errors import OwnFault, PartnerDown
from server.config import Config
from server.database_login import EMBEDDED_APP
from server.embedded_postgres import AlreadyRunning, EmbeddedPostgres
from server.refusal import Refusal
from storage import housekeeping
from storage.migrate import migrate, pending
from storage.pool import Database
from storage.server_facts import ServerFacts, server_facts

VERSION_MIN = 170000
NAME = "televisit"
WATCH_EVERY_S = 0.1
TIDY_EVERY_S = 3600.0
RESTART_WAIT_MAX_S = 5.0
Say = Callable[[str], None]

log = structlog.get_logger(__name__)


def now() -> datetime:
    """Return the present moment, aware, in UTC: the clock that everything else is given."""
    return datetime.now(UTC)


@asynccontextmanager
async def embedded(config: Config, say: Say) -> AsyncIterator[EmbeddedPostgres]:
    """Run the embedded PostgreSQL, migrated; raise AlreadyRunning when another process does.

    `app_dsn` says how to connect to it: with the server's own login, which owns nothing.
    """
    cluster = EmbeddedPostgres(config.data_dir / "postgres")
    if cluster.place.elsewhere is not None:
        say(cluster.place.elsewhere)
    try:
        await asyncio.to_thread(cluster.claim)
        # In this thread, not in one of a pool: the kernel stops PostgreSQL with the thread that started it.
        cluster.launch()
        await asyncio.to_thread(cluster.wait_until_ready)
        await asyncio.to_thread(cluster.ensure_database, NAME)
        await asyncio.to_thread(cluster.ensure_login, EMBEDDED_APP)
        # Its superuser owns what is in it; everything but this is done with the other login.
        async with connected(cluster.dsn(NAME), 1) as owned:
            await migrate(owned, now, app=EMBEDDED_APP)
        yield cluster
    finally:
        await asyncio.to_thread(cluster.stop)


def app_dsn(cluster: EmbeddedPostgres) -> str:
    """Return how the server and its commands connect to the embedded PostgreSQL."""
    return cluster.dsn(NAME, EMBEDDED_APP)


@asynccontextmanager
async def opened(config: Config, say: Say) -> AsyncIterator[Database]:
    """Open the database for a command beside the server: an embedded one that runs already is shared.

    A database that is not migrated yet is migrated when it is the embedded one, and refused otherwise.
    """
    if config.database_url is not None:
        async with connected(config.database_url, config.database_pool) as database:
            await demand_migrated(database)
            yield database
        return
    async with AsyncExitStack() as stack:
        try:
            cluster = await stack.enter_async_context(embedded(config, say))
        except AlreadyRunning:
            cluster = EmbeddedPostgres(config.data_dir / "postgres")
        database = await stack.enter_async_context(connected(app_dsn(cluster), config.database_pool))
        await demand_migrated(database)
        yield database


@asynccontextmanager
async def connected(dsn: str, pool: int) -> AsyncIterator[Database]:
    """Open a pool; raise Refusal when PostgreSQL is not there."""
    try:
        database = await Database.connect(dsn, size=pool)
    except PartnerDown as error:
        raise Refusal(f"The database cannot be reached: {error.sentence.strip()}") from None
    try:
        yield database
    finally:
        await database.close()


async def demand_migrated(database: Database) -> None:
    """Raise Refusal when migrations are pending, or the database is of another version of Televisit."""
    try:
        waiting = await pending(database)
    except OwnFault as error:
        raise Refusal(f"This is not a database for this version of Televisit: {error.detail}.") from None
    if waiting:
        names = ", ".join(f"{step.version:04}_{step.name}" for step in waiting)
        raise Refusal(f"The database is not up to date ({names}). Run: televisit migrate")


async def demand_durable(database: Database) -> ServerFacts:
    """Raise Refusal unless PostgreSQL keeps what it acknowledges; every reason at once."""
    facts = await server_facts(database)
    reasons = shortcomings(facts)
    if reasons:
        raise Refusal(*reasons)
    return facts


def shortcomings(facts: ServerFacts) -> list[str]:
    """Return why this PostgreSQL may not hold a hospital's record: an acknowledged message must survive."""
    found = []
    if facts.version_number < VERSION_MIN:
        found.append(f"PostgreSQL is {facts.version}; Televisit needs {VERSION_MIN // 10000} or newer.")
    if facts.fsync != "on":
        found.append("PostgreSQL runs with fsync off: a power cut would lose acknowledged messages.")
    if facts.full_page_writes != "on":
        found.append("PostgreSQL runs with full_page_writes off: a power cut could damage the record.")
    if facts.synchronous_commit not in ("on", "remote_write", "remote_apply"):
        found.append(
            f"synchronous_commit is {facts.synchronous_commit} for this login: "
            "messages would be acknowledged before they are kept."
        )
    if facts.encoding != "UTF8":
        found.append(f"The database's encoding is {facts.encoding}; Televisit needs UTF8.")
    return found


async def tidy(database: Database) -> None:
    """Remove what outlived its use, now and every hour; until cancelled."""
    while True:
        try:
            removed = await housekeeping.tick(database, now())
            if removed:
                log.info("database.tidied", rows=removed)
        except Exception as error:
            # Nothing waits for it: the next time does what this one did not.
            log.warning("database.not_tidied", error=type(error).__name__)
        await asyncio.sleep(TIDY_EVERY_S)


async def watch(cluster: EmbeddedPostgres) -> None:
    """Start the embedded PostgreSQL again whenever it is gone; until cancelled.

    What was committed comes back by recovery; connections that were open are lost, and their users told.
    """
    wait_s = WATCH_EVERY_S
    while True:
        await asyncio.sleep(wait_s)
        if cluster.pid is not None:
            wait_s = WATCH_EVERY_S
            continue
        log.error("postgres.gone", log_file=str(cluster.place.log))
        try:
            # Waiting for what is left of the old one happens aside; starting the new one happens here,
            # because the kernel stops it with the thread that started it.
            await asyncio.to_thread(cluster.clear_leftover)
            cluster.launch()
            await asyncio.to_thread(cluster.wait_until_ready)
        except Exception as error:
            wait_s = min(max(wait_s * 2, 0.5), RESTART_WAIT_MAX_S)
            log.error("postgres.not_restarted", error=str(error), next_try_in_s=wait_s)
        else:
            log.warning("postgres.restarted", pid=cluster.pid)
