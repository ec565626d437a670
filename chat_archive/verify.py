"""The verifier of a conversation's chain: what is wrong, and in which entry.

Each entry is checked against the hash that is stored for the one before, so that one altered entry does not
put the blame on all that follow. Someone who can write anything, and rewrites all entries from one on
together with the head, leaves a sound chain: this verifier alone cannot find that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chat_archive.entry import GENESIS, HASH_SIZE, Entry, Head, canonical_bytes, entry_hash


class FindingKind(StrEnum):
    """What can be wrong with a conversation."""

    ALTERED = "altered"
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification says. `entries` counts those that were there, `last_hash` is the last one's."""

    intact: bool
    entries: int
    last_hash: bytes | None
    findings: list[Finding]


class Verifier:
    """Verifies one conversation entry by entry, in constant memory: `add` each in order, then `finish`."""

    def __init__(self, conversation_id: UUID) -> None:
        self._conversation = conversation_id
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

    def add(self, entry: Entry) -> None:
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
        computed = _hash(self._stored, entry)
        if follows and computed != entry.entry_hash:
            # When only the stored hash of the entry before was damaged, this one still links to the true one.
            from_true = _hash(self._computed, entry)
            if from_true == entry.entry_hash:
                computed = from_true
            else:
                self._find(
                    entry.seq,
                    FindingKind.ALTERED,
                    f"{self._name(entry.seq)} was altered: its content does not match its hash",
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
        last_hash = self._stored if self._last_seq else None
        return Verdict(not self._findings, self._count, last_hash, self._findings)

    def _out_of_place(self, entry: Entry) -> None:
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
        self._findings.append(Finding(seq, kind, message))

    def _name(self, seq: int) -> str:
        return f"entry {seq} of {self._whole}"

    @property
    def _whole(self) -> str:
        return f"conversation {self._conversation}"


def verify_conversation(entries: Iterable[Entry], head: Head | None) -> Verdict:
    """Verify the entries of one conversation, in order, against its head.

    Finds altered content (body, author, kind, time, id, number), gaps, repetitions, a wrong order, entries of
    another conversation, an end cut off, entries that nobody appended. No entries and no head are intact.
    """
    verifier: Verifier | None = None if head is None else Verifier(head.conversation_id)
    for entry in entries:
        if verifier is None:
            verifier = Verifier(entry.conversation_id)
        verifier.add(entry)
    return Verdict(True, 0, None, []) if verifier is None else verifier.finish(head)


def _hash(previous: bytes | None, entry: Entry) -> bytes | None:
    """Return the hash that the entry should have, or None when no entry can have such content."""
    if previous is None or len(previous) != HASH_SIZE:
        return None
    try:
        canonical = canonical_bytes(
            entry.conversation_id,
            entry.seq,
            entry.message_id,
            entry.author,
            entry.kind,
            entry.recorded_at,
            entry.body,
        )
    except ValueError:
        return None
    return entry_hash(previous, canonical)
