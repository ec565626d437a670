"""The evidence pack: its files, and how each is written. docs/archive-pack.md describes them.

A pack is a zip archive (`stored_zip`) with what an auditor needs to check conversations without the
hospital: records with salts, proofs, the checkpoint, the keys that the server claims, and a verifier. Every
JSON file has one spelling; `SHA256SUMS` has a digest of every other file. Pure. `pack_reading` reads what
stands here, `pack_check` verifies it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from chat_archive.entry import Entry
from chat_archive.pack_text import KEYS_NOTICE, readme
from chat_archive.path_table import Node, table_of
from chat_archive.proof_file import ProofFile
from chat_archive.strict_json import Json, canonical

VERSION = 1
README, SUMS, CHECKPOINT, ABOUT, POLICY = "README.txt", "SHA256SUMS", "checkpoint", "pack.json", "policy.json"
INCLUSION, VERIFIER = "proofs/inclusion.json", "verify.pyz"
ALWAYS = frozenset({README, SUMS, CHECKPOINT, ABOUT, POLICY, INCLUSION, VERIFIER})
"""The files that every pack has."""
CLOSING_KINDS = frozenset({"finished", "closed"})


class Part(StrEnum):
    """What a conversation is to its consultation: its live phase, or what was recorded after that."""

    LIVE = "live"
    ADDENDUM = "addendum"


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry and its place in the log. `index` is None when it has none, `previous` what it links to."""

    entry: Entry
    index: int | None
    previous: bytes


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation's entries in the order in which they are kept."""

    conversation_id: UUID
    consultation_id: UUID
    part: Part
    entries: Sequence[Kept]

    @property
    def closed(self) -> bool:
        """Whether its last entry says that nothing follows."""
        return bool(self.entries) and self.entries[-1].entry.kind in CLOSING_KINDS

    @property
    def last_hash(self) -> bytes:
        """The last entry's hash; 32 zero bytes without entries."""
        return self.entries[-1].entry.entry_hash if self.entries else bytes(32)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a pack, when and why, as the server tells: the log does not vouch for it."""

    account: str
    name: str
    role: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Destruction:
    """When a consultation's key was destroyed, by whom, under which rule and why, as the server tells.

    The log vouches for the moment: it is that of the addendum's entry of kind `destroyed`. The rest stands
    sealed in the entry `register_seq` of the hospital's register.
    """

    consultation_id: UUID
    at: datetime
    requested_by: str
    approved_by: tuple[str, ...]
    rule: str
    due_at: datetime
    reason: str
    key_backups_expire_at: datetime
    register_seq: int


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose signatures count, as the server claims. A verifier's own keys come from somewhere else."""

    origin: str
    log_key: str
    witness_keys: tuple[str, ...]
    quorum: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What pack.json says of one conversation."""

    conversation_id: UUID
    consultation_id: UUID
    part: Part
    entries: int
    last_hash: bytes
    closed: bool


@dataclass(frozen=True, slots=True)
class About:
    """pack.json: what a pack holds, and who asked for it. `authors` maps accounts to (name, role)."""

    software: str
    origin: str
    asked: Asked
    conversations: tuple[Summary, ...]
    authors: Mapping[str, tuple[str, str]]
    destructions: tuple[Destruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that a pack is made of.

    `note` is the checkpoint with its signatures, over `size` leaves; `paths` are the inclusion paths of all
    leaves that the conversations' entries are. `attachments` are files that entries name by digest, by the
    SHA-256 of their content in lower-case hexadecimal.
    """

    software: str
    asked: Asked
    policy: Policy
    note: str
    size: int
    conversations: Sequence[Conversation]
    paths: Mapping[int, Sequence[bytes]]
    authors: Mapping[str, tuple[str, str]]
    verifier: bytes
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    destructions: Sequence[Destruction] = ()


def record_name(conversation_id: UUID) -> str:
    """Return the name of a conversation's record."""
    return f"records/{conversation_id}.json"


def proof_name(conversation_id: UUID, seq: int) -> str:
    """Return the name of an entry's own proof file."""
    return f"proofs/{conversation_id}-{seq}.tlog-proof"


def attachment_name(digest: str) -> str:
    """Return the name of a file that an entry names by this SHA-256 in lower-case hexadecimal."""
    return f"files/{digest}"


