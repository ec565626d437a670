"""Each bit of a pack matters: whichever one is flipped, the verifier says that the pack is broken."""

from random import Random

import pytest

from chat_archive import pack
from chat_archive.invalid import Malformed
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Trust, Verdict
from tests.unit.chat_archive.packs import FIRST, LOG, files_of, keys, repacked, small_pack, whole_pack

OURS = Trust(LOG.verifier, keys())
EVIDENCE = ("records/", "proofs/", pack.CHECKPOINT)
"""What the log vouches for, so that a flip is found although everything round it was repaired."""


def flipped(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position // 8] ^= 1 << position % 8
    return bytes(changed)


def is_broken(data: bytes) -> bool:
    try:
        return verify_pack(data, OURS).verdict is Verdict.BROKEN
    except Malformed:
        return False


def undetected(data: bytes, positions: list[int]) -> list[int]:
    return [position for position in positions if not is_broken(flipped(data, position))]


def test_a_few_hundred_flips_anywhere_are_found() -> None:
    data = whole_pack()
    assert verify_pack(data, OURS).findings == []
    random = Random(1)  # noqa: S311  # The same positions in every run.
    assert undetected(data, random.sample(range(len(data) * 8), 300)) == []


def test_flips_in_every_file_are_found() -> None:
    data = small_pack()
    random = Random(2)  # noqa: S311
    for name, content in files_of(data).items():
        begin = data.index(content) * 8
        positions = range(begin, begin + len(content) * 8)
        assert undetected(data, random.sample(positions, min(25, len(positions)))) == [], name


def test_a_flip_in_what_was_said_names_the_entry_and_no_other() -> None:
    data = small_pack()
    at = data.index("两天".encode()) * 8 + 5 * 8 + 2
    report = verify_pack(flipped(data, at), OURS)
    assert {finding.kind for finding in report.findings if finding.seq is None} == {
        "archive-damaged",
        "file-altered",
    }
    assert {(one.conversation_id, one.seq) for one in report.findings if one.seq is not None} == {(FIRST, 4)}


def test_a_record_that_cannot_be_read_puts_no_blame_on_the_proofs() -> None:
    files = files_of(small_pack())
    report = verify_pack(repacked({**files, pack.record_name(FIRST): b"{"}), OURS)
    assert report.verdict is Verdict.BROKEN
    assert pack.INCLUSION not in {finding.file for finding in report.findings}


def repaired_and_undetected(count: int, seed: int) -> list[tuple[str, int]]:
    files = files_of(small_pack())
    random = Random(seed)  # noqa: S311
    names = [name for name in sorted(files) if name.startswith(EVIDENCE)]
    places = [(name, position) for name in names for position in range(len(files[name]) * 8)]
    return [
        (name, position)
        for name, position in random.sample(places, min(count, len(places)))
        if not is_broken(repacked({**files, name: flipped(files[name], position)}))
    ]


def test_flips_of_evidence_are_found_although_sums_were_repaired() -> None:
    assert repaired_and_undetected(300, 3) == []


@pytest.mark.full
def test_ten_thousand_flips_anywhere_are_found() -> None:
    data = whole_pack()
    random = Random(4)  # noqa: S311
    assert undetected(data, random.sample(range(len(data) * 8), 10_000)) == []


@pytest.mark.full
def test_ten_thousand_flips_of_evidence_are_found_although_sums_were_repaired() -> None:
    assert repaired_and_undetected(10_000, 5) == []


@pytest.mark.full
def test_every_bit_of_the_archives_own_bytes_matters() -> None:
    data = small_pack()
    start = data.index(b"PK\x01\x02")
    assert undetected(data, list(range(start * 8, len(data) * 8))) == []
