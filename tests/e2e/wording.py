"""The words on the pages, from the web app's own files: a test names what is said, not how it is said."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_SOURCES = Path(__file__).parents[2] / "web" / "src"
_HOLE = re.compile(r"\{\{(\w+)\}\}")


@cache
def _strings(place: str, language: str) -> Any:
    return json.loads((_SOURCES / place / "strings" / f"{language}.json").read_text(encoding="utf-8"))


class Words:
    """What the pages say in one language. `words("features/call", "control.mute")` is a whole string."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, place: str, key: str, **values: object) -> str:
        """Return a string with its holes filled; raise KeyError when the web app has no such string."""
        found = _strings(place, self.language)
        for part in key.split("."):
            found = found[part]
        assert isinstance(found, str), f"{place} {key} is not a string"
        return _HOLE.sub(lambda hole: str(values[hole[1]]), found)

    def like(self, place: str, key: str) -> re.Pattern[str]:
        """Return a pattern of the string with anything in its holes."""
        text = self(place, key, **{name: "\0" for name in _HOLE.findall(self._raw(place, key))})
        return re.compile(".+?".join(re.escape(part) for part in text.split("\0")))

    def _raw(self, place: str, key: str) -> str:
        found = _strings(place, self.language)
        for part in key.split("."):
            found = found[part]
        return str(found)


ENGLISH = Words("en")
CHINESE = Words("zh-CN")
