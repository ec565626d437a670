"""Evidence packs for tests: a small log with its own keys and witnesses, and ways to forge packs of it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from chat_archive import pack
from chat_archive.append import chain
from chat_archive.checkpoint import Checkpoint
from chat_archive.data_keys import DataKey, DestroyedKey, open_entry
from chat_archive.entry import GENESIS, Draft, Head, addendum_of
from chat_archive.merkle import leaf_hash, root_of
from chat_archive.note import KeyKind, Note, Signer, VerifierKey, cosign
from chat_archive.pack import Asked, Contents, Conversation, Kept, Part, Policy
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Report, Trust, Verdict
from chat_archive.path_table import siblings
from chat_archive.stored_zip import read_archive, write_archive
from chat_archive.strict_json import canonical, parse_object
from chat_archive.verifier_app import verifier_app
from tests.unit.chat_archive.drafts import AT, AUTHOR

ORIGIN = "hospital.example/log"
LOG = Signer(ORIGIN, KeyKind.ED25519, b"\x11" * 32)
FORGER = Signer(ORIGIN, KeyKind.ED25519, b"\x66" * 32)
WITNESSES = (
    Signer("witness.example/one", KeyKind.COSIGNATURE, b"\x22" * 32),
    Signer("witness.example/two", KeyKind.COSIGNATURE, b"\x33" * 32),
)
FIRST = UUID("01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11")
SECOND = UUID("01936c5e-7a10-7c3e-9d52-5b0f4a6e8c22")
DESTROYED = UUID("01936c5e-7a10-7c3e-9d52-5b0f4a6e8c33")
OPEN = UUID("01936c5e-7a10-7c3e-9d52-5b0f4a6e8c44")
SIGNED_AT_S = 1_795_424_400
Random = Callable[[int], bytes]


@dataclass
class Log:
    """Entries of conversations in a tree; `lost` are conversations whose key was destroyed."""

    leaves: list[bytes] = field(default_factory=list)
    conversations: list[Conversation] = field(default_factory=list)

    def add(
        self,
        consultation_id: UUID,
        said: Sequence[tuple[str, bytes]],
        *,
        part: Part = Part.LIVE,
        lost: bool = False,
        closed: bool = True,
    ) -> Conversation:
        """Append a conversation of (kind, body), closed with its closing entry, and seal it."""
        own = consultation_id if part is Part.LIVE else addendum_of(consultation_id)
        key = DataKey(consultation_id, consultation_id.bytes * 2)
        drafts = [
            Draft(own, UUID(int=number), AUTHOR, kind, AT + timedelta(seconds=number), body)
            for number, (kind, body) in enumerate(said, 1)
        ]
        head = Head(own, 0, GENESIS)
        made = chain({own: head}, {own: key}, [], drafts, _nonce)
        sealed = list(made.fresh)
        if closed:
            kind = "finished" if part is Part.LIVE else "closed"
            last = made.heads[0]
            body = f'{{"entries":{last.size},"last_hash":"{last.last_hash.hex()}"}}'.encode()
            draft = Draft(own, UUID(int=99), AUTHOR, kind, AT + timedelta(hours=1), body)
            sealed += chain({own: last}, {own: key}, [], [draft], _nonce).fresh
        kept, before = [], GENESIS
        for entry in sealed:
            kept.append(
                Kept(
                    open_entry(entry, DestroyedKey(consultation_id, AT) if lost else key),
                    len(self.leaves),
                    before,
                )
            )
            before = entry.entry_hash
            self.leaves.append(leaf_hash(entry.entry_hash))
        self.conversations.append(Conversation(own, consultation_id, part, kept))
        return self.conversations[-1]

    def path(self, index: int) -> tuple[bytes, ...]:
        """Return a leaf's inclusion path, by the definition."""
        size = len(self.leaves)
        return tuple(root_of(self.leaves[first:last]) for first, last in siblings(index, size))

    def note(self, signer: Signer = LOG, witnesses: Sequence[Signer] = WITNESSES) -> str:
        """Return the signed and cosigned checkpoint over all leaves."""
        text = Checkpoint(ORIGIN, len(self.leaves), root_of(self.leaves)).text()
        lines = [signer.sign(text), *(cosign(text, one, SIGNED_AT_S) for one in witnesses)]
        return Note(text, tuple(lines)).format()

    def contents(
        self,
        conversations: Sequence[Conversation] | None = None,
        *,
        note: str | None = None,
        verifier: bytes = b"not the verifier",
        **different: Any,
    ) -> Contents:
        """Return what a pack of these conversations, or of all, is made of."""
        chosen = self.conversations if conversations is None else conversations
        indexes = [kept.index for item in chosen for kept in item.entries if kept.index is not None]
        given: dict[str, Any] = {
            "software": "1.2.3",
            "asked": Asked("a" * 36, "Ada", "auditor", "a complaint", AT),
            "policy": policy(),
            "note": self.note() if note is None else note,
            "size": len(self.leaves),
            "conversations": chosen,
            "paths": {index: self.path(index) for index in indexes},
            "authors": {AUTHOR: ("王建国", "doctor")},
            "verifier": verifier,
        }
        return Contents(**{**given, **different})


