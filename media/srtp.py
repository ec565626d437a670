"""SRTP and SRTCP in place (RFC 3711, RFC 7714), by libsrtp as pylibsrtp brings it along.

pylibsrtp's own functions copy twice and refuse long packets, so that its cffi binding is called here
directly. This is the one file that knows the binding's names; `check_native_names` says at start-up when they
are gone. A session belongs to one thread. Nothing here raises for what a packet holds: what is not good is
counted and dropped.
"""

import socket
import struct
from dataclasses import dataclass
from typing import Any

import pylibsrtp

from domain.errors import OwnFault

# The longest datagram that is taken in: an Ethernet frame's. Browsers send at most 1200 to 1280 bytes of RTP.
DATAGRAM_MAX = 1500
# Behind the longest datagram there is room for an RTX header, rewritten extensions and libsrtp's longest
# trailer.
CAPACITY = 2048
# libsrtp keeps a context per SSRC for good and looks through them in turn: one sender must not make endless
# ones.
SSRC_MAX = 256
# SRTP_MAX_SRTCP_TRAILER_LEN: index, tag and key identifier. No profile here adds more than 20 of it.
TRAILER_MAX = 4 + 16 + 128
_RTP_MIN = 12
_RTCP_MIN = 8
_SSRC = struct.Struct("!I")
# srtp_err_status_t; the binding has names for none of these but ok.
_AUTH_FAILED = 7
_REPLAYED = frozenset({9, 10, 26})

_FUNCTIONS = (
    "srtp_protect", "srtp_protect_rtcp", "srtp_unprotect", "srtp_unprotect_rtcp", "srtp_remove_stream",
)  # fmt: skip


def check_native_names() -> None:
    """Raise OwnFault when pylibsrtp is not the one that this was written against."""
    binding = getattr(pylibsrtp, "_binding", None)
    lib = getattr(binding, "lib", None)
    missing = [name for name in (*_FUNCTIONS, "srtp_err_status_ok") if not hasattr(lib, name)]
    if missing or not hasattr(binding, "ffi") or lib is None or lib.srtp_err_status_ok != 0:
        raise OwnFault(
            f"pylibsrtp {pylibsrtp.__version__} lacks what the relay calls: {missing or 'its binding'}"
        )
    if not hasattr(pylibsrtp.Session(), "_srtp"):
        raise OwnFault(f"pylibsrtp {pylibsrtp.__version__} keeps its sessions elsewhere")


check_native_names()
_ffi: Any = pylibsrtp._binding.ffi
_protect: Any = pylibsrtp._binding.lib.srtp_protect
_protect_rtcp: Any = pylibsrtp._binding.lib.srtp_protect_rtcp
_unprotect: Any = pylibsrtp._binding.lib.srtp_unprotect
_unprotect_rtcp: Any = pylibsrtp._binding.lib.srtp_unprotect_rtcp
_remove_stream: Any = pylibsrtp._binding.lib.srtp_remove_stream


@dataclass(slots=True)
class SrtpCounters:
    """Packets that were dropped, by cause. `refused` are those that libsrtp or the limits here would not
    take.
    """

    auth_failures: int = 0
    replayed: int = 0
    refused: int = 0
    too_many_ssrc: int = 0


def native_functions() -> list[int]:
    """Return the addresses of srtp_protect, srtp_unprotect and srtp_unprotect_rtcp, each of them an
    int (session, packet, int *length).
    """
    lib = pylibsrtp._binding.lib
    names = ("srtp_protect", "srtp_unprotect", "srtp_unprotect_rtcp")
    return [int(_ffi.cast("uintptr_t", _ffi.addressof(lib, name))) for name in names]


class PacketBuffer:
    """Memory that never moves, to receive a packet into, change it in and send it from.

    `array` is for indexing, `view` for slices without a copy, `pointer` for libsrtp. Protecting and
    unprotecting happen in place. The array cannot be resized while a buffer is made of it: Python refuses. By
    default the memory is new and has `CAPACITY` bytes.
    """

    __slots__ = ("array", "pointer", "view")

    def __init__(self, array: bytearray | None = None) -> None:
        self.array = bytearray(CAPACITY) if array is None else array
        self.view = memoryview(self.array)
        self.pointer: Any = _ffi.from_buffer("unsigned char[]", self.array, require_writable=True)


_last = PacketBuffer(bytearray(1))


