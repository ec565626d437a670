"""Packets as browsers send them, put together by hand."""

import struct


def elements(*pairs: tuple[int, bytes]) -> bytes:
    """Return a one-byte-form extension block (RFC 8285 4.2), with its head."""
    body = b"".join(bytes((number << 4 | len(value) - 1,)) + value for number, value in pairs)
    body += bytes(-len(body) % 4)
    return struct.pack("!HH", 0xBEDE, len(body) // 4) + body


def rtp(
    ssrc: int,
    sequence: int,
    timestamp: int,
    payload: bytes,
    *,
    payload_type: int = 96,
    marker: bool = False,
    extension: bytes = b"",
    padding: int = 0,
) -> bytes:
    first = 0x80 | (0x10 if extension else 0) | (0x20 if padding else 0)
    second = payload_type | (0x80 if marker else 0)
    head = struct.pack("!BBHII", first, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    tail = bytes(padding - 1) + bytes((padding,)) if padding else b""
    return head + extension + payload + tail


def vp8(picture: int, key: int, *, keyframe: bool, begins: bool, fill: int, layer: int = 0) -> bytes:
    """Return a VP8 payload: 15-bit picture id, TL0PICIDX; `layer` stands behind the frame's first octet."""
    head = bytes((0x90 if begins else 0x80, 0xC0, 0x80 | picture >> 8 & 0x7F, picture & 0xFF, key & 0xFF))
    return head + bytes((0 if keyframe else 1, layer)) + bytes(fill)
