"""What the database itself refuses about destructions, whoever writes to it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg2
import pytest

from actions.context import UnitOfWork
from domain.accounts import Account
from tests.people import make_admin, make_appointment, make_auditor, make_doctor, make_patient
from tests.rows import execute, rows

AT = datetime(2042, 1, 1, tzinfo=UTC)
UNTIL = AT + timedelta(hours=72)


class Paper:
    """Rows written by hand."""

    def __init__(self, dsn: str, consultation: UUID, asker: Account, first: Account, second: Account) -> None:
        self.dsn = dsn
        self.consultation, self.asker, self.first, self.second = consultation, asker, first, second
        self.request = uuid4()
        execute(
            dsn,
            "insert into destruction_request (id, requested_by, requested_at, expires_at, reason, state) "
            "values (%s, %s, %s, %s, 'x', 'requested')",
            str(self.request),
            str(asker.id),
            AT,
            UNTIL,
        )
        execute(
            dsn,
            "insert into destruction_record (request_id, consultation_id, due_at, rule) "
            "values (%s, %s, %s, 'RET-1')",
            str(self.request),
            str(consultation),
            AT,
        )
        execute(
            dsn,
            "insert into archive_key (conversation_id, kek, wrapped, created_at) values (%s, 'k', %s, %s)",
            str(consultation),
            bytes(60),
            AT,
        )

    def approve(
        self,
        number: int,
        by: Account,
        *,
        at: datetime = AT,
        asker: Account | None = None,
        until: datetime = UNTIL,
    ) -> None:
        execute(
            self.dsn,
            "insert into destruction_approval "
            "(request_id, number, requested_by, expires_at, approved_by, approved_at) "
            "values (%s, %s, %s, %s, %s, %s)",
            str(self.request),
            number,
            str((asker or self.asker).id),
            until,
            str(by.id),
            at,
        )

    def destroy(self, *, backups: datetime = UNTIL) -> None:
        execute(
            self.dsn,
            "insert into destruction (request_id, destroyed_by, destroyed_at, key_backups_expire_at) "
            "values (%s, %s, %s, %s)",
            str(self.request),
            str(self.asker.id),
            AT,
            backups,
        )

    def name(self, consultation: UUID | None = None) -> None:
        execute(
            self.dsn,
            "insert into destroyed_record (consultation_id, request_id, register_seq) values (%s, %s, 1)",
            str(consultation or self.consultation),
            str(self.request),
        )

    def erase(self) -> None:
        execute(
            self.dsn,
            "update archive_key set wrapped = null, destroyed_at = %s where conversation_id = %s",
            AT,
            str(self.consultation),
        )


@pytest.fixture
async def paper(work: UnitOfWork, dsn: str) -> Paper:
    appointment = await make_appointment(work, await make_patient(work), await make_doctor(work))
    three = [await make_auditor(work), await make_admin(work), await make_auditor(work)]
    return Paper(dsn, appointment.consultation_id, *three)


def test_two_approvals_of_two_others_let_a_key_be_destroyed(paper: Paper) -> None:
    paper.approve(1, paper.first)
    paper.approve(2, paper.second)
    paper.destroy()
    paper.name()
    paper.erase()
    assert rows(paper.dsn, "select wrapped from archive_key") == [(None,)]


def test_the_requester_is_no_approver(paper: Paper) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation, match="not_requester"):
        paper.approve(1, paper.asker)


def test_an_approval_cannot_pretend_another_requester(paper: Paper) -> None:
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.approve(1, paper.asker, asker=paper.second)


def test_the_two_approvers_are_two(paper: Paper) -> None:
    paper.approve(1, paper.first)
    with pytest.raises(psycopg2.errors.UniqueViolation, match="other_approver"):
        paper.approve(2, paper.first)
    with pytest.raises(psycopg2.errors.UniqueViolation, match="pkey"):
        paper.approve(1, paper.second)
    with pytest.raises(psycopg2.errors.CheckViolation):
        paper.approve(3, paper.second)


def test_an_approval_after_72_hours_cannot_be_written(paper: Paper) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation, match="in_time"):
        paper.approve(1, paper.first, at=UNTIL)
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.approve(1, paper.first, at=UNTIL, until=UNTIL + timedelta(days=1))


def test_without_both_approvals_no_destruction_can_be_written(paper: Paper) -> None:
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.destroy()
    paper.approve(1, paper.first)
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.destroy()
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.name()


def test_backups_do_not_expire_before_the_destruction(paper: Paper) -> None:
    paper.approve(1, paper.first)
    paper.approve(2, paper.second)
    with pytest.raises(psycopg2.errors.CheckViolation):
        paper.destroy(backups=AT - timedelta(seconds=1))


def test_a_key_that_no_destruction_names_stays(paper: Paper) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no approved destruction"):
        paper.erase()
    paper.approve(1, paper.first)
    paper.approve(2, paper.second)
    paper.destroy()
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no approved destruction"):
        paper.erase()
    with pytest.raises(psycopg2.errors.ForeignKeyViolation):
        paper.name(uuid4())


def test_a_destroyed_key_does_not_come_back(paper: Paper) -> None:
    paper.approve(1, paper.first)
    paper.approve(2, paper.second)
    paper.destroy()
    paper.name()
    paper.erase()
    for command in (
        "update archive_key set wrapped = '\\x" + "00" * 60 + "', destroyed_at = null",
        "update archive_key set destroyed_at = destroyed_at - interval '1 year'",
        "delete from archive_key",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            execute(paper.dsn, command)


def test_a_key_can_be_wrapped_anew_while_it_is_there(paper: Paper) -> None:
    execute(paper.dsn, "update archive_key set kek = 'other', wrapped = %s", bytes([1]) * 60)


@pytest.mark.parametrize(
    "table",
    [
        "legal_hold",
        "legal_hold_lift",
        "destruction_record",
        "destruction_spared",
        "destruction_approval",
        "destruction",
        "destroyed_record",
    ],
)
def test_facts_are_inserted_and_never_changed(dsn: str, table: str) -> None:
    column = rows(
        dsn,
        "select column_name from information_schema.columns where table_name = %s "
        "order by ordinal_position limit 1",
        table,
    )[0][0]
    for command in (
        f"update {table} set {column} = null",  # noqa: S608  # Names from this file's own list.
        f"delete from {table}",  # noqa: S608
        f"truncate {table} cascade",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="insert-only"):
            execute(dsn, command)


def test_of_a_request_only_the_state_moves(paper: Paper) -> None:
    for change in (
        "requested_by = '" + str(paper.first.id) + "'",
        "expires_at = expires_at + interval '1 year'",
        "requested_at = requested_at - interval '1 hour'",
        "reason = 'other'",
        "due_by = now()",
        "id = gen_random_uuid()",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="only its state"):
            execute(paper.dsn, f"update destruction_request set {change}")  # noqa: S608
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        execute(paper.dsn, "delete from destruction_request")
    for wrong in ("state = 'gone'", "state = 'refused'", "state = 'complete'", "ended_at = now()"):
        with pytest.raises(psycopg2.errors.CheckViolation):
            execute(paper.dsn, f"update destruction_request set {wrong}")  # noqa: S608


def test_a_hold_is_on_a_record_or_on_a_patient(paper: Paper) -> None:
    patient = rows(paper.dsn, "select id::text from patient")[0][0]
    for consultation, about in ((None, None), (str(paper.consultation), patient)):
        with pytest.raises(psycopg2.errors.CheckViolation):
            execute(
                paper.dsn,
                "insert into legal_hold (id, consultation_id, patient_id, reason, placed_by, placed_at) "
                "values (gen_random_uuid(), %s, %s, 'x', %s, now())",
                consultation,
                about,
                str(paper.first.id),
            )
