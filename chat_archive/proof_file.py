"""Proof files (C2SP tlog-proof): one file that shows, offline, that an entry is in the log.

Pure, and shipped with the offline verifier. The file does not hold the entry: who verifies brings it.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from chat_archive.checkpoint import OpenedCheckpoint, open_checkpoint, read_number
from chat_archive.invalid import Malformed
from chat_archive.merkle import HASH, LONGEST_PATH, MOST_LEAVES, leaf_hash, verify_inclusion
from chat_archive.note import LARGEST_NOTE, VerifierKey, parse_note, read_base64, read_text

LARGEST_EXTRA = 65_536
LARGEST_FILE = LARGEST_NOTE + 2 * LARGEST_EXTRA
_FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A proof: the entry's index, the path to the root, the checkpoint's note verbatim.

    `extra` is whatever the application adds. Nothing authenticates it.

    Raises:
        Malformed: it could not be written.
    """

    index: int
    path: tuple[bytes, ...]
    note: str
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index <= MOST_LEAVES:
            raise Malformed(f"{self.index} is no index of an entry.")
        if len(self.path) > LONGEST_PATH or any(len(value) != HASH for value in self.path):
            raise Malformed(f"An inclusion proof has at most {LONGEST_PATH} hashes of {HASH} bytes.")
        if self.extra is not None and len(self.extra) > LARGEST_EXTRA:
            raise Malformed(f"The extra data has more than {LARGEST_EXTRA} bytes.")
        parse_note(self.note)

    def format(self) -> str:
        """Return the file's text."""
        extra = [] if self.extra is None else [f"extra {b64encode(self.extra).decode()}"]
        path = (b64encode(value).decode() for value in self.path)
        return "\n".join([_FIRST, *extra, f"index {self.index}", *path, "", self.note])

    @classmethod
    def parse(cls, given: str | bytes) -> "ProofFile":
        """Read what `format` writes. Nothing is verified.

        Raises:
            Malformed: it is no proof file.
        """
        head, empty, note = read_text(given, LARGEST_FILE, "proof file").partition("\n\n")
        lines = head.split("\n")
        if not empty or lines.pop(0) != _FIRST:
            raise Malformed(f"A proof file begins with {_FIRST}; an empty line precedes the checkpoint.")
        extra: bytes | None = None
        if lines and lines[0].startswith("extra "):
            extra = read_base64(lines.pop(0).removeprefix("extra "), "extra data")
        if not lines or not lines[0].startswith("index "):
            raise Malformed("A proof file names the index of its entry.")
        index = read_number(lines.pop(0).removeprefix("index "), "index")
        if len(lines) > LONGEST_PATH:
            raise Malformed(f"An inclusion proof has at most {LONGEST_PATH} hashes.")
        return cls(index, tuple(read_base64(line, "hash") for line in lines), note, extra)

    def verify(
        self, leaf: bytes, log_keys: Iterable[VerifierKey], witness_keys: Iterable[VerifierKey] = ()
    ) -> OpenedCheckpoint:
        """Return the checkpoint that covers the entry with this leaf data, and the witnesses who cosigned it.

        Raises:
            Malformed: the note is no checkpoint, or a key is of the wrong kind.
            SignatureInvalid: a signature of one of the keys is wrong, or the log's is not there.
            ProofInvalid: the entry is not at that index of the checkpoint's tree.
        """
        opened = open_checkpoint(self.note, log_keys, witness_keys)
        checkpoint = opened.checkpoint
        verify_inclusion(leaf_hash(leaf), self.index, checkpoint.size, self.path, checkpoint.root)
        return opened
