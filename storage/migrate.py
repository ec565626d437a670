"""Schema migrations: forward only, each in its own transaction, never edited once shipped.

The job queue's own schema is taken from the installed procrastinate, as one of our migrations. A digest of
each applied text is kept: a migration that changed after it was applied is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from procrastinate.schema import SchemaManager

from domain.errors import OwnFault
from storage import grants
from storage.pool import Database, Tx

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_QUEUE_DIRECTIVE = "-- televisit: job queue schema"
_LOCK_TIMEOUT = "set local lock_timeout = '10s'"
_SCHEMA_TABLE = """
create table if not exists schema_migration (
    version integer primary key,
    name text not null,
    digest text not null,
    applied_at timestamptz not null
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step. `text` is what runs; `digest` is of the file as written."""

    version: int
    name: str
    text: str
    digest: str


def shipped() -> list[Migration]:
    """Return all migrations in order; raise ValueError on a gap or an odd file name."""
    found = []
    for path in files("storage").joinpath("migrations").iterdir():
        if not path.name.endswith(".sql"):
            continue
        match = _FILE.fullmatch(path.name)
        if match is None:
            raise ValueError(f"{path.name} is not named NNNN_words.sql")
        text = path.read_text(encoding="utf-8")
        # procrastinate owns its schema; the directive says where in our order it is made.
        runs = text.replace(_QUEUE_DIRECTIVE, SchemaManager.get_schema())
        found.append(Migration(int(match[1]), match[2], runs, sha256(text.encode()).hexdigest()))
    found.sort(key=lambda item: item.version)
    if [item.version for item in found] != list(range(1, len(found) + 1)):
        raise ValueError("migrations are numbered from 0001 without gaps")
    return found


async def applied(tx: Tx) -> dict[int, str]:
    """Return the digests of the applied migrations by version."""
    return {row["version"]: row["digest"] for row in await tx.all("migrations_applied")}


async def pending(database: Database) -> list[Migration]:
    """Return what still has to run; raise OwnFault when an applied migration was edited or is unknown.

    Changes nothing, so that a login which may not change the schema can ask.
    """
    async with database.transaction() as tx:
        there = await tx.one("migrations_table")
        done = await applied(tx) if there and there["there"] else {}
    ours = {item.version: item for item in shipped()}
    for version, digest in done.items():
        if version not in ours:
            raise OwnFault(f"the database has migration {version}, which this version does not know")
        if ours[version].digest != digest:
            raise OwnFault(f"migration {version} was edited after it had been applied")
    return [item for item in ours.values() if item.version not in done]


async def migrate(
    database: Database, clock: Callable[[], datetime], *, app: str | None = None
) -> list[Migration]:
    """Apply everything pending, one transaction each; return what was applied.

    Then the server's login `app` gets exactly what it needs (see grants.py), also when nothing was pending.
    Two servers that start together do not run a step twice: the second waits for the first's lock. Raise
    LookupError, before anything is applied, when there is no such login.
    """
    if app is not None:
        async with database.transaction() as tx:
            if not await grants.exists(tx, app):
                raise LookupError(f"there is no login {app}")
    async with database.transaction() as tx:
        await tx.script(_SCHEMA_TABLE)
    ran = []
    for step in await pending(database):
        async with database.transaction() as tx:
            await tx.script(_LOCK_TIMEOUT)
            await tx.script("lock table schema_migration in exclusive mode")
            if step.version in await applied(tx):
                continue
            await tx.script(step.text)
            await tx.run(
                "migration_record",
                {"version": step.version, "name": step.name, "digest": step.digest, "at": clock()},
            )
        ran.append(step)
    if app is not None:
        async with database.transaction() as tx:
            # Two who grant at once would change the same rows of the catalogue, which PostgreSQL refuses.
            await tx.script("lock table schema_migration in exclusive mode")
            await grants.grant(tx, app)
    return ran
