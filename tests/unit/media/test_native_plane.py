"""The same packets through the native loop and through plain Python: the same go out and are counted."""

import random
import struct
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from media.rtcp import KeyframeRequest, Nack
from media.track import RouteSpec, TrackSpec
from tests.unit.media.call import LAYERS, VP8, Call
from tests.unit.media.native_call import NAMES, NativeCall
from tests.unit.media.packets import elements, rtp, vp8


def damaged(packet: bytes, chance: random.Random) -> bytes:
    """Return a packet with octets changed, most often of its head, and cut or not."""
    changed = bytearray(packet)
    for _ in range(chance.randrange(1, 4)):
        changed[chance.randrange(min(len(changed), chance.choice((2, 32, 1500))))] = chance.randrange(256)
    if chance.random() < 0.3:
        del changed[chance.randrange(12, len(changed) + 1) :]
    return bytes(changed)


def wide(extension: bytes) -> bytes:
    """Return the same elements in the form with two octets (RFC 8285 4.3), which no browser sends to us."""
    body, at = b"", 4
    while at < len(extension) and extension[at]:
        size = (extension[at] & 15) + 1
        body += bytes((extension[at] >> 4, size)) + extension[at + 1 : at + 1 + size]
        at += 1 + size
    body += bytes(-len(body) % 4)
    return struct.pack("!HH", 0x1000, len(body) // 4) + body


def events(seed: int, layers: int, harm: float) -> Iterator[tuple[object, ...]]:
    """A publisher on a bad path: lost, late, damaged (`harm`: how often) and padded packets; one who shouts;
    subscribers who complain.
    """
    chance = random.Random(seed)  # noqa: S311
    waiting: list[bytes] = []
    said = 1000
    for number in range(65_300, 65_900):
        for layer in range(layers):
            keyframe = number == 65_300 or chance.random() < 0.02
            payload = vp8(number, number, keyframe=keyframe, begins=True, fill=chance.randrange(1200))
            pairs = [(3, struct.pack("!H", number & 0xFFFF)), (4, b"1"), (10, LAYERS[layer].encode())]
            extension = elements(*(pairs if layers > 1 else pairs[:2]))
            if chance.random() < 0.1:
                extension = wide(extension)
            padding = chance.choice((0, 0, 0, 5))
            empty = chance.random() < 0.03
            packet = rtp(
                50 + 2 * layer, number, number * 3000, b"" if empty else payload,
                extension=extension, padding=padding or 9 * empty,
            )  # fmt: skip
            if chance.random() < 0.05:
                waiting.append(packet)
                continue
            yield "send", damaged(packet, chance) if chance.random() < harm else packet
        voice = elements(
            (3, struct.pack("!H", number & 0xFFFF)), (4, b"0"), (1, bytes((chance.randrange(256),)))
        )
        # More sound than a voice makes, now and then.
        shouts = number % 200 == 0
        for _ in range(150 if shouts else 1):
            said += 1
            sound = bytes(1200 if shouts else chance.choice((4, 100)))
            packet = rtp(40, said, said * 960, sound, payload_type=111, extension=voice)
            yield "send", damaged(packet, chance) if chance.random() < harm else packet
        if waiting and chance.random() < 0.3:
            yield "send", waiting.pop(chance.randrange(len(waiting)))
        if chance.random() < 0.2:
            yield "wait", chance.choice((10, 20, 250))
        if chance.random() < 0.1:
            yield (
                "report",
                chance.choice(NAMES[1:]),
                Nack(1, 500, tuple(range(number % 300, number % 300 + 9))),
            )
        if chance.random() < 0.03:
            yield "report", chance.choice(NAMES[1:]), KeyframeRequest(1, 500)
        if chance.random() < 0.02:
            yield "pause", chance.choice(NAMES[1:]), chance.random() < 0.5


@pytest.mark.parametrize(("seed", "harm"), [*((seed, 0.03) for seed in range(6)), (6, 0.5), (7, 0.9)])
@pytest.mark.parametrize("layers", [1, 2])
def test_both_loops_send_the_same(layers: int, seed: int, harm: float) -> None:
    streams = ((50, 51),) if layers == 1 else ()
    video = TrackSpec("face", "1", "video", (VP8,), LAYERS[:layers] if layers > 1 else (), streams)
    with ExitStack() as stack:
        native = NativeCall(stack, video)
        calls = (Call(video), native)
        for call in calls:
            for name in NAMES[1:]:
                call.route("voice", name, RouteSpec(400, mid="a"))
                call.route("face", name, RouteSpec(500, 501, mid="v"))
        for what, *rest in events(seed, layers, harm):
            for call in calls:
                match what:
                    case "send":
                        call.send(rest[0])  # type: ignore[arg-type]
                    case "wait":
                        call.wait(rest[0] * 1_000_000)  # type: ignore[operator]
                    case "report":
                        call.report(rest[0], rest[1])  # type: ignore[arg-type]
                    case "pause":
                        call.plane.pause_route("face", rest[0], rest[1], now_ns=call.now_ns)  # type: ignore[arg-type]
            for name in NAMES:
                plain, other = calls[0].wires[name], native.wires[name]
                assert other.packets == plain.packets
                assert other.rtcp == plain.rtcp
                plain.packets.clear()
                other.packets.clear()
        assert native.fast > (300 if harm < 0.1 else 30)
        receiving = [call.plane._participants["doctor"].receiving for call in calls]
        assert receiving[0].throttled == receiving[1].throttled
        assert receiving[0].throttled or harm > 0.5
        for name in NAMES:
            now_ns = native.now_ns
            assert native.plane.stats(name, now_ns) == calls[0].plane.stats(name, now_ns)
        assert native.speakers.current(now_ns) == calls[0].speakers.current(now_ns)
