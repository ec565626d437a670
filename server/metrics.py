"""What Prometheus reads of the relay: totals and how calls go, in its text format (version 0.0.4).

It has an address of its own, which people do not reach: METRICS_ADDRESS. Nobody's name, room or address is in
it: figures of participants are told as how many there are below each of a few limits, so that the lines are
as many with two participants as with a thousand. docs/metrics.md says what each line means.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from domain.call_quality import Quality
from media.relay import Relay
from media.transport import TransportState
from server.refusal import Refusal

_TYPE = "text/plain; version=0.0.4"
_ROUND_TRIPS_S = (0.05, 0.1, 0.15, 0.3, 0.6, 1.2)
_LOSSES = (0.005, 0.01, 0.02, 0.05, 0.08, 0.2)
_JITTERS_S = (0.005, 0.01, 0.03, 0.05, 0.1, 0.3)
_RATES_BPS = (50e3, 150e3, 300e3, 600e3, 1.2e6, 2.5e6, 5e6)
Labels = dict[str, str]
_NONE: Labels = {}


def relay_text(relay: Relay | None) -> str:
    """Return everything of the relay as Prometheus reads it; without a relay only that there is none."""
    lines = list(_gauge("televisit_relay_up", "Whether this process has a relay.", float(relay is not None)))
    if relay is not None:
        lines += _relay(relay)
    return "\n".join(lines) + "\n"


def _relay(relay: Relay) -> Iterator[str]:
    rooms = relay.rooms()
    members = [relay.stats(name) for room in rooms.values() for name in room]
    yield from _many(
        "televisit_relay_loop",
        "gauge",
        "Which loop forwards packets.",
        [({"loop": loop}, loop == relay.port.loop) for loop in ("native", "python")],
    )
    yield from _gauge("televisit_relay_rooms", "Calls that go through the relay.", len(rooms))
    states = Counter(one.state.value for one in members)
    yield from _many(
        "televisit_relay_participants",
        "gauge",
        "Participants by the state of their connection.",
        [({"state": state.value}, states[state.value]) for state in TransportState],
    )
    connected = [one for one in members if one.state is TransportState.CONNECTED]
    words = Counter(one.media.quality for one in connected)
    yield from _many(
        "televisit_relay_quality",
        "gauge",
        "Connected participants by how it goes for them; unknown before anything was measured.",
        [
            *(({"quality": word.value}, words[word]) for word in Quality),
            ({"quality": "unknown"}, words[None]),
        ],
    )
    layers = Counter(route.layer for one in connected for route in one.media.gets if "camera" in route.track)
    yield from _many(
        "televisit_relay_pictures",
        "gauge",
        "Pictures that participants get, by layer; -1 for those that are held.",
        [({"layer": str(layer)}, layers[layer]) for layer in sorted({-1, 0, 1, 2, *layers})],
    )
    bits = {
        "in": [one.media.sends_bps for one in connected],
        "out": [one.media.sent_bps for one in connected],
    }
    yield from _many(
        "televisit_relay_bits_per_second",
        "gauge",
        "What participants send (in) and get (out) now, all together.",
        [({"direction": way}, sum(rates)) for way, rates in bits.items()],
    )
    yield from _many(
        "televisit_relay_participant_bits_per_second",
        "gauge",
        "Participants who send (in) and get (out) at most so much now.",
        [row for way, rates in bits.items() for row in _below({"direction": way}, rates, _RATES_BPS)],
    )
    media = [one.media for one in connected]
    yield from _spread(
        "televisit_relay_round_trip_seconds",
        "Participants whose round trip is at most so long.",
        [one.rtt_ns / 1e9 for one in media if one.rtt_ns >= 0],
        _ROUND_TRIPS_S,
    )
    yield from _spread(
        "televisit_relay_loss_ratio",
        "Participants who lose at most such a share, before repair.",
        [one.loss for one in media if one.loss is not None],
        _LOSSES,
    )
    yield from _spread(
        "televisit_relay_jitter_seconds",
        "Participants whose jitter is at most so long.",
        [one.jitter_ns / 1e9 for one in media if one.jitter_ns is not None],
        _JITTERS_S,
    )
    yield from _totals(relay)


def _totals(relay: Relay) -> Iterator[str]:
    port, ice, tcp = relay.port.counters, relay.port.ice_counters, relay.port.tcp_counters
    dropped = {
        "unrouted": port.unrouted,
        "oversized": port.oversized,
        "kernel": relay.port.kernel_drops(),
        "send": port.send_full + port.send_errors,
        "stun_malformed": ice.malformed,
        "stun_unproven": ice.unproven + ice.unknown_ufrag,
        "stun_throttled": ice.throttled,
        "tcp_refused": tcp.refused + tcp.bad_frames,
    }
    yield from _many(
        "televisit_relay_dropped_total",
        "counter",
        "Datagrams and connections that were not taken, by cause.",
        [({"cause": cause}, count) for cause, count in dropped.items()],
    )
    yield from _many(
        "televisit_relay_native_packets_total",
        "counter",
        "Packets that the native loop dealt with by itself.",
        [(_NONE, port.fast)],
    )
    faults = relay.faults + port.faults
    yield from _many("televisit_relay_faults_total", "counter", "Faults of our own.", [(_NONE, faults)])


def _gauge(name: str, meaning: str, value: float) -> Iterator[str]:
    yield from _many(name, "gauge", meaning, [(_NONE, value)])


def _spread(name: str, meaning: str, values: list[float], limits: tuple[float, ...]) -> Iterator[str]:
    yield from _many(name, "gauge", meaning, list(_below(_NONE, values, limits)))


def _below(
    labels: Labels, values: Sequence[float], limits: tuple[float, ...]
) -> Iterator[tuple[Labels, int]]:
    for limit in limits:
        yield {**labels, "le": f"{limit:g}"}, sum(value <= limit for value in values)
    yield {**labels, "le": "+Inf"}, len(values)


def _many(name: str, kind: str, meaning: str, rows: Sequence[tuple[Labels, float]]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"
    for labels, value in rows:
        told = ",".join(f'{label}="{text}"' for label, text in labels.items())
        yield f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}"


@asynccontextmanager
async def open_metrics(address: tuple[str, int] | None, relay: Relay | None) -> AsyncIterator[None]:
    """Answer GET /metrics at this address, if there is one, while the body runs."""
    if address is None:
        yield
        return

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(text=relay_text(relay), headers={"Content-Type": _TYPE})

    app = web.Application()
    app.router.add_get("/metrics", metrics)
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0)
    await runner.setup()
    try:
        try:
            async with asyncio.timeout(10):
                await web.TCPSite(runner, *address).start()
        except OSError as error:
            raise Refusal(f"METRICS_ADDRESS cannot be had: {error.strerror}.") from None
        yield
    finally:
        await runner.cleanup()
