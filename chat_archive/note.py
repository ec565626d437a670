"""Signed notes (C2SP signed-note) and their keys; cosignature/v1 of witnesses (C2SP tlog-cosignature).

A note is text, an empty line, and signature lines. Signatures of unknown keys are ignored; a wrong one of a
known key spoils the whole note. What a note says is told in `checkpoint`. Pure, and shipped with the offline
verifier.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chat_archive.invalid import Malformed, SignatureInvalid

LARGEST_NOTE = 262_144
"""Bytes. Room for 16 signatures of the largest kinds there are, which every verifier must accept."""
MOST_SIGNATURES = 64
LONGEST_NAME = 255
LATEST_TIME = 2**63 - 1
_DASH = "— "
_PRIVATE = "PRIVATE+KEY+"
_CONTROL = re.compile("[\x00-\x1f]")
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64


class KeyKind(IntEnum):
    """The signature types that we make and check, by their byte in the specification."""

    ED25519 = 0x01
    """What a log signs with."""
    COSIGNATURE = 0x04
    """What a witness signs with: Ed25519 with a time."""


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: whose key, the first four bytes of that key's hash, what follows them.

    Raises:
        Malformed: the name, the id or the bytes cannot stand in a line.
    """

    name: str
    key_id: bytes
    signature: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.key_id) != 4 or not self.signature:
            raise Malformed("A signature is a key id of 4 bytes and at least one byte more.")

    def line(self) -> str:
        """Return the line, its newline included."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart; nothing of it is verified yet. `text` ends in a newline."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def format(self) -> str:
        """Return the note as it is sent and kept.

        Raises:
            Malformed: such a note cannot be written.
        """
        written = f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"
        if parse_note(written) != self:
            raise Malformed("The text of a note does not end in a newline.")
        return written


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under.

    Raises:
        Malformed: the name or the key's length is none.
    """

    name: str
    kind: KeyKind
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != _KEY_BYTES:
            raise Malformed(f"An Ed25519 public key has {_KEY_BYTES} bytes, not {len(self.public)}.")

    @property
    def key_id(self) -> bytes:
        """Return the 4 bytes by which signature lines name this key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def format(self) -> str:
        """Return `<name>+<8 hex digits>+<base64 of kind and key>`, as Go's note package writes it."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read what `format` writes.

        Raises:
            Malformed: it is no verifier key, of an unknown kind, or its hash belongs to another one.
        """
        key = cls(*_read_key(text, "verifier key"))
        if key.format() != text:
            raise Malformed(f"The hash in the verifier key of {key.name} is not that key's.")
        return key

    def verify(self, text: str, signature: bytes) -> int | None:
        """Return if this key signed `text`: a cosignature's time in seconds since 1970, otherwise None.

        `signature` is what follows the key id.

        Raises:
            SignatureInvalid: it did not.
        """
        time_s: int | None = None
        message = _encoded(text, "text of a note")
        if self.kind is KeyKind.COSIGNATURE:
            if len(signature) != 8 + _SIGNATURE_BYTES:
                raise SignatureInvalid(f"The cosignature of {self.name} has a wrong length.")
            time_s = int.from_bytes(signature[:8], "big")
            if time_s > LATEST_TIME:
                raise SignatureInvalid(f"The cosignature of {self.name} has a time out of range.")
            message = _cosigned(text, time_s)
            signature = signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise SignatureInvalid(f"The signature of {self.name} does not fit the text.") from None
        return time_s


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with the name it signs under. Its text form is a secret.

    Raises:
        Malformed: the name or the key's length is none.
    """

    name: str
    kind: KeyKind
    private: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.private) != _KEY_BYTES:
            raise Malformed(f"An Ed25519 private key has {_KEY_BYTES} bytes, not {len(self.private)}.")

    def __repr__(self) -> str:
        return f"Signer({self.name!r}, {self.kind!r})"

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
        return VerifierKey(self.name, self.kind, public)

    def format(self) -> str:
        """Return `PRIVATE+KEY+<name>+<8 hex digits>+<base64 of kind and key>`, as Go does."""
        secret = b64encode(bytes([self.kind]) + self.private).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{secret}"

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read what `format` writes. The words of the error give nothing of the secret away.

        Raises:
            Malformed: it is no signer key, of an unknown kind, or its hash belongs to another one.
        """
        if not text.startswith(_PRIVATE):
            raise Malformed(f"A signer key begins with {_PRIVATE}.")
        signer = cls(*_read_key(text.removeprefix(_PRIVATE), "signer key"))
        if signer.format() != text:
            raise Malformed(f"The hash in the signer key of {signer.name} is not that key's.")
        return signer

    def sign(self, text: str) -> NoteSignature:
        """Sign a note's text as a log does.

        Raises:
            Malformed: this is a witness' key, or the text is no note's.
        """
        if self.kind is not KeyKind.ED25519:
            raise Malformed("A witness' key signs with a time: cosign.")
        check_text(text)
        signature = Ed25519PrivateKey.from_private_bytes(self.private).sign(text.encode())
        return NoteSignature(self.name, self.verifier.key_id, signature)


def cosign(text: str, signer: Signer, time_s: int) -> NoteSignature:
    """Sign a checkpoint's text as a witness does: cosignature/v1 at that time, in seconds since 1970.

    Raises:
        Malformed: this is a log's key, the text is no note's, or the time is out of range.
    """
    if signer.kind is not KeyKind.COSIGNATURE:
        raise Malformed("A log's key does not cosign.")
    if not 0 <= time_s <= LATEST_TIME:
        raise Malformed(f"{time_s} is no time to sign at.")
    check_text(text)
    signature = Ed25519PrivateKey.from_private_bytes(signer.private).sign(_cosigned(text, time_s))
    return NoteSignature(signer.name, signer.verifier.key_id, time_s.to_bytes(8, "big") + signature)


def sign(text: str, signers: Sequence[Signer]) -> str:
    """Return the note: `text`, which ends in a newline, with a signature of each signer.

    Raises:
        Malformed: such a note cannot be written.
    """
    return Note(text, tuple(signer.sign(text) for signer in signers)).format()


def parse_note(note: str | bytes) -> Note:
    """Take a note apart without believing it.

    Raises:
        Malformed: it is none, too large, or has too many signatures.
    """
    whole = read_text(note, LARGEST_NOTE, "note")
    cut = whole.rfind("\n\n")
    if cut < 0:
        raise Malformed("A note has an empty line between its text and its signatures.")
    return Note(whole[: cut + 1], parse_signature_lines(whole[cut + 2 :]))


def parse_signature_lines(lines: str | bytes) -> tuple[NoteSignature, ...]:
    """Read one signature line or more, each with its newline: a note's end, and what a witness answers.

    Raises:
        Malformed: a line is none, or there are too many.
    """
    whole = read_text(lines, LARGEST_NOTE, "list of signatures")
    if not whole.endswith("\n"):
        raise Malformed("Signature lines end in a newline, and there is at least one.")
    found = whole[:-1].split("\n")
    if len(found) > MOST_SIGNATURES:
        raise Malformed(f"A note has at most {MOST_SIGNATURES} signatures.")
    return tuple(_parse_signature_line(line) for line in found)


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that a known key made; `time_s` is a cosignature's, seconds since 1970."""

    key: VerifierKey
    signature: NoteSignature
    time_s: int | None


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A text that at least one known key signed. Each key is there once, a cosignature at its latest."""

    text: str
    verified: tuple[Verified, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the keys that signed."""
        return tuple(found.key.name for found in self.verified)


