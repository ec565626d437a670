"""Drawing a sample of consultations so that anybody can draw it again: docs/archive-sampling.md."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from uuid import UUID

from domain.errors import FieldFault, InvalidInput

SAMPLE_MAX: Final = 500
POPULATION_MAX: Final = 200_000
RANGE_MAX: Final = timedelta(days=366)
NOTE_MAX: Final = 1_000
SEED_MAX: Final = 64
ORDER_PREFIX: Final = b"televisit/sample/v1\n"
_SEED = re.compile(r"[0-9A-Za-z._-]{1,64}")
_SUMMER_TIME: Final = timedelta(hours=1)


class ReviewFinding(StrEnum):
    """What a reviewer found in a sampled record: nothing, or what the note says."""

    NONE = "none"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which consultations took part: planned in [begins_at, ends_at), begun, by this doctor or specialty."""

    begins_at: datetime
    ends_at: datetime
    practitioner_id: UUID | None = None
    specialty: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample as it was drawn: everything that drawing it again needs, and how far reviewing is.

    `digest` is SHA-256 over the population's ids, sorted, 16 bytes each: it says whether somebody who draws
    again has the same population.
    """

    id: UUID
    account_id: UUID
    account_name: str
    filter: Filter
    practitioner_name: str | None
    seed: str
    wanted: int
    population: int
    digest: bytes
    created_at: datetime
    size: int
    reviewed: int
    noted: int


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviewed a sampled record, when, and what was found."""

    account_id: UUID
    account_name: str
    finding: ReviewFinding
    note: str | None
    reviewed_at: datetime


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One consultation of a sample. `place` is its place in the order of drawing, from 1."""

    place: int
    consultation_id: UUID
    patient_id: UUID
    patient_name: str
    practitioner_name: str
    state: str
    scheduled_start: datetime
    review: Review | None


def order_key(seed: str, consultation_id: UUID) -> bytes:
    """Return the 32 bytes by which a consultation is ordered: SHA-256(prefix | seed in UTF-8 | id)."""
    return sha256(ORDER_PREFIX + seed.encode() + consultation_id.bytes).digest()


def draw(seed: str, population: Iterable[UUID], wanted: int) -> list[UUID]:
    """Return the `wanted` consultations whose keys are smallest, smallest first; all when there are fewer."""
    return sorted(population, key=lambda item: order_key(seed, item))[:wanted]


def population_digest(population: Iterable[UUID]) -> bytes:
    """Return SHA-256 over the ids, sorted, 16 bytes each."""
    return sha256(b"".join(sorted(item.bytes for item in population))).digest()


def check_draw(chosen: Filter, wanted: int, seed: str | None, now: datetime) -> None:
    """Raise InvalidInput unless this can be drawn, naming every wrong field at once.

    The range ends by the end of the present day at the latest: later visits would change the population.
    """
    fields: dict[str, FieldFault] = {}
    if not 1 <= wanted <= SAMPLE_MAX:
        fields["size"] = FieldFault.TOO_SMALL if wanted < 1 else FieldFault.TOO_LARGE
    if seed is not None and not _SEED.fullmatch(seed):
        fields["seed"] = FieldFault.TOO_LONG if len(seed) > SEED_MAX else FieldFault.BAD_FORMAT
    if chosen.ends_at <= chosen.begins_at:
        fields["to"] = FieldFault.OUT_OF_ORDER
    elif chosen.ends_at - chosen.begins_at > RANGE_MAX + _SUMMER_TIME:
        fields["to"] = FieldFault.TOO_LARGE
    elif chosen.ends_at > now + timedelta(days=1) + _SUMMER_TIME:
        fields["to"] = FieldFault.IN_THE_FUTURE
    if fields:
        raise InvalidInput("This sample cannot be drawn.", fields)


def check_review(finding: ReviewFinding, note: str | None) -> str | None:
    """Return the note as it is kept; raise InvalidInput when it and the finding do not go together."""
    text = (note or "").strip()
    if len(text) > NOTE_MAX:
        raise InvalidInput("The note is too long.", {"note": FieldFault.TOO_LONG})
    if finding is ReviewFinding.NOTE and not text:
        raise InvalidInput("Say what was found.", {"note": FieldFault.MISSING})
    if finding is ReviewFinding.NONE and text:
        raise InvalidInput("A record without a finding has no note.", {"note": FieldFault.NOT_EXPECTED})
    if "\x00" in text:
        raise InvalidInput("The note is no text.", {"note": FieldFault.BAD_FORMAT})
    return text or None
