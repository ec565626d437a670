"""Bodies of the auditor's searching, sampling and counting."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from booking_api.models import Model
from booking_api.queries import Day
from domain.accounts import Role
from domain.consultation import ConsultationState
from domain.keyword import REASON_MAX, WORD_MAX, SearchState
from domain.sampling import NOTE_MAX, SAMPLE_MAX, SEED_MAX, ReviewFinding


class FoundPatient(Model):
    """A patient to choose for a search."""

    id: UUID
    name: str
    birth_date: date


class FoundPatients(Model):
    """GET /api/archive/patients?name=: the first ones only."""

    patients: list[FoundPatient]


class NewKeywordSearch(Model):
    """POST /api/archive/keyword-searches. A patient, a doctor, or days: at most 31 when they are alone."""

    word: Annotated[str, StringConstraints(max_length=WORD_MAX)]
    reason: Annotated[str, StringConstraints(max_length=REASON_MAX)]
    patient_id: UUID | None = None
    practitioner_id: UUID | None = None
    first_day: Day | None = Field(default=None, alias="from")
    last_day: Day | None = Field(default=None, alias="to")


class KeywordSearchView(Model):
    """A search and how far it is. `word` is null for everybody but who asked, and once it expired.

    `done` of `total` consultations were searched. `destroyed` ones have no text any more, `damaged` entries
    cannot be read. `capped`: it ended early, because the word stands nearly everywhere.
    """

    id: UUID
    own: bool
    by_name: str
    word: str | None
    reason: str
    patient_id: UUID | None
    patient_name: str | None
    practitioner_id: UUID | None
    practitioner_name: str | None
    first_day: date | None
    last_day: date | None
    state: SearchState
    total: int
    done: int
    hits: int
    capped: bool
    destroyed: int
    damaged: int
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime


class KeywordSearches(Model):
    """GET /api/archive/keyword-searches: everybody's newest ones."""

    searches: list[KeywordSearchView]


class TextPart(Model):
    """A piece of a text; `found` marks the word itself."""

    text: str
    found: bool


class KeywordHit(Model):
    """An entry that contains the word. `parts` joined are its text; null when destroyed, or `damaged`."""

    id: int
    consultation_id: UUID
    conversation_id: UUID
    seq: int
    patient_name: str
    practitioner_name: str
    scheduled_start: datetime
    recorded_at: datetime | None
    kind: str | None
    author_name: str | None
    author_role: Role | None
    parts: list[TextPart] | None
    damaged: bool


class KeywordHits(Model):
    """GET /api/archive/keyword-searches/{id}/hits?after=: in the order of finding."""

    hits: list[KeywordHit]
    next_after: int | None


class NewSample(Model):
    """POST /api/archive/samples. Without a seed one is drawn."""

    size: Annotated[int, Field(ge=1, le=SAMPLE_MAX)]
    first_day: Day = Field(alias="from")
    last_day: Day = Field(alias="to")
    practitioner_id: UUID | None = None
    specialty: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    seed: (
        Annotated[str, StringConstraints(min_length=1, max_length=SEED_MAX, pattern="^[0-9A-Za-z._-]+$")]
        | None
    ) = None


class SampleSummary(Model):
    """A sample as it was drawn, and how far its review is. docs/archive-sampling.md says how to repeat it."""

    id: UUID
    by_name: str
    first_day: date
    last_day: date
    practitioner_id: UUID | None
    practitioner_name: str | None
    specialty: str | None
    seed: str
    wanted: int
    size: int
    population: int
    population_sha256: str
    reviewed: int
    noted: int
    created_at: datetime


class Samples(Model):
    """GET /api/archive/samples?cursor=: newest first."""

    samples: list[SampleSummary]
    next_cursor: str | None


class SampleReview(Model):
    """The last review of a sampled record."""

    by_name: str
    finding: ReviewFinding
    note: str | None
    reviewed_at: datetime


class SampledConsultation(Model):
    """One consultation of a sample, in the order of drawing."""

    place: int
    consultation_id: UUID
    patient_name: str
    practitioner_name: str
    state: ConsultationState
    scheduled_start: datetime
    review: SampleReview | None


class SampleView(Model):
    """GET /api/archive/samples/{id}. `same_population`: a draw repeated today would give the same."""

    sample: SampleSummary
    consultations: list[SampledConsultation]
    population_now: int
    same_population: bool


class SamplePopulation(Model):
    """GET /api/archive/samples/{id}/population: the ids that a draw repeated today starts from, sorted."""

    consultation_ids: list[UUID]


class NewSampleReview(Model):
    """POST /api/archive/samples/{id}/reviews. A note belongs to the finding `note` alone."""

    consultation_id: UUID
    finding: ReviewFinding
    note: Annotated[str, StringConstraints(max_length=NOTE_MAX)] | None = None


class CompletenessOfRange(Model):
    """Of the consultations planned in the range. All but `entries` and `unsealed` count consultations."""

    consultations: int
    conversations: int
    entries: int
    sequence_gaps: int
    heads_differ: int
    unclosed: int
    open_long: int
    addenda_open: int
    unsealed: int
    unsealed_since: datetime | None
    destroyed: int
    on_hold: int


class CompletenessOfLog(Model):
    """Of the whole log, whatever the range."""

    size: int
    checkpoint_size: int | None
    signed_at: datetime | None


class CompletenessOfWitness(Model):
    """One witness: its cosignatures within the range, and its last one ever."""

    witness: str
    cosignatures: int
    last_at: datetime
    last_size: int


class Completeness(Model):
    """GET /api/archive/completeness?from=&to=."""

    first_day: date
    last_day: date
    range: CompletenessOfRange
    log: CompletenessOfLog
    witnesses: list[CompletenessOfWitness]
    counted_at: datetime
    took_ms: int


class ListedRecord(Model):
    """One consultation behind a figure. `amount` or `since`: what the list is about."""

    consultation_id: UUID
    patient_name: str
    practitioner_name: str
    state: ConsultationState
    scheduled_start: datetime
    amount: int | None
    since: datetime | None


class ListedRecords(Model):
    """GET /api/archive/completeness/{what}?from=&to=&cursor=: the latest planned start first."""

    records: list[ListedRecord]
    next_cursor: str | None
