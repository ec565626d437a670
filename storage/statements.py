"""Named SQL: every statement stands in queries/*.sql under `-- name: ...`. Nothing here runs one."""

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- name: ([a-z0-9_]+)\s*$", re.MULTILINE)


@cache
def statements() -> dict[str, str]:
    """Return all statements by name; raise ValueError when two have the same name."""
    found: dict[str, str] = {}
    for path in sorted(files("storage").joinpath("queries").iterdir(), key=lambda item: item.name):
        if not path.name.endswith(".sql"):
            continue
        parts = _NAME.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise ValueError(f"two statements are named {name}")
            found[name] = text.strip().rstrip(";")
    return found


def statement(name: str) -> str:
    """Return the statement with this name; raise KeyError when there is none."""
    return statements()[name]
