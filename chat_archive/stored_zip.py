"""A zip archive with one possible encoding for its files: nothing compressed, nothing dated, sorted by name.

What is read is compared with what would have been written for the same files, so that no bit of an archive is
without meaning. Nothing is ever unpacked: a file that claims to be compressed is a fault, not a file.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chat_archive.invalid import Malformed

LARGEST = 2**32 - 1
"""Bytes in an archive at most: beyond that the format has another shape."""
MOST_FILES = 60_000
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
"""What a file may be called: plain ASCII, no part that begins with a point, no way out of a folder."""

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_READ_WITH = 10
_MADE_BY = 3 << 8 | 10
_FIRST_DAY = 1 << 5 | 1
_PLAIN_FILE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an archive. `name` is the file concerned; None: the archive itself."""

    name: str | None
    message: str


@dataclass(slots=True)
class Unpacked:
    """The files that could be read, altered or not, and all that is not as it would have been written."""

    files: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def archive_chunks(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the one archive of these files, piece by piece; the same files always give the same bytes.

    Raise ValueError for a name that no file may have, or more than an archive holds.
    """
    if len(files) > MOST_FILES:
        raise ValueError(f"an archive holds {MOST_FILES} files at most")
    directory: list[bytes] = []
    offset = 0
    for name in sorted(files):
        if NAME.fullmatch(name) is None:
            raise ValueError(f"{name!r} is no name of a file")
        content, raw = files[name], name.encode("ascii")
        size, crc = len(content), zlib.crc32(content)
        if offset + size > LARGEST - 2**24:
            raise ValueError("an archive holds less than 4 GiB")
        shared = (_READ_WITH, 0, 0, 0, _FIRST_DAY, crc, size, size, len(raw), 0)
        local = _LOCAL.pack(_LOCAL_MARK, *shared) + raw
        directory.append(_CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, *shared, 0, 0, 0, _PLAIN_FILE, offset) + raw)
        offset += len(local) + size
        yield local
        yield content
    central = b"".join(directory)
    yield central
    yield _END.pack(_END_MARK, 0, 0, len(files), len(files), len(central), offset, 0)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return the one archive of these files. Raise ValueError as `archive_chunks` does."""
    return b"".join(archive_chunks(files))


def read_archive(data: bytes) -> Unpacked:
    """Return the files of an archive with every fault found, however damaged it is.

    Never uses more memory than `data` has. Raise Malformed for what is no zip archive at all.
    """
    ends = data[-_END.size :].startswith(_END_MARK)
    if not ends and not data.startswith(_LOCAL_MARK):
        raise Malformed("This is no zip archive.")
    found = Unpacked()
    if not ends:
        found.faults.append(
            Fault(None, "the archive's end is not there: it was cut off, or something was added")
        )
        return found
    _read_directory(data, found)
    if not found.faults and not _is_what_would_be_written(data, found.files):
        found.faults.append(
            Fault(None, "the archive holds something beside its files, or is not written as ours are")
        )
    return found


def _read_directory(data: bytes, found: Unpacked) -> None:
    *_, count, length, start, _ = _END.unpack(data[-_END.size :])
    at, end = start, len(data) - _END.size
    if start + length != end:
        found.faults.append(Fault(None, "the archive's directory is not where it must be"))
        return
    room = start
    for number in range(1, count + 1):
        if at + _CENTRAL.size > end:
            found.faults.append(Fault(None, f"the archive's directory ends before file {number} of {count}"))
            return
        fields = _CENTRAL.unpack_from(data, at)
        mark, flags, method, crc, packed, size = fields[0], fields[3], fields[4], *fields[7:10]
        name_size, offset = fields[10], fields[16]
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
        at += _CENTRAL.size + name_size
        if mark != _CENTRAL_MARK or len(raw) != name_size or at > end:
            found.faults.append(Fault(None, f"the archive's directory is damaged at file {number}"))
            return
        name = raw.decode("ascii", "backslashreplace")
        fault = _unreadable(name, flags, method, packed, size, found.files)
        # Files that lie over one another could be many times as large as the archive.
        room -= size
        if fault is None and room < 0:
            fault = "is larger than the archive that it is in"
        if fault is not None:
            found.faults.append(Fault(name, fault))
            room += size
            continue
        content = _content(data, raw, offset, size)
        if content is None:
            found.faults.append(Fault(name, "is not where the archive's directory says"))
            continue
        if zlib.crc32(content) != crc:
            found.faults.append(Fault(name, "was altered: its content does not match its checksum"))
        # What was altered is read all the same: the evidence in it tells what exactly is not as it was.
        found.files[name] = content
    if at != end:
        found.faults.append(Fault(None, "the archive's directory names more files than it counts"))


def _unreadable(
    name: str, flags: int, method: int, packed: int, size: int, files: Mapping[str, bytes]
) -> str | None:
    """Return why a file must not be read, or None."""
    if NAME.fullmatch(name) is None:
        return "has a name that no file of a pack has"
    if name in files:
        return "is there more than once"
    if method != 0 or packed != size:
        return "is compressed: no file of a pack is, and it is not unpacked"
    if flags != 0:
        return "is encrypted or otherwise unlike the files of a pack"
    return None


def _content(data: bytes, raw: bytes, offset: int, size: int) -> bytes | None:
    begin = offset + _LOCAL.size + len(raw)
    if begin + size > len(data) or not data.startswith(_LOCAL_MARK, offset):
        return None
    return data[begin : begin + size] if data.startswith(raw, offset + _LOCAL.size) else None


def _is_what_would_be_written(data: bytes, files: Mapping[str, bytes]) -> bool:
    at = 0
    for chunk in archive_chunks(files):
        if not data.startswith(chunk, at):
            return False
        at += len(chunk)
    return at == len(data)
