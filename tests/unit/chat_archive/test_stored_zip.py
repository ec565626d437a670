import io
import struct
import zipfile

import pytest

from chat_archive.invalid import Malformed
from chat_archive.stored_zip import read_archive, write_archive

FILES = {"b/c.json": b"{}", "a.txt": b"hello", "empty": b""}


def messages(data: bytes) -> str:
    return "\n".join(f"{fault.name}: {fault.message}" for fault in read_archive(data).faults)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_what_is_written_is_read_again_whatever_the_order() -> None:
    data = write_archive(FILES)
    assert data == write_archive(dict(reversed(FILES.items())))
    unpacked = read_archive(data)
    assert (unpacked.files, unpacked.faults) == (FILES, [])
    assert read_archive(write_archive({})).files == {}


def test_other_programs_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(write_archive(FILES))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 100, b"PK", b"%PDF-1.7"])
def test_what_is_no_archive_is_unusable(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_archive(data)


@pytest.mark.parametrize("cut", [1, 10, 22, 30, 100, 200])
def test_a_cut_archive_is_told(cut: int) -> None:
    assert messages(write_archive(FILES)[:-cut])


def test_nothing_may_stand_before_behind_or_between() -> None:
    data = write_archive(FILES)
    assert messages(data + b"\n")
    assert messages(b"\n" + data)
    # As a tool would write the same files, dates and all.
    assert "not written as ours" in messages(zipped(*sorted(FILES.items())))


def test_every_single_bit_matters() -> None:
    data = write_archive(FILES)
    for position in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[position // 8] ^= 1 << position % 8
        assert messages(bytes(flipped)), position


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zipped(("bomb.json", b"\x00" * 50_000_000), method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    unpacked = read_archive(bomb)
    assert unpacked.files == {}
    assert [(fault.name, "compressed" in fault.message) for fault in unpacked.faults] == [("bomb.json", True)]


def test_files_that_lie_over_one_another_are_not_read_again_and_again() -> None:
    # One local file of 1 MB that the directory names two thousand times would be 2 GB.
    content = b"x" * 1_000_000
    data = write_archive({"a": content})
    central = data[data.index(b"PK\x01\x02") : -22]
    names = [f"n{number:04}".encode() for number in range(2000)]
    directory = b"".join(central[:28] + struct.pack("<H", 5) + central[30:46] + name for name in names)
    start = len(data) - 22 - len(central)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2000, 2000, len(directory), start, 0)
    unpacked = read_archive(data[:start] + directory + end)
    assert len(unpacked.files) <= 1
    assert len(unpacked.faults) >= 1999


@pytest.mark.parametrize(
    "name",
    ["../up", "/absolute", "a/../b", ".hidden", "a\\b", "C:x", "a//b", "a/", "ä", "a\nb", "a\x00b"],
)
def test_names_that_leave_the_folder_are_refused_and_named(name: str) -> None:
    assert messages(zipped((name, b"x")))
    with pytest.raises(ValueError, match="is no name"):
        write_archive({name: b"x"})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_stands_once() -> None:
    assert "a.txt: is there more than once" in messages(zipped(("a.txt", b"1"), ("a.txt", b"2")))


def test_an_altered_file_is_named() -> None:
    data = write_archive(FILES).replace(b"hello", b"hullo")
    assert "a.txt: was altered" in messages(data)


def test_an_altered_file_is_read_all_the_same() -> None:
    data = write_archive(FILES).replace(b"hello", b"hullo")
    assert b"hullo" in read_archive(data).files["a.txt"]
