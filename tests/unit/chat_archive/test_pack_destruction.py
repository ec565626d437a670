"""What a pack tells of a destruction, and what of it the log vouches for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chat_archive import pack
from chat_archive.pack import Destruction
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Flaw, Report
from chat_archive.stored_zip import write_archive
from tests.unit.chat_archive.drafts import AT
from tests.unit.chat_archive.packs import DESTROYED, FIRST, Log, destroyed_log, small_log

TOLD = Destruction(
    DESTROYED,
    AT + timedelta(seconds=1),
    "周正",
    ("陈晨", "孙悦"),
    "RET-1",
    AT,
    "Term is over",
    AT + timedelta(days=35),
    7,
)


def checked(log: Log, *told: Destruction) -> Report:
    return verify_pack(write_archive(pack.pack_files(log.contents(destructions=told))))


def test_a_destruction_is_told_with_its_moment_its_people_and_its_rule() -> None:
    report = checked(destroyed_log(), TOLD)
    assert report.findings == []
    (note,) = [item for item in report.notes if "destroyed" in item]
    assert note.startswith(f"consultation {DESTROYED} was destroyed on {pack.moment(TOLD.at)} under RET-1")
    assert "asked for by 周正, approved by 陈晨 and 孙悦" in note
    assert "entry 7 of the hospital's register" in note


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (destroyed_log(), replace(TOLD, at=TOLD.at + timedelta(microseconds=1))),
        (small_log(), replace(TOLD, consultation_id=FIRST)),
        (small_log(), TOLD),
    ],
    ids=["at another moment", "of a record that was not destroyed", "of a record that is not here"],
)
def test_a_destruction_that_no_entry_records_is_a_finding(log: Log, told: Destruction) -> None:
    report = checked(log, told)
    assert [finding.kind for finding in report.findings] == [Flaw.CLAIM_DIFFERS]
    assert str(told.consultation_id) in report.findings[0].message
    assert not any("destroyed on" in note for note in report.notes)
