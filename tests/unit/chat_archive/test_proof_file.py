"""Proof files: written, read, and refused when anything in them does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.invalid import EvidenceInvalid, Malformed, ProofInvalid, SignatureInvalid
from chat_archive.note import cosign
from chat_archive.proof_file import LARGEST_EXTRA, ProofFile
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.keys import LOG, OTHER_LOG, WITNESS, checkpoint, signed

SIZE = 21
NOTE = signed(SIZE)


def proof(index: int, extra: bytes | None = None, note: str = NOTE) -> ProofFile:
    return ProofFile(index, tuple(trees.path(index, 0, SIZE)), note, extra)


def test_a_proof_is_lines() -> None:
    lines = proof(20, b"hi").format().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra aGk=", "index 20"]
    assert lines[lines.index("") + 1 :] == NOTE.split("\n")


def test_a_proof_of_every_entry_is_accepted() -> None:
    for index in range(SIZE):
        opened = ProofFile.parse(proof(index).format().encode()).verify(trees.leaf(index), [LOG.verifier])
        assert opened.checkpoint == checkpoint(SIZE)


def test_a_proof_tells_the_witnesses_it_was_asked_about() -> None:
    note = NOTE + cosign(checkpoint(SIZE).text(), WITNESS, 77).line()
    opened = proof(3, note=note).verify(trees.leaf(3), [LOG.verifier], [WITNESS.verifier])
    assert [found.time_s for found in opened.cosignatures] == [77]


def test_a_proof_reused_for_another_entry_is_refused() -> None:
    with pytest.raises(ProofInvalid):
        proof(3).verify(trees.leaf(4), [LOG.verifier])


def test_a_proof_with_another_index_is_refused() -> None:
    with pytest.raises(ProofInvalid):
        ProofFile(4, proof(3).path, NOTE).verify(trees.leaf(3), [LOG.verifier])


def test_a_proof_of_another_log_is_refused() -> None:
    with pytest.raises(SignatureInvalid):
        proof(3).verify(trees.leaf(3), [OTHER_LOG.verifier])


def test_a_proof_under_another_checkpoint_is_refused() -> None:
    with pytest.raises(ProofInvalid):
        proof(3, note=signed(22)).verify(trees.leaf(3), [LOG.verifier])


def test_no_flipped_bit_is_accepted() -> None:
    whole = proof(3).format().encode()
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        with pytest.raises(EvidenceInvalid):
            ProofFile.parse(bytes(damaged)).verify(trees.leaf(3), [LOG.verifier])


FIRST = "c2sp.org/tlog-proof@v1\n"
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        FIRST,
        f"{FIRST}index 1\n\n",
        f"{FIRST}index 1\n{NOTE}",
        f"c2sp.org/tlog-proof@v2\nindex 1\n\n{NOTE}",
        f"\n{FIRST}index 1\n\n{NOTE}",
        f"{FIRST}\n{NOTE}",
        f"{FIRST}index\n\n{NOTE}",
        f"{FIRST}index \n\n{NOTE}",
        f"{FIRST}index 01\n\n{NOTE}",
        f"{FIRST}index -1\n\n{NOTE}",
        f"{FIRST}index 1 \n\n{NOTE}",
        f"{FIRST}index 9223372036854775808\n\n{NOTE}",
        f"{FIRST}Index 1\n\n{NOTE}",
        f"{FIRST}index 1\nextra aGk=\n\n{NOTE}",
        f"{FIRST}extra aGk=\nextra aGk=\nindex 1\n\n{NOTE}",
        f"{FIRST}extra aGk\nindex 1\n\n{NOTE}",
        f"{FIRST}extra aGl=\nindex 1\n\n{NOTE}",
        f"{FIRST}extra\nindex 1\n\n{NOTE}",
        f"{FIRST}extra aGk=\n\n{NOTE}",
        f"{FIRST}index 1\nAAAA\n\n{NOTE}",
        f"{FIRST}index 1\n{HASH[:-2]}\n\n{NOTE}",
        f"{FIRST}index 1\n{HASH * 64}\n{NOTE}",
        f"{FIRST}index 1\n{HASH}\r\n\n{NOTE}",
        f"{FIRST}index 1\n{HASH}\nno note",
        f"{FIRST}index 1\n{HASH}\n{NOTE}\n",
        f"{FIRST}extra {'A' * 800_000}\nindex 1\n\n{NOTE}",
    ],
)
def test_what_is_no_proof_file_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        ProofFile.parse(text)


HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=63)


@given(st.integers(0, 2**63 - 1), HASHES, st.none() | st.binary(max_size=100))
def test_a_proof_is_read_as_it_was_written(index: int, path: list[bytes], extra: bytes | None) -> None:
    made = ProofFile(index, tuple(path), NOTE, extra)
    assert ProofFile.parse(made.format()) == made
    assert ProofFile.parse(made.format().encode()) == made


@given(st.text() | st.binary(), st.text())
def test_whatever_is_read_it_is_a_proof_or_malformed(whole: str | bytes, part: str) -> None:
    for candidate in (
        whole,
        f"{FIRST}{part}\n\n{NOTE}",
        f"{FIRST}index 1\n{part}\n{NOTE}",
        f"{FIRST}index 1\n\n{part}",
    ):
        try:
            found = ProofFile.parse(candidate)
        except Malformed:
            continue
        assert found.format() == candidate


@pytest.mark.parametrize(
    ("index", "path", "note", "extra"),
    [
        (-1, (), NOTE, None),
        (2**63, (), NOTE, None),
        (0, (b"short",), NOTE, None),
        (0, (bytes(32),) * 64, NOTE, None),
        (0, (), "no note", None),
        (0, (), "\ud800", None),
        (0, (), NOTE, bytes(LARGEST_EXTRA + 1)),
    ],
)
def test_what_could_not_be_written_is_not_made(
    index: int, path: tuple[bytes, ...], note: str, extra: bytes | None
) -> None:
    with pytest.raises(Malformed):
        ProofFile(index, path, note, extra)
