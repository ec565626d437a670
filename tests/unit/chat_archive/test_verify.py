"""The verifier names what is wrong, and the entry it concerns, without blaming others."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.append import link
from chat_archive.data_keys import DataKey, DestroyedKey, KekUnknown, KeyMissing, OpenKey
from chat_archive.entry import GENESIS, Draft, Head, SealedEntry
from chat_archive.verify import Finding, FindingKind, Verdict, Verifier, verify_conversation
from tests.unit.chat_archive.drafts import AT, AUTHOR, CONVERSATION, KEY, OTHER, OTHER_KEY, chained, draft

ENTRIES, HEAD = chained(7)
SEVENTH = ENTRIES[6].entry_hash


def after(head: Head, one: Draft) -> SealedEntry:
    return link(head, one, KEY, os.urandom)[1]


def found(
    entries: list[SealedEntry], head: Head | None = HEAD, key: OpenKey | None = KEY
) -> list[tuple[int | None, FindingKind]]:
    verdict = verify_conversation(entries, head, key)
    assert verdict.intact == (not verdict.findings)
    for finding in verdict.findings:
        assert finding.conversation_id == CONVERSATION
        assert str(CONVERSATION) in finding.message
        if finding.seq is not None:
            assert str(finding.seq) in finding.message
    return [(finding.seq, finding.kind) for finding in verdict.findings]


def changed(seq: int, **fields: object) -> list[SealedEntry]:
    """Return the conversation with other content in one entry, as if written behind the server's back."""
    return [entry._replace(**fields) if entry.seq == seq else entry for entry in ENTRIES]  # type: ignore[arg-type]


def test_a_sound_conversation_is_intact() -> None:
    assert verify_conversation(ENTRIES, HEAD) == Verdict(True, 7, SEVENTH, [])
    assert verify_conversation(ENTRIES, HEAD, KEY) == Verdict(True, 7, SEVENTH, [], bodies=7)
    assert verify_conversation(iter(ENTRIES), HEAD).intact


def test_a_conversation_in_which_nothing_was_said_is_intact() -> None:
    assert verify_conversation([], None) == Verdict(True, 0, None, [])
    assert verify_conversation([], Head(CONVERSATION, 0, GENESIS)) == Verdict(True, 0, None, [])


@pytest.mark.parametrize("seq", range(1, 8))
@pytest.mark.parametrize(
    "fields",
    [
        {"commitment": b"\x55" * 32},
        {"commitment": b""},
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
    for key in (None, KEY):
        verdict = verify_conversation(changed(seq, **fields), HEAD, key)
        assert verdict.findings == [
            Finding(
                seq,
                FindingKind.ALTERED,
                f"entry {seq} of conversation {CONVERSATION} was altered: "
                "its content does not match its hash",
                CONVERSATION,
            )
        ]
        assert not verdict.intact
        assert verdict.entries == 7


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("sealed", FindingKind.BODY_DAMAGED),
        ("commitment", FindingKind.ALTERED),
        ("entry_hash", FindingKind.ALTERED),
    ],
)
@given(seq=st.integers(1, 7), data=st.data())
def test_every_single_bit_counts(field: str, kind: FindingKind, seq: int, data: st.DataObject) -> None:
    raw = bytearray(getattr(ENTRIES[seq - 1], field))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert found(changed(seq, **{field: bytes(raw)})) == [(seq, kind)]


@given(st.integers(1, 7), st.integers(0, 127))
def test_every_single_bit_of_an_id_counts(seq: int, bit: int) -> None:
    message_id = UUID(int=ENTRIES[seq - 1].message_id.int ^ (1 << bit))
    assert found(changed(seq, message_id=message_id)) == [(seq, FindingKind.ALTERED)]


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(28), bytes(200)])
def test_a_body_that_does_not_open_is_named_and_no_other(sealed: bytes) -> None:
    verdict = verify_conversation(changed(3, sealed=sealed), HEAD, KEY)
    assert verdict.findings == [
        Finding(
            3,
            FindingKind.BODY_DAMAGED,
            f"the body of entry 3 of conversation {CONVERSATION} is damaged: it is not what was sealed there",
            CONVERSATION,
        )
    ]
    assert (verdict.bodies, verdict.entries) == (6, 7)
    # Without the key nobody can say, and the chain is sound.
    assert found(changed(3, sealed=sealed), key=None) == []


def test_a_body_sealed_anew_for_its_entry_is_not_the_one_that_was_committed_to() -> None:
    forged = KEY.seal(ENTRIES[2].header(), b'{"text":"forged"}', os.urandom)
    assert found(changed(3, sealed=forged)) == [(3, FindingKind.BODY_DAMAGED)]


