"""Checkpoints (C2SP tlog-checkpoint): what a log signs about its tree, and who vouched for it.

Pure, and shipped with the offline verifier.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from chat_archive.invalid import Malformed, SignatureInvalid
from chat_archive.merkle import HASH, MOST_LEAVES
from chat_archive.note import KeyKind, Verified, VerifierKey, check_text, open_note, read_base64

_NUMBER = re.compile("0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree's size and root, and which log says so. Extension lines are kept and mean nothing to us.

    Raises:
        Malformed: it could not be written as a note's text.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            if not line or "\n" in line:
                raise Malformed("The origin and the extensions of a checkpoint are lines, and not empty.")
        if not 0 <= self.size <= MOST_LEAVES:
            raise Malformed(f"{self.size} is no size of a tree.")
        if len(self.root) != HASH:
            raise Malformed(f"A root has {HASH} bytes, not {len(self.root)}.")
        check_text(self.text())

    def text(self) -> str:
        """Return the note's text: what is signed."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read what `text` writes.

        Raises:
            Malformed: it is no checkpoint.
        """
        check_text(text)
        lines = text[:-1].split("\n")
        if len(lines) < 3:
            raise Malformed("A checkpoint has an origin, a size and a root, each on its line.")
        origin, size, root, *extensions = lines
        return cls(origin, read_number(size, "size"), read_base64(root, "root"), tuple(extensions))


@dataclass(frozen=True, slots=True)
class OpenedCheckpoint:
    """A checkpoint that its log signed. `cosignatures` are of different witnesses that were asked about."""

    checkpoint: Checkpoint
    log: Verified
    cosignatures: tuple[Verified, ...]


def open_checkpoint(
    note: str | bytes, log_keys: Iterable[VerifierKey], witness_keys: Iterable[VerifierKey] = ()
) -> OpenedCheckpoint:
    """Return the checkpoint of a note, if one of the log's keys signed it, under its origin as a name.

    Raises:
        Malformed: it is no note, its text no checkpoint, or a key is of the wrong kind.
        SignatureInvalid: a signature of one of the keys is wrong, or the log's is not there.
    """
    logs, witnesses = list(log_keys), list(witness_keys)
    if any(key.kind is not KeyKind.ED25519 for key in logs):
        raise Malformed("A log's key is one of kind 1.")
    if any(key.kind is not KeyKind.COSIGNATURE for key in witnesses):
        raise Malformed("A witness' key is one of kind 4.")
    opened = open_note(note, [*logs, *witnesses])
    checkpoint = Checkpoint.parse(opened.text)
    for found in opened.verified:
        if found.key.kind is KeyKind.ED25519 and found.key.name == checkpoint.origin:
            cosignatures = (other for other in opened.verified if other.key.kind is KeyKind.COSIGNATURE)
            return OpenedCheckpoint(checkpoint, found, tuple(cosignatures))
    raise SignatureInvalid("The log's key did not sign this checkpoint.")


def read_number(digits: str, what: str) -> int:
    """Return an ASCII decimal without leading zeros, at most 2^63 - 1.

    Raises:
        Malformed: it is none; the words call it `what`.
    """
    if not _NUMBER.fullmatch(digits) or int(digits) > MOST_LEAVES:
        raise Malformed(f"The {what} is no number as it must be written.")
    return int(digits)
