"""Framing of datagrams in a byte stream (RFC 4571): two bytes of length, then the datagram. No socket is
here.
"""


class FrameTooLong(ValueError):
    """The peer announces a frame that no datagram of ours could be: the stream cannot be followed any
    further.
    """


def frames(buffer: bytearray | memoryview, end: int, longest: int) -> tuple[list[tuple[int, int]], int]:
    """Return where the whole frames in `buffer[:end]` begin and end, and where the first incomplete one
    begins.

    Empty frames are allowed by the RFC and left out. FrameTooLong when a frame has more than `longest` bytes.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while end - at >= 2:
        length = buffer[at] << 8 | buffer[at + 1]
        if length > longest:
            raise FrameTooLong(str(length))
        if end - at - 2 < length:
            break
        if length:
            found.append((at + 2, at + 2 + length))
        at += 2 + length
    return found, at


def framed(datagram: bytes | bytearray | memoryview) -> bytes:
    """Return the datagram, at most 65535 bytes, as a frame in bytes of its own."""
    return len(datagram).to_bytes(2, "big") + datagram
