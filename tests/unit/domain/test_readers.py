"""Accesses as a patient reads them: what is taken together, and what is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.accounts import Role
from domain.readers import TOGETHER, Access, fold

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DOCTOR = UUID(int=1)


def line(id: int, minutes_ago: float, **change: object) -> Access:
    at = AT - timedelta(minutes=minutes_ago)
    made = Access(id, at, at, 1, DOCTOR, "张文华", Role.DOCTOR, "queue.read", "done", None, None)
    return replace(made, **change)  # type: ignore[arg-type]


def test_a_page_that_reads_itself_anew_is_one_access() -> None:
    (one,) = fold([line(9, 0), line(8, 1), line(7, 50)])
    assert (one.id, one.times) == (7, 3)
    assert (one.first_at, one.last_at) == (AT - timedelta(minutes=50), AT)


def test_folding_again_with_more_lines_gives_the_same() -> None:
    lines = [line(9, 0), line(8, 1), line(7, 50), line(6, 51, action="archive.read")]
    assert fold([*fold(lines[:2]), *lines[2:]]) == fold(lines)


def test_coming_back_after_a_while_is_another_access() -> None:
    over = TOGETHER / timedelta(minutes=1) + 1
    assert [item.id for item in fold([line(9, 0), line(8, over)])] == [9, 8]


def test_another_person_action_outcome_visit_or_reason_is_another_access() -> None:
    lines = [
        line(9, 0),
        line(8, 0, actor_id=UUID(int=2)),
        line(7, 0, action="archive.read"),
        line(6, 0, action="archive.read", outcome="refused"),
        line(5, 0, action="archive.read", visit_at=AT),
        line(4, 0, action="archive.read", visit_at=AT, reason="complaint"),
    ]
    assert fold(lines) == lines
