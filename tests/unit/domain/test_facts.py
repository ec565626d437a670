"""The bodies of a record's entries: what is refused, and that each has one byte string."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, FieldFault, InvalidInput, TooLarge
from domain.facts import (
    CHAT_TEXT_MAX,
    EntryKind,
    LeaveReason,
    chat_body,
    decode_body,
    encode_body,
    is_spoken,
    left_body,
    media_body,
)


@pytest.mark.parametrize(
    "text", ["头疼三天了", " kept as typed \n", "👩‍⚕️" * 100, "x" * CHAT_TEXT_MAX, "'; drop --"]
)
def test_a_message_is_kept_as_typed(text: str) -> None:
    assert chat_body(text) == {"text": text}


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_an_empty_message_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        chat_body(text)
    assert refusal.value.fields == {"text": FieldFault.TOO_SHORT}


def test_a_message_that_is_too_long_is_refused() -> None:
    with pytest.raises(TooLarge) as refusal:
        chat_body("字" * (CHAT_TEXT_MAX + 1))
    assert refusal.value.code is Code.INPUT_TOO_LARGE
    assert refusal.value.limit == CHAT_TEXT_MAX


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "\udfff"])
def test_broken_characters_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        chat_body(text)
    assert refusal.value.fields == {"text": FieldFault.BAD_FORMAT}


def test_a_refusal_does_not_repeat_what_was_said() -> None:
    with pytest.raises(InvalidInput) as refusal:
        chat_body("my secret\x00")
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("microphone", "camera"), [(True, False), (False, True), (True, True), (False, False)]
)
def test_a_media_body_names_each_device(microphone: bool, camera: bool) -> None:
    assert media_body(microphone=microphone, camera=camera) == {"camera": camera, "microphone": microphone}


@pytest.mark.parametrize("reason", LeaveReason)
def test_leaving_says_why(reason: LeaveReason) -> None:
    assert left_body(reason) == {"reason": reason.value}


def test_a_body_has_one_byte_string_whatever_the_order_of_its_keys() -> None:
    expected = '{"a":"头","b":1,"c":true,"d":null}'.encode()
    assert encode_body({"d": None, "c": True, "b": 1, "a": "头"}) == expected
    assert encode_body({"a": "头", "b": 1, "c": True, "d": None}) == expected


_values = st.one_of(st.text(), st.integers(-(2**53), 2**53), st.booleans(), st.none())


@given(st.dictionaries(st.text(), _values))
def test_a_body_comes_back_as_it_was(body: dict[str, str | int | bool | None]) -> None:
    assert decode_body(encode_body(body)) == body
    assert json.loads(encode_body(body)) == body


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"text"', b"null", b"\xff\xfe\x00"])
def test_bytes_that_are_no_body_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_body(raw)


@pytest.mark.parametrize("kind", EntryKind)
def test_only_chat_is_said_by_a_person(kind: EntryKind) -> None:
    assert is_spoken(kind) is (kind is EntryKind.CHAT)
