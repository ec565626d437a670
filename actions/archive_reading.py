"""Reading and verifying the archive: for auditors, and for the command line."""

import unicodedata
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record, record_patients
from actions.data_keys import reading_keys
from actions.page_cursor import read_cursor, write_cursor
from chat_archive.data_keys import DestroyedKey, OpenKey, open_entry
from chat_archive.entry import Entry, addendum_of
from chat_archive.verify import Finding, FindingKind, Verdict, Verifier
from domain.accounts import SYSTEM, Role
from domain.consultation import FoundConsultation
from domain.destruction import DestructionNote
from domain.errors import FieldFault, InvalidInput
from domain.permissions import Action
from storage import archive, audit_trail, consultations, destruction
from storage.archive import PgArchiveStore
from storage.consultations import Cursor

SEARCH_MAX = 100
"""Consultations on one page at most."""
PATIENT_TEXT_MAX = 120
_PAGE = 2_000
_BATCH = 200
"""Conversations that are verified in one transaction."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of consultations, the latest planned start first. `next_cursor` goes on; None: no more."""

    consultations: list[FoundConsultation]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A consultation's whole record, and who the authors are: (name as it is now, role) by account id.

    `entries` are those of the conversation in their order, then those of its addendum. `found` counts the
    conversation's alone. `destruction` says when, by whom and under which rule the bodies were destroyed.
    """

    found: FoundConsultation
    entries: list[Entry]
    authors: dict[UUID, tuple[str, Role]]
    destruction: DestructionNote | None = None


async def search(
    ctx: Context,
    *,
    patient_text: str | None = None,
    practitioner_id: UUID | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> SearchPage:
    """Find consultations: by a part of the patient's name, by doctor, by planned start in [start, end).

    Conditions that are None or empty are left out. A part of a name has at least two characters, or one
    that is Chinese, Japanese or Korean. `limit` is 1 to SEARCH_MAX. Raise InvalidInput.
    """
    permit(ctx, Action.ARCHIVE_SEARCH)
    text = patient_part(patient_text)
    _check_range(start, end)
    if not 1 <= limit <= SEARCH_MAX:
        fault = FieldFault.TOO_SMALL if limit < 1 else FieldFault.TOO_LARGE
        raise InvalidInput(f"A page has 1 to {SEARCH_MAX} consultations.", {"limit": fault})
    found = await consultations.search(
        ctx.tx,
        patient_text=text,
        practitioner_id=practitioner_id,
        start=start,
        end=end,
        cursor=None if cursor is None else Cursor(*read_cursor(cursor)),
        limit=limit + 1,
    )
    page = found[:limit]
    await record_patients(ctx, Action.ARCHIVE_SEARCH, [item.consultation.patient_id for item in page])
    last = page[-1].consultation if len(found) > limit else None
    return SearchPage(page, None if last is None else write_cursor(last.scheduled_start, last.id))


async def read_record(ctx: Context, consultation_id: UUID) -> RecordView:
    """Return everything that was said and done in a consultation. Raise NotFound.

    Entries are as kept, damaged ones too: a kind may be unknown, and a body that does not open is left out.
    Bodies that were destroyed are left out too, and their entries say so.
    """
    permit(ctx, Action.ARCHIVE_READ)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    await record(
        ctx, Action.ARCHIVE_READ, ("consultation", consultation_id), patient_id=consultation.patient_id
    )
    store = PgArchiveStore(ctx.tx)
    parts = (consultation_id, addendum_of(consultation_id))
    keys = await reading_keys(ctx, parts)
    live, later = [await _read_all(store, part, keys[part]) for part in parts]
    entries = live + later
    ids = {account_id for entry in entries if (account_id := _account_id(entry.author)) is not None}
    authors = await archive.authors(ctx.tx, ids) if ids else {}
    return RecordView(
        FoundConsultation(consultation, len(live)),
        entries,
        {account_id: (author.name, author.role) for account_id, author in authors.items()},
        (await destruction.notes(ctx.tx, [consultation_id])).get(consultation_id),
    )


async def verify(ctx: Context, consultation_id: UUID) -> Verdict:
    """Verify the conversation of a consultation and its addendum, as they are kept now. Raise NotFound.

    The verdict counts the entries of both; `last_hash` is the conversation's. Nobody is kept from writing
    meanwhile: entries that come later than the last page are left out.
    """
    permit(ctx, Action.ARCHIVE_VERIFY)
    consultation = await consultations.by_id(ctx.tx, consultation_id)
    subject = ("consultation", consultation_id)
    parts = (consultation_id, addendum_of(consultation_id))
    keys = await reading_keys(ctx, parts)
    store = PgArchiveStore(ctx.tx)
    verdicts = {part: await _verdict(store, part, keys[part]) for part in parts}
    live, later = (await _lawfully(ctx, keys, verdicts)).values()
    verdict = replace(
        live,
        intact=live.intact and later.intact,
        entries=live.entries + later.entries,
        findings=live.findings + later.findings,
        bodies=live.bodies + later.bodies,
    )
    await record(
        ctx,
        Action.ARCHIVE_VERIFY,
        subject,
        patient_id=consultation.patient_id,
        detail={"intact": verdict.intact, "findings": len(verdict.findings)},
    )
    return verdict


async def verify_all(
    work: UnitOfWork, request_id: str, on_progress: Callable[[int], None] | None = None
) -> AsyncIterator[tuple[UUID, Verdict]]:
    """Verify every conversation there is, one after another; yield its id and its verdict.

    Some at a time share a transaction, each with an audit line, so that a long run holds nothing up, and
    memory stays the same however many there are. Entries whose head is gone come last. `on_progress` gets the
    number of conversations done.
    """
    done = 0
    for ids in (archive.conversations, archive.headless):
        after: UUID | None = None
        while True:
            async with work.begin(SYSTEM, request_id) as ctx:
                permit(ctx, Action.ARCHIVE_VERIFY)
                batch = await ids(ctx.tx, after, _BATCH)
                verdicts = await _verify_some(ctx, batch) if batch else {}
            for conversation_id, verdict in verdicts.items():
                done += 1
                if on_progress is not None:
                    on_progress(done)
                yield conversation_id, verdict
            if not batch:
                break
            after = batch[-1]


async def _verify_some(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, Verdict]:
    """Verify these conversations, in the order of their ids: consultations', addenda, anything else."""
    keys = await reading_keys(ctx, ids)
    store = PgArchiveStore(ctx.tx)
    verifiers = {item: Verifier(item, keys[item]) for item in ids}
    place = (ids[0], -1)
    while page := await store.read_range(place, ids[-1], _PAGE):
        for entry in page:
            # Between the first and the last one there may be others: of a head that is gone, or new.
            verifier = verifiers.get(entry.conversation_id)
            if verifier is not None:
                verifier.add(entry)
        place = (page[-1].conversation_id, page[-1].seq)
    heads = await store.heads(ids)
    verdicts: dict[UUID, Verdict] = {}
    for item, verifier in verifiers.items():
        head = heads.get(item)
        behind = head is not None and head.size > verifier.last_seq
        verdicts[item] = await _rest(store, item, verifier) if behind else verifier.finish(head)
    verdicts = await _lawfully(ctx, keys, verdicts)
    patients = await consultations.patients(ctx.tx, ids)
    lines = [
        audit_trail.line(
            ctx.actor,
            Action.ARCHIVE_VERIFY,
            ctx.now,
            ctx.request_id,
            ("consultation" if item in patients else "conversation", item),
            patients.get(item),
            "done",
            {"intact": verdict.intact, "findings": len(verdict.findings)},
        )
        for item, verdict in verdicts.items()
    ]
    await audit_trail.insert(ctx.tx, lines)
    return verdicts


