"""Compiles the native loop where that was not done yet, and loads it. Knows nothing of packets.

The object is kept beside the bytecode, under a name with the hash of the source: a stale one is never loaded,
nor one that others could have put there. Where that folder cannot be written to, or others may write to it,
it is compiled into a private folder that is gone after loading.

`python -m media.native.library` compiles it beforehand, as for an image without a compiler.
"""

import hashlib
import os
import platform
import shutil
import stat
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import cffi  # type: ignore[import-untyped]  # It brings no types.

_FOLDER = Path(__file__).parent
_HEADER = "relay_loop.h"
_SOURCES = ("relay_loop.c", "sending.c", "table.c", "feedback.c")
_OPTIONS = ("-std=c99", "-O2", "-fPIC", "-shared", "-fvisibility=default", "-fstack-protector-strong")
_COMPILE_S = 60
# As the header has it: both are changed together, whenever the meaning of shared memory changes.
_VERSION = 2


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
    if sys.platform != "linux":
        raise NoNativeLoop(f"it is written for Linux, and this is {sys.platform}")
    kept = _FOLDER / "__pycache__" / f"relay_loop-{_mark()}.so"
    with suppress(OSError):
        kept.parent.mkdir(mode=0o755, exist_ok=True)
        if ours_alone(kept.parent) and not kept.exists():
            compile_loop(kept)
    if ours_alone(kept.parent) and ours_alone(kept):
        # Made on another machine, it does not exist for this one.
        with suppress(NoNativeLoop):
            return load_object(kept)
    with tempfile.TemporaryDirectory(prefix="televisit-relay-") as place:
        return load_object(compile_loop(Path(place) / kept.name))


def demand_obtainable() -> None:
    """Raise NoNativeLoop where `load` has nothing to load and nothing to compile it by. Compiles nothing."""
    if sys.platform != "linux":
        raise NoNativeLoop(f"it is written for Linux, and this is {sys.platform}")
    kept = _FOLDER / "__pycache__" / f"relay_loop-{_mark()}.so"
    if ours_alone(kept.parent) and ours_alone(kept):
        with suppress(NoNativeLoop):
            load_object(kept)
            return
    _compiler()


def ours_alone(path: Path, source: Path = _FOLDER) -> bool:
    """Return whether nobody but root could have written `path` who cannot write our source, too."""
    try:
        found, own = path.lstat(), source.stat()
    except OSError:
        return False
    others = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return (
        not stat.S_ISLNK(found.st_mode)
        and found.st_uid in (0, os.geteuid(), own.st_uid)
        and not others & ~own.st_mode
        and (not others & stat.S_IWGRP or found.st_gid == own.st_gid)
    )


def _mark() -> str:
    source = b"".join((_FOLDER / name).read_bytes() for name in (_HEADER, "engine.h", *_SOURCES))
    return hashlib.sha256(source + " ".join((*_OPTIONS, platform.machine())).encode()).hexdigest()[:16]


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


def _compiler() -> str:
    found = next((path for name in ("cc", "gcc", "clang") if (path := shutil.which(name))), None)
    if found is None:
        raise NoNativeLoop("there is no C compiler")
    return found


def compile_loop(target: Path, options: tuple[str, ...] = ()) -> Path:
    """Compile the loop into `target` and return it. NoNativeLoop without a compiler or when it fails."""
    compiler = _compiler()
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
        # The linker may have replaced it, so that it is opened anew. To load one that was cut short when the
        # power went would end the process.
        with Path(unfinished).open("rb") as made:
            os.fsync(made.fileno())
        os.replace(unfinished, target)
    except subprocess.TimeoutExpired:
        raise NoNativeLoop("the C compiler does not end") from None
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return target


if __name__ == "__main__":
    load()
