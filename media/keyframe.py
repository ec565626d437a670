"""Tells keyframes by their codec's payload header, and renumbers VP8 frames across switches.

A packet counts when it begins a frame that needs no other: there, and only there, a subscriber can be
switched to another layer. Sources: RFC 7741 (VP8), RFC 6184 (H.264), RFC 9628 (VP9), the AV1 RTP
specification 1.0 section 4.4 with the dependency descriptor of its appendix A. Looks at no more than the
first octets and never raises.
"""

from collections.abc import Callable

from media.rtp import Octets

_IDR, _SPS, _STAP_A, _FU_A = 5, 7, 24, 28
# An aggregate of parameter sets and a slice holds few units; more than these are not looked at.
_UNITS_MAX = 16
Detector = Callable[[Octets, int, int, int], bool]


def vp8(buffer: Octets, start: int, end: int, dependency: int = 0) -> bool:
    """Return whether a VP8 keyframe begins in buffer[start:end] (RFC 7741 sections 4.2 and 4.3)."""
    if end - start < 2:
        return False
    first = buffer[start]
    # S set and partition 0: the beginning of a frame.
    if first & 0x17 != 0x10:
        return False
    at = start + 1
    if first & 0x80:
        flags = buffer[at]
        at += 1
        if flags & 0x80:
            if at >= end:
                return False
            at += 2 if buffer[at] & 0x80 else 1
        if flags & 0x40:
            at += 1
        if flags & 0x30:
            at += 1
    return at < end and not buffer[at] & 0x01


def h264(buffer: Octets, start: int, end: int, dependency: int = 0) -> bool:
    """Return whether parameter sets or an IDR picture begin in buffer[start:end] (RFC 6184 section 5)."""
    if end - start < 2:
        return False
    unit = buffer[start] & 0x1F
    if unit == _STAP_A:
        at = start + 1
        for _ in range(_UNITS_MAX):
            if at + 3 > end:
                return False
            if buffer[at + 2] & 0x1F in (_IDR, _SPS):
                return True
            at += 2 + (buffer[at] << 8 | buffer[at + 1])
        return False
    if unit == _FU_A:
        fragment = buffer[start + 1]
        return fragment > 127 and fragment & 0x1F in (_IDR, _SPS)
    return unit in (_IDR, _SPS)


def vp9(buffer: Octets, start: int, end: int, dependency: int = 0) -> bool:
    """Return whether a VP9 keyframe begins in buffer[start:end] (RFC 9628 section 4.2)."""
    if end - start < 2:
        return False
    first = buffer[start]
    # Not predicted from another picture (P), and the beginning of a frame (B).
    if first & 0x48 != 0x08:
        return False
    if not first & 0x20:
        return True
    at = start + 1
    if first & 0x80:
        at += 2 if buffer[at] & 0x80 else 1
    # With layers only the lowest spatial one stands alone.
    return at < end and not buffer[at] & 0x0E


def av1(buffer: Octets, start: int, end: int, dependency: int = 0) -> bool:
    """Return whether an AV1 coded video sequence begins here.

    By the dependency descriptor where there is one (span as in `Packet.dependency`): only a keyframe carries
    the template structure. Else by the aggregation header: N set, and no continued unit (Z).
    """
    if dependency:
        at = dependency >> 8
        return dependency & 0xFF > 3 and buffer[at] > 127 and buffer[at + 3] > 127
    return end > start and buffer[start] & 0x88 == 0x08


def always(buffer: Octets, start: int, end: int, dependency: int = 0) -> bool:
    """Return True: audio can be joined at any packet."""
    return True


DETECTORS: dict[str, Detector] = {"vp8": vp8, "h264": h264, "vp9": vp9, "av1": av1, "opus": always}


class Vp8Numbers:
    """Keeps picture id and TL0PICIDX running on across switches between layers that count on their own.

    A decoder throws away frames whose number is behind (RFC 7741 section 4.2), so every switch continues
    after the last number sent. Widths (7 or 15 bits) stay as the payload has them.
    """

    __slots__ = ("_key_offset", "_last_key", "_last_picture", "_picture_offset")

    def __init__(self) -> None:
        self._picture_offset = self._key_offset = 0
        self._last_picture = self._last_key = -1

    def switch(self, buffer: Octets, start: int, end: int) -> None:
        """Join a layer at the packet in buffer[start:end]: its numbers become those after the last ones."""
        picture_at, wide, key_at = _vp8_numbers(buffer, start, end)
        if picture_at and self._last_picture >= 0:
            self._picture_offset = self._last_picture + 1 - _picture(buffer, picture_at, wide)
        if key_at and self._last_key >= 0:
            self._key_offset = self._last_key + 1 - buffer[key_at]

    def renumber(self, out: bytearray, start: int, end: int) -> None:
        """Rewrite the numbers of the payload in out[start:end] in place."""
        picture_at, wide, key_at = _vp8_numbers(out, start, end)
        if picture_at:
            mask = 0x7FFF if wide else 0x7F
            picture = (_picture(out, picture_at, wide) + self._picture_offset) & mask
            if wide:
                out[picture_at] = 0x80 | picture >> 8
                out[picture_at + 1] = picture & 0xFF
            else:
                out[picture_at] = picture
            # A late packet does not turn the count back.
            if self._last_picture < 0 or (picture - self._last_picture) & mask <= mask >> 1:
                self._last_picture = picture
        if key_at:
            key = (out[key_at] + self._key_offset) & 0xFF
            out[key_at] = key
            if self._last_key < 0 or (key - self._last_key) & 0xFF < 0x80:
                self._last_key = key


def _vp8_numbers(buffer: Octets, start: int, end: int) -> tuple[int, bool, int]:
    """Return (offset of the picture id or 0, whether it has 15 bits, offset of TL0PICIDX or 0)."""
    if end - start < 3 or not buffer[start] & 0x80:
        return 0, False, 0
    flags = buffer[start + 1]
    at = start + 2
    picture_at = 0
    wide = False
    if flags & 0x80:
        wide = buffer[at] > 127
        picture_at = at
        at += 2 if wide else 1
        if at > end:
            return 0, False, 0
    if flags & 0x40 and at < end:
        return picture_at, wide, at
    return picture_at, wide, 0


def _picture(buffer: Octets, at: int, wide: bool) -> int:
    return (buffer[at] & 0x7F) << 8 | buffer[at + 1] if wide else buffer[at]
