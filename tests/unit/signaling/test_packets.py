"""Frames: whatever a client sends becomes an event with an answer, or has no effect at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet

from signaling.packets import BINARY, MALFORMED, NOT_JSON, VisitJson, VisitPacket, frame


def test_an_event_is_read() -> None:
    read = VisitPacket(encoded_packet='2/visit,17["chat.send",{"text":"医生\\ud83d\\udc4b"}]')
    assert (read.packet_type, read.namespace, read.id) == (packet.EVENT, "/visit", 17)
    assert read.data == ["chat.send", {"text": "医生👋"}]


def test_connecting_and_disconnecting_are_read_without_what_they_carry() -> None:
    connect = VisitPacket(encoded_packet='0/visit?x=1,{"token":"t"}')
    assert (connect.packet_type, connect.namespace, connect.data) == (packet.CONNECT, "/visit", None)
    assert VisitPacket(encoded_packet="1/visit,").packet_type == packet.DISCONNECT


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2/visit,5{bad", NOT_JSON),
        ('2/visit,5["a.b",NaN]', NOT_JSON),
        ('2/visit,5["a.b","\\ud800"]', NOT_JSON),
        ("2/visit,5" + "[" * 5000, NOT_JSON),
        ("2/visit,5", NOT_JSON),
        ("2/visit,5[]", MALFORMED),
        ("2/visit,5[7]", MALFORMED),
        ('2/visit,5{"a":1}', MALFORMED),
        ('2/visit,5["connect",{}]', MALFORMED),
        ('2/visit,5["disconnect"]', MALFORMED),
        ('2/visit,5["!binary"]', MALFORMED),
        ('2/visit,5["__init__"]', MALFORMED),
        ('51-/visit,5["chat.send",{"_placeholder":true,"num":0}]', BINARY),
        ('59999999999-/visit,5["chat.send"]', BINARY),
    ],
)
def test_what_is_no_event_is_answered_as_such(text: str, name: str) -> None:
    read = VisitPacket(encoded_packet=text)
    assert read.data is not None
    assert (read.packet_type, read.id, read.data[0]) == (packet.EVENT, 5, name)
    assert read.attachment_count == 0


@pytest.mark.parametrize(
    "frame_data",
    ["", "x", b"2[]", "40", "3/visit,1[]", "61-/visit,1[]", "2/visit,99999999999999999999[]", {}],
)
def test_what_cannot_be_answered_has_no_effect(frame_data: object) -> None:
    read = VisitPacket(encoded_packet=frame_data)
    assert (read.packet_type, read.id, read.data) == (packet.ACK, -1, [])


@given(st.text(max_size=200) | st.binary(max_size=50))
def test_decoding_never_raises(frame_data: object) -> None:
    read = VisitPacket(encoded_packet=frame_data)
    assert read.attachment_count == 0
    assert read.packet_type in (packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK)


@given(st.sampled_from("0123456"), st.text(max_size=100))
def test_decoding_never_raises_for_any_tail(kind: str, tail: str) -> None:
    VisitPacket(encoded_packet=f"{kind}/visit,{tail}")


def test_a_frame_is_what_socketio_would_have_written() -> None:
    body = {"consultation_id": "x", "text": '引号"与换行\n'}
    written = VisitPacket(packet.EVENT, data=["entry.added", body], namespace="/visit").encode()
    assert frame("/visit", "entry.added", VisitJson.dumps(body).encode()) == written
