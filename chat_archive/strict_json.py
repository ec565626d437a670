"""JSON with one spelling: what is read must be, byte for byte, what would be written for the same values.

So two programs cannot read different things from the same file, and no byte of it is without meaning.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar, Union
from uuid import UUID

from chat_archive.invalid import Malformed

Json = Union[None, bool, int, str, Sequence["Json"], Mapping[str, "Json"]]  # noqa: UP007  # It names itself.
E = TypeVar("E", bound=StrEnum)
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def canonical(value: Json) -> bytes:
    """Return a value's one spelling: keys sorted, a line for each member, UTF-8, a line feed at the end."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1)
    return (text + "\n").encode()


def parse_object(data: bytes) -> "Fields":
    """Read an object in its one spelling; raise Malformed."""
    try:
        value = json.loads(data.decode())
        exact = canonical(value) == data
    except (ValueError, RecursionError) as error:
        raise Malformed(f"this is no JSON text: {type(error).__name__}") from None
    if not exact:
        raise Malformed("this is not written as such a file is")
    return _fields(value, "")


def hexadecimal(text: str, size: int | None = None) -> bytes:
    """Read bytes in lower-case hexadecimal, of this size when one is given; raise Malformed."""
    if _HEX.fullmatch(text) is None or size not in (None, len(text) // 2):
        raise Malformed(f"this is not written in lower-case hexadecimal: {text[:80]!r}")
    return bytes.fromhex(text)


class Fields:
    """An object whose members are taken one by one; `done` says that there must be no others.

    Every method raises Malformed, which names the member.
    """

    def __init__(self, values: Mapping[str, object], place: str) -> None:
        self._values = dict(values)
        self._place = place
        self._inner: list[Fields] = []

    def text(self, name: str) -> str:
        """Take a text."""
        value = self._take(name)
        if not isinstance(value, str):
            raise self._wrong(name, "is no text")
        return value

    def optional_text(self, name: str, *, absent: bool = False) -> str | None:
        """Take a text or null; with `absent`, the member may be left out but not be null."""
        if absent:
            return self.text(name) if name in self._values else None
        if self._values.get(name, "") is None:
            self._take(name)
            return None
        return self.text(name)

    def number(self, name: str) -> int:
        """Take a whole number from 0 up to, but not with, 2^63."""
        value = self._take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
            raise self._wrong(name, "is no whole number, or out of range")
        return value

    def optional_number(self, name: str) -> int | None:
        """Take a whole number or null."""
        if self._values.get(name, 0) is None:
            self._take(name)
            return None
        return self.number(name)

    def flag(self, name: str) -> bool:
        """Take true or false."""
        value = self._take(name)
        if not isinstance(value, bool):
            raise self._wrong(name, "is neither true nor false")
        return value

    def uuid(self, name: str) -> UUID:
        """Take an identifier, in lower case with hyphens."""
        text = self.text(name)
        try:
            value = UUID(text)
        except ValueError:
            raise self._wrong(name, "is no identifier") from None
        if str(value) != text:
            raise self._wrong(name, "is not written as identifiers are")
        return value

    def hash(self, name: str) -> bytes:
        """Take 32 bytes in lower-case hexadecimal."""
        text = self.text(name)
        try:
            return hexadecimal(text, 32)
        except Malformed:
            raise self._wrong(name, "is no hash") from None

    def moment(self, name: str) -> datetime:
        """Take a moment in UTC, to the microsecond."""
        text = self.text(name)
        try:
            if _MOMENT.fullmatch(text) is None:
                raise ValueError
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            raise self._wrong(name, "is no moment in UTC") from None

    def choice(self, name: str, choices: type[E]) -> E:
        """Take one of an enumeration's values."""
        try:
            return choices(self.text(name))
        except ValueError:
            raise self._wrong(name, "is none of the words that it may be") from None

    def texts(self, name: str) -> list[str]:
        """Take a list of texts."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self._wrong(name, "holds something that is no text")
        return [str(value) for value in values]

    def inner(self, name: str) -> "Fields":
        """Take an object."""
        return self._keep(_fields(self._take(name), f"{self._place}{name}."))

    def inners(self, name: str) -> "list[Fields]":
        """Take a list of objects."""
        values = self._list(name)
        return [
            self._keep(_fields(value, f"{self._place}{name}.{number}."))
            for number, value in enumerate(values)
        ]

    def done(self) -> None:
        """Raise Malformed when a member is left, here or in an object within."""
        for name in self._values:
            raise self._wrong(name, "is not expected")
        for inner in self._inner:
            inner.done()

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if not isinstance(value, list):
            raise self._wrong(name, "is no list")
        return value

    def _take(self, name: str) -> object:
        if name not in self._values:
            raise self._wrong(name, "is missing")
        return self._values.pop(name)

    def _keep(self, inner: "Fields") -> "Fields":
        self._inner.append(inner)
        return inner

    def _wrong(self, name: str, what: str) -> Malformed:
        return Malformed(f"{self._place}{name[:80]} {what}")


def _fields(value: object, place: str) -> Fields:
    if not isinstance(value, dict):
        raise Malformed(f"{place.rstrip('.') or 'this'} is no object")
    return Fields(value, place)
