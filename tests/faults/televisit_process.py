"""A `televisit serve --demo` of its own, as a process: to be stopped, killed and started again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from tests.servers import free_port

READY_WITHIN_S = 60
GONE_WITHIN_S = 20


class TelevisitProcess:
    """One data folder and the server on it. `start` may be called again after the server is gone.

    `settings` are told to the server beside what every test's server is told.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self.settings = dict(settings or {})
        # Not pytest's folder: root's PostgreSQL runs as somebody else, who may not enter that one.
        self.folder = Path(tempfile.mkdtemp(prefix="televisit-fault-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """What the server, and commands beside it, are told: nothing of the tests' own surroundings."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
        ours = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "SHUTDOWN_GRACE_S": "3"}
        return {**kept, **ours, **self.settings}

    def launch(self, *options: str) -> "subprocess.Popen[bytes]":
        """Start the server in a session of its own; do not wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "server.cli", "serve", *options],
                cwd=Path(__file__).parents[2],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.process

    def start(self) -> float:
        """Start the demo server and return once it answers; return how many seconds it took."""
        begun = time.monotonic()
        self.launch("--demo")
        self.wait_until(200)
        return time.monotonic() - begun

    def command(self, *args: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a televisit command on the same folder."""
        return subprocess.run(
            [sys.executable, "-m", "server.cli", *args],
            cwd=Path(__file__).parents[2],
            env=self.environ,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def health(self) -> int | None:
        """Return the status of /healthz; None when nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except (OSError, urllib.error.URLError):
            return None

    def wait_until(self, status: int) -> None:
        """Return once /healthz says so."""
        deadline = time.monotonic() + READY_WITHIN_S
        while self.health() != status:
            assert self.process is not None
            assert self.process.poll() is None, f"the server ended:\n{self.said()}"
            assert time.monotonic() < deadline, f"the server does not answer {status}:\n{self.said()}"
            time.sleep(0.02)

    def signal(self, number: signal.Signals) -> int:
        """Send a signal and return the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(GONE_WITHIN_S)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:]

    def postmaster(self) -> psutil.Process:
        """Return PostgreSQL's first process."""
        pid = int((self.folder / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
        return psutil.Process(pid)

    def processes(self) -> list[psutil.Process]:
        """Return every living process that belongs to this folder: the server, and all of PostgreSQL's."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = (
                    process.cwd() == str(self.folder / "postgres" / "data")
                    or str(self.folder) in " ".join(process.cmdline())
                    or (self.process is not None and process.pid == self.process.pid)
                )
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def wait_until_nothing_runs(self) -> None:
        deadline = time.monotonic() + GONE_WITHIN_S
        while left := self.processes():
            assert time.monotonic() < deadline, f"left behind: {left}"
            time.sleep(0.02)

    def remove(self) -> None:
        for process in self.processes():
            # PostgreSQL's processes come and go: one may have ended since it was found.
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if self.process is not None:
            self.process.wait(GONE_WITHIN_S)
        deadline = time.monotonic() + GONE_WITHIN_S
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)
