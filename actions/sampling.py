"""Samples: drawn by a method that anybody can repeat, read, and reviewed record by record."""

import asyncio
import binascii
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from actions.context import Context, permit, record, record_patients
from actions.page_cursor import read_cursor, write_cursor
from domain.errors import Code, OwnFault, TooMany
from domain.permissions import Action
from domain.sampling import (
    POPULATION_MAX,
    Filter,
    Review,
    ReviewFinding,
    Sample,
    SampleItem,
    check_draw,
    check_review,
    draw,
    population_digest,
)
from storage import samples

PAGE: Final = 30
_SEED_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class SamplesPage:
    """One page of samples, newest first. `next_cursor` goes on; None: no more."""

    samples: list[Sample]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample and its consultations. `population_now` and `same_population` say how it is today."""

    sample: Sample
    items: list[SampleItem]
    population_now: int
    same_population: bool


async def draw_sample(ctx: Context, chosen: Filter, wanted: int, seed: str | None = None) -> Sample:
    """Draw `wanted` consultations that took place, all when there are fewer, and keep how.

    `seed` is 1 to 64 letters, digits, dots, underscores and hyphens; None has one drawn at random. Raise
    InvalidInput naming all wrong fields, NotFound for an unknown doctor, TooMany with the count.
    """
    permit(ctx, Action.ARCHIVE_SAMPLE_DRAW)
    account_id = ctx.actor.account_id
    if account_id is None:
        raise OwnFault("a sample is drawn by a person")
    check_draw(chosen, wanted, seed, ctx.now)
    if chosen.practitioner_id is not None:
        await samples.practitioner_name(ctx.tx, chosen.practitioner_id)
    ids = await samples.population_ids(ctx.tx, chosen, POPULATION_MAX + 1)
    if len(ids) > POPULATION_MAX:
        found = await samples.population(ctx.tx, chosen)
        raise TooMany(Code.ARCHIVE_TOO_WIDE, "consultations", found.size, POPULATION_MAX)
    sown = seed or binascii.hexlify(ctx.random(_SEED_BYTES)).decode()
    # A big population takes a while; the loop has others to serve.
    drawn = await asyncio.to_thread(draw, sown, ids, wanted)
    digest = await asyncio.to_thread(population_digest, ids)
    sample = Sample(
        id=ctx.new_id(),
        account_id=account_id,
        account_name="",
        filter=chosen,
        practitioner_name=None,
        seed=sown,
        wanted=wanted,
        population=len(ids),
        digest=digest,
        created_at=ctx.now,
        size=len(drawn),
        reviewed=0,
        noted=0,
    )
    await samples.insert(ctx.tx, sample, drawn)
    await record(
        ctx,
        Action.ARCHIVE_SAMPLE_DRAW,
        ("sample", sample.id),
        detail={"seed": sown, "population": len(ids), "wanted": wanted, "drawn": len(drawn)},
    )
    return await samples.by_id(ctx.tx, sample.id)


async def list_samples(ctx: Context, cursor: str | None = None) -> SamplesPage:
    """Return everybody's samples, newest first, PAGE at a time. Raise InvalidInput for a wrong cursor."""
    permit(ctx, Action.ARCHIVE_SAMPLE_READ)
    after = None if cursor is None else samples.Cursor(*read_cursor(cursor))
    found = await samples.newest(ctx.tx, after, PAGE + 1)
    page = found[:PAGE]
    await record(ctx, Action.ARCHIVE_SAMPLE_READ, detail={"samples": len(page)})
    more = len(found) > PAGE
    return SamplesPage(page, write_cursor(page[-1].created_at, page[-1].id) if more else None)


async def read_sample(ctx: Context, sample_id: UUID) -> SampleView:
    """Return a sample with its consultations and their reviews. Raise NotFound."""
    permit(ctx, Action.ARCHIVE_SAMPLE_READ)
    sample = await samples.by_id(ctx.tx, sample_id)
    items = await samples.items(ctx.tx, sample_id)
    now = await samples.population(ctx.tx, sample.filter)
    await record_patients(
        ctx,
        Action.ARCHIVE_SAMPLE_READ,
        [item.patient_id for item in items],
        detail={"sample": str(sample_id)},
    )
    return SampleView(sample, items, now.size, now.digest == sample.digest)


async def read_population(ctx: Context, sample_id: UUID) -> list[UUID]:
    """Return the ids from which a sample would be drawn today, sorted. Raise NotFound."""
    permit(ctx, Action.ARCHIVE_SAMPLE_READ)
    sample = await samples.by_id(ctx.tx, sample_id)
    ids = await samples.population_ids(ctx.tx, sample.filter, POPULATION_MAX)
    await record(ctx, Action.ARCHIVE_SAMPLE_READ, ("sample", sample_id), detail={"population": len(ids)})
    return ids


async def review_item(
    ctx: Context, sample_id: UUID, consultation_id: UUID, finding: ReviewFinding, note: str | None
) -> Review:
    """Mark a sampled record as reviewed. The last review counts, earlier ones stay.

    Raise NotFound when the sample does not have this consultation, InvalidInput for a note that does not fit.
    """
    permit(ctx, Action.ARCHIVE_SAMPLE_REVIEW)
    account_id = ctx.actor.account_id
    if account_id is None:
        raise OwnFault("a record is reviewed by a person")
    text = check_review(finding, note)
    patient_id = await samples.item_patient(ctx.tx, sample_id, consultation_id)
    review = Review(account_id, "", finding, text, ctx.now)
    await samples.insert_review(ctx.tx, ctx.new_id(), sample_id, consultation_id, review)
    await record(
        ctx,
        Action.ARCHIVE_SAMPLE_REVIEW,
        ("consultation", consultation_id),
        patient_id=patient_id,
        detail={"sample": str(sample_id), "finding": finding.value},
    )
    return review
