"""What the server's own login may do, table by table: the one place where that is decided.

The owner migrates and grants; the server serves with a login that owns nothing. After every migration
`grant` makes the login's privileges exactly these, whatever they were before. A table that is not named
here may not even be read: a test finds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.pool import Database, Tx

_READ = ("SELECT",)
_ADD = ("SELECT", "INSERT")
_MOVE = ("SELECT", "INSERT", "UPDATE")
_ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")

INSERT_ONLY = frozenset(
    {
        "account_consent",
        "archive_checkpoint",
        "archive_cosignature",
        "archive_entry",
        "archive_epoch",
        "archive_leaf",
        "archive_sample",
        "archive_sample_item",
        "archive_sample_review",
        "archive_tile",
        "audit_event",
        "destroyed_record",
        "destruction",
        "destruction_approval",
        "destruction_record",
        "destruction_spared",
        "guardian_consent",
        "ledger_entry",
        "ledger_journal",
        "legal_hold",
        "legal_hold_lift",
        "name_opinion",
        "object",
        "object_kept",
        "object_removed",
        "patient_correction",
        "payment_event",
        "provider_movement",
        "reconciliation",
        "reconciliation_difference",
        "refund_decision",
        "refund_movement",
        "waitlist_offer",
    }
)
"""The record: a trigger refuses every change of what was inserted, to everybody but a superuser."""

PRIVILEGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "account": _MOVE,
        "account_consent": _ADD,
        "account_contact": _ADD,
        "appointment": _MOVE,
        "appointment_calendar": _MOVE,
        "archive_checkpoint": _ADD,
        "archive_cosignature": _ADD,
        "archive_entry": _ADD,
        "archive_epoch": _ADD,
        "archive_head": _MOVE,
        "archive_key": _MOVE,
        "archive_leaf": _ADD,
        "archive_sample": _ADD,
        "archive_sample_item": _ADD,
        "archive_sample_review": _ADD,
        "archive_search": _MOVE,
        # Housekeeping removes what a search found when it expires.
        "archive_search_hit": _ALL,
        "archive_tile": _ADD,
        "archive_tree": _MOVE,
        "audit_event": _ADD,
        "consultation": _MOVE,
        "destroyed_record": _ADD,
        "destruction": _ADD,
        "destruction_approval": _ADD,
        "destruction_record": _ADD,
        "destruction_request": _MOVE,
        "destruction_spared": _ADD,
        # Housekeeping removes what outlived its use, and locks it first, which takes UPDATE.
        "idempotency_key": _ALL,
        "job_effect": _ALL,
        "follow_up": _MOVE,
        "guardian_consent": _ADD,
        "guest_invitation": _MOVE,
        "identity_check": _MOVE,
        "job_failure": _ADD,
        "ledger_entry": _ADD,
        "ledger_journal": _ADD,
        "legal_hold": _ADD,
        "legal_hold_lift": _ADD,
        "name_opinion": _ADD,
        "notice": _MOVE,
        "notice_preference": _MOVE,
        "object": _ADD,
        "object_kept": _ADD,
        "object_removed": _ADD,
        # Housekeeping removes codes that are over, and locks them first.
        "one_time_code": _ALL,
        # Who gives one up is rid of it; challenges are taken out when they are used.
        "passkey": _ALL,
        "passkey_challenge": _ALL,
        # Name and birth date alone can be corrected, until the name is verified; what they were is kept.
        "patient": ("SELECT", "INSERT", "UPDATE (name, birth_date)"),
        "patient_correction": _ADD,
        "patient_index_link": _MOVE,
        "single_sign_on": _ALL,
        "single_sign_on_attempt": _ALL,
        "payment": _MOVE,
        "payment_event": _ADD,
        # Title and specialty follow the profile.
        "practitioner": _MOVE,
        "practitioner_role": _MOVE,
        "provider_movement": _ADD,
        # The job queue's functions run with the rights of whoever calls them.
        "procrastinate_events": _ALL,
        "procrastinate_jobs": _ALL,
        "procrastinate_periodic_defers": _ALL,
        "procrastinate_workers": _ALL,
        # Codes and secrets go when others take their place, or when they are lost.
        "recovery_code": _ALL,
        "rebooking_offer": _MOVE,
        "reconciliation": _ADD,
        "reconciliation_difference": _ADD,
        "related_person": _MOVE,
        "refund": _MOVE,
        "refund_decision": _ADD,
        "refund_movement": _ADD,
        # Hours that are given up are taken away; the audit trail keeps that they were.
        "schedule_exception": _ALL,
        "schedule_leave": _ALL,
        "schedule_template": _ALL,
        "schema_migration": _READ,
        "second_factor": _ALL,
        "session": _ALL,
        "slot_ownership": _MOVE,
        "slot_request": _MOVE,
        "visit_safety": _MOVE,
        "waitlist_entry": _MOVE,
        "waitlist_offer": _ADD,
    }
)
"""Table -> what the server's login may do with its rows. Never TRUNCATE, REFERENCES, TRIGGER or MAINTAIN."""


@dataclass(frozen=True, slots=True)
class LoginFacts:
    """How strong the login of this connection is, as PostgreSQL says it; empty and false is how it should be.

    `attributes` are those of the login and of every role that it may become, `roles` the predefined roles
    among them that reach past a database's own rules, `owned` tables (and "the database") that it owns or
    may own. `excess` and `missing` compare its privileges with PRIVILEGES as "table: PRIVILEGE, ...".
    `unguarded` are insert-only tables whose guard is gone or switched off for this login.
    """

    login: str
    attributes: tuple[str, ...]
    roles: tuple[str, ...]
    owned: tuple[str, ...]
    excess: tuple[str, ...]
    missing: tuple[str, ...]
    unguarded: tuple[str, ...]


async def exists(tx: Tx, login: str) -> bool:
    """Say whether there is such a login."""
    return await tx.one("grants_role", {"login": login}) is not None


async def grant(tx: Tx, login: str) -> None:
    """Make the privileges of this login exactly PRIVILEGES; whoever runs it owns the tables.

    Running it again changes nothing. It becomes effective with the caller's commit, for open connections too.
    """
    rows = await tx.all(
        "grants_statements",
        {
            "login": login,
            "tables": list(PRIVILEGES),
            "privileges": [", ".join(privileges) for privileges in PRIVILEGES.values()],
        },
    )
    await tx.script(";\n".join(row["statement"] for row in rows))


async def login_facts(database: Database) -> LoginFacts:
    """Return how strong this connection's login is; raise PartnerDown when PostgreSQL does not answer."""
    async with database.transaction() as tx:
        row = await tx.one("grants_login")
        found = {item["name"]: set(item["privileges"]) for item in await tx.all("grants_found")}
        guards = {item["name"] for item in await tx.all("grants_guarded")}
    if row is None:
        raise LookupError("a select without a table returns one row")
    decided = {name: {one.partition(" (")[0] for one in PRIVILEGES.get(name, ())} for name in found}
    return LoginFacts(
        row["login"],
        tuple(row["attributes"]),
        tuple(row["roles"]),
        tuple(row["owned"]),
        _listed({name: found[name] - decided[name] for name in found}),
        _listed({name: decided[name] - found[name] for name in found}),
        tuple(sorted(INSERT_ONLY & (found.keys() - guards))),
    )


def _listed(privileges: Mapping[str, set[str]]) -> tuple[str, ...]:
    return tuple(
        f"{name}: {', '.join(sorted(privileges[name]))}" for name in sorted(privileges) if privileges[name]
    )
