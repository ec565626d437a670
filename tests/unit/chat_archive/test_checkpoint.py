"""Checkpoints: three lines, signed by the log that the first one names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.invalid import Malformed, SignatureInvalid
from chat_archive.note import cosign, sign
from tests.unit.chat_archive.keys import (
    LOG,
    ORIGIN,
    OTHER_LOG,
    OTHER_WITNESS,
    STRANGER,
    WITNESS,
    checkpoint,
    signed,
)

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
# The specification's example.
EXAMPLE = f"example.com/behind-the-sofa\n20852163\n{ROOT}\n"


def test_the_example_of_the_specification_is_read() -> None:
    found = Checkpoint.parse(EXAMPLE)
    assert (found.origin, found.size, found.root.hex()[:4]) == (
        "example.com/behind-the-sofa",
        20852163,
        "0ac5",
    )
    assert found.text() == EXAMPLE


def test_extension_lines_are_kept() -> None:
    found = Checkpoint.parse(f"{EXAMPLE}one\ntwo words\n")
    assert found.extensions == ("one", "two words")
    assert found.text() == f"{EXAMPLE}one\ntwo words\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a\n1\n",
        EXAMPLE[:-1],
        f"\n1\n{ROOT}\n",
        f"a\n01\n{ROOT}\n",
        f"a\n+1\n{ROOT}\n",
        f"a\n-1\n{ROOT}\n",
        f"a\n1 \n{ROOT}\n",
        f"a\n\n{ROOT}\n",
        f"a\n٣\n{ROOT}\n",
        f"a\n1_0\n{ROOT}\n",
        f"a\n9223372036854775808\n{ROOT}\n",
        f"a\n{'9' * 5000}\n{ROOT}\n",
        f"a\n1\n{ROOT[:-1]}\n",
        f"a\n1\n{ROOT[:-2]}J=\n",
        "a\n1\nAAAA\n",
        "a\n1\n\n",
        f"a\n1\n{ROOT}\n\n",
        f"a\n1\n{ROOT}\n\nmore\n",
        f"a\r\n1\r\n{ROOT}\r\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(text)


LINE = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32), min_size=1, max_size=20)


@given(LINE, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(LINE, max_size=3))
def test_a_checkpoint_is_read_as_it_was_written(origin: str, size: int, root: bytes, more: list[str]) -> None:
    made = Checkpoint(origin, size, root, tuple(more))
    assert Checkpoint.parse(made.text()) == made


@given(st.text())
def test_whatever_is_read_it_is_a_checkpoint_or_malformed(text: str) -> None:
    for candidate in (
        text,
        f"{text}\n1\n{ROOT}\n",
        f"a\n{text}\n{ROOT}\n",
        f"a\n1\n{text}\n",
        f"{EXAMPLE}{text}\n",
    ):
        try:
            found = Checkpoint.parse(candidate)
        except Malformed:
            continue
        assert found.text() == candidate


@pytest.mark.parametrize(
    ("origin", "size", "root", "more"),
    [
        ("", 0, bytes(32), ()),
        ("a\nb", 0, bytes(32), ()),
        ("a\tb", 0, bytes(32), ()),
        ("\ud800", 0, bytes(32), ()),
        ("a", -1, bytes(32), ()),
        ("a", 2**63, bytes(32), ()),
        ("a", 0, bytes(31), ()),
        ("a", 0, bytes(32), ("",)),
        ("a", 0, bytes(32), ("b\nc",)),
    ],
)
def test_what_could_not_be_written_is_not_made(
    origin: str, size: int, root: bytes, more: tuple[str, ...]
) -> None:
    with pytest.raises(Malformed):
        Checkpoint(origin, size, root, more)


def test_a_checkpoint_opens_with_its_logs_key_and_counts_the_witnesses_asked_about() -> None:
    text = checkpoint(7).text()
    note = signed(7) + cosign(text, WITNESS, 10).line() + cosign(text, OTHER_WITNESS, 11).line()
    alone = open_checkpoint(note, [LOG.verifier])
    assert alone.checkpoint == checkpoint(7)
    assert alone.log.key == LOG.verifier
    assert alone.cosignatures == ()
    both = open_checkpoint(note, [LOG.verifier], [OTHER_WITNESS.verifier, WITNESS.verifier])
    assert [(found.key.name, found.time_s) for found in both.cosignatures] == [
        (WITNESS.name, 10),
        (OTHER_WITNESS.name, 11),
    ]


def test_a_checkpoint_that_only_witnesses_signed_is_refused() -> None:
    text = checkpoint(7).text()
    with pytest.raises(SignatureInvalid):
        open_checkpoint(f"{text}\n{cosign(text, WITNESS, 1).line()}", [LOG.verifier], [WITNESS.verifier])


def test_a_checkpoint_that_another_log_signed_is_refused() -> None:
    note = sign(checkpoint(7).text(), [OTHER_LOG])
    with pytest.raises(SignatureInvalid):
        open_checkpoint(note, [LOG.verifier, OTHER_LOG.verifier])
    with pytest.raises(SignatureInvalid):
        open_checkpoint(signed(7, signer=STRANGER), [LOG.verifier])


def test_a_witness_with_a_wrong_cosignature_spoils_the_checkpoint() -> None:
    wrong = cosign(checkpoint(8).text(), WITNESS, 1).line()
    with pytest.raises(SignatureInvalid, match=WITNESS.name):
        open_checkpoint(signed(7) + wrong, [LOG.verifier], [WITNESS.verifier])


def test_keys_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(Malformed):
        open_checkpoint(signed(7), [WITNESS.verifier])
    with pytest.raises(Malformed):
        open_checkpoint(signed(7), [LOG.verifier], [LOG.verifier])


def test_a_signed_text_that_is_no_checkpoint_is_refused() -> None:
    with pytest.raises(Malformed):
        open_checkpoint(sign(f"{ORIGIN}\nseven\n{ROOT}\n", [LOG]), [LOG.verifier])
