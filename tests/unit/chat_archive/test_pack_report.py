"""What a report says to people and to machines."""

import json
from uuid import UUID

from chat_archive.pack_report import Finding, Report

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_remarks_are_one_line_for_each_conversation_and_all_in_the_json() -> None:
    report = Report("log")
    report.remarks += [Finding("backdated", f"entry {seq}", ONE, seq) for seq in (1, 2, 3)]
    report.remarks += [Finding("unsealed", "entry 4", ONE, 4), Finding("backdated", "entry 1", OTHER, 1)]
    report.remarks += [Finding("continued", "a file"), Finding("continued", "a witness")]
    assert [line for line in report.lines() if line.startswith("Note: ")] == [
        f"Note: conversation {ONE}: backdated: 3 entries, the first: entry 1",
        "Note: unsealed: entry 4",
        "Note: backdated: entry 1",
        "Note: continued: a file",
        "Note: continued: a witness",
    ]
    told = json.loads(report.json())["notes"]
    assert told[:3] == ["backdated: entry 1", "backdated: entry 2", "backdated: entry 3"]
    assert len(told) == 7
    assert report.verdict.value == "intact"


def test_one_of_a_kind_is_said_as_one() -> None:
    report = Report("log", counted=(1, 1))
    report.findings.append(Finding("altered", "x"))
    assert report.lines()[1:3] == ["1 conversation with 1 entry.", "BROKEN: 1 finding."]
    report.findings *= 2
    report.counted = (2, 0)
    assert report.lines()[2:4] == ["2 conversations with 0 entries.", "BROKEN: 2 findings."]
