"""What schemathesis is told of us: who sends each request, and the ids of things that are really there.

Its command loads this through SCHEMATHESIS_HOOKS. CONTRACT_DSN is the server's database, CONTRACT_URL its
address.
"""

import os
import secrets
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import schemathesis

from actions.sessions import _csrf_token
from booking_api.origin import CSRF_HEADER
from domain.accounts import SESSION_ABSOLUTE, SESSION_COOKIE, SESSION_IDLE

_PEOPLE = {
    "patient": "patient.li",
    "doctor": "doctor.zhang",
    "pharmacist": "pharmacist.sun",
    "auditor": "auditor.qian",
    "admin": "admin",
}
_TABLES = {
    "/api/accounts/": "account",
    "/api/appointments/": "appointment",
    "/api/archive/consultations/": "consultation",
    "/api/archive/keyword-searches/": "archive_search",
    "/api/archive/samples/": "archive_sample",
    "/api/bookings/": "appointment",
    "/api/consultations/": "consultation",
    "/api/doctor-leave/": "schedule_leave",
    "/api/doctor-profiles/": "practitioner",
    "/api/doctors/": "practitioner",
    "/api/identity-checks/": "identity_check",
    "/api/leave/": "schedule_leave",
    "/api/notices/": "notice",
    "/api/password-resets/": "one_time_code",
    "/api/passkeys/": "passkey",
    "/api/payments/": "payment",
    "/api/refunds/": "refund",
    "/api/registrations/": "one_time_code",
    "/api/retention/holds/": "legal_hold",
    "/api/retention/requests/": "destruction_request",
    "/api/schedule-exceptions/": "schedule_exception",
    "/api/weekly-hours/": "schedule_template",
}
"""Where the things live that an address names. What is not here is named by what schemathesis makes up."""
_FIELDS = {
    "consultation_id": "consultation",
    "patient_id": "patient",
    "practitioner_id": "practitioner",
}
_turn = count()


@cache
def _cursor() -> Any:
    connection = psycopg2.connect(os.environ["CONTRACT_DSN"])
    connection.autocommit = True
    return connection.cursor()


def _real(table: str) -> str | None:
    """Return the id of one of the newest rows, each in its turn; None when there is none."""
    _cursor().execute(f"select id::text from {table} order by id desc limit 40")  # noqa: S608  # One of ours.
    found = _cursor().fetchall()
    return str(found[next(_turn) % len(found)][0]) if found else None


def _is_uuid(value: object) -> bool:
    try:
        return str(UUID(str(value))) == value
    except ValueError:
        return False


@schemathesis.auth()
class EachWithASession:
    """Signs every request in anew, as the roles that may send it in turn: some of them end the session."""

    def get(self, case: Any, _: schemathesis.AuthContext) -> str:
        who = str(case.operation.definition.raw["description"])
        roles = list(_PEOPLE)
        if who.startswith("For roles: "):
            roles = who.removeprefix("For roles: ").rstrip(".").split(", ")
        login, token, now = (
            _PEOPLE[roles[next(_turn) % len(roles)]],
            secrets.token_urlsafe(32),
            datetime.now(UTC),
        )
        _cursor().execute("update account set disabled_at = null where login = %s", (login,))
        _cursor().execute(
            "insert into session (id, account_id, state, token_hash, user_agent, created_at, last_seen_at,"
            " idle_expires_at, absolute_expires_at)"
            " select %s, id, 'open', %s, 'tests', %s, %s, %s, %s from account where login = %s",
            (
                str(uuid4()),
                sha256(token.encode()).digest(),
                now,
                now,
                now + SESSION_IDLE,
                now + SESSION_ABSOLUTE,
                login,
            ),
        )
        return token

    def set(self, case: Any, data: str, _: schemathesis.AuthContext) -> None:
        ours = {"Origin": os.environ["CONTRACT_URL"], CSRF_HEADER: _csrf_token(data)}
        case.headers = {**(case.headers or {}), **ours}
        case.cookies = {**(case.cookies or {}), SESSION_COOKIE: data}


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: Any, __: dict[str, Any]) -> None:
    """Name what is there, where a well-formed id was made up: three times of four."""
    if next(_turn) % 4 == 0:
        return
    named = case.path_parameters or {}
    if _is_uuid(named.get("id")):
        table = next((table for begin, table in _TABLES.items() if case.path.startswith(begin)), None)
        real = _real(table) if table else None
        if real:
            case.path_parameters = {**named, "id": real}
    if isinstance(case.body, dict):
        for field, table in _FIELDS.items():
            if _is_uuid(case.body.get(field)) and (real := _real(table)):
                case.body[field] = real
