"""Runs tests over a native loop that was compiled with sanitizers: `python -m ... LOOP TESTS...`.

The process must have begun with their allocator. Exits as pytest does, or with theirs at the first fault.
"""

import sys
from pathlib import Path

import pytest

from media.native import library


def main(loop: str, tests: list[str]) -> int:
    """Have everything that is imported from here on load this loop."""
    loaded = library.load_object(Path(loop))
    library.load = lambda: loaded  # type: ignore[assignment]
    return int(pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", "-m", "not full", *tests]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
