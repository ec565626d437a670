"""Walking along all entries of the archive, page by page: chains, heads, places in the tree. Pure.

The loop over entries is written for speed, some microseconds each: what does not hold is only marked here,
and looked into by the verifier of one conversation afterwards.
"""

from hashlib import sha256
from struct import Struct
from typing import NamedTuple
from uuid import UUID

from actions.log_finding import LogFinding, LogFindingKind
from chat_archive.entry import CHAIN_PREFIX, GENESIS
from domain.facts import EntryKind

Heads = dict[bytes, tuple[int, bytes]]
"""(size, last hash) by conversation."""

_UNSEALED_MAX = 1_000
_ENTRY = Struct(">iqq32s32s")
_HEAD = Struct(">16sq32s")
_CLOSING = tuple(
    len(kind.value).to_bytes(4, "big") + kind.value.encode()
    for kind in (EntryKind.FINISHED, EntryKind.CLOSED)
)


class Closing(NamedTuple):
    """A closing entry, and the hash of the entry before it."""

    conversation_id: UUID
    seq: int
    previous: bytes


class ChainWalk:
    """Takes pages of packed entries (see storage.verification) in the order of their keys.

    `size` is the tree's when the walk began: leaves beyond it are not counted.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self.entries = self.sealed = self.more_unsealed = 0
        self.unsealed: list[tuple[UUID, int]] = []
        self._findings: list[LogFinding] = []
        self._closings: list[Closing] = []
        self._damaged: list[UUID] = []
        self._conversation: bytes | None = None
        self._seq, self._hash, self._leaf = 0, GENESIS, -1
        self._sound = True
        self._after_closing = False

    @property
    def last_key(self) -> tuple[UUID, int] | None:
        """The key of the last entry taken."""
        return None if self._conversation is None else (UUID(bytes=self._conversation), self._seq)

    def take_findings(self) -> list[LogFinding]:
        """Return what was found since the last call."""
        found, self._findings = self._findings, []
        return found

    def take_damaged(self) -> list[UUID]:
        """Return the conversations whose chain did not hold since the last call, or whose head differs."""
        found, self._damaged = self._damaged, []
        return found

    def take_closings(self) -> list[Closing]:
        """Return the closing entries since the last call, and what stands before each."""
        found, self._closings = self._closings, []
        return found

    def take(self, packed: bytes, packed_heads: bytes, *, last: bool) -> None:
        """Take a page: its entries, and the heads of all conversations from its first entry to its last.

        `last`: no entries follow; then the heads reach to the end.
        """
        heads: Heads = {of: (entries, end) for of, entries, end in _HEAD.iter_unpack(packed_heads)}
        unpack, prefix, fixed = _ENTRY.unpack_from, CHAIN_PREFIX, _ENTRY.size
        conversation, seq, previous, leaf, sound = (
            self._conversation,
            self._seq,
            self._hash,
            self._leaf,
            self._sound,
        )
        size, sealed, count, at, length = self._size, 0, 0, 0, len(packed)
        after_closing = self._after_closing
        while at < length:
            header_length, index, number, committed, stored = unpack(packed, at)
            at += fixed
            header = packed[at : at + header_length]
            at += header_length
            count += 1
            if header[1:17] != conversation:
                if conversation is not None:
                    self._end(conversation, seq, previous, sound, heads)
                conversation, seq, previous, leaf, sound = header[1:17], 0, GENESIS, -1, True
                after_closing = False
            elif after_closing:
                self._find(
                    conversation, number, LogFindingKind.AFTER_CLOSING, "stands after the closing entry"
                )
            if number != seq + 1 or sha256(prefix + previous + header + committed).digest() != stored:
                sound = False
                if number == seq:
                    # The conversation itself may be sound: its entry was sealed more than once.
                    self._find(
                        conversation, number, LogFindingKind.OUT_OF_ORDER, f"stands again at leaf {index}"
                    )
            after_closing = header.endswith(_CLOSING)
            if after_closing:
                self._closings.append(Closing(UUID(bytes=conversation), number, previous))
            seq, previous = number, stored
            if index < 0:
                self._unsealed(conversation, number)
                leaf = size
            else:
                sealed += index < size
                if index <= leaf:
                    self._find(
                        conversation,
                        number,
                        LogFindingKind.OUT_OF_ORDER,
                        f"stands at leaf {index}, before the entries before it",
                    )
                leaf = index
        self._conversation, self._seq, self._hash, self._leaf, self._sound = (
            conversation,
            seq,
            previous,
            leaf,
            sound,
        )
        self._after_closing = after_closing
        self.entries += count
        self.sealed += sealed
        if last and conversation is not None:
            self._end(conversation, seq, previous, sound, heads)
        # Heads that are left over belong to conversations whose entries are all gone.
        for gone, (entries, _) in heads.items():
            if entries and gone != conversation:
                self._damaged.append(UUID(bytes=gone))

    def _end(self, conversation: bytes, seq: int, last_hash: bytes, sound: bool, heads: Heads) -> None:
        if heads.pop(conversation, None) != (seq, last_hash) or not sound:
            self._damaged.append(UUID(bytes=conversation))

    def _unsealed(self, conversation: bytes, seq: int) -> None:
        if len(self.unsealed) < _UNSEALED_MAX:
            self.unsealed.append((UUID(bytes=conversation), seq))
        else:
            self.more_unsealed += 1

    def _find(self, conversation: bytes, seq: int, kind: LogFindingKind, what: str) -> None:
        name = UUID(bytes=conversation)
        self._findings.append(LogFinding(kind, f"entry {seq} of conversation {name} {what}", name, seq))
