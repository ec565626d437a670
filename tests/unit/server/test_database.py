from dataclasses import replace

import pytest

from server.database import shortcomings
from storage.server_facts import ServerFacts

SOUND = ServerFacts(
    version_number=180004,
    version="18.4",
    fsync="on",
    full_page_writes="on",
    synchronous_commit="on",
    encoding="UTF8",
)


@pytest.mark.parametrize("commit", ["on", "remote_write", "remote_apply"])
def test_a_database_that_keeps_what_it_acknowledges_is_accepted(commit: str) -> None:
    assert shortcomings(replace(SOUND, synchronous_commit=commit)) == []


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (replace(SOUND, version_number=140012, version="14.12"), "14.12"),
        (replace(SOUND, fsync="off"), "fsync"),
        (replace(SOUND, full_page_writes="off"), "full_page_writes"),
        (replace(SOUND, synchronous_commit="off"), "synchronous_commit"),
        (replace(SOUND, synchronous_commit="local"), "synchronous_commit"),
        (replace(SOUND, encoding="SQL_ASCII"), "SQL_ASCII"),
    ],
)
def test_a_database_that_could_lose_something_is_refused_and_told_why(facts: ServerFacts, word: str) -> None:
    found = shortcomings(facts)
    assert len(found) == 1
    assert word in found[0]


def test_all_reasons_are_given_at_once() -> None:
    assert len(shortcomings(replace(SOUND, fsync="off", full_page_writes="off", encoding="LATIN1"))) == 3