async def _lawfully(
    ctx: Context, keys: Mapping[UUID, OpenKey], verdicts: Mapping[UUID, Verdict]
) -> dict[UUID, Verdict]:
    """Return the verdicts; a key is destroyed lawfully only when the addendum says so, in the log for good.

    Whoever owns the database can take a key away and write that it was destroyed. An entry that says so
    stands in the tree, at its time.
    """
    gone = {
        item: addendum_of(key.conversation_id)
        for item, key in keys.items()
        if isinstance(key, DestroyedKey) and verdicts[item].entries
    }
    recorded = await archive.recording_destruction(ctx.tx, gone.values()) if gone else set()
    return {
        item: verdict if gone.get(item) in recorded or item not in gone else _withheld(item, verdict)
        for item, verdict in verdicts.items()
    }


def _withheld(conversation_id: UUID, verdict: Verdict) -> Verdict:
    message = (
        f"no body of conversation {conversation_id} can be read: its key is marked as destroyed, and no "
        "entry records that"
    )
    finding = Finding(None, FindingKind.KEY_UNUSABLE, message, conversation_id)
    return replace(verdict, intact=False, destroyed=False, findings=[*verdict.findings, finding])


async def _read_all(store: PgArchiveStore, conversation_id: UUID, key: OpenKey) -> list[Entry]:
    entries: list[Entry] = []
    while page := await store.read(conversation_id, entries[-1].seq if entries else 0, _PAGE):
        entries += [open_entry(entry, key) for entry in page]
    return entries


async def _verdict(store: PgArchiveStore, conversation_id: UUID, key: OpenKey) -> Verdict:
    return await _rest(store, conversation_id, Verifier(conversation_id, key))


async def _rest(store: PgArchiveStore, conversation_id: UUID, verifier: Verifier) -> Verdict:
    """Read on from where the verifier is, to the end; return its verdict."""
    checked_to = -1
    while True:
        while page := await store.read(conversation_id, verifier.last_seq, _PAGE):
            for entry in page:
                verifier.add(entry)
        # Entries and their head commit together. A head that is ahead means that more came while we read,
        # which another look finds, or that the end was cut off, which another look does not change.
        head = await store.head(conversation_id)
        if head is None or head.size <= verifier.last_seq or verifier.last_seq == checked_to:
            return verifier.finish(head)
        checked_to = verifier.last_seq


def patient_part(text: str | None) -> str | None:
    """Return the part of a name to look for, None for nobody in particular. Raise InvalidInput."""
    wanted = (text or "").strip()
    if not wanted:
        return None
    if len(wanted) > PATIENT_TEXT_MAX:
        raise InvalidInput("No name is that long.", {"patient": FieldFault.TOO_LONG})
    if any(unicodedata.category(ch) in ("Cc", "Cs") for ch in wanted):
        raise InvalidInput("This is no part of a name.", {"patient": FieldFault.BAD_FORMAT})
    if len(wanted) < 2 and unicodedata.east_asian_width(wanted) != "W":
        raise InvalidInput(
            "Give at least two letters of the patient's name.", {"patient": FieldFault.TOO_SHORT}
        )
    return wanted


def _check_range(start: datetime | None, end: datetime | None) -> None:
    fields = {
        name: FieldFault.BAD_FORMAT
        for name, moment in (("from", start), ("to", end))
        if moment is not None and moment.tzinfo is None
    }
    if not fields and start is not None and end is not None and end <= start:
        fields["to"] = FieldFault.OUT_OF_ORDER
    if fields:
        raise InvalidInput("The range of time is not valid.", fields)


def _account_id(author: str) -> UUID | None:
    """Return the account that an author names; None for the system, or a damaged name."""
    try:
        return UUID(author)
    except ValueError:
        return None
