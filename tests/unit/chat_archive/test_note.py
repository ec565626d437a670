"""Signed notes: what is a note, whose signature counts, and which keys are keys."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_archive.invalid import EvidenceInvalid, Malformed, SignatureInvalid
from chat_archive.note import (
    LARGEST_NOTE,
    MOST_SIGNATURES,
    KeyKind,
    Note,
    NoteSignature,
    Signer,
    VerifierKey,
    cosign,
    open_note,
    parse_note,
    parse_signature_lines,
    sign,
)
from tests.unit.chat_archive.keys import LOG, OTHER_LOG, OTHER_WITNESS, STRANGER, WITNESS

TEXT = "One line\n\nand, after an empty one, another: è, 中\n"
# The published example of the Go package golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNX"
    "gKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_published_example_of_go_opens_and_is_signed_the_same() -> None:
    opened = open_note(f"{GO_TEXT}\n{GO_LINE}", [VerifierKey.parse(GO_KEY)])
    assert opened.text == GO_TEXT
    assert opened.names == ("PeterNeumann",)
    assert sign(GO_TEXT, [Signer.parse(GO_SECRET)]) == f"{GO_TEXT}\n{GO_LINE}"
    assert Signer.parse(GO_SECRET).verifier == VerifierKey.parse(GO_KEY)


def test_a_note_says_who_of_the_known_signed_it() -> None:
    note = sign(TEXT, [LOG, OTHER_LOG, STRANGER])
    opened = open_note(note.encode(), [OTHER_LOG.verifier, LOG.verifier, WITNESS.verifier])
    assert opened.text == TEXT
    assert opened.names == (LOG.name, OTHER_LOG.name)
    assert all(found.time_s is None for found in opened.verified)


def test_a_cosignature_tells_its_time_and_stands_beside_the_signature() -> None:
    note = sign(TEXT, [LOG]) + cosign(TEXT, WITNESS, 1_679_315_147).line()
    opened = open_note(note, [LOG.verifier, WITNESS.verifier])
    assert [(found.key, found.time_s) for found in opened.verified] == [
        (LOG.verifier, None),
        (WITNESS.verifier, 1_679_315_147),
    ]


def test_of_two_cosignatures_of_one_witness_the_later_counts() -> None:
    lines = [cosign(TEXT, WITNESS, time_s).line() for time_s in (5, 9, 7)]
    opened = open_note(f"{TEXT}\n{''.join(lines)}", [WITNESS.verifier])
    assert [found.time_s for found in opened.verified] == [9]
    assert opened.verified[0].signature.line() == lines[1]


def test_signatures_of_unknown_keys_are_ignored_whatever_they_are() -> None:
    unknown = NoteSignature(LOG.name, b"abcd", b"x").line() + NoteSignature("中", b"abcd", bytes(5000)).line()
    assert open_note(sign(TEXT, [LOG]) + unknown, [LOG.verifier]).names == (LOG.name,)


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    with pytest.raises(SignatureInvalid):
        open_note(sign(TEXT, [STRANGER]), [LOG.verifier])
    with pytest.raises(SignatureInvalid):
        open_note(sign(TEXT, [LOG]), [])


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    elsewhere = sign("Another text\n", [OTHER_LOG]).rpartition("\n\n")[2]
    with pytest.raises(SignatureInvalid, match=OTHER_LOG.name):
        open_note(sign(TEXT, [LOG]) + elsewhere, [LOG.verifier, OTHER_LOG.verifier])
    assert open_note(sign(TEXT, [LOG]) + elsewhere, [LOG.verifier]).names == (LOG.name,)


def test_a_cosignature_does_not_fit_another_time() -> None:
    made = cosign(TEXT, WITNESS, 100)
    later = NoteSignature(made.name, made.key_id, (101).to_bytes(8, "big") + made.signature[8:])
    for wrong in (later, NoteSignature(made.name, made.key_id, made.signature[8:])):
        with pytest.raises(SignatureInvalid):
            open_note(f"{TEXT}\n{wrong.line()}", [WITNESS.verifier])


def test_a_cosignature_of_a_time_out_of_range_is_refused() -> None:
    made = cosign(TEXT, WITNESS, 2**63 - 1)
    assert WITNESS.verifier.verify(TEXT, made.signature) == 2**63 - 1
    with pytest.raises(SignatureInvalid, match="range"):
        WITNESS.verifier.verify(TEXT, b"\xff" + made.signature[1:])
    for time_s in (-1, 2**63):
        with pytest.raises(Malformed):
            cosign(TEXT, WITNESS, time_s)


def test_a_log_does_not_cosign_and_a_witness_does_not_sign() -> None:
    with pytest.raises(Malformed):
        cosign(TEXT, LOG, 1)
    with pytest.raises(Malformed):
        WITNESS.sign(TEXT)


@pytest.mark.parametrize("flipped", range(0, len(TEXT.encode()), 5))
def test_a_text_with_one_bit_changed_is_refused(flipped: int) -> None:
    data = bytearray(sign(TEXT, [LOG]).encode())
    data[flipped] ^= 4
    with pytest.raises(EvidenceInvalid):
        open_note(bytes(data), [LOG.verifier])


LINE = sign(TEXT, [LOG]).rpartition("\n\n")[2]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "\n\n",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}{LINE}",
        f"{TEXT}\n{LINE[:-1]}",
        f"{TEXT}\n{LINE}\n",
        f"{TEXT}\n{LINE}more\n",
        f"{TEXT}\n{LINE.replace('—', '-')}",
        f"{TEXT}\n{LINE.replace('— ', '—')}",
        f"{TEXT}\n{LINE.replace('— ', '—  ')}",
        f"{TEXT}\n{LINE[:-1]} \n",
        f"{TEXT}\n{LINE.replace('=', '')}",
        f"{TEXT}\n— name\n",
        f"{TEXT}\n— name \n",
        f"{TEXT}\n—  AAAAAAA=\n",
        f"{TEXT}\n— na+me AAAAAAA=\n",
        f"{TEXT}\n— na\u00a0me AAAAAAA=\n",
        f"{TEXT}\n— na\u3000me AAAAAAA=\n",
        f"{TEXT}\n— {'n' * 256} AAAAAAA=\n",
        f"{TEXT}\n— name AAAAAA==\n",
        f"{TEXT}\n— name AAAAAAB=\n",
        f"{TEXT}\n— name AAAA_AA=\n",
        f"{TEXT}\n— name AAAAAAA=AAAA\n",
        f"{TEXT}\r\n\n{LINE}",
        f"a\tb\n\n{LINE}",
        f"a\x00b\n\n{LINE}",
        f"{TEXT}\n{LINE * (MOST_SIGNATURES + 1)}",
        f"{'x' * LARGEST_NOTE}\n\n{LINE}",
        f"\ud800\n\n{LINE}",
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(Malformed):
        parse_note(note)
    with pytest.raises(Malformed):
        parse_note(note.encode("utf-8", "surrogatepass"))


def test_a_note_may_have_as_many_signatures_as_verifiers_must_accept_of_the_largest_kind() -> None:
    large = NoteSignature("post-quantum.example", b"abcd", bytes(5000)).line()
    assert open_note(sign(TEXT, [LOG]) + large * 16, [LOG.verifier]).names == (LOG.name,)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"),
    min_size=1,
    max_size=30,
)
LINES = st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32) | st.just("\n"), max_size=60)
SIGNATURES = st.builds(
    NoteSignature, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80)
)


@given(LINES, st.lists(SIGNATURES, min_size=1, max_size=5))
def test_a_note_is_read_as_it_was_written(text: str, signatures: list[NoteSignature]) -> None:
    note = Note(f"{text}\n", tuple(signatures))
    assert parse_note(note.format()) == note
    assert parse_note(note.format().encode()) == note


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")), st.binary())
def test_whatever_is_read_it_is_a_note_or_malformed(text: str, data: bytes) -> None:
    for given_ in (
        text,
        data,
        f"{text}\n\n— name AAAAAAA=\n",
        f"a\n\n— {text} AAAAAAA=\n",
        f"a\n\n— b {text}\n",
    ):
        try:
            note = parse_note(given_)
        except Malformed:
            continue
        assert note.format() == (given_ if isinstance(given_, str) else given_.decode())


@pytest.mark.parametrize("note", [Note("no newline", (LOG.sign(TEXT),)), Note(TEXT, ())])
def test_what_cannot_be_a_note_is_not_written(note: Note) -> None:
    with pytest.raises(Malformed):
        note.format()


@pytest.mark.parametrize("text", ["", "no newline", "a\rb\n", "\ud800\n"])
def test_a_text_that_is_none_is_not_signed(text: str) -> None:
    with pytest.raises(Malformed):
        LOG.sign(text)
    with pytest.raises(Malformed):
        cosign(text, WITNESS, 1)


def test_lines_of_a_witness_are_read_without_a_note() -> None:
    lines = cosign(TEXT, WITNESS, 1).line() + cosign(TEXT, OTHER_WITNESS, 2).line()
    assert [found.name for found in parse_signature_lines(lines)] == [WITNESS.name, OTHER_WITNESS.name]
    for wrong in ("", "\n", lines[:-1], f"{lines}\n", f"\n{lines}"):
        with pytest.raises(Malformed):
            parse_signature_lines(wrong)


@pytest.mark.parametrize("signer", [LOG, WITNESS])
def test_keys_are_read_as_they_were_written(signer: Signer) -> None:
    assert Signer.parse(signer.format()) == signer
    assert VerifierKey.parse(signer.verifier.format()) == signer.verifier


def key(name: str = "a", key_id: str = "00000000", data: bytes = bytes([1]) + bytes(32)) -> str:
    return f"{name}+{key_id}+{b64encode(data).decode()}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+b",
        "++",
        key(),
        key(key_id="0"),
        key(name=""),
        key(name="a b"),
        key(data=b""),
        key(data=bytes([2]) + bytes(32)),
        key(data=bytes([6]) + bytes(32)),
        key(data=bytes([1]) + bytes(31)),
        key(data=bytes([1]) + bytes(33)),
        GO_KEY + "=",
        GO_KEY + "\n",
        GO_KEY.replace("c74f20a3", "C74F20A3"),
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("PeterNeumann", "PaulNeumann"),
        GO_SECRET,
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GO_KEY,
        GO_SECRET[:-4],
        GO_SECRET.replace("c74f20a3", "c74f20a4"),
        f"PRIVATE+KEY+{key()}",
        "PRIVATE+KEY+",
    ],
)
def test_what_is_no_signer_key_is_refused_without_telling_it(text: str) -> None:
    with pytest.raises(Malformed) as refused:
        Signer.parse(text)
    assert "AYEK" not in str(refused.value)


def test_a_signer_does_not_show_its_secret() -> None:
    assert repr(bytes(range(32))) not in repr(LOG)
    assert "hospital" in repr(LOG)


@given(st.text(max_size=200))
def test_whatever_is_read_as_a_key_it_is_one_or_malformed(text: str) -> None:
    for parse in (VerifierKey.parse, Signer.parse):
        for candidate in (text, f"PRIVATE+KEY+{text}", f"a+00000000+{text}"):
            with pytest.raises(Malformed):
                parse(candidate)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(Malformed):
        VerifierKey("a", KeyKind.ED25519, bytes(size))
    with pytest.raises(Malformed):
        Signer("a", KeyKind.ED25519, bytes(size))