def test_bodies_that_changed_places_are_both_named() -> None:
    entries = changed(3, sealed=ENTRIES[4].sealed)
    entries[4] = entries[4]._replace(sealed=ENTRIES[2].sealed)
    assert found(entries) == [(3, FindingKind.BODY_DAMAGED), (5, FindingKind.BODY_DAMAGED)]


def test_a_body_of_another_conversation_is_named() -> None:
    foreign, _ = chained(3, conversation=OTHER)
    assert found(changed(3, sealed=foreign[2].sealed)) == [(3, FindingKind.BODY_DAMAGED)]


def test_with_another_key_no_body_is_sound_and_the_chain_is() -> None:
    wrong = DataKey(CONVERSATION, bytes(32))
    for key in (wrong, OTHER_KEY):
        assert found(ENTRIES, key=key) == [(seq, FindingKind.BODY_DAMAGED) for seq in range(1, 8)]


def test_after_its_keys_destruction_a_conversation_is_intact_and_says_so() -> None:
    gone = DestroyedKey(CONVERSATION, AT)
    assert verify_conversation(ENTRIES, HEAD, gone) == Verdict(True, 7, SEVENTH, [], 0, destroyed=True)
    assert found(changed(3, author="x"), key=gone) == [(3, FindingKind.ALTERED)]
    # Whatever became of the bodies afterwards: nobody can read them.
    assert found(changed(3, sealed=b""), key=gone) == []


@pytest.mark.parametrize("fault", [KekUnknown("lost", CONVERSATION), KeyMissing(CONVERSATION)])
def test_a_key_that_cannot_be_used_is_no_destruction(fault: KekUnknown | KeyMissing) -> None:
    assert found(ENTRIES, key=fault) == [(None, FindingKind.KEY_UNUSABLE)]
    assert found(changed(3, author="x"), key=fault) == [
        (3, FindingKind.ALTERED),
        (None, FindingKind.KEY_UNUSABLE),
    ]
    assert found([], Head(CONVERSATION, 0, GENESIS), key=fault) == []


def test_two_altered_entries_are_both_named() -> None:
    entries = changed(3, commitment=bytes(32))
    entries[4] = entries[4]._replace(kind="media")
    assert found(entries) == [(3, FindingKind.ALTERED), (5, FindingKind.ALTERED)]


def test_neighbours_that_were_altered_are_both_named() -> None:
    entries = changed(3, commitment=bytes(32))
    entries[3] = entries[3]._replace(commitment=bytes(32))
    assert found(entries) == [(3, FindingKind.ALTERED), (4, FindingKind.ALTERED)]


def test_an_entry_rewritten_with_its_hash_breaks_the_link_of_the_next() -> None:
    forged = after(Head(CONVERSATION, 2, ENTRIES[1].entry_hash), replace(draft(3), body=b"forged"))
    assert found([*ENTRIES[:2], forged, *ENTRIES[3:]]) == [(4, FindingKind.ALTERED)]


def test_a_last_entry_rewritten_with_its_hash_differs_from_the_head() -> None:
    forged = after(Head(CONVERSATION, 6, ENTRIES[5].entry_hash), replace(draft(7), body=b"forged"))
    assert found([*ENTRIES[:6], forged]) == [(7, FindingKind.HEAD_DIFFERS)]


def test_a_gap_is_named_and_the_rest_is_still_checked() -> None:
    entries = changed(6, commitment=bytes(32))
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
    extra = after(HEAD, draft(8))
    assert found([*ENTRIES, extra]) == [(8, FindingKind.ADDED)]


def test_an_entry_put_between_others_is_found() -> None:
    # Those behind it had to be numbered anew, and none of them is what it was.
    inserted = after(Head(CONVERSATION, 3, ENTRIES[2].entry_hash), draft(99))
    moved = [entry._replace(seq=entry.seq + 1) for entry in ENTRIES[3:]]
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
    entries = [*ENTRIES[:2], fourth._replace(seq=3), third._replace(seq=4), *ENTRIES[4:]]
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


DAMAGE: dict[str, Callable[[list[SealedEntry], int], list[SealedEntry]]] = {
    "drop": lambda entries, at: entries[:at] + entries[at + 1 :],
    "repeat": lambda entries, at: [*entries[: at + 1], *entries[at:]],
    "to the end": lambda entries, at: [*entries[:at], *entries[at + 1 :], entries[at]],
    "author": lambda entries, at: [
        entry._replace(author=AUTHOR[::-1]) if index == at else entry for index, entry in enumerate(entries)
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
