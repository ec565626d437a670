"""What the server's login may do: exactly what was decided, and nothing to what is in the record."""

from collections.abc import AsyncIterator, Iterator

import psycopg2
import pytest

from server.embedded_postgres import EmbeddedPostgres
from storage.grants import INSERT_ONLY, PRIVILEGES, login_facts
from storage.migrate import migrate
from storage.pool import Database, login_of
from tests.conftest import Clock
from tests.hospital_database import HospitalDatabase

GUARDED = sorted(INSERT_ONLY)
_COLUMNS = {
    "archive_checkpoint": "note",
    "archive_cosignature": "line",
    "archive_entry": "entry_hash",
    "archive_epoch": "reason",
    "archive_leaf": "index",
    "archive_sample": "seed",
    "archive_sample_item": "place",
    "archive_sample_review": "finding",
    "archive_tile": "hashes",
    "audit_event": "action",
    "name_opinion": "opinion",
    "account_consent": "version",
    "destroyed_record": "register_seq",
    "destruction": "destroyed_at",
    "destruction_approval": "approved_at",
    "destruction_record": "rule",
    "destruction_spared": "why",
    "guardian_consent": "relationship",
    "ledger_entry": "amount_minor",
    "ledger_journal": "kind",
    "legal_hold": "reason",
    "legal_hold_lift": "reason",
    "object": "message_id",
    "object_kept": "sealed_digest",
    "object_removed": "why",
    "patient_correction": "name",
    "payment_event": "outcome",
    "reconciliation": "ours",
    "reconciliation_difference": "reference",
    "provider_movement": "currency",
    "refund_decision": "reason",
    "refund_movement": "reference",
    "waitlist_offer": "at",
}
DENIED = ("permission denied", "must be owner", "refused")


@pytest.fixture(scope="module")
def place(cluster: EmbeddedPostgres) -> Iterator[HospitalDatabase]:
    made = HospitalDatabase(cluster)
    made.make()
    yield made
    made.remove()


@pytest.fixture
async def owned(place: HospitalDatabase, clock: Clock) -> AsyncIterator[Database]:
    """The database as its owner, migrated and granted."""
    opened = await Database.connect(place.dsn(place.owner), size=1)
    await migrate(opened, clock, app=place.app)
    yield opened
    await opened.close()


@pytest.fixture
async def served(place: HospitalDatabase, owned: Database) -> AsyncIterator[Database]:
    """The same as the server's login."""
    opened = await Database.connect(place.dsn(place.app), size=2)
    yield opened
    await opened.close()


async def test_every_table_is_decided_and_every_decision_has_its_table(owned: Database) -> None:
    async with owned.transaction() as tx:
        there = {row["name"] for row in await tx.all("grants_found")}
    assert there == set(PRIVILEGES)


def test_every_insert_only_table_may_be_read_and_added_to_and_no_more() -> None:
    assert {PRIVILEGES[name] for name in INSERT_ONLY} == {("SELECT", "INSERT")}


async def test_the_login_may_do_exactly_what_was_decided(served: Database, place: HospitalDatabase) -> None:
    facts = await login_facts(served)
    assert facts.login == place.app
    assert (facts.excess, facts.missing, facts.unguarded) == ((), (), ())
    assert (facts.attributes, facts.roles, facts.owned) == ((), (), ())


async def test_migrating_again_takes_back_what_was_granted_beside_it(
    owned: Database, served: Database, place: HospitalDatabase, clock: Clock
) -> None:
    async with owned.transaction() as tx:
        for statement in (
            "grant delete, trigger on archive_entry to {app}",
            "grant update (note) on archive_checkpoint to public",
            "revoke select on account from {app}",
            "alter default privileges in schema public grant all on tables to {app}",
            "create table later (n int)",
        ):
            await tx.script(statement.format(app=place.app))
    facts = await login_facts(served)
    assert "archive_entry: DELETE, TRIGGER" in facts.excess
    assert "archive_checkpoint: UPDATE" in facts.excess
    assert any(line.startswith("later: DELETE") for line in facts.excess)
    assert facts.missing == ("account: SELECT",)
    assert await migrate(owned, clock, app=place.app) == []
    facts = await login_facts(served)
    assert (facts.excess, facts.missing) == ((), ())
    async with owned.transaction() as tx:
        await tx.script("drop table later; create table later (n int)")
    assert (await login_facts(served)).excess == ()
    async with owned.transaction() as tx:
        await tx.script("drop table later")


async def test_a_login_that_does_not_exist_is_not_granted_anything(owned: Database, clock: Clock) -> None:
    with pytest.raises(LookupError, match="nobody_here"):
        await migrate(owned, clock, app="nobody_here")


async def test_a_guard_that_is_switched_off_is_named(owned: Database, served: Database) -> None:
    async with owned.transaction() as tx:
        await tx.script("alter table archive_leaf disable trigger archive_leaf_insert_only")
    try:
        assert (await login_facts(served)).unguarded == ("archive_leaf",)
    finally:
        async with owned.transaction() as tx:
            await tx.script("alter table archive_leaf enable trigger archive_leaf_insert_only")


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "statement",
    [
        "update {table} set {column} = {column}",
        "delete from {table}",
        "truncate {table} cascade",
        "alter table {table} disable trigger all",
        "alter table {table} disable trigger {table}_insert_only",
        "drop trigger {table}_insert_only on {table}",
        "alter table {table} add column mine int",
        "drop table {table} cascade",
        "create trigger mine before insert on {table} for each row execute function refuse_change()",
        "create rule mine as on insert to {table} do instead nothing",
        "copy {table} from program 'echo'",
        "copy {table} to '/tmp/mine'",
        "lock table {table} in access exclusive mode",
    ],
)
async def test_the_servers_login_cannot_change_what_is_in_the_record(
    served: Database, table: str, statement: str
) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege) as refused:
        async with served.transaction() as tx:
            await tx.script(statement.format(table=table, column=_COLUMNS[table]))
    assert any(word in str(refused.value) for word in DENIED)


