"""The native loop with the compiler's sanitizers: no octet is read or written where it must not be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from media.native.library import NoNativeLoop, compile_loop

ROOT = Path(__file__).parents[3]
SANITIZERS = (
    "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g", "-O1",
)  # fmt: skip
# What damages packets and reports, with valid keys and without, and compares with plain Python.
TESTS = (
    "tests/unit/media/test_native_plane.py",
    "tests/unit/media/test_native_feedback.py",
    "tests/unit/media/test_native_table.py",
    "tests/unit/media/test_plane.py",
    "tests/unit/media/test_plane_reports.py",
    "tests/integration/media/test_relay_hostile.py",
    "tests/integration/media/test_relay_connection.py",
    "tests/integration/media/test_relay_loops.py",
    "tests/integration/media/test_relay_fuzz.py",
)


@pytest.fixture
def sanitized(tmp_path: Path) -> tuple[Path, str]:
    """The loop compiled with sanitizers, and the library that must be there before any other."""
    compiler = next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)
    if compiler is None:
        pytest.skip("there is no C compiler")
    asked = [compiler, "-print-file-name=libasan.so"]
    runtime = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if not Path(runtime).is_file():
        pytest.skip("the C compiler has no sanitizers")
    try:
        return compile_loop(tmp_path / "relay_loop.so", SANITIZERS), str(Path(runtime).resolve())
    except NoNativeLoop as refused:
        pytest.skip(f"no sanitizers: {refused}")


def run(sanitized: tuple[Path, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {
        "LD_PRELOAD": sanitized[1],
        # Every object of Python's own has a guarded piece of memory.
        "PYTHONMALLOC": "malloc",
        # What Python keeps until its end is no leak. What is freed is not kept for long: memory is measured.
        "ASAN_OPTIONS": "detect_leaks=0:quarantine_size_mb=4:abort_on_error=0:exitcode=99",
        "UBSAN_OPTIONS": "print_stacktrace=1:exitcode=99",
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.mark.full
def test_nothing_is_touched_that_is_none_of_the_loops_business(sanitized: tuple[Path, str]) -> None:
    done = run(sanitized, "-m", "tests.unit.media.sanitized", str(sanitized[0]), *TESTS)
    print(done.stdout[-400:])
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    assert "Sanitizer" not in done.stderr


@pytest.mark.full
def test_the_sanitizers_would_have_seen_it(sanitized: tuple[Path, str]) -> None:
    # A report of 20 octets that is said to have 60, on more packets than it has room for.
    program = (
        "import sys; from pathlib import Path; from media.native.library import load_object;"
        "one = load_object(Path(sys.argv[1])); body = one.ffi.new('uint8_t[]', [32] * 20);"
        "transport = one.ffi.new('struct rl_transport *'); body[10] = 15;"
        "one.lib.rl_outcomes(transport, body, 60, one.outcomes, one.number)"
    )
    done = run(sanitized, "-c", program, str(sanitized[0]))
    assert done.returncode == 99
    assert "heap-buffer-overflow" in done.stderr