def open_note(note: str | bytes, keys: Iterable[VerifierKey]) -> OpenedNote:
    """Return the text of a note and who of `keys` signed it.

    Raises:
        Malformed: it is no note.
        SignatureInvalid: a signature of one of the keys is wrong, or none is there.
    """
    parsed = parse_note(note)
    known = {(key.name, key.key_id): key for key in keys}
    found: dict[VerifierKey, Verified] = {}
    for signature in parsed.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        time_s = key.verify(parsed.text, signature.signature)
        before = found.get(key)
        if before is None or (time_s or 0) > (before.time_s or 0):
            found[key] = Verified(key, signature, time_s)
    if not found:
        raise SignatureInvalid("No known key signed this note.")
    return OpenedNote(parsed.text, tuple(found.values()))


def check_name(name: str) -> None:
    """Return if a key may have this name: no spaces of any script, no plus, no control characters.

    Raises:
        Malformed: it may not.
    """
    _encoded(name, "name of a key")
    if not name or len(name) > LONGEST_NAME or "+" in name or any(sign.isspace() for sign in name):
        raise Malformed("The name of a key is not empty, not long, and has neither spaces nor a plus.")
    if _CONTROL.search(name):
        raise Malformed("The name of a key has no control characters.")


def check_text(text: str) -> None:
    """Return if a note may have this text: ends in a newline, no other control characters.

    Raises:
        Malformed: it may not.
    """
    if not text.endswith("\n"):
        raise Malformed("The text of a note ends in a newline.")
    read_text(text, LARGEST_NOTE, "text of a note")


def read_text(given: str | bytes, limit: int, what: str) -> str:
    """Return what was given as text: UTF-8 of at most `limit` bytes, no control character but the newline.

    Raises:
        Malformed: it is not; the words call it `what`.
    """
    data = _encoded(given, what) if isinstance(given, str) else given
    if len(data) > limit:
        raise Malformed(f"The {what} has more than {limit} bytes.")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Malformed(f"The {what} is not UTF-8.") from None
    if _CONTROL.search(text.replace("\n", "")):
        raise Malformed(f"The {what} has a control character.")
    return text


def read_base64(text: str, what: str) -> bytes:
    """Return the bytes; each has one spelling alone (RFC 4648, section 4, with padding).

    Raises:
        Malformed: it is not base64; the words call it `what`.
    """
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (Base64Error, ValueError):
        raise Malformed(f"The {what} is not base64.") from None
    if b64encode(data).decode() != text:
        raise Malformed(f"The {what} is not how base64 is written.")
    return data


def _encoded(text: str, what: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Malformed(f"The {what} is not UTF-8.") from None


def _parse_signature_line(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("A signature line is a dash, a name and base64.")
    data = read_base64(encoded, "signature")
    return NoteSignature(name, data[:4], data[4:])


def _read_key(text: str, what: str) -> tuple[str, KeyKind, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise Malformed(f"A {what} has a name, a hash and a key with a plus between them.")
    name, _, encoded = parts
    data = read_base64(encoded, what)
    try:
        return name, KeyKind(data[0]), data[1:]
    except (IndexError, ValueError):
        raise Malformed(f"The {what} is of an unknown kind.") from None


def _cosigned(text: str, time_s: int) -> bytes:
    return f"cosignature/v1\ntime {time_s}\n{text}".encode()
