"""Samples, for auditors: drawn, listed, read, and reviewed record by record."""

from zoneinfo import ZoneInfo

from actions import sampling
from booking_api.days import first_day, last_day
from booking_api.edge import Call, days_in_order
from booking_api.models_searches import (
    NewSample,
    NewSampleReview,
    SampledConsultation,
    SamplePopulation,
    SampleReview,
    Samples,
    SampleSummary,
    SampleView,
)
from booking_api.queries_searches import SamplesQuery
from domain.consultation import ConsultationState
from domain.sampling import Filter, Review, Sample, SampleItem


async def draw_sample(call: Call) -> SampleSummary:
    """POST /api/archive/samples."""
    wanted = call.given(NewSample)
    days_in_order(wanted.first_day, wanted.last_day)
    chosen = Filter(
        call.edge.begin_of(wanted.first_day),
        call.edge.end_of(wanted.last_day),
        wanted.practitioner_id,
        wanted.specialty,
    )
    async with call.begin() as ctx:
        sample = await sampling.draw_sample(ctx, chosen, wanted.size, wanted.seed)
    return _summary(sample, call.edge.zone)


async def list_samples(call: Call) -> Samples:
    """GET /api/archive/samples."""
    async with call.begin() as ctx:
        page = await sampling.list_samples(ctx, call.given(SamplesQuery).cursor)
    return Samples(
        samples=[_summary(item, call.edge.zone) for item in page.samples], next_cursor=page.next_cursor
    )


async def read_sample(call: Call) -> SampleView:
    """GET /api/archive/samples/{id}."""
    async with call.begin() as ctx:
        view = await sampling.read_sample(ctx, call.uuid())
    return SampleView(
        sample=_summary(view.sample, call.edge.zone),
        consultations=[_item(item) for item in view.items],
        population_now=view.population_now,
        same_population=view.same_population,
    )


async def read_sample_population(call: Call) -> SamplePopulation:
    """GET /api/archive/samples/{id}/population."""
    async with call.begin() as ctx:
        ids = await sampling.read_population(ctx, call.uuid())
    return SamplePopulation(consultation_ids=ids)


async def review_sampled(call: Call) -> None:
    """POST /api/archive/samples/{id}/reviews."""
    review = call.given(NewSampleReview)
    async with call.begin() as ctx:
        await sampling.review_item(ctx, call.uuid(), review.consultation_id, review.finding, review.note)


def _summary(sample: Sample, zone: ZoneInfo) -> SampleSummary:
    return SampleSummary(
        id=sample.id,
        by_name=sample.account_name,
        first_day=first_day(sample.filter.begins_at, zone),
        last_day=last_day(sample.filter.ends_at, zone),
        practitioner_id=sample.filter.practitioner_id,
        practitioner_name=sample.practitioner_name,
        specialty=sample.filter.specialty,
        seed=sample.seed,
        wanted=sample.wanted,
        size=sample.size,
        population=sample.population,
        population_sha256=sample.digest.hex(),
        reviewed=sample.reviewed,
        noted=sample.noted,
        created_at=sample.created_at,
    )


def _item(item: SampleItem) -> SampledConsultation:
    return SampledConsultation(
        place=item.place,
        consultation_id=item.consultation_id,
        patient_name=item.patient_name,
        practitioner_name=item.practitioner_name,
        state=ConsultationState(item.state),
        scheduled_start=item.scheduled_start,
        review=None if item.review is None else _review(item.review),
    )


def _review(review: Review) -> SampleReview:
    return SampleReview(
        by_name=review.account_name,
        finding=review.finding,
        note=review.note,
        reviewed_at=review.reviewed_at,
    )
