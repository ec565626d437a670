"""The latest checkpoint, kept apart from the database: a restored backup is recognised by it."""

from pathlib import Path

from server.durable_file import replace_file

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
        self.path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        replace_file(self.path, note.encode())
