"""The verifier of a conversation: what is wrong, and in which entry.

With the data key it checks every body against its commitment; the chain of headers and commitments is checked
with and without, and so stays verifiable when the bodies were lawfully destroyed.

Each entry is checked against the hash that is stored for the one before, so that one altered entry does not
put the blame on all that follow. Someone who can write anything, and rewrites all entries from one on
together with the head, leaves a sound chain: this verifier alone cannot find that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chat_archive.data_keys import BodyDamaged, DataKey, DestroyedKey, KeyFault, OpenKey
from chat_archive.entry import GENESIS, HASH_SIZE, Head, SealedEntry, commitment, entry_hash


class FindingKind(StrEnum):
    """What can be wrong with a conversation."""

    ALTERED = "altered"
    BODY_DAMAGED = "body-damaged"
    KEY_UNUSABLE = "key-unusable"
    MISSING = "missing"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out-of-order"
    FOREIGN = "foreign"
    TRUNCATED = "truncated"
    ADDED = "added"
    HEAD_DIFFERS = "head-differs"
    HEAD_MISSING = "head-missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `seq` is the entry's number; None when it concerns the whole conversation."""

    seq: int | None
    kind: FindingKind
    message: str
    conversation_id: UUID


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification says. `entries` counts those that were there, `last_hash` is the last one's.

    `bodies` counts those that opened and are what was committed to; it is 0 without a key. `destroyed` says
    that the bodies were destroyed as decided: no damage, and the chain is checked all the same.
    """

    intact: bool
    entries: int
    last_hash: bytes | None
    findings: list[Finding]
    bodies: int = 0
    destroyed: bool = False


class Verifier:
    """Verifies one conversation entry by entry, in constant memory: `add` each in order, then `finish`.

    `key` is its data key, or why there is none; None checks the chain alone.
    """

    def __init__(self, conversation_id: UUID, key: OpenKey | None = None) -> None:
        self._conversation = conversation_id
        self._key = key
        self._bodies_key = key if isinstance(key, DataKey) else None
        self._bodies = 0
        self._findings: list[Finding] = []
        self._count = 0
        self._last_seq = 0
        # Stored and computed differ when the last entry does not match. The next one may link to either.
        self._stored = GENESIS
        self._computed: bytes | None = GENESIS

    @property
    def last_seq(self) -> int:
        """The highest sequence number so far; 0 before the first entry."""
        return self._last_seq

    def add(self, entry: SealedEntry) -> None:
        """Check the next entry. Never raises for what an entry holds, however damaged."""
        self._count += 1
        if entry.conversation_id != self._conversation:
            self._find(
                entry.seq,
                FindingKind.FOREIGN,
                f"{self._name(entry.seq)} belongs to conversation {entry.conversation_id}",
            )
            return
        if entry.seq <= self._last_seq:
            self._out_of_place(entry)
            return
        follows = entry.seq == self._last_seq + 1
        if not follows:
            self._range(
                self._last_seq + 1, entry.seq - 1, FindingKind.MISSING, f"missing before entry {entry.seq}"
            )
        try:
            header: bytes | None = entry.header()
        except ValueError:
            header = None
        computed = _hash(self._stored, header, entry.commitment)
        altered = False
        if follows and computed != entry.entry_hash:
            # When only the stored hash of the entry before was damaged, this one still links to the true one.
            from_true = _hash(self._computed, header, entry.commitment)
            if from_true == entry.entry_hash:
                computed = from_true
            else:
                altered = True
                self._find(
                    entry.seq,
                    FindingKind.ALTERED,
                    f"{self._name(entry.seq)} was altered: its content does not match its hash",
                )
        if self._bodies_key is not None and header is not None:
            if _opens(self._bodies_key, header, entry):
                self._bodies += 1
            elif not altered:
                self._find(
                    entry.seq,
                    FindingKind.BODY_DAMAGED,
                    f"the body of {self._name(entry.seq)} is damaged: it is not what was sealed there",
                )
        # After a gap the entry before is unknown: this one cannot be checked, the next one can.
        self._last_seq, self._stored = entry.seq, entry.entry_hash
        self._computed = computed if follows else entry.entry_hash

    def finish(self, head: Head | None) -> Verdict:
        """Compare the end with the head, and return the verdict. None: there is no head."""
        if head is None:
            if self._count:
                self._find(None, FindingKind.HEAD_MISSING, f"the head of {self._whole} is missing")
        elif head.conversation_id != self._conversation:
            self._find(
                None,
                FindingKind.FOREIGN,
                f"the head of {self._whole} belongs to conversation {head.conversation_id}",
            )
        elif head.size > self._last_seq:
            self._range(self._last_seq + 1, head.size, FindingKind.TRUNCATED, "missing at the end")
        elif head.size < self._last_seq:
            self._range(
                head.size + 1, self._last_seq, FindingKind.ADDED, "beyond the head: nobody appended it"
            )
        elif head.last_hash not in (self._stored, self._computed):
            where = self._name(head.size) if head.size else self._whole
            self._find(
                head.size or None,
                FindingKind.HEAD_DIFFERS,
                f"{where} is not what was appended last: the head has another hash",
            )
        if isinstance(self._key, KeyFault) and self._count:
            self._find(None, FindingKind.KEY_UNUSABLE, f"no body of {self._whole} can be read: {self._key}")
        last_hash = self._stored if self._last_seq else None
        return Verdict(
            not self._findings,
            self._count,
            last_hash,
            self._findings,
            self._bodies,
            isinstance(self._key, DestroyedKey),
        )

    def _out_of_place(self, entry: SealedEntry) -> None:
        if entry.seq == self._last_seq:
            self._find(entry.seq, FindingKind.REPEATED, f"{self._name(entry.seq)} is there more than once")
        else:
            self._find(
                entry.seq,
                FindingKind.OUT_OF_ORDER,
                f"{self._name(entry.seq)} stands after entry {self._last_seq}",
            )

    def _range(self, first: int, last: int, kind: FindingKind, what: str) -> None:
        if first == last:
            self._find(first, kind, f"{self._name(first)} is {what}")
        else:
            self._find(first, kind, f"entries {first} to {last} of {self._whole} are {what}")

    def _find(self, seq: int | None, kind: FindingKind, message: str) -> None:
        self._findings.append(Finding(seq, kind, message, self._conversation))

    def _name(self, seq: int) -> str:
        return f"entry {seq} of {self._whole}"

    @property
    def _whole(self) -> str:
        return f"conversation {self._conversation}"


def verify_conversation(
    entries: Iterable[SealedEntry], head: Head | None, key: OpenKey | None = None
) -> Verdict:
    """Verify the entries of one conversation, in order, against its head, and their bodies with its key.

    Finds altered content (body, author, kind, time, id, number), gaps, repetitions, a wrong order, entries of
    another conversation, an end cut off, entries that nobody appended, bodies that do not open. No entries
    and no head are intact.
    """
    verifier: Verifier | None = None if head is None else Verifier(head.conversation_id, key)
    for entry in entries:
        if verifier is None:
            verifier = Verifier(entry.conversation_id, key)
        verifier.add(entry)
    return Verdict(True, 0, None, []) if verifier is None else verifier.finish(head)


def _hash(previous: bytes | None, header: bytes | None, committed: bytes) -> bytes | None:
    """Return the hash that the entry should have, or None when no entry can have such content."""
    if previous is None or len(previous) != HASH_SIZE or header is None or len(committed) != HASH_SIZE:
        return None
    return entry_hash(previous, header, committed)


def _opens(key: DataKey, header: bytes, entry: SealedEntry) -> bool:
    """Say whether the body opens and is the one that was committed to."""
    try:
        return commitment(key.salt(header), key.open(header, entry.sealed)) == entry.commitment
    except BodyDamaged:
        return False