@pytest.mark.parametrize(
    "statement",
    [
        "set session_replication_role = replica",
        "create table mine (n int)",
        "create temporary table mine (n int)",
        "create schema mine",
        "create function mine() returns int language sql as 'select 1'",
        "create role mine",
        "drop extension plpgsql cascade",
        "set role {owner}",
        "set session authorization {owner}",
        "alter role {app} superuser",
        "grant {owner} to {app}",
        "alter table archive_head drop column size",
        "delete from archive_head",
        "delete from archive_key",
        "truncate archive_tree",
        "create or replace function refuse_change() returns trigger language plpgsql as 'begin end'",
        "drop function refuse_change() cascade",
        "delete from schema_migration",
        "do $$ begin perform pg_read_file('/etc/hostname'); end $$",
        "select setval('audit_event_id_seq', 1)",
    ],
)
async def test_the_servers_login_cannot_make_itself_stronger(
    served: Database, place: HospitalDatabase, statement: str
) -> None:
    with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.InvalidParameterValue)):
        async with served.transaction() as tx:
            await tx.script(statement.format(owner=place.owner, app=place.app))


async def test_the_servers_login_begins_the_log_and_no_other_epoch(served: Database, owned: Database) -> None:
    epoch = (
        "insert into archive_epoch"
        " (number, origin, log_key, first_size, reason, approved_by, approved_too_by, began_at)"
        " values ({number}, '{number}', 'k', 0, 'r', {approved}, {approved_too}, '2026-01-01')"
    )
    later = epoch.format(number=2, approved="gen_random_uuid()", approved_too="gen_random_uuid()")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="begun by the owner"):
        async with served.transaction() as tx:
            await tx.script(later)
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        async with owned.transaction() as tx:
            await tx.script(later)
    async with served.transaction() as tx:
        await tx.script(epoch.format(number=1, approved="null", approved_too="null"))


@pytest.mark.parametrize("table", GUARDED)
async def test_even_the_owner_does_not_change_the_record_by_mistake(owned: Database, table: str) -> None:
    for statement in ("delete from {table}", "truncate {table} cascade"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="insert-only"):
            async with owned.transaction() as tx:
                await tx.script(statement.format(table=table))


async def test_no_function_lends_its_owners_rights(owned: Database, place: HospitalDatabase) -> None:
    done = place.psql(
        place.owner, "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
    )
    assert "(0 rows)" in done.stdout


@pytest.mark.parametrize(
    ("strength", "fact"),
    [
        ("superuser", "SUPERUSER"),
        ("createrole", "CREATEROLE"),
        ("bypassrls", "BYPASSRLS"),
        ("replication", "REPLICATION"),
        ("createdb", "CREATEDB"),
    ],
)
async def test_what_a_login_may_become_is_held_against_it(
    served: Database, place: HospitalDatabase, strength: str, fact: str
) -> None:
    other = f"strong_{strength}_{place.name}"
    place.cluster.sql("postgres", f"create role {other} {strength}")
    place.cluster.sql("postgres", f"grant {other} to {place.app} with inherit false")
    try:
        assert fact in (await login_facts(served)).attributes
    finally:
        place.cluster.sql("postgres", f"drop role {other}")
    assert (await login_facts(served)).attributes == ()


async def test_membership_in_the_owner_and_predefined_roles_is_seen(
    served: Database, place: HospitalDatabase
) -> None:
    for role in (place.owner, "pg_execute_server_program"):
        place.cluster.sql("postgres", f"grant {role} to {place.app} with inherit false")
    try:
        facts = await login_facts(served)
    finally:
        for role in (place.owner, "pg_execute_server_program"):
            place.cluster.sql("postgres", f"revoke {role} from {place.app}")
    assert facts.roles == ("pg_execute_server_program",)
    assert {"archive_entry", "audit_event", "the database"} <= set(facts.owned)


async def test_the_right_to_switch_triggers_off_is_seen(served: Database, place: HospitalDatabase) -> None:
    place.cluster.sql("postgres", f"grant set on parameter session_replication_role to {place.app}")
    try:
        assert (await login_facts(served)).attributes == ("SET session_replication_role",)
    finally:
        place.cluster.sql("postgres", f"revoke set on parameter session_replication_role from {place.app}")


@pytest.mark.parametrize(
    ("dsn", "login"),
    [
        ("postgresql://app:x@host/db", "app"),
        ("postgresql://host/db?user=app%40x", "app@x"),
        ("host=x user=app dbname=y", "app"),
        ("postgresql://host/db", None),
    ],
)
def test_the_login_of_an_address_is_read(dsn: str, login: str | None) -> None:
    assert login_of(dsn) == login


async def test_of_a_patient_name_and_birth_date_alone_change(
    place: HospitalDatabase, served: Database
) -> None:
    del served
    with psycopg2.connect(place.dsn(place.app)) as opened, opened.cursor() as cursor:
        cursor.execute("update patient set name = name, birth_date = birth_date")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("update patient set account_id = null")
    opened.close()
