"""docs/archive-verification.md names everything that a verification can find, and nothing else."""

import re
from pathlib import Path

from actions.log_finding import LogFindingKind
from chat_archive.pack_report import Flaw
from chat_archive.verify import FindingKind
from domain.errors import Code

DOCS = Path(__file__).parents[3] / "docs"


def named(page: str, heading: str) -> set[str]:
    """Return the words in code type that stand first in the table rows, or in notes, under a heading."""
    text = (DOCS / page).read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    notes = [paragraph for paragraph in text.split("\n\n") if paragraph.startswith("Notes")]
    return set(re.findall(r"`([^`]+)`", " ".join(rows + notes)))


def test_the_findings_in_a_log_are_documented() -> None:
    both = {Flaw.WRONG_KEY.value, Flaw.NOT_WITNESSED.value, Code.FILE_DAMAGED.value}
    assert named("archive-verification.md", "Findings in a server's log") == {*LogFindingKind, *both}


def test_the_findings_in_a_pack_are_documented() -> None:
    assert named("archive-verification.md", "Findings in a pack") == set(Flaw)


def test_the_findings_of_a_conversation_are_documented() -> None:
    assert named("archive-format.md", "Verifying a conversation") == set(FindingKind)
