"""Bodies: one JSON object of the event's type, nothing coerced, nothing unknown, within the limits."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, FieldFault, InvalidInput, UserFault
from signaling.packets import BINARY, MALFORMED, NOT_JSON
from signaling.parsing import parse
from signaling.protocol import CLIENT_EVENTS, EVENT_BYTES_MAX, ChatSend, SignalDescription

ROOM = {"consultation_id": str(uuid4())}
CHAT = {**ROOM, "message_id": str(uuid4()), "text": "hello"}
SDP = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"


def code_of(event: str, *args: Any) -> Code:
    with pytest.raises(UserFault) as refused:
        parse(event, args)
    return refused.value.code


def test_a_good_body_is_read() -> None:
    body = parse("chat.send", (CHAT,))
    assert isinstance(body, ChatSend) and body.text == "hello"


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ((), "none"),
        ((CHAT, CHAT), "two"),
        ((None,), "null"),
        (([CHAT],), "a list"),
        (("text",), "a string"),
        ((b"bytes",), "binary"),
    ],
)
def test_a_body_is_one_object(args: tuple[Any, ...], why: str) -> None:
    assert code_of("chat.send", *args) is Code.INPUT_INVALID, why


@pytest.mark.parametrize(
    ("change", "field", "fault"),
    [
        ({"text": None}, "text", FieldFault.WRONG_TYPE),
        ({"text": 5}, "text", FieldFault.WRONG_TYPE),
        ({"text": "x" * 8001}, "text", FieldFault.TOO_LONG),
        ({"message_id": "no uuid"}, "message_id", FieldFault.BAD_FORMAT),
        ({"message_id": 7}, "message_id", FieldFault.WRONG_TYPE),
        ({"more": 1}, "more", FieldFault.UNKNOWN),
        ({"consultation_id": {}}, "consultation_id", FieldFault.WRONG_TYPE),
    ],
)
def test_wrong_fields_are_named(change: dict[str, Any], field: str, fault: FieldFault) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse("chat.send", ({**CHAT, **change},))
    assert refused.value.fields == {field: fault}


def test_missing_fields_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse("chat.send", ({},))
    assert set(refused.value.fields.values()) == {FieldFault.MISSING}
    assert set(refused.value.fields) == {"consultation_id", "message_id", "text"}


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("room.join", {**ROOM, "endpoint_id": str(uuid4()), "microphone": 1}),
        ("room.join", {**ROOM, "endpoint_id": str(uuid4()), "after_seq": "0"}),
        ("room.join", {**ROOM, "endpoint_id": str(uuid4()), "after_seq": -1}),
        ("room.join", {**ROOM, "endpoint_id": str(uuid4()), "after_seq": 1.5}),
        ("entries.read", {**ROOM, "after_seq": 0, "limit": 201}),
        ("entries.read", {**ROOM, "after_seq": 0, "limit": True}),
        ("media.set", {**ROOM, "microphone": "true", "camera": True}),
    ],
)
def test_nothing_is_coerced(event: str, body: dict[str, Any]) -> None:
    assert code_of(event, body) is Code.INPUT_INVALID


def test_a_refusal_repeats_no_value() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse("chat.send", ({**CHAT, "message_id": "a secret"},))
    assert "secret" not in f"{refused.value} {refused.value.fields}"


def test_too_much_is_too_much() -> None:
    assert code_of("chat.send", {**CHAT, "text": "x" * EVENT_BYTES_MAX}) is Code.INPUT_TOO_LARGE
    assert code_of("chat.send", {**CHAT, "junk": ["x"] * EVENT_BYTES_MAX}) is Code.INPUT_TOO_LARGE


def test_unknown_and_impossible_events() -> None:
    assert code_of("room.destroy", ROOM) is Code.EVENT_UNKNOWN
    assert code_of(MALFORMED, ROOM) is Code.EVENT_UNKNOWN
    assert code_of(NOT_JSON) is Code.INPUT_NOT_JSON
    assert code_of(BINARY) is Code.INPUT_INVALID


def signal(description: dict[str, Any]) -> dict[str, Any]:
    return {**ROOM, "to_endpoint": str(uuid4()), "description": description}


def test_descriptions_and_candidates_are_looked_into() -> None:
    assert isinstance(
        parse("signal.description", (signal({"type": "offer", "sdp": SDP}),)), SignalDescription
    )
    parse("signal.description", (signal({"type": "rollback"}),))
    assert code_of("signal.description", signal({"type": "offer", "sdp": "hi"})) is Code.SIGNAL_BAD_SDP
    assert code_of("signal.description", signal({"type": "offer"})) is Code.SIGNAL_BAD_SDP
    assert code_of("signal.description", signal({"type": "pranswer", "sdp": SDP})) is Code.INPUT_INVALID
    candidate = {**ROOM, "to_endpoint": str(uuid4()), "candidate": {"candidate": "nonsense"}}
    assert code_of("signal.candidate", candidate) is Code.SIGNAL_BAD_CANDIDATE


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(CLIENT_EVENTS)), st.lists(json_values, max_size=2))
def test_any_json_is_read_or_refused(event: str, args: list[Any]) -> None:
    try:
        parse(event, tuple(args))
    except UserFault as refused:
        assert refused.code in (Code.INPUT_INVALID, Code.INPUT_TOO_LARGE, Code.INPUT_NOT_JSON)
