"""What every benchmark prints: progress on standard error, one JSON line on standard output."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from typing import Any


def progress(text: str) -> None:
    """Print one line of progress."""
    print(text, file=sys.stderr, flush=True)


def quantile(values: Sequence[float], q: float) -> float:
    """Return the q-quantile (0 to 1) by the nearest rank; raise ValueError when there are no values."""
    if not values:
        raise ValueError("no values were measured")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(q * (len(ordered) - 1))))]


def conditions() -> str:
    """Describe the machine in a few words."""
    model = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            names = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
        model = names[0] if names else model
    except OSError:
        pass
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores {model}, Python {platform.python_version()}, load {load:.1f} at the end"


def report(
    name: str, unit: str, ours: float, peer: float, peer_name: str, better: str, n: int, **more: Any
) -> None:
    """Print the JSON line. `better` is "lower" or "higher": how `ratio` = ours / peer should be read."""
    line = {
        "name": name,
        "unit": unit,
        "ours": round(ours, 2),
        "peer": round(peer, 2),
        "peer_name": peer_name,
        "ratio": round(ours / peer, 3),
        "better": better,
        "n": n,
        "conditions": conditions(),
        **more,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
