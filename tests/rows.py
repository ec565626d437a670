"""Looking behind the server's back: a connection of one's own, so that only what was committed is seen."""

from contextlib import closing
from typing import Any

import psycopg2


def rows(dsn: str, query: str, *params: Any) -> list[tuple[Any, ...]]:
    """Return what a query finds in the database now."""
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def execute(dsn: str, command: str, *params: Any) -> None:
    """Run and commit a command."""
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(command, params)


def trail(dsn: str, action: str) -> list[tuple[Any, ...]]:
    """Return (outcome, actor, subject, patient) of an action's audit lines, oldest first, ids as texts."""
    return rows(
        dsn,
        "select outcome, actor_id::text, subject_id::text, patient_id::text from audit_event "
        "where action = %s order by id",
        action,
    )


def blocked(dsn: str) -> bool:
    """Say whether a connection to this database waits for another's lock."""
    found = rows(
        dsn,
        "select count(*) from pg_stat_activity "
        "where datname = current_database() and wait_event_type = 'Lock'",
    )
    return bool(found[0][0])
