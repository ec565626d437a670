"""The latest checkpoint, kept apart from the database: a restored backup is recognised by it."""

import os
import tempfile
from pathlib import Path

_BYTES_MAX = 64 * 1024


class CheckpointFile:
    """One file. Reading and writing block: call them off the loop."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> str | None:
        """Return the note that is kept, None when there is none yet. Raise OSError when it cannot be read.

        Bytes that are no text come back as what no note has: whoever opens it refuses it.
        """
        try:
            with open(self.path, "rb") as file:
                return file.read(_BYTES_MAX).decode("utf-8", "replace")
        except FileNotFoundError:
            return None

    def write(self, note: str) -> None:
        """Replace what is kept, at once or not at all; on return it is on the disk. Raise OSError."""
        folder = self.path.parent
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}-", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(note)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        directory = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
