"""The verifier names what is wrong, and the entry it concerns, without blaming others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.entry import GENESIS, Entry, Head, link
from chat_archive.verify import Finding, FindingKind, Verdict, Verifier, verify_conversation
from tests.unit.chat_archive.drafts import AT, AUTHOR, CONVERSATION, OTHER, chained, draft

ENTRIES, HEAD = chained(7)
SEVENTH = ENTRIES[6].entry_hash


def found(entries: list[Entry], head: Head | None = HEAD) -> list[tuple[int | None, FindingKind]]:
    verdict = verify_conversation(entries, head)
    assert verdict.intact == (not verdict.findings)
    for finding in verdict.findings:
        assert str(CONVERSATION) in finding.message
        if finding.seq is not None:
            assert str(finding.seq) in finding.message
    return [(finding.seq, finding.kind) for finding in verdict.findings]


def changed(seq: int, **fields: object) -> list[Entry]:
    """Return the conversation with other content in one entry, as if written behind the server's back."""
    return [replace(entry, **fields) if entry.seq == seq else entry for entry in ENTRIES]  # type: ignore[arg-type]


def test_a_sound_conversation_is_intact() -> None:
    assert verify_conversation(ENTRIES, HEAD) == Verdict(True, 7, SEVENTH, [])
    assert verify_conversation(iter(ENTRIES), HEAD).intact


def test_a_conversation_in_which_nothing_was_said_is_intact() -> None:
    assert verify_conversation([], None) == Verdict(True, 0, None, [])
    assert verify_conversation([], Head(CONVERSATION, 0, GENESIS)) == Verdict(True, 0, None, [])


@pytest.mark.parametrize("seq", range(1, 8))
@pytest.mark.parametrize(
    "fields",
    [
        {"body": b'{"text":"X"}'},
        {"body": b""},
        {"body": b"\xff not json {{{"},
        {"author": "01936c5e-0000-7000-8000-0000000000a2"},
        {"author": ""},
        {"author": "\ud800"},
        {"kind": "media"},
        {"message_id": UUID(int=999)},
        {"recorded_at": AT + timedelta(microseconds=1)},
        {"recorded_at": datetime(1, 1, 2, tzinfo=UTC)},
        {"recorded_at": datetime(9999, 12, 30, tzinfo=UTC)},
        {"recorded_at": datetime(2026, 11, 23)},
        {"entry_hash": b"\x55" * 32},
        {"entry_hash": b""},
    ],
    ids=lambda fields: " ".join(f"{name}={value!r}"[:40] for name, value in fields.items()),
)
def test_an_altered_entry_is_named_and_no_other(seq: int, fields: dict[str, object]) -> None:
    verdict = verify_conversation(changed(seq, **fields), HEAD)
    assert verdict.findings == [
        Finding(
            seq,
            FindingKind.ALTERED,
            f"entry {seq} of conversation {CONVERSATION} was altered: its content does not match its hash",
        )
    ]
    assert not verdict.intact
    assert verdict.entries == 7


@given(st.integers(1, 7), st.data())
def test_every_single_bit_of_a_body_counts(seq: int, data: st.DataObject) -> None:
    body = bytearray(ENTRIES[seq - 1].body)
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] ^= 1 << data.draw(st.integers(0, 7))
    assert found(changed(seq, body=bytes(body))) == [(seq, FindingKind.ALTERED)]


def test_two_altered_entries_are_both_named() -> None:
    entries = changed(3, body=b"x")
    entries[4] = replace(entries[4], kind="media")
    assert found(entries) == [(3, FindingKind.ALTERED), (5, FindingKind.ALTERED)]


def test_neighbours_that_were_altered_are_both_named() -> None:
    entries = changed(3, body=b"x")
    entries[3] = replace(entries[3], body=b"y")
    assert found(entries) == [(3, FindingKind.ALTERED), (4, FindingKind.ALTERED)]


def test_an_entry_rewritten_with_its_hash_breaks_the_link_of_the_next() -> None:
    forged = link(Head(CONVERSATION, 2, ENTRIES[1].entry_hash), replace(draft(3), body=b"forged"))
    assert found([*ENTRIES[:2], forged, *ENTRIES[3:]]) == [(4, FindingKind.ALTERED)]


def test_a_last_entry_rewritten_with_its_hash_differs_from_the_head() -> None:
    forged = link(Head(CONVERSATION, 6, ENTRIES[5].entry_hash), replace(draft(7), body=b"forged"))
    assert found([*ENTRIES[:6], forged]) == [(7, FindingKind.HEAD_DIFFERS)]


def test_a_gap_is_named_and_the_rest_is_still_checked() -> None:
    entries = changed(6, body=b"x")
    assert found(entries[:2] + entries[3:]) == [(3, FindingKind.MISSING), (6, FindingKind.ALTERED)]
    verdict = verify_conversation([ENTRIES[0], *ENTRIES[4:]], HEAD)
    assert [finding.message for finding in verdict.findings] == [
        f"entries 2 to 4 of conversation {CONVERSATION} are missing before entry 5"
    ]


