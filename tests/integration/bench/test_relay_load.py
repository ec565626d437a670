"""The load of the relay's benchmark tells of what came what did come: a server is measured by its answers."""

import asyncio
import socket
import struct
from collections.abc import Iterator
from typing import Any

import cffi  # type: ignore[import-untyped]  # It brings no types.
import pytest

from bench.relay_counts import Sent
from bench.relay_load import Load
from media.rtcp import Nack, Report, read_reports
from media.transport_feedback import Feedback

VIDEO, MEDIA_SSRC = 96, 0xABCDEF


class Connected:
    """A leg that is connected to a socket of the test's, and encrypts nothing."""

    transport_number = 3

    def __init__(self, sending: list[Sent]) -> None:
        self.socket, self.server = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        for one in (self.socket, self.server):
            one.setblocking(False)
        self.sending = sending

    def sessions(self) -> tuple[int, int]:
        return 0, 0

    def check(self) -> bytes:
        return b"\0\1a check"

    def hand_over(self) -> None:
        """Nothing reads it."""

    def take_stun(self, datagram: bytes) -> None:
        """No server checks here."""

    def close(self) -> None:
        self.socket.close()
        self.server.close()

    async def said(self) -> bytes:
        async with asyncio.timeout(5):
            return await asyncio.get_running_loop().sock_recv(self.server, 2048)


@pytest.fixture
def in_the_clear() -> Iterator[list[int]]:
    """Functions in place of libsrtp's, which leave a packet as it is."""
    ffi = cffi.FFI()
    nothing: Any = ffi.callback("int(void *, void *, int *)", lambda session, packet, length: 0)
    yield [int(ffi.cast("uintptr_t", nothing))] * 4


def picture(sequence: int, number: int) -> bytes:
    head = struct.pack("!BBHII", 0x90, VIDEO, sequence, sequence * 3000, MEDIA_SSRC)
    return head + struct.pack("!HHBHx", 0xBEDE, 1, 0x31, number) + bytes(100)


def reports(packet: bytes) -> list[Report]:
    return read_reports(packet, len(packet)) if 192 <= packet[1] <= 223 else []


async def test_it_sends_voice_and_picture_without_a_gap(in_the_clear: list[int]) -> None:
    leg = Connected([Sent("audio", 5, "0"), Sent("video", 6, "1")])
    load = Load(functions=in_the_clear)
    load.add(leg, 1, 0.0)
    found: dict[int, list[int]] = {5: [], 6: []}
    transport = []
    async with load.flowing():
        while min(len(sequences) for sequences in found.values()) < 10:
            packet = await leg.said()
            if packet[0] == 0x90:
                sequence, _, ssrc = struct.unpack_from("!HII", packet, 2)
                found[ssrc].append(sequence)
                transport.append(struct.unpack_from("!H", packet, 17)[0])
    for sequences in (*found.values(), transport):
        assert sequences == list(range(sequences[0], sequences[0] + len(sequences)))
    load.close()
    leg.close()


async def test_it_tells_what_came_and_asks_again_for_each_hundredth_picture_packet(
    in_the_clear: list[int],
) -> None:
    leg = Connected([])
    load = Load(functions=in_the_clear)
    load.add(leg, 0, 0.0)
    for place in (0, 1, 2, 5, 6):
        leg.server.send(picture(98 + place, 65534 + place & 0xFFFF))
    told: list[Report] = []
    async with load.flowing():
        while not any(isinstance(one, Feedback) for one in told):
            told += reports(await leg.said())
        counts = load.counts(1.0)
    asked = next(one for one in told if isinstance(one, Nack))
    assert (asked.ssrc, asked.sequences) == (MEDIA_SSRC, (100,))
    feedback = next(one for one in told if isinstance(one, Feedback))
    assert (feedback.first, feedback.ssrc) == (65534, MEDIA_SSRC)
    assert [tick >= 0 for tick in feedback.arrivals] == [True, True, True, False, False, True, True]
    assert (counts.got, counts.missing, counts.repeated) == (5, 2, 0)
    load.close()
    leg.close()
