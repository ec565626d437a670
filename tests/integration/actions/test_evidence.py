"""Evidence packs of a real database: what they hold, who may take them, and what is left behind."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from actions.addenda import append_addendum, close_addendum
from actions.context import UnitOfWork
from actions.evidence import EvidencePack, Maker, recorded_between, take_evidence
from actions.log_identity import LogKey
from chat_archive import pack
from chat_archive.entry import addendum_of
from chat_archive.note import VerifierKey
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Report, Trust, Verdict
from domain.accounts import SYSTEM, Actor
from domain.errors import Forbidden, InvalidInput, NotFound, WrongState
from domain.facts import EntryKind
from providers.object_store import FolderObjectStore
from tests.conftest import Clock
from tests.integration.actions.retention_desk import Desk
from tests.integration.actions.test_files import JPEG, PDF, add
from tests.integration.actions.visits import Visit, make_visit
from tests.logs import ORIGIN, begin, make_key, say, seal_all
from tests.people import make_doctor, make_patient
from tests.rows import execute, rows

MAKER = Maker("1.2.3", ())
TRUST = Trust(VerifierKey.parse(make_key().log_key(ORIGIN)))


@pytest.fixture
async def key(work: UnitOfWork) -> LogKey:
    return await begin(work)


async def make_over(work: UnitOfWork, *texts: str) -> Visit:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    await visit.talk(*texts)
    await visit.finish()
    return visit


@pytest.fixture
async def visit(work: UnitOfWork, key: LogKey) -> Visit:
    """A visit that is over and sealed, among others."""
    await say(work, [uuid4() for _ in range(3)], 5)
    made = await make_over(work, "头还疼吗？", "好多了 🙂")
    await say(work, [uuid4()], 3)
    await seal_all(work, key)
    return made


async def take(work: UnitOfWork, actor: Actor, *ids: UUID, reason: str = "a complaint") -> EvidencePack:
    return await take_evidence(work, actor, "take", ids, reason, MAKER)


def checked(taken: EvidencePack) -> Report:
    return verify_pack(b"".join(taken.chunks()), TRUST)


async def test_a_pack_of_a_visit_is_intact_and_says_what_was_said(
    work: UnitOfWork, auditor: Actor, visit: Visit
) -> None:
    taken = await take(work, auditor, visit.id)
    report = checked(taken)
    assert (report.findings, report.verdict) == ([], Verdict.INTACT)
    assert [(item.consultation_id, item.entries, item.closed) for item in report.conversations] == [
        (visit.id, 5, True)
    ]
    record = json.loads(taken.files[pack.record_name(visit.id)])
    assert [entry["body"] for entry in record["entries"]][2:4] == [
        '{"text":"头还疼吗？"}',
        '{"text":"好多了 🙂"}',
    ]
    about = json.loads(taken.files[pack.ABOUT])
    assert about["asked"]["account"] == str(auditor.account_id)
    assert (about["asked"]["role"], about["asked"]["reason"]) == ("auditor", "a complaint")
    assert {author["role"] for author in about["authors"]} == {"patient", "doctor"}
    policy = json.loads(taken.files[pack.POLICY])
    assert (policy["origin"], policy["log_key"]) == (ORIGIN, make_key().log_key(ORIGIN))


async def test_what_came_after_the_visit_is_in_it(
    work: UnitOfWork, auditor: Actor, visit: Visit, key: LogKey
) -> None:
    async with work.begin(SYSTEM, "later") as ctx:
        await append_addendum(ctx, visit.id, EntryKind.CONSENT, {"version": "1"})
    async with work.begin(SYSTEM, "later") as ctx:
        await close_addendum(ctx, visit.id)
    await seal_all(work, key)
    report = checked(await take(work, auditor, visit.id))
    assert report.findings == []
    assert {(item.conversation_id, item.part, item.closed) for item in report.conversations} == {
        (visit.id, "live", True),
        (addendum_of(visit.id), "addendum", True),
    }


async def test_after_lawful_destruction_the_proofs_still_verify_and_the_text_is_gone(
    desk: Desk, work: UnitOfWork, auditor: Actor, key: LogKey
) -> None:
    visit = await desk.old_visit("secret words")
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    await seal_all(work, key)
    taken = await take(work, auditor, visit.id)
    report = checked(taken)
    assert report.findings == []
    assert [item.destroyed for item in report.conversations] == [True, True]
    (note,) = [item for item in report.notes if "destroyed" in item]
    assert "under RET-1, asked for by 周正, approved by 陈晨 and 孙悦" in note
    assert desk.clock().strftime("on %Y-%m-%dT") in note
    assert b"secret words" not in b"".join(taken.chunks())


async def test_every_consultation_leaves_a_line_and_the_pack_one_with_its_digest(
    work: UnitOfWork, auditor: Actor, visit: Visit, key: LogKey, dsn: str
) -> None:
    other = await make_over(work, "x")
    await seal_all(work, key)
    taken = await take(work, auditor, visit.id, other.id, visit.id)
    lines = rows(
        dsn,
        "select subject_id::text, patient_id::text, actor_id::text, detail from audit_event"
        " where action = 'archive.export' order by id",
    )
    assert [(row[0], row[1], row[2]) for row in lines] == [
        (str(visit.id), str(visit.patient.patient_id), str(auditor.account_id)),
        (str(other.id), str(other.patient.patient_id), str(auditor.account_id)),
        (None, None, str(auditor.account_id)),
    ]
    assert [row[3]["reason"] for row in lines] == ["a complaint"] * 3
    assert lines[2][3]["sums"] == taken.sums == checked(taken).digests[pack.SUMS]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "a\x00b"])
async def test_without_a_reason_nothing_is_decrypted(
    work: UnitOfWork, auditor: Actor, visit: Visit, dsn: str, reason: str
) -> None:
    with pytest.raises(InvalidInput):
        await take(work, auditor, visit.id, reason=reason)
    assert rows(dsn, "select 1 from audit_event where action = 'archive.export'") == []


async def test_participants_and_doctors_take_none(work: UnitOfWork, visit: Visit, dsn: str) -> None:
    for actor in (visit.as_patient, visit.as_doctor):
        with pytest.raises(Forbidden):
            await take(work, actor, visit.id)
        with pytest.raises(Forbidden):
            await recorded_between(work, actor, "find", work.now(), work.now() + timedelta(days=1))
    refused = rows(dsn, "select outcome from audit_event where action = 'archive.export'")
    assert [row[0] for row in refused] == ["refused"] * 4


async def test_the_command_line_may_and_says_for_whom(work: UnitOfWork, visit: Visit) -> None:
    taken = await take_evidence(
        work, SYSTEM, "command-line", [visit.id], "court order 7", MAKER, asked_for="the court"
    )
    asked = json.loads(taken.files[pack.ABOUT])["asked"]
    assert (asked["account"], asked["name"], asked["role"]) == ("system", "the court", "system")


async def test_an_unknown_consultation_is_not_found(work: UnitOfWork, auditor: Actor, visit: Visit) -> None:
    with pytest.raises(NotFound):
        await take(work, auditor, uuid4())
    with pytest.raises(InvalidInput):
        await take(work, auditor)


async def test_what_is_over_and_not_sealed_is_not_taken(
    work: UnitOfWork, auditor: Actor, key: LogKey
) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    with pytest.raises(WrongState):
        await take(work, auditor, visit.id)
    await seal_all(work, key)
    await visit.admit()
    # It goes on: what is sealed so far is taken, and said not to be closed.
    report = checked(await take(work, auditor, visit.id))
    assert report.findings == []
    assert [(item.entries, item.closed) for item in report.conversations] == [(1, False)]
    await visit.finish()
    with pytest.raises(WrongState):
        await take(work, auditor, visit.id)
    await seal_all(work, key)
    assert [item.closed for item in checked(await take(work, auditor, visit.id)).conversations] == [True]


async def test_files_come_along_when_asked_for_and_one_that_is_damaged_is_left_out(
    work: UnitOfWork, auditor: Actor, key: LogKey, tmp_path: Path
) -> None:
    store = FolderObjectStore(tmp_path / "objects")
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    await add(visit, store, JPEG)
    await add(visit, store, PDF)
    await visit.finish()
    await seal_all(work, key)
    without = await take(work, auditor, visit.id)
    assert "2 files named by entries, not in this pack" in checked(without).notes
    both = await take_evidence(work, auditor, "take", [visit.id], "why", MAKER, store=store)
    report = checked(both)
    assert (report.findings, report.notes) == ([], [])
    assert {content for name, content in both.files.items() if name.startswith("files/")} == {JPEG, PDF}
    for path in (tmp_path / "objects").rglob("*"):
        if path.is_file() and path.stat().st_size < len(PDF):
            path.write_bytes(b"something else")
    one = checked(await take_evidence(work, auditor, "take", [visit.id], "why", MAKER, store=store))
    assert one.findings == []
    assert one.notes == ["1 file named by entries, not in this pack"]


async def test_damage_in_the_database_is_taken_along_and_found(
    work: UnitOfWork, auditor: Actor, visit: Visit, dsn: str
) -> None:
    execute(
        dsn,
        "set session_replication_role = replica;"
        " update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
        " where conversation_id = %s and seq = 3",
        str(visit.id),
    )
    report = checked(await take(work, auditor, visit.id))
    assert {(finding.kind, finding.conversation_id, finding.seq) for finding in report.findings} == {
        ("body-damaged", visit.id, 3)
    }


async def test_an_entry_that_was_taken_out_is_found(
    work: UnitOfWork, auditor: Actor, visit: Visit, dsn: str
) -> None:
    execute(
        dsn,
        "set session_replication_role = replica;"
        " delete from archive_entry where conversation_id = %s and seq = 3",
        str(visit.id),
    )
    report = checked(await take(work, auditor, visit.id))
    assert ("missing", visit.id, 3) in {
        (finding.kind, finding.conversation_id, finding.seq) for finding in report.findings
    }


async def test_records_are_found_by_their_day(
    work: UnitOfWork, auditor: Actor, clock: Clock, key: LogKey
) -> None:
    today = await make_over(work, "x")
    later = await make_visit(
        work, await make_patient(work), await make_doctor(work, "孙悦"), work.now() + timedelta(days=3)
    )
    assert later.id != today.id
    start = clock.at - timedelta(days=1)
    found = await recorded_between(work, auditor, "find", start, start + timedelta(days=7))
    assert found == [today.id]
    with pytest.raises(InvalidInput):
        await recorded_between(work, auditor, "find", start, start)


async def test_progress_counts_consultations(
    work: UnitOfWork, auditor: Actor, visit: Visit, key: LogKey
) -> None:
    other = await make_over(work, "x")
    await seal_all(work, key)
    seen: list[tuple[int, int]] = []
    await take_evidence(
        work,
        auditor,
        "take",
        [visit.id, other.id],
        "why",
        MAKER,
        on_progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]