def test_a_missing_beginning_is_named() -> None:
    assert found(ENTRIES[1:]) == [(1, FindingKind.MISSING)]


@pytest.mark.parametrize("left", range(7))
def test_an_end_cut_off_is_named(left: int) -> None:
    verdict = verify_conversation(ENTRIES[:left], HEAD)
    ((seq, kind),) = found(ENTRIES[:left])
    assert (seq, kind) == (left + 1, FindingKind.TRUNCATED)
    what = "entry 7 of" if left == 6 else f"entries {left + 1} to 7 of"
    assert verdict.findings[0].message.startswith(what)


def test_an_entry_that_nobody_appended_is_named() -> None:
    extra = link(HEAD, draft(8))
    assert found([*ENTRIES, extra]) == [(8, FindingKind.ADDED)]


def test_an_entry_put_between_others_is_found() -> None:
    # Those behind it had to be numbered anew, and none of them is what it was.
    inserted = link(Head(CONVERSATION, 3, ENTRIES[2].entry_hash), draft(99))
    moved = [replace(entry, seq=entry.seq + 1) for entry in ENTRIES[3:]]
    assert found([*ENTRIES[:3], inserted, *moved]) == [
        *[(seq, FindingKind.ALTERED) for seq in (5, 6, 7, 8)],
        (8, FindingKind.ADDED),
    ]


def test_a_repeated_entry_is_named() -> None:
    assert found([*ENTRIES[:3], ENTRIES[2], *ENTRIES[3:]]) == [(3, FindingKind.REPEATED)]


def test_entries_in_another_order_are_named() -> None:
    entries = [*ENTRIES[:2], ENTRIES[3], ENTRIES[2], *ENTRIES[4:]]
    assert found(entries) == [(3, FindingKind.MISSING), (3, FindingKind.OUT_OF_ORDER)]


def test_entries_that_swapped_their_numbers_are_both_named() -> None:
    third, fourth = ENTRIES[2], ENTRIES[3]
    entries = [*ENTRIES[:2], replace(fourth, seq=3), replace(third, seq=4), *ENTRIES[4:]]
    assert {(3, FindingKind.ALTERED), (4, FindingKind.ALTERED)} <= set(found(entries))


def test_an_entry_of_another_conversation_is_named() -> None:
    foreign, _ = chained(3, conversation=OTHER)
    entries = [*ENTRIES[:2], foreign[2], *ENTRIES[3:]]
    assert (3, FindingKind.FOREIGN) in found(entries)


@pytest.mark.parametrize(
    ("head", "finding"),
    [
        (None, (None, FindingKind.HEAD_MISSING)),
        (Head(CONVERSATION, 7, b"\x55" * 32), (7, FindingKind.HEAD_DIFFERS)),
        (Head(CONVERSATION, 7, b""), (7, FindingKind.HEAD_DIFFERS)),
        (Head(CONVERSATION, 9, SEVENTH), (8, FindingKind.TRUNCATED)),
        (Head(CONVERSATION, 5, SEVENTH), (6, FindingKind.ADDED)),
        (Head(CONVERSATION, 0, GENESIS), (1, FindingKind.ADDED)),
    ],
)
def test_a_damaged_head_is_named(head: Head | None, finding: tuple[int | None, FindingKind]) -> None:
    assert found(ENTRIES, head) == [finding]


def test_an_empty_conversations_head_has_the_first_hash() -> None:
    assert found([], Head(CONVERSATION, 0, SEVENTH)) == [(None, FindingKind.HEAD_DIFFERS)]


def test_a_head_of_another_conversation_is_named() -> None:
    verifier = Verifier(CONVERSATION)
    for entry in ENTRIES:
        verifier.add(entry)
    verdict = verifier.finish(Head(OTHER, 7, SEVENTH))
    assert [finding.kind for finding in verdict.findings] == [FindingKind.FOREIGN]


DAMAGE: dict[str, Callable[[list[Entry], int], list[Entry]]] = {
    "drop": lambda entries, at: entries[:at] + entries[at + 1 :],
    "repeat": lambda entries, at: [*entries[: at + 1], *entries[at:]],
    "to the end": lambda entries, at: [*entries[:at], *entries[at + 1 :], entries[at]],
    "author": lambda entries, at: [
        replace(entry, author=AUTHOR[::-1]) if index == at else entry for index, entry in enumerate(entries)
    ],
    "cut": lambda entries, at: entries[:at],
}


@given(st.integers(1, 12), st.data())
def test_no_damage_goes_unnoticed(count: int, data: st.DataObject) -> None:
    entries, head = chained(count)
    assert verify_conversation(entries, head).intact
    at = data.draw(st.integers(0, count - 1))
    damaged = DAMAGE[data.draw(st.sampled_from(sorted(DAMAGE)))](entries, at)
    assert verify_conversation(damaged, head).intact == (damaged == entries)