def policy(signer: Signer = LOG, witnesses: Sequence[Signer] = WITNESSES) -> Policy:
    return Policy(
        ORIGIN, signer.verifier.format(), tuple(one.verifier.format() for one in witnesses), len(witnesses)
    )


def keys(signers: Sequence[Signer] = WITNESSES) -> tuple[VerifierKey, ...]:
    return tuple(one.verifier for one in signers)


@cache
def small_log() -> Log:
    """Two visits, of which one has an addendum, and other people's entries between them."""
    log = Log(leaves=[leaf_hash(bytes([number]) * 32) for number in range(5)])
    log.add(FIRST, talk("您好，我头疼。", "多久了？", "两天 🙂"))
    log.leaves += [leaf_hash(bytes([number]) * 32) for number in range(100, 103)]
    log.add(FIRST, [("consent", b'{"digest":"00","version":"1"}')], part=Part.ADDENDUM)
    log.add(SECOND, talk("yes", "no"))
    log.leaves += [leaf_hash(bytes([number]) * 32) for number in range(200, 210)]
    return log


@cache
def destroyed_log() -> Log:
    """A visit whose key was destroyed, with the entry that records it."""
    log = Log()
    log.add(DESTROYED, talk("secret"), lost=True)
    log.add(DESTROYED, [("destroyed", b"{}")], part=Part.ADDENDUM, lost=True)
    return log


@cache
def small_pack(verifier: bytes = b"not the verifier") -> bytes:
    """A sound, witnessed pack of the small log."""
    return write_archive(pack.pack_files(small_log().contents(verifier=verifier)))


@cache
def whole_pack() -> bytes:
    """The same, with the verifier that it comes with."""
    return small_pack(verifier_app())


def talk(*texts: str) -> list[tuple[str, bytes]]:
    return [("arrived", b"{}"), *(("chat", f'{{"text":"{text}"}}'.encode()) for text in texts)]


def files_of(data: bytes) -> dict[str, bytes]:
    unpacked = read_archive(data)
    assert unpacked.faults == []
    return dict(unpacked.files)


def repacked(files: dict[str, bytes]) -> bytes:
    """Pack changed files as their forger would: with sums and checksums that fit."""
    whole = {name: content for name, content in files.items() if name != pack.SUMS}
    return write_archive({**whole, pack.SUMS: pack.sums(whole)})


def changed_json(content: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return a JSON file after a change, in its one spelling."""
    parse_object(content)
    value = json.loads(content)
    change(value)
    return canonical(value)


def _nonce(size: int) -> bytes:
    return bytes(size)


OURS = Trust(LOG.verifier, keys())
"""What an auditor was given elsewhere: the log's key and both witnesses'."""


def kinds(report: Report) -> set[str]:
    return {finding.kind for finding in report.findings}


def changed(name: str, change: Callable[[dict[str, Any]], object], trust: Trust = OURS) -> Report:
    """Return what is found after a change of one JSON file, everything round it repaired."""
    files = files_of(small_pack())
    report = verify_pack(repacked({**files, name: changed_json(files[name], change)}), trust)
    assert report.verdict is Verdict.BROKEN
    return report
