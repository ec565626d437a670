"""make bench-relay-rooms: how the cost grows with the rooms, and how many of them a core bears.

One server after the other gets more and more rooms of two, all at their full rate, until it uses four fifths
of its core or loses more than one packet of a thousand. Cost, loss, delay and memory are told of each step.
"""

import argparse
import asyncio
import os
import sys
from typing import Any

from bench.relay import (
    JANUS,
    LOAD_CORE,
    NATIVE,
    PYTHON,
    common_arguments,
    contenders,
    ends_cleanly,
    peer_name,
    without_what_is_missing,
)
from bench.relay_place import before_others, namespace
from bench.relay_turn import OFFERED_MIN, ONE_TO_ONE, Start, Turn, hall
from bench.report import progress, report

FLAT = (1, 5, 15, 30, 60)
SHARE_MAX, LOST_MAX = 0.8, 0.001
# Beyond this the load may be what loses packets.
_LOAD_MAX = 0.95
_ROOMS_MAX = 400
_WARM_UP_S = 2.0


def _borne(turn: Turn) -> bool:
    return turn.share <= SHARE_MAX and turn.lost <= LOST_MAX and turn.offered >= OFFERED_MIN


async def climb(start: Start, chosen: argparse.Namespace) -> list[Turn]:
    """Measure one server with more and more rooms until it bears no more of them."""
    turns: list[Turn] = []
    async with hall(start, ONE_TO_ONE) as opened:
        await opened.fill(FLAT[0])
        while True:
            turn = await opened.measure(chosen.seconds, _WARM_UP_S)
            if not _borne(turn):
                # Once is no proof where others use the machine.
                turn = await opened.measure(chosen.seconds, _WARM_UP_S)
            turns.append(turn)
            if turn.load_share > _LOAD_MAX or turn.offered < OFFERED_MIN:
                progress("the load has reached its end")
                break
            if (not _borne(turn) and turn.rooms >= FLAT[-1]) or turn.rooms >= chosen.most:
                break
            await opened.fill(min(chosen.most, _next(turn)))
    return turns


def _next(turn: Turn) -> int:
    """Return how many rooms the next step has: those of all servers, and smaller steps near the limit."""
    left = int(turn.rooms * (SHARE_MAX / turn.share - 1) * 0.7)
    nearer = turn.rooms + max(4, turn.rooms // 20, left)
    for rooms in FLAT:
        if rooms > turn.rooms:
            last = rooms == FLAT[-1]
            return min(rooms, nearer) if last and _borne(turn) else rooms
    return nearer


def _figures(turns: list[Turn]) -> dict[str, Any]:
    borne = [turn for turn in turns if _borne(turn)]
    best = max(borne, key=lambda turn: turn.rooms) if borne else None
    first, last = turns[0], turns[-1]
    grown = last.rooms - first.rooms
    found: dict[str, Any] = {
        "rooms_per_core": best.rooms if best else 0,
        "ended_by": _reason(last),
        "kb_per_room": round((last.rss_kb - first.rss_kb) / grown) if grown else 0,
        "steps": [
            {
                "rooms": turn.rooms,
                "us_per_packet": round(turn.us_per_packet, 2),
                "server_share": round(turn.share, 3),
                "load_share": round(turn.load_share, 3),
                "lost": round(turn.lost, 6),
                "late_p50_ms": turn.late_ms(0.5),
                "late_p99_ms": turn.late_ms(0.99),
                "rss_mb": round(turn.rss_kb / 1024, 1),
            }
            for turn in turns
        ],
    }
    return found


def _reason(turn: Turn) -> str:
    if turn.offered < OFFERED_MIN:
        return "the load"
    if turn.lost > LOST_MAX:
        return "loss"
    if turn.share > SHARE_MAX:
        return "processor"
    return "the load"


async def main(chosen: argparse.Namespace) -> None:
    """Measure one server after the other and print the line."""
    os.sched_setaffinity(0, {LOAD_CORE})
    async with namespace() as place:
        peers = await without_what_is_missing(contenders(place, chosen))
        figures = {name: _figures(await climb(start, chosen)) for name, start in peers.items()}
    loop = NATIVE if NATIVE in figures else PYTHON
    if loop not in figures or JANUS not in figures:
        raise RuntimeError(f"our relay and Janus are both needed to compare them: {figures}")
    report(
        "relay-rooms",
        f"rooms of two on one core at {SHARE_MAX:.0%} of it, at most {LOST_MAX:.1%} lost",
        figures[loop]["rooms_per_core"],
        figures[JANUS]["rooms_per_core"],
        peer_name(chosen),
        "higher",
        1,
        loop=loop,
        cipher=chosen.cipher,
        **figures,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=_ROOMS_MAX, help="rooms at which to stop climbing")
    common_arguments(parser)
    parser.set_defaults(seconds=4)
    return parser.parse_args()


if __name__ == "__main__":
    ends_cleanly()
    with before_others():
        asyncio.run(main(_arguments()))
    sys.exit(0)
