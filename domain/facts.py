"""What a consultation's record can contain: kinds of entries and their bodies, as the archive's bytes."""

import json
import re
from enum import StrEnum
from typing import assert_never

from domain.errors import FieldFault, InvalidInput, TooLarge

CHAT_TEXT_MAX = 4_000
"""Characters (Unicode code points) in one chat message."""

Body = dict[str, str | int | bool | None]
_BROKEN = re.compile("[\x00\ud800-\udfff]")


class EntryKind(StrEnum):
    """The kinds of entries in a conversation. Kinds are added, never renamed."""

    CHAT = "chat"
    ARRIVED = "arrived"
    STEPPED_OUT = "stepped-out"
    ADMITTED = "admitted"
    JOINED = "joined"
    LEFT = "left"
    MEDIA = "media"
    FINISHED = "finished"
    FILE = "file"
    CONSENT = "consent"
    SAFETY = "safety"
    LOCATION = "location"
    UNSUITABLE = "unsuitable"
    FOLLOW_UP = "follow-up"
    DIAGNOSIS = "diagnosis"
    GUEST_INVITED = "guest-invited"
    GUEST_WITHDRAWN = "guest-withdrawn"
    GUEST_JOINED = "guest-joined"
    GUEST_LEFT = "guest-left"
    GUEST_MEDIA = "guest-media"
    DESTROYED = "destroyed"
    CLOSED = "closed"


class RegisterKind(StrEnum):
    """The kinds of entries in the register, where the hospital records what concerns the whole archive."""

    DESTRUCTION = "destruction"
    EPOCH = "epoch"
    CLOSED = "closed"


class LeaveReason(StrEnum):
    """Why a participant is no longer in the room."""

    LEFT = "left"
    CONNECTION_LOST = "connection-lost"
    FINISHED = "finished"
    REMOVED = "removed"


def chat_body(text: str) -> Body:
    """Return the body of a chat message. Raise InvalidInput when empty, TooLarge when too long."""
    if not text.strip():
        raise InvalidInput("The message is empty.", {"text": FieldFault.TOO_SHORT})
    if len(text) > CHAT_TEXT_MAX:
        raise TooLarge("message", CHAT_TEXT_MAX, "characters")
    if _BROKEN.search(text):
        raise InvalidInput("The message is not valid text.", {"text": FieldFault.BAD_FORMAT})
    return {"text": text}


def media_body(*, microphone: bool, camera: bool) -> Body:
    """Return the body that says which devices a participant now sends."""
    return {"camera": camera, "microphone": microphone}


def left_body(reason: LeaveReason) -> Body:
    """Return the body that says why a participant left."""
    return {"reason": reason.value}


def guest_invited_body(name: str) -> Body:
    """Return the body that says who was invited; its author invited."""
    return {"name": name}


def guest_withdrawn_body(name: str) -> Body:
    """Return the body that says whose invitation was taken back before it was used, by its author."""
    return {"name": name}


def guest_joined_body(name: str, consent_version: str, consent_digest: bytes) -> Body:
    """Return the body that says which guest joined, and what the guest agreed to before."""
    return {"name": name, "consent_version": consent_version, "consent_digest": consent_digest.hex()}


def guest_left_body(name: str, reason: LeaveReason) -> Body:
    """Return the body that says which guest left, and why."""
    return {"name": name, "reason": reason.value}


def guest_media_body(name: str, *, microphone: bool, camera: bool) -> Body:
    """Return the body that says which devices a guest now sends."""
    return {"name": name, **media_body(microphone=microphone, camera=camera)}


def finished_body(entries: int, last_hash: bytes) -> Body:
    """Return the body of a closing entry: how many entries stand before it, and the last one's hash."""
    return {"entries": entries, "last_hash": last_hash.hex()}


def encode_body(body: Body) -> bytes:
    """Return the one byte string of a body: UTF-8 JSON, keys sorted, no spaces (RFC 8785 for our types)."""
    return json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def decode_body(raw: bytes) -> Body:
    """Return the body of an archived entry; raise ValueError when the bytes are none."""
    try:
        body = json.loads(raw)
    except RecursionError as error:
        raise ValueError("an entry's body is not nested") from error
    if not isinstance(body, dict) or not all(_is_plain(value) for value in body.values()):
        raise ValueError("an entry's body is a JSON object of texts, whole numbers, booleans and nulls")
    # Escaped halves of a surrogate pair are JSON, but no text that could be written again.
    encode_body(body)
    return body


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int)


def is_spoken(kind: EntryKind) -> bool:
    """Say whether a person said this, as opposed to something that happened."""
    match kind:
        case EntryKind.CHAT:
            return True
        case (
            EntryKind.ARRIVED
            | EntryKind.STEPPED_OUT
            | EntryKind.ADMITTED
            | EntryKind.JOINED
            | EntryKind.LEFT
            | EntryKind.MEDIA
            | EntryKind.FINISHED
            | EntryKind.FILE
            | EntryKind.CONSENT
            | EntryKind.SAFETY
            | EntryKind.LOCATION
            | EntryKind.UNSUITABLE
            | EntryKind.FOLLOW_UP
            | EntryKind.DIAGNOSIS
            | EntryKind.GUEST_INVITED
            | EntryKind.GUEST_WITHDRAWN
            | EntryKind.GUEST_JOINED
            | EntryKind.GUEST_LEFT
            | EntryKind.GUEST_MEDIA
            | EntryKind.DESTROYED
            | EntryKind.CLOSED
        ):
            return False
        case _:
            assert_never(kind)
