"""Figures of completeness and the lists behind them: each lack is counted once, where it is."""

import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from actions import completeness
from actions.completeness import list_records, read_completeness
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import Actor, actor_of
from domain.completeness import CompletenessList, RangeFigures
from domain.errors import FieldFault, InvalidInput, TooMany
from tests.conftest import Clock
from tests.ended_visits import ended_visit
from tests.integration.actions.visits import make_visit, spoken
from tests.people import Maker, make_admin, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, rows, trail

DAY = timedelta(days=1)
LACKS = [item for item in CompletenessList if item is not CompletenessList.CONVERSATIONS]


async def figures(work: UnitOfWork, actor: Actor, start: datetime | None = None) -> RangeFigures:
    begins = start or work.now() - 3 * DAY
    async with work.begin(actor, "figures") as ctx:
        return (await read_completeness(ctx, begins, begins + 6 * DAY)).range


async def listed(work: UnitOfWork, actor: Actor, what: CompletenessList) -> list[Any]:
    begins = work.now() - 3 * DAY
    async with work.begin(actor, "list") as ctx:
        return (await list_records(ctx, what, begins, begins + 6 * DAY)).records


async def lacking(work: UnitOfWork, actor: Actor) -> dict[str, list[UUID]]:
    """Return the consultations in each list that is not empty; the figures say the same."""
    found = {
        what.value: [item.consultation_id for item in records]
        for what in LACKS
        if (records := await listed(work, actor, what))
    }
    counted = await figures(work, actor)
    for what in LACKS:
        number = getattr(counted, what.value.replace("-", "_"))
        assert bool(number) == (what.value in found), what
        if what is not CompletenessList.UNSEALED:
            assert number == len(found.get(what.value, [])), what
    return found


def seal(dsn: str) -> None:
    """Give every entry a leaf, as the sealer does."""
    execute(
        dsn,
        "insert into archive_leaf (index, conversation_id, seq) "
        "select row_number() over () - 1, conversation_id, seq from archive_entry",
    )


def damage(dsn: str, statement: str, *params: object) -> None:
    execute(dsn, "alter table archive_entry disable trigger all")
    execute(dsn, "alter table archive_leaf disable trigger all")
    execute(dsn, statement, *params)


