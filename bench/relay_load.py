"""The load of the relay benchmark: sends, reads and answers for all legs in a thread of its own, in C.

A load in Python takes twice the time of what it measures, and would be what limits a server. This needs a C
compiler.
"""

import asyncio
import contextlib
import hashlib
import os
import select
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import cffi  # type: ignore[import-untyped]  # It brings no types.
import pylibsrtp

from bench.relay_counts import Counts, Sent
from bench.relay_leg import FRAMES_PER_S, PACKETS_PER_FRAME, SOUNDS_PER_S

_FOLDER = Path(__file__).parent
_BUILT = _FOLDER.parent / "build" / "bench"
_OPTIONS = ("-std=gnu99", "-O2", "-fPIC", "-shared")
_FUNCTIONS = ("srtp_protect", "srtp_unprotect", "srtp_protect_rtcp", "srtp_unprotect_rtcp")
_SLICE_NS = 200_000_000
# In so many slices every leg sends a check.
_CHECKED_IN = 10
# As relay_load.h names them, and as they are told.
_FEEDBACK = (
    "nack_sent", "pli_sent", "rr_sent", "sr_sent", "twcc_sent", "twcc_told", "nack_got", "pli_got", "fir_got",
    "remb_got", "rr_got", "sr_got", "twcc_got",
)  # fmt: skip


def _library() -> tuple[Any, Any]:
    """Compile the load where that was not done yet, and load it. RuntimeError without a compiler."""
    source = (_FOLDER / "relay_load.h").read_bytes() + (_FOLDER / "relay_load.c").read_bytes()
    kept = _BUILT / f"relay_load-{hashlib.sha256(source).hexdigest()[:16]}.so"
    if not kept.is_file():
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            raise RuntimeError(
                "The load needs a C compiler. Debian and Ubuntu: apt-get install gcc libc6-dev"
            )
        _BUILT.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{os.getpid()}")
        command = [compiler, *_OPTIONS, "-o", str(made), str(_FOLDER / "relay_load.c")]
        subprocess.run(command, check=True)  # noqa: S603  # Our own words.
        made.replace(kept)
    ffi = cffi.FFI()
    ffi.cdef((_FOLDER / "relay_load.h").read_text(encoding="utf-8"))
    lib = ffi.dlopen(str(kept))
    if lib.bl_sizes() != ffi.sizeof("struct bl_load") * 100003 + ffi.sizeof("struct bl_leg"):
        raise RuntimeError("the load's memory is laid out differently")
    return ffi, lib


class Connected(Protocol):
    """What the load wants of a leg: see Leg."""

    socket: socket.socket
    sending: list[Sent]
    transport_number: int

    def sessions(self) -> tuple[int, int]:
        """Return the addresses of SRTP's sessions, inbound and outbound."""
        ...

    def check(self) -> bytes:
        """Return a new check, which keeps the server's consent."""
        ...

    def hand_over(self) -> None:
        """Leave the socket to the load."""
        ...

    def take_stun(self, datagram: bytes) -> None:
        """Answer a check of the server's."""
        ...


def _srtp_functions() -> list[int]:
    binding: Any = pylibsrtp._binding
    return [
        int(binding.ffi.cast("uintptr_t", binding.ffi.addressof(binding.lib, name))) for name in _FUNCTIONS
    ]


class Load:
    """The legs that send and tell while `flowing`. `functions` are the addresses of libsrtp's four."""

    def __init__(self, functions: Sequence[int] | None = None) -> None:
        self._ffi, self._lib = _library()
        self._c = self._ffi.new("struct bl_load *")
        self._epoll = select.epoll()
        self._c.epoll = self._epoll.fileno()
        for place, address in enumerate(functions or _srtp_functions()):
            self._c.functions[place] = self._ffi.cast("void *", address)
        self._legs: list[Connected] = []
        self._checks_at, self._checked = 0.0, 0
        # The load points to the memory of these.
        self._memory: list[Any] = []

    def add(self, leg: Connected, viewers: int, phase: float) -> None:
        """Take a connected leg over, not while it flows. `viewers` get what it sends."""
        ffi = self._ffi
        memory = ffi.new("struct bl_leg *")
        memory.fd = leg.socket.fileno()
        memory.transport_number = leg.transport_number
        inbound, outbound = leg.sessions()
        memory.inbound, memory.outbound = ffi.cast("void *", inbound), ffi.cast("void *", outbound)
        memory.own = int.from_bytes(os.urandom(4), "big") | 1
        memory.out_count = len(leg.sending)
        for place, stream in enumerate(leg.sending):
            out, mid = memory.out[place], stream.mid.encode()
            out.ssrc, out.video, out.keyframe = stream.ssrc, stream.kind == "video", stream.kind == "video"
            out.sequence, out.timestamp, out.mid_length = 100, 1000, len(mid)
            out.mid[0 : len(mid)] = mid
        leg.hand_over()
        if self._lib.bl_add(self._c, memory, viewers, phase % 1.0):
            raise OSError(ffi.errno, "the load takes no more legs")
        self._legs.append(leg)
        self._memory.append(memory)

    @asynccontextmanager
    async def flowing(self) -> AsyncIterator[None]:
        """Have the legs send and tell."""
        self._c.stop = 0
        running = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._c.stop = 1
            with contextlib.suppress(asyncio.CancelledError):
                await running

    async def _run(self) -> None:
        while not self._c.stop:
            until = time.monotonic_ns() + _SLICE_NS
            if await asyncio.to_thread(self._lib.bl_run, self._c, until):
                raise OSError(self._ffi.errno, "the load")
            self._keep_consent()
            for place in range(self._c.handed_count):
                handed = self._c.handed[place]
                self._legs[handed.leg].take_stun(bytes(self._ffi.buffer(handed.bytes, handed.length)))
            self._c.handed_count = 0

    def _keep_consent(self) -> None:
        """Send the checks that are due: those of a part of the legs after each slice. A check counts once."""
        now = time.monotonic()
        if now < self._checks_at:
            return
        self._checks_at = now + _SLICE_NS / 1e9
        for leg in self._legs[self._checked :: _CHECKED_IN]:
            with contextlib.suppress(OSError):
                leg.socket.send(leg.check())
        self._checked = (self._checked + 1) % _CHECKED_IN

    def reset(self) -> None:
        """Count from here."""
        self._lib.bl_reset(self._c)

    def counts(self, seconds: float) -> Counts:
        """Return what was seen in so many seconds since `reset`."""
        told = self._c.counts
        streams = [one.ins[place] for one in self._memory for place in range(one.in_count)]
        gaps = sum(max(0, one.highest - one.first + 1 - one.packets) for one in streams)
        late = self._ffi.unpack(told.late_ns, told.late_count)
        feedback = Counter({name: int(getattr(told, name)) for name in _FEEDBACK if getattr(told, name)})
        per_s = FRAMES_PER_S * PACKETS_PER_FRAME, SOUNDS_PER_S
        return Counts(
            sent=told.sent,
            unsent=told.unsent,
            owed=told.owed,
            got=told.got,
            missing=gaps,
            repeated=told.repeated,
            refused=told.refused,
            streams=len(streams),
            silent=sum(one.packets < 0.5 * seconds * per_s[not one.video] for one in streams),
            late_ns=late,
            feedback=feedback,
        )

    def close(self) -> None:
        """Let go of the epoll; the legs are their owner's."""
        self._epoll.close()