def pack_files(contents: Contents) -> dict[str, bytes]:
    """Return the pack's files by name. Raise ProofInvalid for paths that cannot be of this tree."""
    conversations = sorted(contents.conversations, key=lambda item: item.conversation_id)
    files = {
        README: readme(contents.software).encode(),
        CHECKPOINT: contents.note.encode(),
        ABOUT: canonical(_about(contents, conversations)),
        POLICY: canonical(_policy(contents.policy)),
        INCLUSION: canonical(_inclusion(table_of(contents.paths, contents.size), contents.size)),
        VERIFIER: contents.verifier,
    }
    for conversation in conversations:
        files[record_name(conversation.conversation_id)] = canonical(_record(conversation))
        last = conversation.entries[-1] if conversation.entries else None
        if last is not None and last.index is not None:
            proof = ProofFile(last.index, tuple(contents.paths[last.index]), contents.note)
            files[proof_name(conversation.conversation_id, last.entry.seq)] = proof.format().encode()
    files |= {attachment_name(digest): content for digest, content in contents.attachments.items()}
    files[SUMS] = sums(files)
    return files


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return SHA256SUMS, as sha256sum writes it: a line for each file but itself, sorted by name."""
    lines = [f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files) if name != SUMS]
    return "".join(lines).encode()


def _record(conversation: Conversation) -> Json:
    return {
        "conversation_id": str(conversation.conversation_id),
        "consultation_id": str(conversation.consultation_id),
        "part": conversation.part.value,
        "entries": [_entry(kept) for kept in conversation.entries],
    }


def _entry(kept: Kept) -> Json:
    entry = kept.entry
    shown: dict[str, Json] = {
        "conversation_id": str(entry.conversation_id),
        "seq": entry.seq,
        "index": kept.index,
        "message_id": str(entry.message_id),
        "author": entry.author,
        "kind": entry.kind,
        "recorded_at": moment(entry.recorded_at),
        "body": None,
        "salt": None if entry.salt is None else entry.salt.hex(),
        "commitment": entry.commitment.hex(),
        "previous": kept.previous.hex(),
        "entry_hash": entry.entry_hash.hex(),
    }
    if entry.body is not None:
        try:
            shown["body"] = entry.body.decode()
        except UnicodeDecodeError:
            shown["body_hex"] = entry.body.hex()
    return shown


def _about(contents: Contents, conversations: Sequence[Conversation]) -> Json:
    asked = contents.asked
    return {
        "format": "televisit/evidence-pack",
        "version": VERSION,
        "software": contents.software,
        "origin": contents.policy.origin,
        "asked": {
            "account": asked.account,
            "name": asked.name,
            "role": asked.role,
            "reason": asked.reason,
            "at": moment(asked.at),
        },
        "conversations": [
            {
                "conversation_id": str(item.conversation_id),
                "consultation_id": str(item.consultation_id),
                "part": item.part.value,
                "entries": len(item.entries),
                "last_hash": item.last_hash.hex(),
                "closed": item.closed,
            }
            for item in conversations
        ],
        "authors": [
            {"account": account, "name": name, "role": role}
            for account, (name, role) in sorted(contents.authors.items())
        ],
        "destructions": [
            {
                "consultation_id": str(item.consultation_id),
                "at": moment(item.at),
                "requested_by": item.requested_by,
                "approved_by": list(item.approved_by),
                "rule": item.rule,
                "due_at": moment(item.due_at),
                "reason": item.reason,
                "key_backups_expire_at": moment(item.key_backups_expire_at),
                "register_seq": item.register_seq,
            }
            for item in sorted(contents.destructions, key=lambda item: item.consultation_id)
        ],
    }


def _policy(policy: Policy) -> Json:
    return {
        "origin": policy.origin,
        "log_key": policy.log_key,
        "witness_keys": list(policy.witness_keys),
        "quorum": policy.quorum,
        "notice": dict(KEYS_NOTICE),
    }


def _inclusion(table: Mapping[Node, bytes], size: int) -> Json:
    nodes: list[Json] = [
        {"first": first, "last": last, "hash": value.hex()} for (first, last), value in sorted(table.items())
    ]
    return {"size": size, "nodes": nodes}


def moment(at: datetime) -> str:
    """Return a moment as packs and reports write it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
