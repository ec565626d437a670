"""An auditor reads and verifies records; damage is named; all others are refused, finding included."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from actions import archive_reading
from actions.addenda import append_addendum, close_addendum
from actions.archive_reading import RecordView, read_record, search, verify, verify_all
from actions.context import ActionRefused, Context, UnitOfWork
from chat_archive.entry import addendum_of
from chat_archive.verify import Finding, FindingKind, Verdict
from domain.accounts import SYSTEM, Account, Actor, Role, actor_of
from domain.consultation import ConsultationState
from domain.errors import NotFound
from domain.facts import EntryKind
from storage.archive import PgArchiveStore
from tests.integration.actions.visits import keep, make_visit, spoken
from tests.people import make_admin, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, trail

MAKERS: dict[str, Callable[[UnitOfWork], Awaitable[Account]]] = {
    "patient": make_patient,
    "doctor": make_doctor,
    "pharmacist": make_pharmacist,
    "admin": make_admin,
}


def behind(dsn: str, command: str, *params: Any) -> None:
    """Change rows with the triggers off, which only a superuser can: what an intruder would do."""
    execute(dsn, f"set session_replication_role = replica; {command}", *params)


def destroy_key(dsn: str, consultation_id: UUID) -> None:
    behind(
        dsn,
        "update archive_key set wrapped = null, destroyed_at = created_at where conversation_id = %s",
        str(consultation_id),
    )


async def record_of(work: UnitOfWork, actor: Actor, consultation_id: UUID) -> RecordView:
    async with work.begin(actor, "read") as ctx:
        return await read_record(ctx, consultation_id)


async def verdict_of(work: UnitOfWork, actor: Actor, consultation_id: UUID) -> Verdict:
    async with work.begin(actor, "verify") as ctx:
        return await verify(ctx, consultation_id)


# --- reading -----------------------------------------------------------------------------------------------


async def test_a_record_is_read_whole_with_its_authors(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await spoken(work, "我头疼", "多久了？")
    await visit.admit()
    await visit.finish()
    view = await record_of(work, auditor, visit.id)
    assert [entry.kind for entry in view.entries] == ["arrived", "chat", "chat", "admitted", "finished"]
    assert view.found.entries == 5
    assert view.found.consultation.state is ConsultationState.FINISHED
    assert view.authors == {
        visit.patient.id: (visit.patient.display_name, Role.PATIENT),
        visit.doctor.id: (visit.doctor.display_name, Role.DOCTOR),
    }
    assert trail(dsn, "archive.read") == [
        ("done", str(auditor.account_id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_a_long_record_is_read_to_its_end(
    work: UnitOfWork, auditor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_reading, "_PAGE", 3)
    visit = await spoken(work, *"abcdefgh")
    assert [entry.seq for entry in (await record_of(work, auditor, visit.id)).entries] == list(range(1, 10))
    assert (await verdict_of(work, auditor, visit.id)).entries == 9


async def test_a_record_without_entries_is_empty(work: UnitOfWork, auditor: Actor) -> None:
    visit = await make_visit(work)
    view = await record_of(work, auditor, visit.id)
    assert (view.entries, view.authors, view.found.entries) == ([], {}, 0)


async def test_a_damaged_record_is_still_read(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await spoken(work, "a", "b")
    behind(
        dsn,
        "update archive_entry set sealed = repeat('x', 40)::bytea, author = 'nobody', kind = 'odd', "
        "recorded_at = 'infinity' where seq = 2",
    )
    view = await record_of(work, auditor, visit.id)
    assert (view.entries[1].body, view.entries[1].kind) == (None, "odd")
    assert [entry.damaged for entry in view.entries] == [False, True, False]
    assert not any(entry.destroyed for entry in view.entries)
    assert view.entries[2].body == b'{"text":"b"}'


async def test_a_record_whose_key_was_destroyed_shows_that_and_is_no_damage(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "a")
    await visit.admit()
    await visit.finish()
    async with work.begin(SYSTEM, "destroy") as ctx:
        await append_addendum(ctx, visit.id, EntryKind.DESTROYED, {})
    destroy_key(dsn, visit.id)
    view = await record_of(work, auditor, visit.id)
    assert [(entry.body, entry.salt, entry.destroyed) for entry in view.entries] == [(None, None, True)] * 5
    assert not any(entry.damaged for entry in view.entries)
    verdict = await verdict_of(work, auditor, visit.id)
    assert (verdict.intact, verdict.entries, verdict.bodies, verdict.destroyed) == (True, 5, 0, True)
    assert all([one.destroyed and one.intact async for _, one in verify_all(work, "all")])
    behind(dsn, "update archive_entry set author = 'x' where seq = 2 and kind = 'chat'")
    verdict = await verdict_of(work, auditor, visit.id)
    assert [(finding.seq, finding.kind) for finding in verdict.findings] == [(2, FindingKind.ALTERED)]


async def test_a_key_that_was_taken_away_as_if_destroyed_is_named(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    """Whoever owns the database can write so; an entry in the log they have not."""
    visit, other = await spoken(work, "a"), await spoken(work, "b")
    await visit.admit()
    await visit.finish()
    async with work.begin(SYSTEM, "later") as ctx:
        await append_addendum(ctx, visit.id, EntryKind.FILE, {"name": "scan.pdf"})
    destroy_key(dsn, visit.id)
    verdict = await verdict_of(work, auditor, visit.id)
    assert (verdict.intact, verdict.destroyed) == (False, False)
    wanted = {(None, FindingKind.KEY_UNUSABLE, part) for part in (visit.id, addendum_of(visit.id))}
    assert {(one.seq, one.kind, one.conversation_id) for one in verdict.findings} == wanted
    assert "no entry records that" in verdict.findings[0].message
    everywhere = [one async for _, verdict in verify_all(work, "all") for one in verdict.findings]
    assert {(one.seq, one.kind, one.conversation_id) for one in everywhere} == wanted
    assert (await verdict_of(work, auditor, other.id)).intact


@pytest.mark.parametrize(
    "damage",
    [
        "update archive_key set kek = 'unknown'",
        "update archive_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)",
        "delete from archive_key",
    ],
    ids=["its name", "its bytes", "taken away"],
)
async def test_a_key_that_cannot_be_used_breaks_no_page_and_is_named(
    work: UnitOfWork, auditor: Actor, dsn: str, damage: str
) -> None:
    visit = await spoken(work, "a")
    work.keys.forget(visit.id)
    behind(dsn, damage)
    view = await record_of(work, auditor, visit.id)
    assert [(entry.body, entry.damaged, entry.destroyed) for entry in view.entries] == [
        (None, True, False)
    ] * 2
    verdict = await verdict_of(work, auditor, visit.id)
    assert [(item.seq, item.kind) for item in verdict.findings] == [(None, FindingKind.KEY_UNUSABLE)]
    assert str(visit.id) in verdict.findings[0].message


async def test_later_facts_follow_the_conversation_and_are_verified_with_it(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "a")
    await visit.admit()
    await visit.finish()
    async with work.begin(SYSTEM, "later") as ctx:
        await append_addendum(ctx, visit.id, EntryKind.FILE, {"name": "scan.pdf"})
        await close_addendum(ctx, visit.id)
    view = await record_of(work, auditor, visit.id)
    addendum = addendum_of(visit.id)
    assert [(entry.conversation_id, entry.seq, entry.kind) for entry in view.entries] == [
        (visit.id, 1, "arrived"),
        (visit.id, 2, "chat"),
        (visit.id, 3, "admitted"),
        (visit.id, 4, "finished"),
        (addendum, 1, "file"),
        (addendum, 2, "closed"),
    ]
    assert view.entries[4].body == b'{"name":"scan.pdf"}'
    assert view.found.entries == 4
    verdict = await verdict_of(work, auditor, visit.id)
    assert (verdict.intact, verdict.entries, verdict.bodies) == (True, 6, 6)
    behind(dsn, "update archive_entry set author = 'x' where conversation_id = %s and seq = 1", str(addendum))
    verdict = await verdict_of(work, auditor, visit.id)
    assert [(item.conversation_id, item.seq, item.kind) for item in verdict.findings] == [
        (addendum, 1, FindingKind.ALTERED)
    ]


# --- verifying ---------------------------------------------------------------------------------------------


async def test_a_sound_record_is_intact(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await spoken(work, "a", "b")
    verdict = await verdict_of(work, auditor, visit.id)
    last = (await record_of(work, auditor, visit.id)).entries[-1]
    assert verdict == Verdict(True, 3, last.entry_hash, [], bodies=3)
    assert trail(dsn, "archive.verify") == [
        ("done", str(auditor.account_id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_a_record_without_entries_is_intact(work: UnitOfWork, auditor: Actor) -> None:
    visit = await make_visit(work)
    assert await verdict_of(work, auditor, visit.id) == Verdict(True, 0, None, [])


async def test_one_byte_of_one_message_changed_behind_the_servers_back_is_named(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "一天两次", "好的", "再见")
    other = await spoken(work, "fine")
    behind(
        dsn,
        "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "
        "where conversation_id = %s and seq = 3",
        str(visit.id),
    )
    verdict = await verdict_of(work, auditor, visit.id)
    assert verdict.findings == [
        Finding(
            3,
            FindingKind.BODY_DAMAGED,
            f"the body of entry 3 of conversation {visit.id} is damaged: it is not what was sealed there",
            visit.id,
        )
    ]
    assert (await verdict_of(work, auditor, other.id)).intact


@pytest.mark.parametrize(
    ("damage", "seq", "kind"),
    [
        ("update archive_entry set author = 'x' where seq = 2", 2, FindingKind.ALTERED),
        ("update archive_entry set kind = 'media' where seq = 2", 2, FindingKind.ALTERED),
        (
            "update archive_entry set recorded_at = recorded_at + interval '1 microsecond' where seq = 2",
            2,
            FindingKind.ALTERED,
        ),
        ("update archive_entry set recorded_at = '-infinity' where seq = 2", 2, FindingKind.ALTERED),
        ("update archive_entry set commitment = sha256('x') where seq = 2", 2, FindingKind.ALTERED),
        (
            "update archive_entry set sealed = (select sealed from archive_entry where seq = 3) "
            "where seq = 2",
            2,
            FindingKind.BODY_DAMAGED,
        ),
        ("update archive_entry set message_id = conversation_id where seq = 2", 2, FindingKind.ALTERED),
        ("update archive_entry set entry_hash = sha256('x') where seq = 4", 4, FindingKind.ALTERED),
        ("delete from archive_entry where seq = 1", 1, FindingKind.MISSING),
        ("delete from archive_entry where seq = 3", 3, FindingKind.MISSING),
        ("delete from archive_entry where seq > 2", 3, FindingKind.TRUNCATED),
        ("delete from archive_entry", 1, FindingKind.TRUNCATED),
        ("update archive_head set size = 2", 3, FindingKind.ADDED),
        ("update archive_head set last_hash = sha256('x')", 4, FindingKind.HEAD_DIFFERS),
        ("delete from archive_head", None, FindingKind.HEAD_MISSING),
    ],
)
async def test_damage_is_named(
    work: UnitOfWork, auditor: Actor, dsn: str, damage: str, seq: int | None, kind: FindingKind
) -> None:
    visit = await spoken(work, "a", "b", "c")
    behind(dsn, damage)
    verdict = await verdict_of(work, auditor, visit.id)
    assert [(finding.seq, finding.kind) for finding in verdict.findings] == [(seq, kind)]


async def test_what_is_said_while_the_verifier_reads_is_no_damage(
    work: UnitOfWork, auditor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await spoken(work, "a")
    store = PgArchiveStore
    original, more = store.head, iter("bcd")

    async def head_after_one_more(self: Any, conversation: UUID) -> Any:
        for text in more:
            await keep(work, visit.chat(text))
            break
        return await original(self, conversation)

    monkeypatch.setattr(store, "head", head_after_one_more)
    verdict = await verdict_of(work, auditor, visit.id)
    assert (verdict.intact, verdict.entries) == (True, 5)


async def test_all_conversations_are_verified_one_by_one(
    work: UnitOfWork, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_reading, "_PAGE", 2)
    monkeypatch.setattr(archive_reading, "_BATCH", 2)
    visits = [await spoken(work, "a", "b") for _ in range(5)]
    await make_visit(work)
    stray = UUID(int=5)
    behind(dsn, "delete from archive_head where conversation_id = %s", str(visits[0].id))
    behind(
        dsn,
        "update archive_entry set sealed = (select sealed from archive_entry where seq = 2 "
        "and conversation_id <> %s limit 1) where seq = 2 and conversation_id = %s",
        str(visits[3].id),
        str(visits[3].id),
    )
    execute(
        dsn,
        "insert into archive_head (conversation_id, size, last_hash) values (%s, 2, sha256('x'))",
        str(stray),
    )
    done: list[int] = []
    verdicts = {item: verdict async for item, verdict in verify_all(work, "command", done.append)}
    broken = {
        item: [(finding.seq, finding.kind) for finding in verdict.findings]
        for item, verdict in verdicts.items()
        if not verdict.intact
    }
    assert broken == {
        stray: [(1, FindingKind.TRUNCATED)],
        visits[0].id: [(None, FindingKind.HEAD_MISSING)],
        visits[3].id: [(2, FindingKind.BODY_DAMAGED)],
    }
    assert verdicts.keys() == {stray, *(visit.id for visit in visits)}
    assert done == [1, 2, 3, 4, 5, 6]
    lines = trail(dsn, "archive.verify")
    assert len(lines) == 6
    assert {line[:2] for line in lines} == {("done", None)}


async def test_an_empty_archive_is_verified(work: UnitOfWork) -> None:
    assert [item async for item in verify_all(work, "command")] == []


# --- refusals ----------------------------------------------------------------------------------------------

READINGS: dict[str, Callable[[Context, UUID], Awaitable[object]]] = {
    "archive.search": lambda ctx, _: search(ctx),
    "archive.read": read_record,
    "archive.verify": verify,
}


@pytest.mark.parametrize("action", READINGS)
@pytest.mark.parametrize("role", MAKERS)
async def test_only_auditors_read_the_archive(work: UnitOfWork, dsn: str, role: str, action: str) -> None:
    visit = await spoken(work, "a")
    stranger = await MAKERS[role](work)
    own = {"patient": visit.patient, "doctor": visit.doctor}.get(role, stranger)
    for person in (stranger, own):
        with pytest.raises(ActionRefused):
            async with work.begin(actor_of(person), "test") as ctx:
                await READINGS[action](ctx, visit.id)
    assert [line[:2] for line in trail(dsn, action)] == [
        ("refused", str(person.id)) for person in (stranger, own)
    ]


@pytest.mark.parametrize("action", ["archive.search", "archive.read"])
async def test_the_system_itself_does_not_read_the_archive(work: UnitOfWork, action: str) -> None:
    with pytest.raises(ActionRefused):
        async with work.begin(SYSTEM, "test") as ctx:
            await READINGS[action](ctx, UUID(int=1))


@pytest.mark.parametrize("action", ["archive.read", "archive.verify"])
async def test_an_unknown_consultation_has_no_record(work: UnitOfWork, auditor: Actor, action: str) -> None:
    with pytest.raises(NotFound):
        async with work.begin(auditor, "test") as ctx:
            await READINGS[action](ctx, UUID(int=1))
