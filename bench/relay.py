"""make bench-relay: processor time for each packet forwarded, beside Janus in the same run.

The server has one core, the load the other. Both shapes are measured in turns, each round in the reverse
order of the one before; the median of the turns counts. A packet is counted when a subscriber got it for the
first time: repairs and probes are work and no packets.
"""

import argparse
import asyncio
import os
import signal
import statistics
import sys
from collections import Counter
from pathlib import Path

from bench.relay_peers import janus, ours
from bench.relay_place import before_others, namespace
from bench.relay_turn import ONE_TO_FIVE, ONE_TO_ONE, Scenario, Start, Turn, hall, told
from bench.report import progress, quantile, report

SERVER_CORE, LOAD_CORE = 0, 1
# Where scripts/relay-peers leaves libsrtp2 with OpenSSL.
_BUILT = Path(__file__).parent.parent / "build" / "libsrtp"
JANUS, NATIVE, PYTHON = "janus", "native", "python"


def contenders(place: str, chosen: argparse.Namespace) -> dict[str, Start]:
    """Return what is measured, by its name."""
    peers: dict[str, Start] = {
        loop: lambda loop=loop: ours(place, SERVER_CORE, chosen.cipher, loop)  # type: ignore[misc]  # Bound here.
        for loop in (NATIVE, PYTHON)
    }
    peers[JANUS] = lambda: janus(place, SERVER_CORE, chosen.cipher, library(chosen))
    return {name: peers[name] for name in chosen.servers.split(",")}


async def without_what_is_missing(peers: dict[str, Start]) -> dict[str, Start]:
    """Return the servers that can be had here; each one that cannot is told."""
    found = {}
    for name, start in peers.items():
        try:
            async with start():
                found[name] = start
        except RuntimeError as missing:
            progress(f"{name} is left out: {missing}")
    return found


def library(chosen: argparse.Namespace) -> Path | None:
    """Return the folder of Janus's libsrtp2, None for the one that it comes with."""
    other = not chosen.debian_libsrtp and (chosen.libsrtp / "libsrtp2.so.1").exists()
    return Path(chosen.libsrtp) if other else None


def peer_name(chosen: argparse.Namespace) -> str:
    """Say which Janus it is."""
    library_name = (
        "libsrtp2 of Debian's source with OpenSSL" if library(chosen) else "Debian's libsrtp2 (NSS)"
    )
    return f"Janus videoroom (Debian), ICE-lite, {library_name}"


def common_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what both of the relay's benchmarks take."""
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--cipher", default="SRTP_AEAD_AES_128_GCM")
    parser.add_argument(
        "--libsrtp", type=Path, default=_BUILT, help="a folder with another libsrtp2.so.1 for Janus"
    )
    parser.add_argument("--debian-libsrtp", action="store_true", help="Janus with the one that it comes with")
    parser.add_argument("--servers", default=f"{NATIVE},{PYTHON},{JANUS}")


def ends_cleanly() -> None:
    """Have a SIGTERM take the namespace along; what a killed run left behind the next one takes away."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


def _figures(turns: list[Turn]) -> dict[str, object]:
    late = [one for turn in turns for one in turn.late_ns]
    feedback = sum((Counter(told(turn)) for turn in turns), Counter[str]())
    seconds = sum(turn.seconds for turn in turns)
    return {
        "us_per_packet": round(statistics.median(turn.us_per_packet for turn in turns), 2),
        "each_turn": [round(turn.us_per_packet, 2) for turn in turns],
        "packets_per_s": round(statistics.median(turn.packets_per_s for turn in turns)),
        "server_share": round(statistics.median(turn.share for turn in turns), 3),
        "lost": round(sum(turn.lost * turn.got for turn in turns) / sum(turn.got for turn in turns), 6),
        "late_p50_ms": round(quantile(late, 0.5) / 1e6, 3),
        "late_p99_ms": round(quantile(late, 0.99) / 1e6, 3),
        "rss_mb": round(statistics.median(turn.rss_kb for turn in turns) / 1024, 1),
        "feedback_per_s": {name: round(count / seconds, 1) for name, count in sorted(feedback.items())},
    }


async def measured(start: Start, scenario: Scenario, rooms: int, seconds: float) -> Turn:
    """Run one turn with a server of its own."""
    async with hall(start, scenario) as opened:
        await opened.fill(rooms)
        turn = await opened.measure(seconds)
    if not turn.got:
        raise RuntimeError(f"{opened.peer.name} forwarded nothing")
    return turn


async def main(chosen: argparse.Namespace) -> None:
    """Measure in turns and print the line."""
    os.sched_setaffinity(0, {LOAD_CORE})
    shapes = {ONE_TO_ONE: chosen.rooms, ONE_TO_FIVE: max(1, chosen.rooms // 3)}
    async with namespace() as place:
        peers = await without_what_is_missing(contenders(place, chosen))
        turns: dict[Scenario, dict[str, list[Turn]]] = {
            scenario: {name: [] for name in peers} for scenario in shapes
        }
        for number in range(chosen.turns):
            for scenario, rooms in shapes.items():
                for name in list(peers)[:: -1 if number % 2 else 1]:
                    turn = await measured(peers[name], scenario, rooms, chosen.seconds)
                    turns[scenario][name].append(turn)
    figures = {
        scenario: {name: _figures(some) for name, some in by_name.items()}
        for scenario, by_name in turns.items()
    }

    def median(scenario: Scenario, name: str) -> float:
        return statistics.median(turn.us_per_packet for turn in turns[scenario][name])

    def ratio(scenario: Scenario, name: str) -> float:
        return round(median(scenario, name) / median(scenario, JANUS), 3)

    loops = [name for name in (NATIVE, PYTHON) if name in peers]
    if not loops or JANUS not in peers:
        raise RuntimeError("our relay and Janus are both needed to compare them")
    report(
        "relay",
        f"us of processor time a forwarded packet, {ONE_TO_ONE.name}, {chosen.rooms} rooms",
        median(ONE_TO_ONE, loops[0]),
        median(ONE_TO_ONE, JANUS),
        peer_name(chosen),
        "lower",
        chosen.turns,
        loop=loops[0],
        cipher=chosen.cipher,
        shapes={
            scenario.name: {
                "rooms": shapes[scenario],
                "ratio": ratio(scenario, loops[0]),
                **{f"ratio_{name}_loop": ratio(scenario, name) for name in loops},
                **by_name,
            }
            for scenario, by_name in figures.items()
        },
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=15)
    parser.add_argument("--turns", type=int, default=4)
    common_arguments(parser)
    return parser.parse_args()


if __name__ == "__main__":
    ends_cleanly()
    with before_others():
        asyncio.run(main(_arguments()))
    sys.exit(0)
