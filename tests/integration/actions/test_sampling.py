"""Samples are drawn so that anybody can draw them again, kept as drawn, and reviewed record by record."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg2
import pytest

from actions.context import ActionRefused, UnitOfWork
from actions.sampling import draw_sample, list_samples, read_population, read_sample, review_item
from domain.accounts import Actor, actor_of
from domain.errors import FieldFault, InvalidInput, NotFound, TooMany
from domain.sampling import Filter, ReviewFinding, Sample, draw, population_digest
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.people import Maker, make_admin, make_auditor, make_doctor, make_patient, make_pharmacist
from tests.rows import execute, rows, trail

DAY = timedelta(days=1)
NOWHERE = UUID("018f0000-0000-7000-8000-000000000404")
DOCUMENT = Path(__file__).parents[3] / "docs" / "archive-sampling.md"


def program() -> str:
    """The program that the document prints."""
    [code] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(str(code).strip().splitlines()) <= 10
    return str(code)


def repeated(folder: Path, ids: list[UUID], seed: str, size: int) -> list[str]:
    """Run the documented program as a process of its own; return its lines."""
    (folder / "population.json").write_text(json.dumps({"consultation_ids": [str(item) for item in ids]}))
    (folder / "draw.py").write_text(program())
    command = [sys.executable, "-I", "draw.py", "population.json", seed, str(size)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()


async def admitted(work: UnitOfWork, count: int) -> list[Visit]:
    """Visits that took place, each of another doctor."""
    made = []
    for _ in range(count):
        visit = await make_visit(work)
        await visit.arrive()
        await visit.admit()
        made.append(visit)
    return made


async def drawn(
    work: UnitOfWork, actor: Actor, wanted: int, seed: str | None = None, chosen: Filter | None = None
) -> Sample:
    now = work.now()
    async with work.begin(actor, "draw") as ctx:
        return await draw_sample(ctx, chosen or Filter(now - DAY, now + DAY), wanted, seed)


async def items(work: UnitOfWork, actor: Actor, sample_id: UUID) -> list[UUID]:
    async with work.begin(actor, "read") as ctx:
        return [item.consultation_id for item in (await read_sample(ctx, sample_id)).items]


async def review(
    work: UnitOfWork, actor: Actor, sample_id: UUID, visit_id: UUID, note: str | None = None
) -> None:
    finding = ReviewFinding.NOTE if note else ReviewFinding.NONE
    async with work.begin(actor, "review") as ctx:
        await review_item(ctx, sample_id, visit_id, finding, note)


async def test_the_documented_program_draws_the_same(
    work: UnitOfWork, auditor: Actor, tmp_path: Path
) -> None:
    await admitted(work, 9)
    sample = await drawn(work, auditor, 4, "2026-q4")
    async with work.begin(auditor, "population") as ctx:
        population = await read_population(ctx, sample.id)
    lines = repeated(tmp_path, population, sample.seed, 4)
    assert lines[0] == f"9 consultations, digest {sample.digest.hex()}"
    assert lines[1:] == [str(item) for item in await items(work, auditor, sample.id)]


def test_the_documented_vector_is_what_the_program_and_the_server_draw(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    ids = [UUID(int=number) for number in range(1, 11)]
    lines = repeated(tmp_path, ids, "2026-q4", 3)
    assert lines[1:] == [str(item) for item in draw("2026-q4", ids, 3)]
    ends = re.findall(r"\| (?:first|second|third), \.\.\.(\w{4}) with the key", text)
    assert [line[-4:] for line in lines[1:]] == ends
    assert population_digest(ids).hex() in text
    assert lines[0].endswith(population_digest(ids).hex())


async def test_a_sample_keeps_everything_that_drawing_it_again_needs(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visits = await admitted(work, 3)
    sample = await drawn(work, auditor, 2, "s")
    assert (sample.population, sample.size, sample.seed, sample.wanted) == (3, 2, "s", 2)
    assert sample.digest == population_digest(visit.id for visit in visits)
    assert await items(work, auditor, sample.id) == draw("s", [visit.id for visit in visits], 2)
    [(detail,)] = rows(dsn, "select detail from audit_event where action = 'archive.sample_draw'")
    assert detail == {"seed": "s", "population": 3, "wanted": 2, "drawn": 2}
    assert trail(dsn, "archive.sample_draw") == [("done", str(auditor.account_id), str(sample.id), None)]


async def test_a_seed_that_is_not_given_is_drawn_and_shown(work: UnitOfWork, auditor: Actor) -> None:
    await admitted(work, 1)
    one, other = await drawn(work, auditor, 1), await drawn(work, auditor, 1)
    assert re.fullmatch("[0-9a-f]{32}", one.seed)
    assert one.seed != other.seed


async def test_visits_that_did_not_take_place_and_other_days_are_no_population(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    await make_visit(work)
    await admitted(work, 1)
    assert (await drawn(work, auditor, 5)).population == 1
    before = Filter(clock() - 2 * DAY, clock())
    sample = await drawn(work, auditor, 5, "s", before)
    assert (sample.population, sample.size) == (0, 0)
    assert await items(work, auditor, sample.id) == []


async def test_a_doctor_or_a_specialty_narrows_the_population(
    work: UnitOfWork, auditor: Actor, clock: Clock
) -> None:
    skin = await make_visit(work, doctor=await make_doctor(work, specialty="皮肤科"))
    await skin.arrive()
    await skin.admit()
    [heart] = await admitted(work, 1)
    start, end = clock() - DAY, clock() + DAY
    by_specialty = await drawn(work, auditor, 5, "s", Filter(start, end, None, "皮肤科"))
    assert await items(work, auditor, by_specialty.id) == [skin.id]
    doctor = Filter(start, end, heart.doctor.practitioner_id)
    assert await items(work, auditor, (await drawn(work, auditor, 5, "s", doctor)).id) == [heart.id]
    with pytest.raises(NotFound):
        await drawn(work, auditor, 5, "s", Filter(start, end, NOWHERE))


async def test_a_population_that_changed_is_told(work: UnitOfWork, auditor: Actor) -> None:
    await admitted(work, 2)
    sample = await drawn(work, auditor, 2, "s")
    for more, same in ((0, True), (1, False)):
        await admitted(work, more)
        async with work.begin(auditor, "read") as ctx:
            view = await read_sample(ctx, sample.id)
        assert (view.population_now, view.same_population) == (2 + more, same)
        assert view.sample.population == 2


async def test_a_population_has_a_bound(
    work: UnitOfWork, auditor: Actor, monkeypatch: pytest.MonkeyPatch, dsn: str
) -> None:
    await admitted(work, 3)
    monkeypatch.setattr("actions.sampling.POPULATION_MAX", 2)
    with pytest.raises(TooMany) as refusal:
        await drawn(work, auditor, 1)
    assert (refusal.value.count, refusal.value.limit) == (3, 2)
    assert rows(dsn, "select id from archive_sample") == []


async def test_what_was_drawn_does_not_change(work: UnitOfWork, auditor: Actor, dsn: str) -> None:
    [visit] = await admitted(work, 1)
    sample = await drawn(work, auditor, 1, "s")
    await review(work, auditor, sample.id, visit.id)
    for statement in (
        "update archive_sample set seed = 'another'",
        "delete from archive_sample_item",
        "update archive_sample_review set finding = 'none'",
        "truncate archive_sample cascade",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            execute(dsn, statement)


async def test_reviews_are_counted_and_the_last_one_counts(
    work: UnitOfWork, auditor: Actor, clock: Clock, dsn: str
) -> None:
    visits = await admitted(work, 3)
    sample = await drawn(work, auditor, 3, "s")
    other = actor_of(await make_auditor(work, "钱进"))
    await review(work, auditor, sample.id, visits[0].id)
    await review(work, auditor, sample.id, visits[1].id, "缺少知情同意")
    clock.forward(timedelta(minutes=5))
    await review(work, other, sample.id, visits[0].id, "处方未说明用量")
    async with work.begin(auditor, "read") as ctx:
        view = await read_sample(ctx, sample.id)
    found = {item.consultation_id: item.review for item in view.items}
    last = found[visits[0].id]
    assert last is not None
    assert (last.account_name, last.finding, last.note) == ("钱进", "note", "处方未说明用量")
    assert last.reviewed_at == clock()
    assert found[visits[2].id] is None
    async with work.begin(auditor, "list") as ctx:
        [listed] = (await list_samples(ctx)).samples
    assert (listed.size, listed.reviewed, listed.noted) == (3, 2, 2)
    assert len(rows(dsn, "select id from archive_sample_review")) == 3
    assert [line[2] for line in trail(dsn, "archive.sample_review")] == [
        str(visit.id) for visit in (visits[0], visits[1], visits[0])
    ]


async def test_only_what_was_sampled_is_reviewed(work: UnitOfWork, auditor: Actor) -> None:
    await admitted(work, 2)
    sample = await drawn(work, auditor, 1, "s")
    [chosen] = await items(work, auditor, sample.id)
    [other] = await admitted(work, 1)
    for sample_id, visit_id in ((sample.id, other.id), (NOWHERE, chosen)):
        with pytest.raises(NotFound):
            await review(work, auditor, sample_id, visit_id)
    async with work.begin(auditor, "review") as ctx:
        with pytest.raises(InvalidInput) as refusal:
            await review_item(ctx, sample.id, chosen, ReviewFinding.NOTE, " ")
    assert refusal.value.fields == {"note": FieldFault.MISSING}


async def test_reading_a_sample_leaves_a_line_for_each_patient(
    work: UnitOfWork, auditor: Actor, dsn: str
) -> None:
    visits = await admitted(work, 2)
    sample = await drawn(work, auditor, 2, "s")
    await items(work, auditor, sample.id)
    assert sorted(line[3] for line in trail(dsn, "archive.sample_read")) == sorted(
        str(visit.patient.patient_id) for visit in visits
    )


async def test_samples_come_page_by_page(
    work: UnitOfWork, auditor: Actor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.sampling.PAGE", 2)
    made = []
    for _ in range(5):
        made.append((await drawn(work, auditor, 1, "s")).id)
        clock.forward(timedelta(seconds=1))
    seen: list[UUID] = []
    cursor: str | None = None
    for size in (2, 2, 1):
        async with work.begin(auditor, "list") as ctx:
            page = await list_samples(ctx, cursor)
        assert len(page.samples) == size
        seen += [sample.id for sample in page.samples]
        cursor = page.next_cursor
    assert (seen, cursor) == (made[::-1], None)
    with pytest.raises(InvalidInput):
        async with work.begin(auditor, "list") as ctx:
            await list_samples(ctx, "AAAA")


@pytest.mark.parametrize("make", [make_patient, make_doctor, make_pharmacist, make_admin])
async def test_nobody_but_auditors_samples(work: UnitOfWork, auditor: Actor, dsn: str, make: Maker) -> None:
    [visit] = await admitted(work, 1)
    sample = await drawn(work, auditor, 1, "s")
    someone = actor_of(await make(work))
    for action in (
        lambda: drawn(work, someone, 1),
        lambda: items(work, someone, sample.id),
        lambda: review(work, someone, sample.id, visit.id),
    ):
        with pytest.raises(ActionRefused):
            await action()
    assert len(rows(dsn, "select id from archive_sample")) == 1
    assert rows(dsn, "select id from archive_sample_review") == []
