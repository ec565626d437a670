"""Bodies of notices: how a patient wants to be told, and how deliveries go."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from actions.deliveries import DELIVERIES_MAX
from booking_api.models import Locale, Model, ruled
from domain.notices import DeliveryState, Notice, NoticeChannel, Way, check_time_zone

State = Literal["waiting", "queued", "failed", "sent", "given-up", "dropped"]
TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=60), ruled(check_time_zone)]


class NewNoticePreferences(Model):
    """POST /api/notice-preferences. Null: as the account (language) or the hospital (zone) says.

    Without reminders what is urgent still comes: a visit that was moved or cancelled.
    """

    way: Way | None
    locale: Locale | None
    time_zone: Annotated[TimeZone | None, Field(description="A name of the IANA time zone database.")]
    reminders: bool


class NoticePreferences(Model):
    """How a patient wants to be told. Null: as the account (language) or the hospital (zone) says."""

    way: Way | None
    locale: Locale | None
    time_zone: str | None
    reminders: bool


class NoticePreferencesView(Model):
    """GET /api/notice-preferences: what is wanted, and by what the patient can be reached."""

    wanted: NoticePreferences
    account_locale: Locale
    hospital_time_zone: str
    email: str | None
    phone: str | None
    channels: Annotated[list[NoticeChannel], Field(description="How notices go now; empty: not at all.")]


class DeliveriesQuery(Model):
    """GET /api/notices. `before` is the `next_before` of the page before."""

    state: Annotated[State | None, Field(description="Only those in this state; all without.")] = None
    before: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=DELIVERIES_MAX)] = 30


class DeliveryView(Model):
    """One notice to one person by one channel. Neither its address nor its text is kept."""

    id: UUID
    kind: Notice
    channel: NoticeChannel
    state: DeliveryState
    tries: int
    reason: Annotated[str | None, Field(description="A stable word, or the provider's own code.")]
    provider_id: str | None
    due_at: datetime
    created_at: datetime
    moved_at: datetime
    appointment_id: UUID
    starts_at: datetime
    patient_id: UUID
    patient_name: str


class DeliveriesView(Model):
    """GET /api/notices?state=&before=&limit=: newest first."""

    notices: list[DeliveryView]
    next_before: UUID | None


class DeliveryCount(Model):
    """How many notices of one channel are in one state.

    `unsent` are dropped ones that somebody would have needed: no server, no address, or too late.
    """

    channel: NoticeChannel
    state: DeliveryState
    unsent: bool
    count: int


class DeliveryFiguresView(Model):
    """GET /api/notice-figures: the notices made in the last days. What is not listed is none."""

    days: int
    counts: list[DeliveryCount]
