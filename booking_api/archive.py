"""Reading the archive, for auditors: finding consultations, replaying one, having it checked."""

import base64
from uuid import UUID

from actions import archive_reading
from booking_api.edge import Call, days_in_order
from booking_api.models import (
    ArchivedEntry,
    ConsultationFound,
    ConsultationsFound,
    DestructionNoteView,
    Finding,
    Record,
    RecordMarksView,
    VerificationView,
)
from booking_api.queries import ArchiveQuery
from booking_api.views import view
from chat_archive.entry import Entry
from domain.accounts import Role
from domain.consultation import FoundConsultation
from domain.destruction import DestructionNote
from domain.facts import Body, decode_body
from domain.retention import DestructionState


async def search_archive(call: Call) -> ConsultationsFound:
    """GET /api/archive/consultations."""
    query = call.given(ArchiveQuery)
    days_in_order(query.first_day, query.last_day)
    async with call.begin() as ctx:
        page = await archive_reading.search(
            ctx,
            patient_text=query.patient,
            practitioner_id=query.practitioner_id,
            start=None if query.first_day is None else call.edge.begin_of(query.first_day),
            end=None if query.last_day is None else call.edge.end_of(query.last_day),
            cursor=query.cursor,
            limit=query.limit,
        )
    return ConsultationsFound(
        consultations=[_found(item) for item in page.consultations], next_cursor=page.next_cursor
    )


async def read_record(call: Call) -> Record:
    """GET /api/archive/consultations/{id}."""
    async with call.begin() as ctx:
        record = await archive_reading.read_record(ctx, call.uuid())
    return Record(
        consultation=_found(record.found),
        entries=[_entry(item, record.authors) for item in record.entries],
        destruction=None if record.destruction is None else _destruction(record.destruction),
    )


async def verify_record(call: Call) -> VerificationView:
    """GET /api/archive/consultations/{id}/verification."""
    async with call.begin() as ctx:
        verdict = await archive_reading.verify(ctx, call.uuid())
        checked_at = ctx.now
    return VerificationView(
        verdict="intact" if verdict.intact else "broken",
        entries=verdict.entries,
        last_hash=None if verdict.last_hash is None else verdict.last_hash.hex(),
        findings=[view(Finding, item) for item in verdict.findings],
        checked_at=checked_at,
    )


def _found(found: FoundConsultation) -> ConsultationFound:
    consultation = found.consultation
    return ConsultationFound(
        id=consultation.id,
        appointment_id=consultation.appointment_id,
        patient_name=consultation.patient_name,
        practitioner_name=consultation.practitioner_name,
        state=consultation.state,
        scheduled_start=consultation.scheduled_start,
        admitted_at=consultation.admitted_at,
        ended_at=consultation.ended_at,
        entries=found.entries,
        marks=None if found.marks is None else view(RecordMarksView, found.marks),
    )


def _entry(entry: Entry, authors: dict[UUID, tuple[str, Role]]) -> ArchivedEntry:
    author_id = _account_id(entry.author)
    name, role = (None, None) if author_id is None else authors.get(author_id, (None, None))
    body = None if entry.body is None else _readable(entry.body)
    return ArchivedEntry(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        message_id=entry.message_id,
        author=entry.author,
        author_id=author_id,
        author_name=name,
        author_role=role,
        kind=entry.kind,
        recorded_at=entry.recorded_at,
        body=body,
        damaged=body is None and not entry.destroyed,
        destroyed=entry.destroyed,
        salt=None if entry.salt is None else base64.b64encode(entry.salt).decode(),
        commitment=entry.commitment.hex(),
        entry_hash=entry.entry_hash.hex(),
    )


def _destruction(note: DestructionNote) -> DestructionNoteView:
    """Return what a destroyed record's reader is told instead of its text."""
    return DestructionNoteView(
        request_id=note.request_id,
        destroyed_at=note.destroyed_at,
        requested_by_name=note.requested_by_name,
        approved_by_names=list(note.approved_by_names),
        rule=note.rule,
        due_at=note.due_at,
        reason=note.reason,
        key_backups_expire_at=note.key_backups_expire_at,
        complete=note.state is DestructionState.COMPLETE,
        register_seq=note.register_seq,
    )


def _readable(raw: bytes) -> Body | None:
    """Return the kept body, or None when it is not what we ever keep: whoever tampers may write anything."""
    try:
        body = decode_body(raw)
        for text in (*body, *(value for value in body.values() if isinstance(value, str))):
            text.encode()
    except (ValueError, RecursionError):
        return None
    plain = all(value is None or isinstance(value, str | int | bool) for value in body.values())
    return body if plain else None


def _account_id(author: str) -> UUID | None:
    """Return the account that an author names; None for the hospital itself, or a damaged name."""
    try:
        return UUID(author)
    except ValueError:
        return None
