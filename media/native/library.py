"""Compiles the native loop where that was not done yet, and loads it. Knows nothing of packets.

The object is kept beside the bytecode, under a name with the hash of the source: a stale one is never loaded.
Where that folder cannot be written to, it is compiled into a private folder that is gone after loading.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import cffi  # type: ignore[import-untyped]  # It brings no types.

_FOLDER = Path(__file__).parent
_HEADER = "relay_loop.h"
_SOURCES = ("relay_loop.c", "feedback.c")
_OPTIONS = ("-std=c99", "-O2", "-fPIC", "-shared", "-fvisibility=default", "-fstack-protector-strong")
_COMPILE_S = 60
# As the header has it: both are changed together, whenever the meaning of shared memory changes.
_VERSION = 1


class NoNativeLoop(Exception):
    """The native loop cannot be had here; the text says why."""


class Library:
    """The loaded loop: `ffi` for its memory, `lib` for its functions. Made once for a process, by `load`.

    `outcomes` (the same octets as int64: `values`), `number` and `room` are for a result until it is read.
    """

    def __init__(self, ffi: Any, lib: Any) -> None:
        self.ffi = ffi
        self.lib = lib
        self.outcomes = ffi.new("struct rl_outcome[]", lib.RL_NUMBERS)
        self.values = ffi.cast("int64_t *", self.outcomes)
        self.number = ffi.new("int *")
        self.room = ffi.new("uint8_t[]", 64 + 4 * lib.RL_NUMBERS)


@cache
def load() -> Library:
    """Return the loop. NoNativeLoop without a compiler, or when what it made does not fit."""
    source = b"".join((_FOLDER / name).read_bytes() for name in (_HEADER, *_SOURCES))
    mark = hashlib.sha256(source + " ".join(_OPTIONS).encode()).hexdigest()[:16]
    kept = _FOLDER / "__pycache__" / f"relay_loop-{mark}.so"
    if not kept.is_file():
        try:
            kept.parent.mkdir(exist_ok=True)
            compile_loop(kept)
        except OSError:
            with tempfile.TemporaryDirectory(prefix="televisit-relay-") as place:
                return load_object(compile_loop(Path(place) / kept.name))
    return load_object(kept)


def load_object(path: Path) -> Library:
    """Return the loop from this shared object. NoNativeLoop when it cannot be loaded or does not fit."""
    ffi = cffi.FFI()
    ffi.cdef((_FOLDER / _HEADER).read_text(encoding="utf-8"))
    try:
        lib = ffi.dlopen(str(path))
        version, sizes = lib.rl_version(), lib.rl_sizes()
    except (OSError, AttributeError) as fault:
        raise NoNativeLoop(f"it cannot be loaded: {fault}") from None
    if version != _VERSION or sizes != _sizes(ffi):
        raise NoNativeLoop("its memory is laid out differently")
    return Library(ffi, lib)


def _sizes(ffi: Any) -> int:
    weights = {
        "transport": 1000003,
        "stream": 10007,
        "route": 101,
        "kept": 31,
        "event": 7,
        "trend": 3,
        "counters": 1,
    }
    return sum(int(ffi.sizeof(f"struct rl_{name}")) * weight for name, weight in weights.items())


def compile_loop(target: Path, options: tuple[str, ...] = ()) -> Path:
    """Compile the loop into `target` and return it. NoNativeLoop without a compiler or when it fails."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        raise NoNativeLoop("there is no C compiler")
    # Another process may do the same: whoever is last replaces what is alike.
    handle, unfinished = tempfile.mkstemp(prefix=target.name, dir=target.parent)
    os.close(handle)
    try:
        command = [compiler, *_OPTIONS, *options, "-o", unfinished]
        command += [*(str(_FOLDER / name) for name in _SOURCES), "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_COMPILE_S, check=False)  # noqa: S603  # Our own words.
        if done.returncode:
            raise NoNativeLoop(f"the C compiler refuses: {done.stderr.strip()[-500:]}")
        Path(unfinished).chmod(0o644)
        os.replace(unfinished, target)
    except subprocess.TimeoutExpired:
        raise NoNativeLoop("the C compiler does not end") from None
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return target


if __name__ == "__main__":
    load()
