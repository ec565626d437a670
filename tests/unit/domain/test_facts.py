"""Bodies of entries: what people may write, and that bytes and bodies are one to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, InvalidInput, TooLarge
from domain.facts import (
    CHAT_TEXT_MAX,
    Body,
    EntryKind,
    LeaveReason,
    chat_body,
    decode_body,
    encode_body,
    finished_body,
    is_spoken,
    left_body,
    media_body,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
BODIES = st.dictionaries(TEXT, st.one_of(TEXT, st.integers(), st.booleans(), st.none()), max_size=5)


@given(BODIES)
def test_a_body_comes_back_from_its_bytes(body: Body) -> None:
    raw = encode_body(body)
    assert decode_body(raw) == body
    assert encode_body(decode_body(raw)) == raw


@given(BODIES, BODIES)
def test_different_bodies_have_different_bytes(one: Body, other: Body) -> None:
    # True equals 1 in Python, and is another body.
    same = one == other and {k: type(v) for k, v in one.items()} == {k: type(v) for k, v in other.items()}
    assert (encode_body(one) == encode_body(other)) == same


def test_the_order_of_keys_does_not_count() -> None:
    assert encode_body({"b": 1, "a": "é"}) == encode_body({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b'{"a":1.5}',
        b'{"a":NaN}',
        b'{"a":{"b":1}}',
        b'{"a":[]}',
        b'{"a":"\\ud800"}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":' + b"[" * 200_000,
    ],
    ids=lambda raw: repr(raw[:20]),
)
def test_bytes_that_are_no_body_are_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError):
        decode_body(raw)


@pytest.mark.parametrize("text", ["您好", "a", "  x", "👩‍⚕️", "line\nline", "x" * CHAT_TEXT_MAX, "<script>"])
def test_what_people_write_is_kept_as_they_wrote_it(text: str) -> None:
    assert decode_body(encode_body(chat_body(text))) == {"text": text}


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "a\x00b", "\ud800", "\udfff x"])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        chat_body(text)
    assert set(refusal.value.fields) == {"text"}


def test_a_message_has_a_longest_length_in_characters() -> None:
    assert chat_body("药" * CHAT_TEXT_MAX)
    with pytest.raises(TooLarge) as refusal:
        chat_body("药" * (CHAT_TEXT_MAX + 1))
    assert refusal.value.code is Code.INPUT_TOO_LARGE


def test_the_bodies_of_what_happens() -> None:
    assert media_body(microphone=True, camera=False) == {"camera": False, "microphone": True}
    assert left_body(LeaveReason.CONNECTION_LOST) == {"reason": "connection-lost"}
    assert finished_body(2, b"\xab" * 32) == {"entries": 2, "last_hash": "ab" * 32}


def test_only_chat_is_spoken() -> None:
    assert [kind for kind in EntryKind if is_spoken(kind)] == [EntryKind.CHAT]
