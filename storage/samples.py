"""Rows of samples: drawn once, then only read; reviews are added. How a sample is drawn is in domain."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.errors import NotFound
from domain.sampling import Filter, Review, ReviewFinding, Sample, SampleItem
from storage.pool import Row, Tx


class Population(NamedTuple):
    """How many consultations a filter lets through, and SHA-256 over their sorted ids."""

    size: int
    digest: bytes


class Cursor(NamedTuple):
    """The last sample of a page, from which the next one goes on."""

    created_at: datetime
    sample_id: UUID


async def practitioner_name(tx: Tx, practitioner_id: UUID) -> str:
    """Return what a doctor is called; raise NotFound."""
    row = await tx.one("sample_practitioner", {"id": practitioner_id})
    if row is None:
        raise NotFound("practitioner")
    return str(row["name"])


async def population(tx: Tx, chosen: Filter) -> Population:
    """Return how many there are and their digest, as it is now."""
    row = await tx.one("sample_population", _filter_params(chosen))
    return Population(0, b"") if row is None else Population(row["population"], bytes(row["digest"]))


async def population_ids(tx: Tx, chosen: Filter, limit: int) -> list[UUID]:
    """Return up to `limit` ids of the population, sorted."""
    rows = await tx.all("sample_population_ids", {**_filter_params(chosen), "limit": limit})
    return [row["id"] for row in rows]


async def insert(tx: Tx, sample: Sample, drawn: Sequence[UUID]) -> None:
    """Keep a sample and its consultations in the order of drawing."""
    await tx.run(
        "sample_insert",
        {
            **_filter_params(sample.filter),
            "id": sample.id,
            "account_id": sample.account_id,
            "seed": sample.seed,
            "wanted": sample.wanted,
            "population": sample.population,
            "digest": sample.digest,
            "created_at": sample.created_at,
        },
    )
    await tx.run("sample_items_insert", {"sample_id": sample.id, "consultation_id": list(drawn)})


async def by_id(tx: Tx, sample_id: UUID) -> Sample:
    """Return a sample; raise NotFound."""
    row = await tx.one("sample_by_id", {"id": sample_id})
    if row is None:
        raise NotFound("sample")
    return _sample(row)


async def newest(tx: Tx, cursor: Cursor | None, limit: int) -> list[Sample]:
    """Return up to `limit` samples of everybody after `cursor`, newest first."""
    rows = await tx.all(
        "sample_newest",
        {
            "before_at": None if cursor is None else cursor.created_at,
            "before_id": None if cursor is None else cursor.sample_id,
            "limit": limit,
        },
    )
    return [_sample(row) for row in rows]


async def items(tx: Tx, sample_id: UUID) -> list[SampleItem]:
    """Return a sample's consultations in the order of drawing, each with its last review."""
    return [_item(row) for row in await tx.all("sample_items", {"sample_id": sample_id})]


async def item_patient(tx: Tx, sample_id: UUID, consultation_id: UUID) -> UUID:
    """Return whose sampled consultation this is; raise NotFound when the sample does not have it."""
    row = await tx.one("sample_item_patient", {"sample_id": sample_id, "consultation_id": consultation_id})
    if row is None:
        raise NotFound("sampled consultation")
    patient_id: UUID = row["patient_id"]
    return patient_id


async def insert_review(
    tx: Tx, review_id: UUID, sample_id: UUID, consultation_id: UUID, review: Review
) -> None:
    """Keep a review beside the earlier ones."""
    await tx.run(
        "sample_review_insert",
        {
            "id": review_id,
            "sample_id": sample_id,
            "consultation_id": consultation_id,
            "account_id": review.account_id,
            "finding": review.finding.value,
            "note": review.note,
            "reviewed_at": review.reviewed_at,
        },
    )


def _filter_params(chosen: Filter) -> dict[str, UUID | datetime | str | None]:
    return {
        "begins_at": chosen.begins_at,
        "ends_at": chosen.ends_at,
        "practitioner_id": chosen.practitioner_id,
        "specialty": chosen.specialty,
    }


def _sample(row: Row) -> Sample:
    return Sample(
        row["id"],
        row["account_id"],
        row["account_name"],
        Filter(row["begins_at"], row["ends_at"], row["practitioner_id"], row["specialty"]),
        row["practitioner_name"],
        row["seed"],
        row["wanted"],
        row["population"],
        bytes(row["digest"]),
        row["created_at"],
        row["size"],
        row["reviewed"],
        row["noted"],
    )


def _item(row: Row) -> SampleItem:
    review = None
    if row["finding"] is not None:
        review = Review(
            row["account_id"],
            row["account_name"],
            ReviewFinding(row["finding"]),
            row["note"],
            row["reviewed_at"],
        )
    return SampleItem(
        row["place"],
        row["consultation_id"],
        row["patient_id"],
        row["patient_name"],
        row["practitioner_name"],
        row["state"],
        row["starts_at"],
        review,
    )
