"""What the PostgreSQL that we talk to is, and how it keeps what it acknowledges. What is good enough is
decided by the composition root."""

from dataclasses import dataclass

from storage.pool import Database


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """As PostgreSQL itself says them, for this login. `version_number` is like 180004 for 18.4."""

    version_number: int
    version: str
    fsync: str
    full_page_writes: str
    synchronous_commit: str
    encoding: str


async def server_facts(database: Database) -> ServerFacts:
    """Return the facts; raise PartnerDown when PostgreSQL does not answer."""
    async with database.transaction() as tx:
        row = await tx.one("server_facts")
    if row is None:
        raise LookupError("a select without a table returns one row")
    return ServerFacts(**row)


async def answers(database: Database) -> None:
    """Return when PostgreSQL answers; raise PartnerDown otherwise."""
    async with database.transaction() as tx:
        await tx.one("database_answers")
