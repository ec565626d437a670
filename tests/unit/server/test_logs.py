"""Each in a process of its own: setting up logging is for a whole process."""

import json
import subprocess
import sys

import pytest


def logged(log_format: str, level: str, program: str) -> list[str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import logging, structlog\nfrom server import logs\n"
            f"logs.set_up({log_format!r}, {level!r})\nlog = structlog.get_logger('own')\n{program}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_for_machines_every_line_is_one_json_object_whoever_wrote_it() -> None:
    lines = logged(
        "json", "info", "log.info('visit.ended', n=1)\nlogging.getLogger('lib').warning('a %s', 'b')"
    )
    ours, theirs = (json.loads(line) for line in lines)
    assert (ours["event"], ours["n"], ours["level"]) == ("visit.ended", 1, "info")
    assert (theirs["event"], theirs["level"]) == ("a b", "warning")
    assert ours["timestamp"].endswith("Z")


def test_an_error_is_one_line_with_its_trace() -> None:
    (line,) = logged("json", "info", "try:\n    1 / 0\nexcept ZeroDivisionError:\n    log.exception('x')")
    assert "ZeroDivisionError" in json.loads(line)["exception"]


def test_what_is_below_the_level_is_not_said() -> None:
    assert logged("console", "warning", "log.info('quiet')") == []
    assert len(logged("console", "debug", "log.debug('loud')")) == 1


def test_libraries_that_tell_every_step_are_quiet_unless_debugging() -> None:
    program = "logging.getLogger('procrastinate.worker').info('step')"
    assert logged("json", "info", program) == []
    assert len(logged("json", "debug", program)) == 1


def test_what_belongs_to_a_request_carries_its_id() -> None:
    (line,) = logged(
        "json", "info", "with structlog.contextvars.bound_contextvars(request_id='r1'):\n    log.info('x')"
    )
    assert json.loads(line)["request_id"] == "r1"


_LEAK = """
def send(token):
    raise ValueError('Failing row contains (what a patient wrote)')
try:
    send('a-session-token')
except ValueError as error:
    try:
        raise RuntimeError('with it') from error
    except RuntimeError as failed:
        log.error('own', exc_info=failed)
        logging.getLogger('lib').error('theirs', exc_info=failed)
"""


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_of_an_exception_its_place_is_kept_and_neither_its_words_nor_its_variables(log_format: str) -> None:
    said = "\n".join(logged(log_format, "info", _LEAK))
    for word in ("patient wrote", "a-session-token", "with it"):
        assert word not in said
    assert said.count("ValueError") == 2
    assert said.count("RuntimeError") == 2
    assert "7 send" in said
