"""Reading the audit trail: in pages, for one patient, and never unseen."""

import pytest

from actions.audit_reading import LINES_MAX, read_lines
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import Account, Role, actor_of
from domain.audit import AuditEvent
from domain.errors import FieldFault, InvalidInput
from domain.ids import PatientId
from tests.conftest import Clock
from tests.people import (
    Maker,
    make_admin,
    make_appointment,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import execute, rows, trail


async def read(
    work: UnitOfWork,
    actor: Account,
    before_id: int | None = None,
    limit: int = 50,
    patient_id: PatientId | None = None,
) -> list[AuditEvent]:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await read_lines(ctx, before_id, limit, patient_id)


@pytest.mark.parametrize("maker", [make_auditor, make_admin])
async def test_lines_come_newest_first_and_the_reading_is_one_itself(
    work: UnitOfWork, clock: Clock, maker: Maker
) -> None:
    reader = await maker(work)
    [made] = await read(work, reader)
    assert made == AuditEvent(
        made.id, clock.at, None, None, None, "account.create", "done", "account", reader.id, None
    )
    reading, before = await read(work, reader)
    assert before == made
    assert reading.id > made.id
    assert (reading.action, reading.actor_id, reading.actor_name, reading.actor_role) == (
        "audit.read",
        reader.id,
        reader.display_name,
        reader.role,
    )


async def test_a_refused_line_says_so(work: UnitOfWork) -> None:
    patient = await make_patient(work)
    with pytest.raises(ActionRefused):
        await read(work, patient)
    refused, *_ = await read(work, await make_auditor(work), before_id=3)
    assert (refused.action, refused.outcome, refused.actor_role) == ("audit.read", "refused", Role.PATIENT)


async def test_pages_follow_each_other_without_gaps(work: UnitOfWork, dsn: str) -> None:
    auditor = await make_auditor(work)
    for _ in range(6):
        await make_patient(work)
    [(newest,)] = rows(dsn, "select max(id) from audit_event")
    found: list[int] = []
    before: int | None = newest + 1
    while page := await read(work, auditor, before, limit=3):
        found += [line.id for line in page]
        before = page[-1].id
    assert found == list(range(newest, 0, -1))


async def test_one_patients_lines_are_found_and_the_patient_can_see_that_they_were(
    work: UnitOfWork, dsn: str
) -> None:
    auditor, patient, doctor = await make_auditor(work), await make_patient(work), await make_doctor(work)
    await make_appointment(work, await make_patient(work), doctor)
    found = await read(work, auditor, patient_id=patient.patient_id)
    assert [(line.action, line.patient_id) for line in found] == [("account.create", patient.patient_id)]
    assert trail(dsn, "audit.read") == [("done", str(auditor.id), None, str(patient.patient_id))]
    assert [line.action for line in await read(work, auditor, patient_id=patient.patient_id)] == [
        "audit.read",
        "account.create",
    ]


@pytest.mark.parametrize(
    ("before_id", "limit", "fields"),
    [
        (None, 0, {"limit": FieldFault.TOO_SMALL}),
        (None, LINES_MAX + 1, {"limit": FieldFault.TOO_LARGE}),
        (0, 10, {"before": FieldFault.TOO_SMALL}),
        (2**63, -1, {"before": FieldFault.TOO_LARGE, "limit": FieldFault.TOO_SMALL}),
    ],
)
async def test_numbers_out_of_range_are_refused(
    work: UnitOfWork, before_id: int | None, limit: int, fields: dict[str, FieldFault]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await read(work, await make_auditor(work), before_id, limit)
    assert refusal.value.fields == fields


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist])
async def test_nobody_else_reads_it(work: UnitOfWork, dsn: str, maker: Maker) -> None:
    actor = await maker(work)
    with pytest.raises(ActionRefused):
        await read(work, actor)
    assert trail(dsn, "audit.read") == [("refused", str(actor.id), None, None)]


@pytest.mark.parametrize(
    "command",
    [
        "update audit_event set outcome = 'done'",
        "delete from audit_event",
        "truncate audit_event",
    ],
)
async def test_the_trail_cannot_be_changed(work: UnitOfWork, dsn: str, command: str) -> None:
    await make_auditor(work)
    with pytest.raises(Exception, match="insert-only"):
        execute(dsn, command)
    assert len(trail(dsn, "account.create")) == 1
