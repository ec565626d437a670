"""What one conversation's record in a pack can have wrong by itself: chain, commitments, closing entry.

Whether its entries are in the log is told in `pack_check`. Pure.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from chat_archive.entry import Head, SealedEntry, commitment
from chat_archive.pack import CLOSING_KINDS, Conversation, Kept, Part, Summary, record_name
from chat_archive.pack_report import Finding, Flaw
from chat_archive.verify import FindingKind, Verifier

DESTROYED_KIND = "destroyed"
FILE_KIND = "file"


def records_destruction(conversations: Iterable[Conversation]) -> bool:
    """Say whether an entry of these conversations records that their bodies were destroyed."""
    return bool(destroyed_at(conversations))


def destroyed_at(conversations: Iterable[Conversation]) -> set[datetime]:
    """Return the moments of the entries that record a destruction of bodies."""
    return {
        kept.entry.recorded_at
        for item in conversations
        for kept in item.entries
        if kept.entry.kind == DESTROYED_KIND
    }


def attached_digests(conversation: Conversation) -> set[str]:
    """Return the digests (SHA-256, lower-case hexadecimal) of the files that entries brought."""
    found: set[str] = set()
    for kept in conversation.entries:
        if kept.entry.kind == FILE_KIND and kept.entry.body is not None:
            named = _body(kept.entry.body).get("digest")
            if isinstance(named, str):
                found.add(named)
    return found


def check_record(record: Conversation, claimed: Summary, destroyed: bool) -> Iterator[Finding]:
    """Yield everything that is wrong with a record.

    `claimed` is what pack.json says of it; `destroyed` says that an entry records that bodies were destroyed.
    """
    file = record_name(record.conversation_id)
    shown = (record.consultation_id, record.part, record.closed)
    if shown != (claimed.consultation_id, claimed.part, claimed.closed):
        message = "does not say of itself what pack.json says of it"
        yield Finding(Flaw.CLAIM_DIFFERS.value, message, record.conversation_id, None, file)
    verifier = Verifier(record.conversation_id)
    blamed: set[int | None] = set()
    before: Kept | None = None
    for kept in record.entries:
        verifier.add(_sealed(kept))
        yield from _check_body(record, kept, destroyed)
        linked = before.entry.entry_hash if before is not None else bytes(32)
        if kept.previous != linked:
            blamed.add(kept.entry.seq)
            yield _altered(record, kept, "is not linked to the entry before it")
        yield from _check_closing(record, kept, kept is record.entries[-1])
        before = kept
    verdict = verifier.finish(Head(record.conversation_id, claimed.entries, claimed.last_hash))
    for finding in verdict.findings:
        if finding.kind is not FindingKind.ALTERED or finding.seq not in blamed:
            yield Finding(finding.kind.value, finding.message, record.conversation_id, finding.seq, file)


def _check_body(record: Conversation, kept: Kept, destroyed: bool) -> Iterator[Finding]:
    entry = kept.entry
    if entry.body is None and entry.salt is None:
        if not destroyed:
            message = "has no body, and no entry records that it was destroyed"
            yield _finding(record, kept, Flaw.BODY_WITHHELD, message)
    elif entry.body is None or entry.salt is None:
        yield _finding(record, kept, FindingKind.BODY_DAMAGED, "has no readable body")
    elif commitment(entry.salt, entry.body) != entry.commitment:
        yield _altered(record, kept, "was altered: its body is not the one that was committed to")


def _check_closing(record: Conversation, kept: Kept, is_last: bool) -> Iterator[Finding]:
    entry = kept.entry
    if entry.kind not in CLOSING_KINDS:
        return
    # An addendum may be opened again, for what is recorded years later; a live phase is not.
    if record.part is Part.LIVE and not is_last:
        yield _finding(record, kept, Flaw.CLOSING_DIFFERS, "closes the conversation, but entries follow")
    if entry.body is not None:
        said = _body(entry.body)
        if said.get("entries") != entry.seq - 1 or said.get("last_hash") != kept.previous.hex():
            message = "closes the conversation with another count or hash than stand before it"
            yield _finding(record, kept, Flaw.CLOSING_DIFFERS, message)


def _altered(record: Conversation, kept: Kept, message: str) -> Finding:
    return _finding(record, kept, FindingKind.ALTERED, message)


def _finding(record: Conversation, kept: Kept, kind: Flaw | FindingKind, message: str) -> Finding:
    whole = f"entry {kept.entry.seq} of conversation {record.conversation_id} {message}"
    file = record_name(record.conversation_id)
    return Finding(kind.value, whole, record.conversation_id, kept.entry.seq, file)


def _sealed(kept: Kept) -> SealedEntry:
    entry = kept.entry
    return SealedEntry(
        entry.conversation_id,
        entry.seq,
        entry.message_id,
        entry.author,
        entry.kind,
        entry.recorded_at,
        entry.commitment,
        entry.entry_hash,
        b"",
    )


def _body(raw: bytes) -> dict[str, object]:
    """Return what a body says; nothing for one that is no JSON object."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
