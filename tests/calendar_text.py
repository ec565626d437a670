"""A reader of calendar objects of the tests' own, by RFC 5545: strict, and no kin of what writes them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAM = re.compile(r';([A-Za-z0-9-]+)=("[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)')
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@dataclass
class Component:
    """A component: its lines by name as (parameters, value), its parts in order."""

    name: str
    lines: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """Return the value of a property that stands exactly once."""
        [(_, value)] = self.lines[name]
        return value

    def text(self, name: str) -> str:
        """Return a property's text without its escapes."""
        return re.sub(r"\\.", lambda found: _ESCAPES[found.group()], self.value(name))

    def params(self, name: str) -> dict[str, str]:
        """Return the parameters of a property that stands exactly once."""
        [(params, _)] = self.lines[name]
        return params

    def moment(self, name: str) -> datetime:
        """Return a moment that is written in UTC."""
        return datetime.strptime(self.value(name), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def read_calendar(content: bytes) -> Component:
    """Return the one object in a stream of bytes; fail for what the standard does not allow."""
    assert content.endswith(b"\r\n"), "the last line is ended"
    assert b"\n" not in content.replace(b"\r\n", b""), "lines end with CR LF"
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw), "lines have at most 75 octets"
    unfolded = content[:-2].replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode().split("\r\n")
    root = Component("")
    open_: list[Component] = [root]
    for line in unfolded:
        name, params, value = _line(line)
        if name == "BEGIN":
            part = Component(value)
            open_[-1].parts.append(part)
            open_.append(part)
        elif name == "END":
            assert open_.pop().name == value, f"END:{value} ends what it did not begin"
        else:
            open_[-1].lines.setdefault(name, []).append((params, value))
    assert open_ == [root], "something was not ended"
    [found] = root.parts
    return found


def _line(line: str) -> tuple[str, dict[str, str], str]:
    match = _NAME.match(line)
    assert match is not None, f"no name: {line!r}"
    at, params = match.end(), {}
    while param := _PARAM.match(line, at):
        params[param.group(1).upper()] = param.group(2).strip('"')
        at = param.end()
    assert line[at] == ":", f"no value: {line!r}"
    return match.group().upper(), params, line[at + 1 :]
