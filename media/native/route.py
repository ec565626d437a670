"""A route whose numbers are in memory that the native loop shares."""

from typing import Any

from media.incoming import IncomingStream
from media.keyframe import Vp8Numbers
from media.native.cells import NativeCache, NativeRewriter, NativeStream, NativeVp8Numbers, cell
from media.packet_cache import PacketCache
from media.rewriter import Rewriter
from media.route import Route


class NativeRoute(Route):
    """`memory`: struct rl_route; `to`: struct rl_transport of the subscriber, which is kept alive here.

    What it shows is told to the loop whenever it changes; a stream that is none of the loop's is left to
    Python.
    """

    __slots__ = ("_c", "_ffi", "_shown", "_soon", "_to")
    packets, octets = cell("packets"), cell("octets")

    def __init__(self, memory: Any, ffi: Any, to: Any, *arguments: Any) -> None:
        self._c = memory
        self._ffi = ffi
        self._to = to
        self._shown: IncomingStream | None = None
        self._soon: IncomingStream | None = None
        super().__init__(*arguments)
        self._template.describe(memory)
        memory.to = to

    @property
    def memory(self) -> Any:
        """What is shared."""
        return self._c

    @property
    def source(self) -> IncomingStream | None:
        """The stream that is shown."""
        return self._shown

    @source.setter
    def source(self, stream: IncomingStream | None) -> None:
        self._shown = stream
        self._c.source = _id(stream)

    @property
    def target(self) -> IncomingStream | None:
        """The stream that shall be shown from its next keyframe on."""
        return self._soon

    @target.setter
    def target(self, stream: IncomingStream | None) -> None:
        self._soon = stream
        self._c.target = _id(stream)

    def _make_rewriter(self, sequence: int, timestamp: int) -> Rewriter:
        return NativeRewriter(self._c, sequence, timestamp, self.track.clock_rate)

    def _make_cache(self, slots: int, burst_octets: int) -> PacketCache:
        return NativeCache(self._c, self._ffi, slots, burst_octets)

    def _make_numbers(self) -> Vp8Numbers:
        return NativeVp8Numbers(self._c)


def _id(stream: IncomingStream | None) -> int:
    return int(stream.memory.id) if isinstance(stream, NativeStream) else 0
