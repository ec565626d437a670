"""Destruction: the text goes with its key, and that it existed stays provable."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from actions import addenda
from actions.accounts import disable_account, enable_account
from actions.archive_reading import read_record, verify
from actions.context import UnitOfWork
from actions.conversation import read_entries
from actions.data_keys import reading_keys
from actions.log_proofs import prove_consultation
from actions.log_verification import verify_log
from chat_archive.checkpoint import open_checkpoint
from chat_archive.data_keys import open_entry
from chat_archive.entry import REGISTER_ID, addendum_of
from chat_archive.merkle import leaf_hash, verify_inclusion
from chat_archive.note import VerifierKey
from domain.accounts import actor_of
from domain.errors import Code, PartnerDown, WrongState
from domain.facts import Body, EntryKind, decode_body
from domain.retention import DestructionState, RetentionPolicy
from storage import destruction as kept
from storage import job_queue
from storage.archive import PgArchiveStore
from storage.pool import Database, Tx
from tests.integration.actions.retention_desk import Desk
from tests.integration.actions.visits import Visit
from tests.logs import ORIGIN, begin, seal_all
from tests.rows import execute, rows, trail


async def register(desk: Desk) -> list[Body]:
    """What the register says, opened with its own key."""
    async with desk.work.begin(actor_of(desk.asker), "register") as ctx:
        key = (await reading_keys(ctx, [REGISTER_ID]))[REGISTER_ID]
        entries = [
            open_entry(sealed, key) for sealed in await PgArchiveStore(ctx.tx).read(REGISTER_ID, 0, 100)
        ]
    return [decode_body(entry.body) for entry in entries if entry.body is not None]


async def test_after_destruction_nobody_reads_the_text_and_the_chain_stays_whole(
    desk: Desk, work: UnitOfWork, dsn: str
) -> None:
    visit = await desk.old_visit("secret words")
    desk.age()
    before = rows(
        dsn,
        "select seq, entry_hash from archive_entry where conversation_id = %s order by seq",
        str(visit.id),
    )
    request = await desk.approved(visit)
    done = await desk.destroy(request.id)
    assert done.state is DestructionState.KEY_DESTROYED
    assert done.destroyed is not None
    assert done.destroyed.key_backups_expire_at == desk.clock() + timedelta(days=35)
    async with work.begin(actor_of(desk.asker), "read") as ctx:
        record = await read_record(ctx, visit.id)
        verdict = await verify(ctx, visit.id)
    assert all(entry.body is None and entry.destroyed for entry in record.entries)
    assert not any(entry.damaged for entry in record.entries)
    assert verdict.intact, verdict.findings
    async with work.begin(visit.as_patient, "read") as ctx:
        assert all(entry.body is None for entry in await read_entries(ctx, visit.id, 0, 100))
    assert before == rows(
        dsn,
        "select seq, entry_hash from archive_entry where conversation_id = %s order by seq",
        str(visit.id),
    )
    assert rows(
        dsn,
        "select wrapped is null, destroyed_at is not null from archive_key where conversation_id = %s",
        str(visit.id),
    ) == [(True, True)]


async def test_the_addendum_says_it_and_is_closed(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    assert rows(
        dsn,
        "select kind, author from archive_entry where conversation_id = %s order by seq",
        str(addendum_of(visit.id)),
    ) == [("destroyed", str(desk.asker.id)), ("closed", str(desk.asker.id))]
    with pytest.raises(WrongState) as refusal:
        async with desk.work.begin(actor_of(desk.asker), "late") as ctx:
            await addenda.append_addendum(ctx, visit.id, EntryKind.CONSENT, {})
    assert refusal.value.code is Code.CONVERSATION_CLOSED


async def test_the_register_says_what_by_whom_and_under_which_rule(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    head = rows(
        dsn,
        "select size, encode(last_hash, 'hex') from archive_head where conversation_id = %s",
        str(visit.id),
    )
    request = await desk.approved(visit)
    await desk.destroy(request.id)
    (line,) = await register(desk)
    assert line["consultation_id"] == str(visit.id)
    assert (line["requested_by"], line["approved_by"], line["approved_too_by"]) == (
        str(desk.asker.id),
        str(desk.first.id),
        str(desk.second.id),
    )
    assert (line["rule"], line["request_id"]) == ("RET-1", str(request.id))
    assert [(line["conversation_entries"], line["conversation_hash"])] == head
    assert line["addendum_entries"] == 2
    assert "李" not in str(line)


async def test_a_destroyed_record_says_when_by_whom_and_under_which_rule(
    desk: Desk, work: UnitOfWork
) -> None:
    visit = await desk.old_visit()
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    async with work.begin(actor_of(desk.asker), "read") as ctx:
        notes = await kept.notes(ctx.tx, [visit.id])
    note = notes[visit.id]
    assert note.destroyed_at == desk.clock()
    assert (note.requested_by_name, note.approved_by_names) == ("周正", ("陈晨", "孙悦"))
    assert (note.rule, note.register_seq) == ("RET-1", 1)


async def test_every_destroyed_record_leaves_a_line_for_its_patient_and_a_job_for_its_files(
    desk: Desk, dsn: str
) -> None:
    one, other = await desk.old_visit(), await desk.old_visit()
    desk.age()
    request = await desk.approved(one, other)
    await desk.destroy(request.id)
    assert {(line[0], line[2], line[3]) for line in trail(dsn, "destruction.execute")} == {
        ("done", str(visit.id), str(visit.patient.patient_id)) for visit in (one, other)
    }
    jobs = rows(
        dsn,
        "select args ->> 'consultation_id' from procrastinate_jobs where task_name = 'archive.delete_files'",
    )
    assert {job for (job,) in jobs} == {str(one.id), str(other.id)}


async def test_leaves_and_proofs_from_before_hold_after_the_destruction(desk: Desk, work: UnitOfWork) -> None:
    key = await begin(work)
    visit = await desk.old_visit("a secret")
    await seal_all(work, key)
    async with work.begin(actor_of(desk.asker), "prove") as ctx:
        before = await prove_consultation(ctx, visit.id)
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    assert await seal_all(work, key) == 3, "the last two entries of the addendum, and the register's"
    async with work.begin(actor_of(desk.asker), "prove") as ctx:
        after = await prove_consultation(ctx, visit.id)
        hashes = {
            (entry.conversation_id, entry.seq): entry for entry in (await read_record(ctx, visit.id)).entries
        }
    assert {(item.conversation_id, item.seq): item.index for item in before.entries}.items() <= {
        (item.conversation_id, item.seq): item.index for item in after.entries
    }.items()
    known = [VerifierKey.parse(key.log_key(ORIGIN))]
    for proof in (before, after):
        checkpoint = open_checkpoint(proof.checkpoint, known).checkpoint
        for item in proof.entries:
            assert item.index is not None
            entry = hashes[item.conversation_id, item.seq]
            assert entry.body is None
            verify_inclusion(
                leaf_hash(entry.entry_hash), item.index, checkpoint.size, item.path, checkpoint.root
            )


async def test_the_whole_log_is_sound_after_a_destruction_closings_too(desk: Desk, work: UnitOfWork) -> None:
    key = await begin(work)
    visits = [await desk.old_visit("a secret") for _ in range(2)]
    await seal_all(work, key)
    desk.age()
    await desk.destroy((await desk.approved(visits[0])).id)
    await seal_all(work, key)
    assert [found async for found in verify_log(work, closings=True, patience_s=0)] == []


async def test_without_two_approvals_nothing_is_destroyed(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    for approver in (None, desk.first):
        if approver is not None:
            await desk.approve(made.request.id, approver)
        with pytest.raises(WrongState) as refusal:
            await desk.destroy(made.request.id)
        assert refusal.value.code is Code.RETENTION_WRONG_STATE
    assert rows(dsn, "select count(*) from archive_key where wrapped is null") == [(0,)]
    assert [line[0] for line in trail(dsn, "destruction.execute")] == ["refused", "refused"]


async def test_a_request_is_carried_out_once(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    outcomes = await asyncio.gather(*(desk.destroy(request.id) for _ in range(2)), return_exceptions=True)
    faults = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert [type(fault) for fault in faults] == [WrongState]
    assert len(await register(desk)) == 1
    with pytest.raises(WrongState) as refusal:
        await desk.request(visit)
    assert refusal.value.code is Code.RETENTION_DESTROYED


async def test_a_patient_who_came_again_meanwhile_keeps_the_record(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    await desk.old_visit(patient=visit.patient)
    ended = await desk.destroy(request.id)
    assert (ended.state, ended.spared) == (DestructionState.REFUSED, 1)
    assert ended.destroyed is None
    async with desk.work.begin(actor_of(desk.asker), "read") as ctx:
        assert any(entry.body for entry in (await read_record(ctx, visit.id)).entries)


async def test_a_disabled_account_stands_for_nothing(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    async with desk.work.begin(actor_of(desk.first), "off") as ctx:
        await disable_account(ctx, desk.second.id)
    with pytest.raises(WrongState) as refusal:
        await desk.destroy(request.id)
    assert refusal.value.code is Code.RETENTION_APPROVAL_VOID
    async with desk.work.begin(actor_of(desk.first), "on") as ctx:
        await enable_account(ctx, desk.second.id)
    assert (await desk.destroy(request.id)).destroyed is not None


@pytest.mark.parametrize(
    "at", ["destruction_keep", "destruction_keys", "destruction_move", "job_enqueue", "audit_insert"]
)
async def test_a_destruction_that_breaks_off_has_destroyed_nothing(
    desk: Desk, dsn: str, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    visits = [await desk.old_visit(), await desk.old_visit()]
    desk.age()
    request = await desk.approved(*visits)
    before = _state(dsn)
    run = Tx.run

    class Killed(BaseException):
        """Nothing that any code would catch."""

    async def killed(self: Tx, name: str, params: Any = None) -> int:
        done = await run(self, name, params)
        if name == at:
            raise Killed
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Tx, "run", killed)
        with pytest.raises(Killed):
            await desk.destroy(request.id)
    assert _state(dsn) == before
    assert (await desk.destroy(request.id)).state is DestructionState.KEY_DESTROYED
    assert len(await register(desk)) == 2


async def test_a_connection_killed_midway_leaves_everything(
    desk: Desk, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    before = _state(dsn)
    run = Tx.run

    async def cut(self: Tx, name: str, params: Any = None) -> int:
        done = await run(self, name, params)
        if name == "destruction_keys":
            execute(
                dsn,
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and state = 'idle in transaction'",
            )
        return done

    with monkeypatch.context() as patch:
        patch.setattr(Tx, "run", cut)
        with pytest.raises(PartnerDown):
            await desk.destroy(request.id)
    assert _state(dsn) == before
    assert (await desk.destroy(request.id)).destroyed is not None


async def test_it_is_complete_when_the_backups_of_the_keys_have_expired(desk: Desk, dsn: str) -> None:
    desk.policy = RetentionPolicy(key_backup_days=10)
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    await desk.destroy(request.id)
    desk.clock.forward(timedelta(days=10) - timedelta(seconds=1))
    assert await desk.tick() == 0
    desk.clock.forward(timedelta(seconds=1))
    assert await desk.tick() == 1
    assert await desk.tick() == 0
    assert rows(dsn, "select state, completed_at from destruction_request") == [("complete", desk.clock())]
    assert trail(dsn, "destruction.complete") == [("done", None, str(request.id), None)]


async def test_a_hold_and_a_destruction_at_once_take_turns(desk: Desk, dsn: str) -> None:
    visits: list[Visit] = [await desk.old_visit() for _ in range(4)]
    desk.age()
    requests = [await desk.approved(visit) for visit in visits]
    await asyncio.gather(
        *(desk.destroy(request.id) for request in requests),
        *(desk.hold(visit) for visit in visits),
        return_exceptions=True,
    )
    both = rows(
        dsn,
        "select count(*) from legal_hold h join archive_key k on k.conversation_id = h.consultation_id "
        "where k.wrapped is null",
    )
    assert both == [(0,)], "nothing that was held is destroyed, nothing destroyed was held"
    settled = rows(
        dsn,
        "select (select count(*) from legal_hold) + (select count(*) from archive_key where wrapped is null)",
    )
    assert settled == [(len(visits),)]


async def test_the_register_stays_readable_and_keeps_its_own_key(desk: Desk, database: Database) -> None:
    visit = await desk.old_visit()
    desk.age()
    await desk.destroy((await desk.approved(visit)).id)
    async with database.transaction() as tx:
        head = await PgArchiveStore(tx).head(REGISTER_ID)
        assert head is not None
        assert head.size == 1
        assert await job_queue.dead(tx) == []


def _state(dsn: str) -> list[tuple[Any, ...]]:
    """Everything that a destruction changes, as counts."""
    return rows(
        dsn,
        """
        select (select count(*) from archive_entry), (select count(*) from archive_key where wrapped is null),
            (select count(*) from destruction), (select count(*) from destroyed_record),
            (select count(*) from procrastinate_jobs), (select count(*) from audit_event),
            (select array_agg(state) from destruction_request)
        """,
    )
