"""Writing files that a crash leaves whole: the old one, the new one, never half of one. All of it blocks."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put a file in its place, at once or not at all; on return it is on the disk. Raise OSError.

    Its folder is there. `mode` says who may read it, whatever the process' umask.
    """
    with _beside(path, [content], mode) as part:
        os.replace(part, path)
    _keep_name(path)


def create_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Make a file for its owner alone; what is there already is never replaced. Raise OSError.

    On return it is on the disk. Raise FileExistsError when somebody else made it first.
    """
    with _beside(path, chunks, 0o600) as part:
        # Unlike a rename a link does not take the place of what is there.
        os.link(part, path)
    _keep_name(path)


@contextmanager
def _beside(path: Path, chunks: Iterable[bytes], mode: int) -> Iterator[Path]:
    """Write a file beside its place, force it to the disk, and remove what is left of it afterwards."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def _keep_name(path: Path) -> None:
    """Force the folder to the disk: a new name is its content."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