async def test_a_record_in_order_lacks_nothing(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await ended_visit(work)
    await make_visit(work)
    seal(dsn)
    found = await figures(work, auditor)
    [(entries,)] = rows(dsn, "select count(*) from archive_entry")
    assert (found.consultations, found.conversations, found.entries) == (2, 1, entries)
    assert await lacking(work, auditor) == {}
    [record] = await listed(work, auditor, CompletenessList.CONVERSATIONS)
    assert (record.consultation_id, record.amount) == (visit.id, entries)


async def test_a_gap_in_the_numbers_is_found(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    visit = await spoken(work, "a", "b", "c", "d")
    await spoken(work, "whole")
    seal(dsn)
    damage(dsn, "delete from archive_leaf where conversation_id = %s and seq in (2, 3)", visit.id)
    damage(dsn, "delete from archive_entry where conversation_id = %s and seq in (2, 3)", visit.id)
    assert await lacking(work, auditor) == {"sequence-gaps": [visit.id]}
    [record] = await listed(work, auditor, CompletenessList.SEQUENCE_GAPS)
    assert record.amount == 2


@pytest.mark.parametrize(
    "statement",
    [
        "delete from archive_leaf where conversation_id = %(id)s and seq = 3;"
        "delete from archive_entry where conversation_id = %(id)s and seq = 3",
        "update archive_head set size = 7 where conversation_id = %(id)s",
        "update archive_head set last_hash = sha256('') where conversation_id = %(id)s",
        "update archive_entry set entry_hash = sha256('') where conversation_id = %(id)s and seq = 3",
    ],
)
async def test_a_head_that_is_not_the_end_is_found(
    work: UnitOfWork, auditor: Actor, dsn: str, statement: str
) -> None:
    visit = await spoken(work, "a", "b")
    await spoken(work, "whole")
    seal(dsn)
    damage(dsn, statement.replace("%(id)s", "%s"), *[visit.id] * statement.count("%(id)s"))
    assert await lacking(work, auditor) == {"heads-differ": [visit.id]}


async def test_a_visit_that_is_over_without_a_closing_entry_is_found(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await spoken(work, "a")
    execute(
        dsn,
        "update consultation set state = 'finished', admitted_at = arrived_at, ended_at = arrived_at "
        "where id = %s",
        visit.id,
    )
    seal(dsn)
    assert await lacking(work, auditor) == {"unclosed": [visit.id]}


async def test_a_visit_that_is_open_for_longer_than_a_day_is_found(
    work: UnitOfWork, auditor: Actor, clock: Clock, dsn: str
) -> None:
    visit = await spoken(work, "a")
    seal(dsn)
    began = clock()
    clock.forward(DAY)
    assert await lacking(work, auditor) == {}
    clock.forward(timedelta(seconds=1))
    assert await lacking(work, auditor) == {"open-long": [visit.id]}
    [record] = await listed(work, auditor, CompletenessList.OPEN_LONG)
    assert record.since == began


async def test_entries_that_wait_for_the_tree_too_long_are_counted(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    visit = await spoken(work, "a", "b")
    began = clock()
    clock.forward(timedelta(seconds=10))
    assert await lacking(work, auditor) == {}
    clock.forward(timedelta(seconds=1))
    assert await lacking(work, auditor) == {"unsealed": [visit.id]}
    found = await figures(work, auditor)
    assert (found.unsealed, found.unsealed_since) == (3, began)


async def test_an_addendum_counts_and_is_open_until_it_is_closed(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visit = await ended_visit(work)
    addendum = uuid4()
    execute(
        dsn,
        "insert into archive_head (conversation_id, addendum_to, size, last_hash) "
        "values (%s, %s, 1, sha256('a'))",
        addendum,
        visit.id,
    )

    def add(seq: int, kind: str, end: str) -> None:
        execute(
            dsn,
            "insert into archive_entry (conversation_id, seq, message_id, author, kind, recorded_at, "
            "commitment, entry_hash, sealed) "
            "values (%s, %s, gen_random_uuid(), 'system', %s, %s, sha256(''), "
            "sha256(%s::bytea), decode(repeat('00', 28), 'hex'))",
            addendum,
            seq,
            kind,
            work.now(),
            end,
        )

    add(1, "file", "a")
    assert await lacking(work, auditor) == {"addenda-open": [visit.id]}
    add(2, "closed", "b")
    execute(
        dsn, "update archive_head set size = 2, last_hash = sha256('b') where conversation_id = %s", addendum
    )
    assert await lacking(work, auditor) == {}
    add(4, "file", "c")
    assert await lacking(work, auditor) == {
        "sequence-gaps": [visit.id],
        "heads-differ": [visit.id],
        "addenda-open": [visit.id],
    }


async def test_destroyed_and_held_records_are_counted(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    destroyed, held, of_patient, lifted = [await spoken(work, "a") for _ in range(4)]
    seal(dsn)
    execute(dsn, "alter table archive_key disable trigger all")
    execute(
        dsn,
        "update archive_key set wrapped = null, destroyed_at = %s where conversation_id = %s",
        work.now(),
        destroyed.id,
    )
    for consultation_id, patient_id in (
        (held.id, None),
        (None, of_patient.patient.patient_id),
        (lifted.id, None),
    ):
        execute(
            dsn,
            "insert into legal_hold (id, consultation_id, patient_id, reason, placed_by, placed_at) "
            "values (gen_random_uuid(), %s, %s, 'r', %s, %s)",
            consultation_id,
            patient_id,
            auditor.account_id,
            work.now(),
        )
    execute(
        dsn,
        "insert into legal_hold_lift (hold_id, reason, lifted_by, lifted_at) "
        "select id, 'r', placed_by, placed_at from legal_hold where consultation_id = %s",
        lifted.id,
    )
    found = await lacking(work, auditor)
    assert found["destroyed"] == [destroyed.id]
    assert sorted(found["on-hold"]) == sorted([held.id, of_patient.id])
    assert found.keys() == {"destroyed", "on-hold"}


async def test_the_log_and_each_witness_are_told(
    work: UnitOfWork, auditor: Actor, dsn: str, clock: Clock
) -> None:
    async with work.begin(auditor, "figures") as ctx:
        empty = await read_completeness(ctx, clock() - DAY, clock() + DAY)
    assert (empty.log.size, empty.log.signed_at, empty.witnesses) == (0, None, [])
    execute(
        dsn,
        "insert into archive_epoch (number, origin, log_key, first_size, reason, began_at) "
        "values (1, 'o', 'k', 0, 'first', %s)",
        clock(),
    )
    execute(dsn, "insert into archive_tree (epoch, size, root, edge) values (1, 12, sha256(''), '{}')")
    for size, at in ((7, clock() - 2 * DAY), (9, clock()), (12, clock())):
        execute(dsn, "insert into archive_checkpoint values (1, %s, sha256(''), 'note', %s)", size, at)
    for size, witness, at in (
        (7, "old.example", clock() - 2 * DAY),
        (7, "w.example", clock() - 2 * DAY),
        (9, "w.example", clock()),
    ):
        execute(dsn, "insert into archive_cosignature values (1, %s, %s, 'line', %s)", size, witness, at)
    async with work.begin(auditor, "figures") as ctx:
        found = await read_completeness(ctx, clock() - DAY, clock() + DAY)
    assert (found.log.size, found.log.checkpoint_size, found.log.signed_at) == (12, 12, clock())
    assert [(item.witness, item.cosignatures, item.last_at, item.last_size) for item in found.witnesses] == [
        ("old.example", 0, clock() - 2 * DAY, 7),
        ("w.example", 1, clock(), 9),
    ]


async def test_other_days_are_not_counted(work: UnitOfWork, auditor: Actor, clock: Clock) -> None:
    await spoken(work, "a")
    assert (await figures(work, auditor, clock() + timedelta(seconds=1))).consultations == 0
    assert (await figures(work, auditor, clock())).consultations == 1
    assert (await figures(work, auditor, clock() - 6 * DAY)).consultations == 0


async def test_lists_come_page_by_page_with_a_line_for_each_patient(
    work: UnitOfWork, auditor: Actor, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completeness, "PAGE", 2)
    visits = [await spoken(work, "a") for _ in range(3)]
    begins = work.now() - DAY
    seen: list[UUID] = []
    cursor = None
    for size in (2, 1):
        async with work.begin(auditor, "list") as ctx:
            page = await list_records(ctx, CompletenessList.CONVERSATIONS, begins, begins + 2 * DAY, cursor)
        assert len(page.records) == size
        seen += [record.consultation_id for record in page.records]
        cursor = page.next_cursor
    assert cursor is None
    assert sorted(seen) == sorted(visit.id for visit in visits)
    assert sorted(line[3] for line in trail(dsn, "archive.completeness")) == sorted(
        str(visit.patient.patient_id) for visit in visits
    )


async def test_a_range_is_at_most_a_year_and_has_a_bound(
    work: UnitOfWork, auditor: Actor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with work.begin(auditor, "figures") as ctx:
        await read_completeness(ctx, clock(), clock() + 366 * DAY)
    for end, fault in ((clock(), FieldFault.OUT_OF_ORDER), (clock() + 367 * DAY, FieldFault.TOO_LARGE)):
        with pytest.raises(InvalidInput) as refusal:
            async with work.begin(auditor, "figures") as ctx:
                await read_completeness(ctx, clock(), end)
        assert refusal.value.fields == {"to": fault}
    await make_visit(work)
    monkeypatch.setattr(completeness, "CONSULTATIONS_MAX", 0)
    with pytest.raises(TooMany) as too_many:
        await figures(work, auditor)
    assert (too_many.value.count, too_many.value.limit) == (1, 0)


@pytest.mark.parametrize("make", [make_patient, make_doctor, make_pharmacist, make_admin])
async def test_nobody_but_auditors_counts(work: UnitOfWork, dsn: str, make: Maker) -> None:
    someone = actor_of(await make(work))
    for action in (lambda: figures(work, someone), lambda: listed(work, someone, CompletenessList.UNCLOSED)):
        with pytest.raises(ActionRefused):
            await action()
    assert [line[0] for line in trail(dsn, "archive.completeness")] == ["refused"] * 2


MANY = """
create temporary table made as
select gen_random_uuid() as id, gen_random_uuid() as appointment_id, %s + number * interval '1 minute' as at,
    %s::uuid as practitioner_id, %s::uuid as patient_id
from generate_series(31, 2030) number;
insert into appointment (
    id, patient_id, practitioner_id, practitioner_number, state, starts_at, ends_at, created_at
)
select m.appointment_id, m.patient_id, m.practitioner_id, d.number, 'fulfilled', m.at,
    m.at + interval '1 minute', m.at
from made m join practitioner d on d.id = m.practitioner_id;
insert into consultation (id, appointment_id, state, arrived_at, admitted_at, ended_at, created_at)
select id, appointment_id, 'finished', at, at, at, at from made;
insert into archive_entry (
    conversation_id, seq, message_id, author, kind, recorded_at, commitment, entry_hash, sealed
)
select m.id, seq, gen_random_uuid(), 'system', case when seq = 50 then 'finished' else 'chat' end, m.at,
    sha256(m.id::text::bytea), sha256((m.id::text || seq)::bytea), decode(repeat('00', 60), 'hex')
from made m cross join generate_series(1, 50) seq;
insert into archive_head (conversation_id, size, last_hash)
select id, 50, sha256((id::text || 50)::bytea) from made;
insert into archive_leaf (index, conversation_id, seq)
select row_number() over () - 1, conversation_id, seq from archive_entry;
analyze
"""
"""2,000 closed and sealed conversations of 50 entries each: of (first start, doctor, patient)."""


async def test_a_hundred_thousand_entries_are_counted_within_the_bound(
    work: UnitOfWork, auditor: Actor, dsn: str, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = await make_visit(work)
    execute(dsn, "alter table archive_entry disable trigger all")
    execute(dsn, "alter table archive_leaf disable trigger all")
    execute(dsn, MANY, clock(), visit.doctor.practitioner_id, visit.patient.patient_id)
    began = time.perf_counter()
    found = await figures(work, auditor)
    took_s = time.perf_counter() - began
    assert (found.conversations, found.entries, found.sequence_gaps) == (2_000, 100_000, 0)
    assert (found.heads_differ, found.unsealed) == (0, 0)
    with capsys.disabled():
        print(f" [100,000 entries counted in {took_s:.2f} s]", end="")
