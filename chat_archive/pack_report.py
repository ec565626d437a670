"""What a verification says: findings, one of three verdicts, and the report that a machine reads.

docs/archive-verification.md has the report's schema.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Literal
from uuid import UUID

from chat_archive.note import VerifierKey
from chat_archive.strict_json import Json, canonical

FORMAT = "televisit/verification-report"
VERSION = 1
_SHOWN = 200
_PLACES = {"pack": ("the pack itself", "包内"), "log": ("this server", "本服务器")}


class Verdict(StrEnum):
    """What was found, in one word. Only the last two are good."""

    BROKEN = "broken"
    INTACT = "intact"
    WITNESSED = "witnessed"


class Flaw(StrEnum):
    """What can be wrong with a pack, beside what can be wrong with a conversation (`verify.FindingKind`)."""

    ARCHIVE_DAMAGED = "archive-damaged"
    FILE_MISSING = "file-missing"
    FILE_UNKNOWN = "file-unknown"
    FILE_ALTERED = "file-altered"
    FILE_MALFORMED = "file-malformed"
    CLAIM_DIFFERS = "claim-differs"
    CHECKPOINT_INVALID = "checkpoint-invalid"
    COSIGNATURE_INVALID = "cosignature-invalid"
    WRONG_KEY = "wrong-key"
    POLICY_DIFFERS = "policy-differs"
    NOT_WITNESSED = "not-witnessed"
    NOT_IN_LOG = "not-in-log"
    PROOF_INVALID = "proof-invalid"
    BODY_WITHHELD = "body-withheld"
    CLOSING_DIFFERS = "closing-differs"
    FILE_SWAPPED = "file-swapped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where: file, conversation and entry, as far as that can be told."""

    kind: str
    message: str
    conversation_id: UUID | None = None
    seq: int | None = None
    file: str | None = None

    def line(self) -> str:
        """Return the finding as one line for people."""
        places = (
            self.file,
            None if self.conversation_id is None else f"conversation {self.conversation_id}",
            None if self.seq is None else f"entry {self.seq}",
        )
        place = ", ".join(part for part in places if part is not None) or "the whole"
        return f"{place}: {self.kind} - {self.message}"


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that the verifier was given. Without a log key, or witnesses, the pack's own are taken.

    `quorum` is how many witnesses must have signed; None: all that were given.
    """

    log_key: VerifierKey | None = None
    witness_keys: tuple[VerifierKey, ...] = ()
    quorum: int | None = None

    @property
    def demanded(self) -> int:
        """How many witnesses are demanded; fewer are a finding."""
        return len(self.witness_keys) if self.quorum is None else self.quorum


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness that cosigned the checkpoint, and when."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Checked:
    """One conversation as it was found. `closed`: its last entry says that nothing follows."""

    conversation_id: UUID
    consultation_id: UUID
    part: str
    entries: int
    closed: bool
    destroyed: bool


@dataclass(slots=True)
class Report:
    """Everything that a verification says. `subject` is a pack, or the log in the server's own database.

    Conversations are listed for a pack; of a log, which has millions, `counted` says how many there are,
    and how many entries.
    """

    subject: Literal["pack", "log"]
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    """Notes that have a place: people read one line for each conversation and kind, machines all of them."""
    conversations: list[Checked] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    log_key: str | None = None
    log_key_given: bool = False
    witness_keys_given: bool = False
    digests: dict[str, str] = field(default_factory=dict)
    counted: tuple[int, int] | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict: broken with any finding, else witnessed by at least one, or intact."""
        if self.findings:
            return Verdict.BROKEN
        return Verdict.WITNESSED if self.witnesses else Verdict.INTACT

    @property
    def place(self) -> str:
        """Where keys came from that were not given."""
        return _PLACES[self.subject][0]

    @property
    def counts(self) -> tuple[int, int]:
        """How many conversations were checked, and how many entries."""
        return self.counted or (
            len(self.conversations),
            sum(item.entries for item in self.conversations),
        )

    def json(self) -> bytes:
        """Return the report for machines."""
        return canonical(
            {
                "format": FORMAT,
                "version": VERSION,
                "subject": self.subject,
                "verdict": self.verdict.value,
                "origin": self.origin,
                "checkpoint": None if self.root is None else {"size": self.size, "root": self.root.hex()},
                "log_key": {"key": self.log_key, "source": self._source(self.log_key_given)},
                "witnesses": {
                    "source": self._source(self.witness_keys_given),
                    "signed": [
                        {"key": witness.key, "at": witness.at.isoformat().replace("+00:00", "Z")}
                        for witness in self.witnesses
                    ],
                },
                "digests": dict(self.digests),
                "counts": {"conversations": self.counts[0], "entries": self.counts[1]},
                "conversations": [
                    {
                        "conversation_id": str(item.conversation_id),
                        "consultation_id": str(item.consultation_id),
                        "part": item.part,
                        "entries": item.entries,
                        "closed": item.closed,
                        "destroyed": item.destroyed,
                    }
                    for item in self.conversations
                ],
                "findings": [_shown(finding) for finding in self.findings],
                "notes": [*self.notes, *map(_remark, self.remarks)],
            }
        )

    def lines(self) -> list[str]:
        """Return the report for people: findings first, the verdict last, in English and Chinese."""
        shown = [finding.line() for finding in self.findings[:_SHOWN]]
        if len(self.findings) > _SHOWN:
            shown.append(f"... and {len(self.findings) - _SHOWN} more findings; --json FILE has them all")
        shown += [f"Note: {note}" for note in self.notes]
        shown += [f"Note: {note}" for note in self._remark_lines()]
        conversations, entries = self.counts
        shown.append(f"{counted(conversations, 'conversation')} with {counted(entries, 'entry', 'entries')}.")
        shown += [f"sha256 of {name}: {digest}" for name, digest in self.digests.items()]
        return [*map(_printable, shown), *self._verdict_lines()]

    def _remark_lines(self) -> list[str]:
        """Return one line for each conversation and kind; a single remark is said as it is."""
        groups: dict[tuple[str, UUID | None], list[Finding]] = {}
        for one in self.remarks:
            place = one.conversation_id
            # What has no place is told one by one: nothing else says what it is about.
            groups.setdefault((one.kind if place else _remark(one), place), []).append(one)
        lines = []
        for (kind, place), told in groups.items():
            more = f"conversation {place}: {kind}: {len(told)} entries, the first: {told[0].message}"
            lines.append(more if len(told) > 1 else _remark(told[0]))
        return lines

    def _source(self, given: bool) -> str:
        return "given" if given else self.subject

    def _verdict_lines(self) -> list[str]:
        count = len(self.witnesses)
        place, place_zh = _PLACES[self.subject]
        whose = "" if self.log_key_given else f", taken from {place}"
        whose_zh = "" if self.log_key_given else f"（密钥取自{place_zh}）"
        match self.verdict:
            case Verdict.BROKEN:
                return [
                    f"BROKEN: {counted(len(self.findings), 'finding')}.",
                    f"已损坏：共 {len(self.findings)} 处问题。",
                ]
            case Verdict.INTACT:
                return [f"INTACT against this server's key{whose}.", f"与该服务器密钥一致{whose_zh}。"]
            case Verdict.WITNESSED:
                theirs = "" if self.witness_keys_given else f", their keys taken from {place}"
                theirs_zh = "" if self.witness_keys_given else f"（见证方密钥取自{place_zh}）"
                return [
                    f"INTACT against this server's key{whose}, and WITNESSED by {count}{theirs}.",
                    f"与该服务器密钥一致{whose_zh}，并由 {count} 方见证{theirs_zh}。",
                ]


def counted(number: int, one: str, more: str | None = None) -> str:
    """Return a number with its noun: "1 file", "2 files"."""
    return f"{number} {one if number == 1 else more or one + 's'}"


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file, in lower-case hexadecimal."""
    return sha256(data).hexdigest()


def witness(key: VerifierKey, time_s: int) -> Witness:
    """Return who cosigned when; a time beyond every calendar is shown as the last moment of it."""
    try:
        at = datetime.fromtimestamp(time_s, UTC)
    except (ValueError, OverflowError, OSError):
        at = datetime.max.replace(tzinfo=UTC)
    return Witness(key.format(), at)


def _shown(finding: Finding) -> dict[str, Json]:
    return {
        "kind": finding.kind,
        "message": finding.message,
        "conversation_id": None if finding.conversation_id is None else str(finding.conversation_id),
        "seq": finding.seq,
        "file": finding.file,
    }


def _remark(remark: Finding) -> str:
    return f"{remark.kind}: {remark.message}"


def _printable(line: str) -> str:
    """Return a line in which nothing that a forger wrote moves the reader's cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)
