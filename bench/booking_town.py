"""A town for the booking benchmark: doctors with hours, patients who are signed in, appointments that stand.

Made by SQL, with ids that follow from numbers: making a million rows by the actions would take hours.
"""

import hashlib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg2

from domain.accounts import SESSION_ABSOLUTE, SESSION_IDLE
from domain.practitioner import Specialty

ZONE = "Asia/Shanghai"
SLOT = timedelta(minutes=30)
_PEOPLE = """
insert into account (id, login, password_hash, role, display_name, locale, email, demo, created_at)
select md5('account-' || n)::uuid, 'patient.' || n, 'x', 'patient', '患者' || n, 'zh-CN',
    'patient.' || n || '@bench.example', false, %(now)s
from generate_series(%(first)s, %(last)s) n;
insert into patient (id, account_id, name, birth_date, created_at)
select md5('patient-' || n)::uuid, md5('account-' || n)::uuid, '患者' || n, date '1980-01-01', %(now)s
from generate_series(%(first)s, %(last)s) n;
insert into session (
    id, account_id, state, token_hash, user_agent, created_at, last_seen_at, idle_expires_at,
    absolute_expires_at
)
select md5('session-' || n)::uuid, md5('account-' || n)::uuid, 'open', sha256(('token-' || n)::bytea),
    'bench', %(now)s, %(now)s, %(idle)s, %(absolute)s
from generate_series(%(first)s, %(last)s) n;
"""
_DOCTORS = """
insert into account (id, login, password_hash, role, display_name, locale, demo, created_at)
select md5('doctor-account-' || n)::uuid, 'doctor.' || n, 'x', 'doctor', '医生' || n, 'zh-CN', false, %(now)s
from generate_series(1, %(doctors)s) n;
insert into practitioner (id, account_id, name, title, specialty, created_at)
select md5('doctor-' || n)::uuid, md5('doctor-account-' || n)::uuid, '医生' || lpad(n::text, 5, '0'),
    '主任医师', '内科', %(now)s
from generate_series(1, %(doctors)s) n;
insert into practitioner_role (
    practitioner_id, state, specialty_code, licence_number, fee_minor, currency, languages, practising_since,
    consent_on_file
)
select md5('doctor-' || n)::uuid, 'approved',
    (%(specialties)s::text[])[1 + n %% cardinality(%(specialties)s::text[])], 'licence-' || n, 0,
    'CNY', '{zh}', 2001, true
from generate_series(1, %(doctors)s) n;
insert into schedule_template (
    id, practitioner_id, practitioner_number, weekday, begins_minute, ends_minute, slot_minutes, capacity,
    zone, valid_from, created_at
)
select md5('hours-' || d.number || '-' || weekday || '-' || part)::uuid, d.id, d.number, weekday,
    part.begins, part.ends, 30, 1, %(zone)s, %(now)s::date - 2, %(now)s
from practitioner d, generate_series(1, 7) weekday,
    unnest(%(begins)s::int[], %(ends)s::int[]) part(begins, ends);
"""


def token(number: int) -> str:
    """Return the session's token of a patient."""
    return f"token-{number}"


def made_id(kind: str, number: int) -> UUID:
    """Return the id of a thing of the town: account, patient, doctor."""
    return UUID(hashlib.md5(f"{kind}-{number}".encode(), usedforsecurity=False).hexdigest())


def midnight(now: datetime, days: int) -> datetime:
    """Return a midnight in ZONE so many days ahead; it has no other time in the whole year."""
    local = now + timedelta(hours=8)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC) + timedelta(
        days=days, hours=-8
    )


def run(dsn: str, text: str, params: dict[str, Any] | None = None) -> list[Any]:
    """Run SQL in a transaction of its own; return the rows of the last statement, if it has any."""
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(text, params)
        return list(cursor.fetchall()) if cursor.description else []


def vacuum(dsn: str) -> None:
    """Have PostgreSQL know its tables, as it would after a quiet hour."""
    with closing(psycopg2.connect(dsn)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")


def make_doctors(dsn: str, count: int, now: datetime, hours: list[tuple[int, int]]) -> None:
    """Make approved doctors whose visits cost nothing, with these parts of every day (minutes)."""
    run(
        dsn,
        _DOCTORS,
        {
            "doctors": count,
            "now": now,
            "zone": ZONE,
            "specialties": [one.value for one in Specialty],
            "begins": [begins for begins, _ in hours],
            "ends": [ends for _, ends in hours],
        },
    )


def make_patients(dsn: str, first: int, last: int, now: datetime) -> None:
    """Make patients by number, with an address and an open session each."""
    times = {"now": now, "idle": now + SESSION_IDLE, "absolute": now + SESSION_ABSOLUTE}
    run(dsn, _PEOPLE, {"first": first, "last": last, **times})
