"""A real PostgreSQL of our own, from the wheel: started, restarted and stopped with the server.

It listens on a Unix socket only. It is a child of this process in a session of its own, so that Ctrl-C
reaches us first, and it is told to stop when this process dies, however that happens. One that was left
behind all the same is stopped before a new one starts. Where it lives is said in postgres_place.py.
"""

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psutil

from server.postgres_place import MAJOR, EmbeddedPostgresError, make_private, owner, place_for, prepare

START_TIMEOUT_S = 60
RECOVERY_TIMEOUT_S = 900
STOP_TIMEOUT_S = 30
ORPHANS_TIMEOUT_S = 5
_PR_SET_PDEATHSIG = 1
_REJECTS = 1

__all__ = ["AlreadyRunning", "EmbeddedPostgres", "EmbeddedPostgresError"]


class AlreadyRunning(EmbeddedPostgresError):
    """Another process runs the PostgreSQL of this folder."""


class EmbeddedPostgres:
    """One cluster that belongs to one folder, run by at most one process at a time.

    Start it in a thread that lives as long as it shall: the kernel stops it with that thread.
    """

    def __init__(self, folder: Path, *, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self.place = place_for(self.folder)
        self._settings = settings or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def dsn(self, database: str = "televisit", login: str = "televisit") -> str:
        """Return the libpq connection string of a database in this cluster, of its superuser unless told."""
        sockets = str(self.place.sockets).replace("\\", "\\\\").replace("'", "\\'")
        return f"host='{sockets}' user={login} dbname={database}"

    def url(self, database: str = "televisit", login: str = "televisit") -> str:
        """Return the same as a connection URI, as DATABASE_URL takes it."""
        return f"postgresql://{login}@/{database}?host={quote(str(self.place.sockets), safe='')}"

    def start(self) -> None:
        """Start, and return once it answers. For those who have nothing else to do meanwhile.

        Raise AlreadyRunning when another process runs it, EmbeddedPostgresError when it does not start.
        """
        try:
            self.claim()
            self.launch()
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def claim(self) -> None:
        """Take the folder, make the cluster if there is none, stop what an earlier server left behind.

        Raise AlreadyRunning when another process has the folder.
        """
        prepare(self.place)
        self._take_lock()
        self._make_cluster()
        self.clear_leftover()

    def launch(self) -> None:
        """Start the postmaster; do not wait until it answers. `clear_leftover` comes before."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.place.sockets}"',
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            **self._settings,
        }
        with self.place.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own binary, our own arguments
                [
                    str(self.place.programs / "bin" / "postgres"),
                    "-D",
                    str(self.place.data),
                    *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
                preexec_fn=_child_setup(),
            )

    def wait_until_ready(self) -> None:
        """Return once it answers; recovery after a crash may take its time."""
        begun = time.monotonic()
        while True:
            if self.pid is None:
                raise EmbeddedPostgresError(f"PostgreSQL did not start; see {self.place.log}")
            answer = subprocess.run(  # noqa: S603
                [self._tool("pg_isready"), "-q", "-h", str(self.place.sockets), "-U", "televisit"],
                check=False,
            ).returncode
            if answer == 0:
                return
            limit = RECOVERY_TIMEOUT_S if answer == _REJECTS else START_TIMEOUT_S
            if time.monotonic() > begun + limit:
                raise EmbeddedPostgresError(f"PostgreSQL does not answer; see {self.place.log}")
            time.sleep(0.03)

    def ensure_database(self, name: str) -> None:
        """Create a database of this name unless it exists."""
        found = self.sql("postgres", f"select 1 from pg_database where datname = '{name}'")  # noqa: S608
        if "1" not in found:
            self.sql("postgres", f'create database "{name}"')

    def ensure_login(self, name: str) -> None:
        """Create a login that is nothing but a login, unless it exists."""
        found = self.sql("postgres", f"select 1 from pg_roles where rolname = '{name}'")  # noqa: S608
        if "1" not in found:
            self.sql("postgres", f'create role "{name}" login')

    def stop(self) -> None:
        """Stop with a fast shutdown: running transactions are rolled back, everything committed stays."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(STOP_TIMEOUT_S)
        self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def sql(self, database: str, statement: str) -> str:
        """Run one statement through psql and return what it prints: for setting up, not for serving."""
        done = subprocess.run(  # noqa: S603
            [self._tool("psql"), "-X", "-q", "-t", "-A", "-d", self.dsn(database), "-c", statement],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise EmbeddedPostgresError(done.stderr.strip()[-500:])
        return done.stdout

    def _tool(self, name: str) -> str:
        return str(self.place.programs / "bin" / name)

    def _take_lock(self) -> None:
        """Hold the folder's lock file; the kernel lets go of it when this process dies."""
        lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode(errors="replace").strip() or "unknown"
            os.close(lock)
            raise AlreadyRunning(
                f"Televisit already runs on {self.folder} (process {holder}). "
                "Stop it first, or give this one another DATA_DIR."
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        self._lock = lock

    def _make_cluster(self) -> None:
        version = self.place.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != str(MAJOR):
                raise EmbeddedPostgresError(
                    f"{self.place.data} was made by PostgreSQL {found}, this is PostgreSQL {MAJOR}: "
                    "dump it with the old version and restore it with this one."
                )
            return
        # Made beside and renamed when whole: a set-up that was killed half-way is begun anew.
        unfinished = self.place.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_private(unfinished)
        options = ["-U", "televisit", "-A", "trust", "-E", "UTF8", "--no-locale", "-D", str(unfinished)]
        done = subprocess.run(  # noqa: S603
            [self._tool("initdb"), *options],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            preexec_fn=_child_setup(),
        )
        if done.returncode != 0:
            raise EmbeddedPostgresError(f"initdb failed: {done.stderr.strip()[-500:]}")
        unfinished.rename(self.place.data)

    def clear_leftover(self) -> None:
        """Stop a postmaster that outlived its server, then whatever outlived a postmaster.

        PostgreSQL refuses to start while a process of an earlier one is still attached to its memory.
        """
        leftover = self._leftover_postmaster()
        if leftover is not None:
            for number in (signal.SIGINT, signal.SIGQUIT):
                with contextlib.suppress(psutil.NoSuchProcess):
                    leftover.send_signal(number)
                if not _left_of([leftover], STOP_TIMEOUT_S):
                    break
        for process in _left_of(self._orphans(), ORPHANS_TIMEOUT_S):
            # Without its postmaster it can keep nothing: recovery takes what was committed from the log.
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        if _left_of(self._orphans(), ORPHANS_TIMEOUT_S):
            raise EmbeddedPostgresError(
                f"Processes of an earlier PostgreSQL do not end in {self.place.data}."
            )

    def _leftover_postmaster(self) -> psutil.Process | None:
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().splitlines()[0])
            process = psutil.Process(pid)
            ours = "postgres" in process.name() and str(self.place.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return None
        return process if ours else None

    def _orphans(self) -> list[psutil.Process]:
        """Find PostgreSQL's own children: each has the data folder as its working directory."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.name() == "postgres" and process.cwd() == str(self.place.data):
                    found.append(process)
        return found


def _left_of(processes: list[psutil.Process], timeout_s: float) -> list[psutil.Process]:
    """Wait until all of these ended, and return those that did not.

    One that ended and that nobody collects, because its parent died, counts as ended: in a container there
    may be nobody who would.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        left = [process for process in processes if _runs(process)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _child_setup() -> Callable[[], None]:
    user = owner()
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def setup() -> None:
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        if libc is not None:
            # After setuid, which clears it. SIGINT is PostgreSQL's fast shutdown.
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os._exit(1)

    return setup
