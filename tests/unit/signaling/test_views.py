"""What the wire says of an entry, also of one that somebody damaged behind the server's back."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from chat_archive.entry import Entry
from domain.facts import chat_body, encode_body, media_body
from domain.ids import ConsultationId
from rooms.outputs import EntryAdded, SignalKind, SignalRelayed
from signaling.protocol import Unreadable
from signaling.views import entry_view, room_event

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def entry(kind: str, body: bytes | None, author: str = str(UUID(int=4))) -> Entry:
    return Entry(UUID(int=1), 3, UUID(int=9), author, kind, NOW, b"", b"", body)


def test_chat_has_its_text_and_everything_else_its_detail() -> None:
    chat = entry_view(entry("chat", encode_body(chat_body("医生您好"))))
    assert (chat.text, chat.detail, chat.author_id) == ("医生您好", None, UUID(int=4))
    media = entry_view(entry("media", encode_body(media_body(microphone=True, camera=False))))
    assert (media.text, media.detail) == (None, {"microphone": True, "camera": False})


def test_a_damaged_entry_does_not_keep_anybody_out_of_the_room() -> None:
    for body in (b"not json", b"[1]", b"\xff", b'{"text": 7}', None):
        view = entry_view(entry("chat", body))
        assert (view.seq, view.text) == (3, None)
        assert view.unreadable == (Unreadable.DESTROYED if body is None else Unreadable.DAMAGED)
    assert entry_view(entry("joined", b"{", author="nobody")).author_id is None


def test_a_body_that_does_not_open_is_told_from_one_that_was_destroyed() -> None:
    kept = entry("file", None)
    assert entry_view(kept).unreadable is Unreadable.DESTROYED
    assert entry_view(replace(kept, damaged=True)).unreadable is Unreadable.DAMAGED
    assert entry_view(entry("arrived", b"{}")).unreadable is None


def test_messages_become_events() -> None:
    room = ConsultationId(UUID(int=1))
    event, body = room_event(EntryAdded(room, entry("arrived", b"{}")))
    assert event == "entry.added" and b'"seq":3' in body
    event, body = room_event(SignalRelayed(room, SignalKind.CANDIDATE, UUID(int=7), {"candidate": ""}))
    assert event == "signal.candidate" and b'"candidate":{"candidate":""}' in body
