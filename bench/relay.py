"""make bench-relay: processor time for each packet forwarded, beside Janus in the same run.

The server has one core, the load the other. Each scenario is measured in turns; the median of the turns
counts. A packet is counted when a subscriber got it for the first time: repairs and probes are work and no
packets.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.relay_counts import Sent
from bench.relay_leg import FRAMES_PER_S, SOUNDS_PER_S, Leg
from bench.relay_peers import Janus, Ours, Participant, Peer, janus, ours
from bench.relay_place import namespace
from bench.report import progress, quantile, report

SERVER_CORE, LOAD_CORE = 0, 1
_TELL_S = 0.1
Start = Callable[[], AbstractAsyncContextManager[Ours | Janus]]


@dataclass(frozen=True)
class Scenario:
    """So many rooms, each with senders that see each other and with watchers that only see."""

    name: str
    rooms: int
    senders: int
    watchers: int


@dataclass
class Turn:
    """What one turn measured."""

    us_per_packet: float = 0.0
    packets_per_s: float = 0.0
    share: float = 0.0
    load_share: float = 0.0
    missing: int = 0
    got: int = 0
    repeated: int = 0
    rss_kb: int = 0
    late_ns: list[int] = field(default_factory=list)
    feedback: Counter[str] = field(default_factory=Counter)


async def _sound(leg: Leg, stream: Sent, start: float) -> None:
    await _paced(start, 1 / SOUNDS_PER_S, lambda: leg.send_sound(stream))


async def _picture(leg: Leg, stream: Sent, start: float) -> None:
    await _paced(start, 1 / FRAMES_PER_S, lambda: leg.send_frame(stream))


def _tell(leg: Leg) -> None:
    leg.tell(time.monotonic())


async def _paced(start: float, each_s: float, send: Callable[[], None]) -> None:
    due = start
    while True:
        wait = due - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        send()
        due += each_s


@asynccontextmanager
async def flowing(legs: list[Leg]) -> AsyncIterator[None]:
    """Have the legs send and tell, spread evenly over each period."""
    start = time.monotonic() + 0.1
    sending = [(leg, stream) for leg in legs for stream in leg.sending]
    tasks = []
    for number, (leg, stream) in enumerate(sending):
        phase = number / len(sending)
        if stream.kind == "audio":
            tasks.append(asyncio.create_task(_sound(leg, stream, start + phase / SOUNDS_PER_S)))
        else:
            tasks.append(asyncio.create_task(_picture(leg, stream, start + phase / FRAMES_PER_S)))
    for number, leg in enumerate(legs):
        due = start + _TELL_S * number / len(legs)
        tasks.append(asyncio.create_task(_paced(due, _TELL_S, partial(_tell, leg))))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                raise result


async def populate(peer: Peer, scenario: Scenario) -> list[Leg]:
    """Fill the rooms and return all legs."""
    legs: list[Leg] = []
    for room in range(1, scenario.rooms + 1):
        people: list[Participant] = []
        for number in range(scenario.senders + scenario.watchers):
            people.append(await peer.join(room, f"r{room}p{number}", sends=number < scenario.senders))
        for one in people:
            await peer.watch(room, one, [other for other in people if other is not one])
            legs += one.legs
    return legs


async def measure(start: Start, scenario: Scenario, seconds: float) -> Turn:
    """Run one turn: a server of its own, filled, warmed up, measured."""
    async with start() as peer:
        legs = await populate(peer, scenario)
        async with flowing(legs):
            await asyncio.sleep(3)
            for leg in legs:
                leg.reset()
            began, cpu, own = time.monotonic(), peer.child.cpu_s(), time.process_time()
            await asyncio.sleep(seconds)
            took, cpu, own = time.monotonic() - began, peer.child.cpu_s() - cpu, time.process_time() - own
            turn = Turn(rss_kb=peer.child.rss_kb(), share=cpu / took, load_share=own / took)
            for leg in legs:
                counts = leg.settle()
                turn.got += counts.got
                turn.missing += counts.missing
                turn.repeated += counts.repeated
                turn.late_ns += counts.late_ns
                turn.feedback += counts.feedback
        for leg in legs:
            await leg.close()
        if not turn.got:
            raise RuntimeError(f"{peer.name} forwarded nothing")
        turn.us_per_packet = cpu * 1e6 / turn.got
        turn.packets_per_s = turn.got / took
        progress(
            f"{scenario.name} {peer.name}: {turn.us_per_packet:.1f} us a packet, {turn.packets_per_s:.0f}/s, "
            f"server {turn.share:.0%}, load {turn.load_share:.0%}, missing {turn.missing}, "
            f"repeated {turn.repeated}, late p50 {quantile(turn.late_ns, 0.5) / 1e6:.2f} "
            f"p99 {quantile(turn.late_ns, 0.99) / 1e6:.2f} ms, {dict(sorted(turn.feedback.items()))}"
        )
        return turn


def _figures(turns: list[Turn]) -> dict[str, object]:
    late = [one for turn in turns for one in turn.late_ns]
    return {
        "us_per_packet": round(statistics.median(turn.us_per_packet for turn in turns), 2),
        "packets_per_s": round(statistics.median(turn.packets_per_s for turn in turns)),
        "server_share": round(statistics.median(turn.share for turn in turns), 3),
        "missing": sum(turn.missing for turn in turns),
        "got": sum(turn.got for turn in turns),
        "late_p50_ms": round(quantile(late, 0.5) / 1e6, 2),
        "late_p99_ms": round(quantile(late, 0.99) / 1e6, 2),
        "rss_mb": round(statistics.median(turn.rss_kb for turn in turns) / 1024, 1),
        "feedback": dict(sorted(sum((turn.feedback for turn in turns), Counter()).items())),
    }


async def main(chosen: argparse.Namespace) -> None:
    """Measure in turns and print a line for each scenario."""
    os.sched_setaffinity(0, {LOAD_CORE})
    async with namespace() as place:
        peers: dict[str, Start] = {
            "ours": lambda: ours(place, SERVER_CORE, chosen.cipher, chosen.loop),
            "janus": lambda: janus(place, SERVER_CORE, chosen.cipher, chosen.libsrtp),
        }
        for scenario in (
            Scenario("1:1", chosen.rooms, 2, 0),
            Scenario("1 to 5", max(1, chosen.rooms // 3), 1, 5),
        ):
            turns: dict[str, list[Turn]] = {name: [] for name in peers}
            for _ in range(chosen.turns):
                for name, start in peers.items():
                    turns[name].append(await measure(start, scenario, chosen.seconds))
            mine, theirs = _figures(turns["ours"]), _figures(turns["janus"])
            report(
                "relay",
                f"us of processor time a forwarded packet, {scenario.name}, {scenario.rooms} rooms",
                statistics.median(turn.us_per_packet for turn in turns["ours"]),
                statistics.median(turn.us_per_packet for turn in turns["janus"]),
                "Janus videoroom, ICE-lite, the same load" + (", other libsrtp2" if chosen.libsrtp else ""),
                "lower",
                chosen.turns,
                cipher=chosen.cipher,
                loop=chosen.loop,
                mine=mine,
                theirs=theirs,
            )
        if chosen.flat:
            flat = {}
            for rooms in (1, 5, 15, 30, 60):
                turn = await measure(peers["ours"], Scenario("1:1", rooms, 2, 0), chosen.seconds)
                flat[rooms] = turn
            report(
                "relay-flat",
                "us of processor time a forwarded packet, 60 rooms beside 15",
                flat[60].us_per_packet,
                flat[15].us_per_packet,
                "ours with 15 rooms",
                "lower",
                1,
                loop=chosen.loop,
                us_per_packet={rooms: round(turn.us_per_packet, 2) for rooms, turn in flat.items()},
                server_share={rooms: round(turn.share, 3) for rooms, turn in flat.items()},
                missing={rooms: turn.missing for rooms, turn in flat.items()},
                kb_per_room=round((flat[60].rss_kb - flat[1].rss_kb) / 59),
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=15)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--cipher", default="SRTP_AEAD_AES_128_GCM")
    parser.add_argument("--loop", choices=("native", "python"), default="native", help="ours forwards by it")
    parser.add_argument("--libsrtp", type=Path, help="a folder with another libsrtp2.so.1 for Janus")
    parser.add_argument("--no-flat", dest="flat", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    # Ended from outside, it takes its namespace along all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asyncio.run(main(_arguments()))
    sys.exit(0)
