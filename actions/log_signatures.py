"""What was signed of a log: its checkpoints in the order of their sizes, and whether each is what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from actions.context import UnitOfWork
from actions.log_finding import LogFinding, LogFindingKind
from chat_archive.checkpoint import open_checkpoint
from chat_archive.invalid import EvidenceInvalid
from chat_archive.note import VerifierKey
from domain.accounts import SYSTEM
from storage import verification
from storage.sealing import Epoch, Tree
from storage.verification import SignedTree

CHECKPOINTS_AT_ONCE = 500
Kind = LogFindingKind


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint kept elsewhere, as a note. `who` names where, within a sentence: then it is told,
    too, when the log continues it."""

    note: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class SeenTree:
    """A tree of this log that somebody outside has seen."""

    who: str
    size: int
    root: bytes
    told: bool


@dataclass(slots=True)
class Point:
    """A size of the tree that somebody has signed or seen."""

    size: int
    signed: list[SignedTree] = field(default_factory=list)
    outside: list[SeenTree] = field(default_factory=list)


class SignedPoints:
    """The kept checkpoints and those from outside, in the order of their sizes, a page at a time."""

    def __init__(self, work: UnitOfWork, request_id: str, size: int, outside: Sequence[SeenTree]) -> None:
        self._work = work
        self._request_id = request_id
        self._size = size
        self._outside = list(outside)
        self._read: list[SignedTree] = []
        self._after = (-1, 0)
        self._more = True
        self.last_size = -1

    async def up_to(self, end: int) -> list[Point]:
        """Return the points of at most this size that were not returned yet."""
        signed: list[SignedTree] = []
        while True:
            within = [one for one in self._read if one.size <= end]
            signed += within
            self._read = self._read[len(within) :]
            if self._read or not self._more:
                break
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                self._read = await verification.checkpoints(
                    ctx.tx, self._after, self._size, CHECKPOINTS_AT_ONCE
                )
            self._more = len(self._read) == CHECKPOINTS_AT_ONCE
            if self._read:
                self._after = (self._read[-1].size, self._read[-1].epoch)
        points: dict[int, Point] = {}
        for one in signed:
            points.setdefault(one.size, Point(one.size)).signed.append(one)
            self.last_size = one.size
        for seen in [one for one in self._outside if one.size <= end]:
            points.setdefault(seen.size, Point(seen.size)).outside.append(seen)
            self._outside.remove(seen)
        return [points[size] for size in sorted(points)]


class Signatures:
    """Verifies checkpoints and cosignatures with the keys of the log's epochs and of known witnesses."""

    def __init__(self, tree: Tree, epochs: Sequence[Epoch], witness_keys: Sequence[VerifierKey]) -> None:
        self._tree = tree
        self._epochs = {epoch.number: epoch for epoch in epochs}
        self._keys = {epoch.number: key for epoch in epochs if (key := _key(epoch)) is not None}
        self._witnesses = {key.name: key for key in witness_keys}
        self.checkpoints = self.cosignatures = 0
        """How many were verified."""

    def read_outside(self, notes: Iterable[Outside]) -> tuple[list[SeenTree], list[LogFinding]]:
        """Return the checkpoints from elsewhere that the tree can be held against, and what is wrong
        already."""
        found: list[LogFinding] = []
        outside: list[SeenTree] = []
        origins = {epoch.origin: epoch.number for epoch in self._epochs.values()}
        for one in notes:
            who = one.who or "a checkpoint from outside"
            try:
                seen = open_checkpoint(one.note, self._keys.values()).checkpoint
            except EvidenceInvalid as error:
                found.append(LogFinding(Kind.OUTSIDE_DIFFERS, f"{who} is not of this log: {error}"))
                continue
            later = self._epochs.get(origins[seen.origin] + 1)
            if later is not None and seen.size > later.first_size:
                # What it has seen beyond was given up by two persons, who said so in the register.
                if one.who is not None:
                    found.append(
                        LogFinding(
                            Kind.GIVEN_UP,
                            f"{who} has seen {seen.size} entries of {seen.origin}; those from "
                            f"{later.first_size} on were given up when {later.origin} began",
                            broken=False,
                        )
                    )
            elif seen.size > self._tree.size:
                found.append(behind(who, seen.size, self._tree.size))
            else:
                outside.append(SeenTree(who, seen.size, seen.root, one.who is not None))
        return sorted(outside, key=lambda one: one.size), found

    def check(self, signed: SignedTree) -> list[LogFinding]:
        """Return what is wrong with a kept checkpoint and its cosignatures, whatever the tree is."""
        where = f"the checkpoint of {signed.size} entries"
        epoch = self._epochs.get(signed.epoch)
        self.checkpoints += 1
        if epoch is None or signed.epoch not in self._keys:
            return [
                LogFinding(
                    Kind.CHECKPOINT_INVALID, f"{where} is of an epoch that is not there, or has no key"
                )
            ]
        try:
            opened = open_checkpoint(signed.note, [self._keys[signed.epoch]]).checkpoint
        except EvidenceInvalid as error:
            return [LogFinding(Kind.CHECKPOINT_INVALID, f"{where} is not signed by the log: {error}")]
        if (opened.origin, opened.size, opened.root) != (epoch.origin, signed.size, signed.root):
            return [LogFinding(Kind.CHECKPOINT_INVALID, f"{where} is not what its note says")]
        found: list[LogFinding] = []
        for witness, line in signed.cosignatures:
            key = self._witnesses.get(witness)
            if key is None:
                continue
            self.cosignatures += 1
            try:
                verified = open_checkpoint(signed.note + line, [self._keys[signed.epoch]], [key])
            except EvidenceInvalid as error:
                found.append(
                    LogFinding(
                        Kind.COSIGNATURE_INVALID, f"{where}: the cosignature of {witness} is wrong: {error}"
                    )
                )
            else:
                if not verified.cosignatures:
                    found.append(
                        LogFinding(
                            Kind.COSIGNATURE_INVALID, f"{where} is not cosigned by {witness}, as was kept"
                        )
                    )
        return found


def behind(who: str, seen: int, size: int) -> LogFinding:
    """Return that somebody outside has seen more entries than the tree has."""
    first, last = size, seen - 1
    missing = f"entry {first} is" if first == last else f"entries {first} to {last} are"
    return LogFinding(
        Kind.LOG_BEHIND,
        f"{who} has seen {seen} entries of the log, and this database has {size}: {missing} missing",
        leaves=(size, seen),
    )


def _key(epoch: Epoch) -> VerifierKey | None:
    """Return the key of an epoch; None for a damaged one, under which nothing is found signed."""
    try:
        return VerifierKey.parse(epoch.log_key)
    except EvidenceInvalid:
        return None
