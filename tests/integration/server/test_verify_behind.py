"""`televisit archive verify` on a database that is behind: what the witnesses and kept checkpoints say of
it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from chat_archive.checkpoint import Checkpoint
from chat_archive.note import Signer, sign
from chat_archive.witness import SIZE
from tests.integration.server.test_cli_archive import Hospital
from tests.integration.server.test_cli_archive import hospital as hospital
from tests.unit.chat_archive.keys import WITNESS

UNHEARD = f"{WITNESS.verifier.format()} http://127.0.0.1:1"


@contextmanager
def witness(shown: str | None, size: int) -> Iterator[str]:
    """Serve one that shows this note or none, and names this size; yield it as WITNESSES has it."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(404 if shown is None else 200, "text/plain", shown or "")

        def do_POST(self) -> None:
            self._answer(409, SIZE, f"{size}\n")

        def _answer(self, status: int, content_type: str, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{WITNESS.verifier.format()} http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def size(hospital: Hospital) -> int:
    hospital.seal()
    return int(hospital.sql("select count(*) from archive_leaf"))


def later(hospital: Hospital, size: int) -> str:
    """Return what the log had signed before it was set back: three entries more."""
    signer = Signer.parse((hospital.folder / "keys" / "archive-signing-key").read_text().strip())
    return sign(Checkpoint(signer.name, size + 3, bytes(32)).text(), [signer])


@pytest.mark.parametrize("shows", [True, False])
def test_a_witness_that_has_seen_more_makes_it_broken(
    hospital: Hospital, size: int, tmp_path: Path, shows: bool
) -> None:
    report = tmp_path / "report.json"
    with witness(later(hospital, size) if shows else None, size + 3) as named:
        done = hospital("archive", "verify", "--log-only", "--json", str(report), WITNESSES=named)
    assert done.exit_code == 2, done.output
    assert f"entries {size} to {size + 2} are missing" in done.output
    (finding,) = json.loads(report.read_bytes())["findings"]
    assert finding["kind"] == "log-behind"
    assert WITNESS.name in finding["message"]


def test_a_witness_that_has_seen_no_more_is_named_as_continued(hospital: Hospital, size: int) -> None:
    note = hospital.config.archive_checkpoint_file.read_text()
    with witness(note, size) as named:
        done = hospital("archive", "verify", "--log-only", WITNESSES=named)
    assert done.exit_code == 0, done.output
    assert f"the log continues the witness {WITNESS.name}, of {size} entries" in done.output


def test_a_witness_that_is_not_heard_is_a_note(hospital: Hospital, size: int) -> None:
    done = hospital("archive", "verify", "--log-only", WITNESSES=UNHEARD)
    assert done.exit_code == 0, done.output
    assert f"the witness {WITNESS.name} was not heard" in done.output


def test_the_checkpoint_file_that_has_seen_more_makes_it_broken(hospital: Hospital, size: int) -> None:
    apart = hospital.config.archive_checkpoint_file
    apart.write_text(later(hospital, size))
    try:
        done = hospital("archive", "verify", "--log-only")
    finally:
        apart.unlink()
    assert done.exit_code == 2, done.output
    assert "log-behind - the checkpoint file" in done.output
    without = hospital("archive", "verify", "--log-only")
    assert (without.exit_code, f"no checkpoint is kept at {apart}" in without.output) == (0, True)


def test_a_given_checkpoint_that_holds_is_said(hospital: Hospital, size: int, tmp_path: Path) -> None:
    given = tmp_path / "kept"
    given.write_bytes(hospital.config.archive_checkpoint_file.read_bytes())
    done = hospital("archive", "verify", "--log-only", "--checkpoint", str(given))
    assert done.exit_code == 0, done.output
    assert f"the log continues the checkpoint in {given}, of {size} entries" in done.output