def buffer_of(array: bytearray) -> PacketBuffer:
    """Return the buffer that `array` is the memory of; the last one is kept: most callers have only one."""
    global _last
    if _last.array is not array:
        _last = PacketBuffer(array)
    return _last


class SrtpContext:
    """Both directions of one participant's SRTP.

    The sessions are kept here because native code holds their memory. They must allow repeated sending, for
    RTX-less retransmission, and their replay window should be 1024, so that packets held up by a lossy
    network still count.
    """

    __slots__ = (
        "_inbound", "_length", "_outbound", "_pointers", "_rx", "_ssrcs", "_tx", "counters",
    )  # fmt: skip

    def __init__(self, inbound: pylibsrtp.Session, outbound: pylibsrtp.Session) -> None:
        self.counters = SrtpCounters()
        self._inbound = inbound
        self._outbound = outbound
        self._rx = inbound._srtp[0]
        self._tx = outbound._srtp[0]
        self._length = _ffi.new("int *")
        self._ssrcs: set[int] = set()

    def sessions(self) -> tuple[int, int]:
        """Return the addresses of both sessions, inbound and outbound, which live as long as this."""
        return int(_ffi.cast("uintptr_t", self._rx)), int(_ffi.cast("uintptr_t", self._tx))

    def unprotect(self, buffer: PacketBuffer, length: int) -> int:
        """Check and decrypt the first `length` bytes; return the RTP packet's length, or 0 when it was
        dropped.
        """
        if length < _RTP_MIN:
            self.counters.refused += 1
            return 0
        ssrc = _SSRC.unpack_from(buffer.array, 8)[0]
        known = ssrc in self._ssrcs
        if not known and len(self._ssrcs) >= SSRC_MAX:
            self.counters.too_many_ssrc += 1
            return 0
        self._length[0] = length
        status = _unprotect(self._rx, buffer.pointer, self._length)
        if status:
            return self._dropped(status)
        if not known:
            self._ssrcs.add(ssrc)
        return self._length[0]  # type: ignore[no-any-return]  # cffi is untyped.

    def unprotect_rtcp(self, buffer: PacketBuffer, length: int) -> int:
        """As `unprotect`, for a compound RTCP packet."""
        if length < _RTCP_MIN:
            self.counters.refused += 1
            return 0
        ssrc = _SSRC.unpack_from(buffer.array, 4)[0]
        known = ssrc in self._ssrcs
        if not known and len(self._ssrcs) >= SSRC_MAX:
            self.counters.too_many_ssrc += 1
            return 0
        self._length[0] = length
        status = _unprotect_rtcp(self._rx, buffer.pointer, self._length)
        if status:
            return self._dropped(status)
        if not known:
            self._ssrcs.add(ssrc)
        return self._length[0]  # type: ignore[no-any-return]  # cffi is untyped.

    def protect(self, buffer: PacketBuffer, length: int) -> int:
        """Encrypt and sign the RTP packet in the first `length` bytes; return its new length, or 0 when
        refused.

        The clear packet is gone afterwards. There must be room for TRAILER_MAX bytes behind it.
        """
        if not _RTP_MIN <= length <= len(buffer.array) - TRAILER_MAX:
            self.counters.refused += 1
            return 0
        self._length[0] = length
        status = _protect(self._tx, buffer.pointer, self._length)
        if status:
            return self._dropped(status)
        return self._length[0]  # type: ignore[no-any-return]  # cffi is untyped.

    def protect_rtcp(self, buffer: PacketBuffer, length: int) -> int:
        """As `protect`, for a compound RTCP packet."""
        if not _RTCP_MIN <= length <= len(buffer.array) - TRAILER_MAX:
            self.counters.refused += 1
            return 0
        self._length[0] = length
        status = _protect_rtcp(self._tx, buffer.pointer, self._length)
        if status:
            return self._dropped(status)
        return self._length[0]  # type: ignore[no-any-return]  # cffi is untyped.

    def forget(self, ssrc: int) -> None:
        """Let go of what is kept of an SSRC that was sent; one that was not is passed over.

        It must not be sent again with these keys: its packets would be counted, and so encrypted, alike.
        """
        _remove_stream(self._tx, socket.htonl(ssrc))

    def _dropped(self, status: int) -> int:
        if status == _AUTH_FAILED:
            self.counters.auth_failures += 1
        elif status in _REPLAYED:
            self.counters.replayed += 1
        else:
            self.counters.refused += 1
        return 0
