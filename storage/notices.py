"""Rows of notices, of calendar numbers and of how people want to be told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.appointment import AppointmentState
from domain.consultation import ConsultationState
from domain.ids import AccountId, AppointmentId, PatientId
from domain.notices import (
    REMINDERS,
    UNSENT,
    DeliveryState,
    Notice,
    NoticeChannel,
    Preferences,
    Reason,
    Way,
)
from storage.pool import Row, Tx

_OTHER_WAY = Reason.OTHER_WAY.value


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told of an appointment, and what telling needs of it."""

    account_id: AccountId
    disabled: bool
    starts_at: datetime
    sequence: int
    has_email: bool
    has_phone: bool
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to keep. `facts` hold texts and whole numbers."""

    id: UUID
    kind: Notice
    appointment_id: AppointmentId
    occasion: str
    account_id: AccountId
    channel: NoticeChannel
    sequence: int
    facts: Mapping[str, Any]
    state: DeliveryState
    due_at: datetime
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice with everything that sending it needs, as it is true now; locked until the end.

    What is only held has no consultation.
    """

    id: UUID
    kind: Notice
    appointment_id: AppointmentId
    account_id: AccountId
    channel: NoticeChannel
    sequence: int
    facts: Mapping[str, Any]
    state: DeliveryState
    due_at: datetime
    useful_until: datetime
    tries: int
    appointment_state: AppointmentState
    consultation_state: ConsultationState | None
    starts_at: datetime
    ends_at: datetime
    patient_id: PatientId
    patient_name: str
    practitioner_name: str
    disabled: bool
    locale: str
    time_zone: str | None
    reminders: bool
    address: str | None
    calendar_sequence: int
    calendar_changed_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a notice goes, for the administration. `reason` is a stable word or a provider's code."""

    id: UUID
    kind: Notice
    channel: NoticeChannel
    state: DeliveryState
    tries: int
    reason: str | None
    provider_id: str | None
    due_at: datetime
    created_at: datetime
    moved_at: datetime
    appointment_id: AppointmentId
    starts_at: datetime
    patient_id: PatientId
    patient_name: str


@dataclass(frozen=True, slots=True)
class NoticeInHand:
    """A notice that was written, while its outcome is kept."""

    id: UUID
    kind: Notice
    channel: NoticeChannel
    state: DeliveryState
    patient_id: PatientId


@dataclass(frozen=True, slots=True)
class Reach:
    """By which addresses somebody can be told, and how she wants to be."""

    email: str | None
    phone: str | None
    account_locale: str
    preferences: Preferences


async def recipient(tx: Tx, appointment_id: UUID) -> Recipient | None:
    """Return who is told of an appointment, or None when there is none."""
    row = await tx.one("notice_recipient", {"appointment_id": appointment_id})
    if row is None:
        return None
    return Recipient(
        row["account_id"],
        row["disabled_at"] is not None,
        row["starts_at"],
        row["sequence"],
        row["has_email"],
        row["has_phone"],
        _preferences(row),
    )


async def begin_calendar(tx: Tx, appointment_id: UUID, at: datetime) -> None:
    """Give the appointment its number in calendars, 0, unless it has one."""
    await tx.run("notice_calendar_begin", {"appointment_id": appointment_id, "at": at})


async def move_calendar(tx: Tx, appointment_id: UUID, at: datetime) -> int:
    """Raise the appointment's number in calendars, and return it."""
    row = await tx.one("notice_calendar_move", {"appointment_id": appointment_id, "at": at})
    if row is None:
        raise LookupError("an upsert returns its row")
    return int(row["sequence"])


async def calendar(tx: Tx, appointment_id: UUID) -> tuple[int, datetime] | None:
    """Return the appointment's number in calendars and since when; None when it never had one."""
    row = await tx.one("notice_calendar", {"appointment_id": appointment_id})
    return None if row is None else (row["sequence"], row["changed_at"])


async def insert(tx: Tx, new: NewNotice, at: datetime) -> UUID | None:
    """Keep a notice; return its id, or None when it was there. One that a wish dropped waits again."""
    row = await tx.one(
        "notice_insert",
        {
            "id": new.id,
            "kind": new.kind.value,
            "appointment_id": new.appointment_id,
            "occasion": new.occasion,
            "account_id": new.account_id,
            "channel": new.channel.value,
            "sequence": new.sequence,
            "facts": json.dumps(dict(new.facts)),
            "state": new.state.value,
            "due_at": new.due_at,
            "useful_until": new.useful_until,
            "wish": _OTHER_WAY,
            "at": at,
        },
    )
    return None if row is None else row["id"]


async def drop_superseded(
    tx: Tx, appointment_id: UUID, kinds: Sequence[Notice], sequence: int, at: datetime
) -> int:
    """Drop what waits and was made before this number of the calendar; return how many."""
    return await tx.run(
        "notice_drop_superseded",
        {
            "appointment_id": appointment_id,
            "kinds": [kind.value for kind in kinds],
            "sequence": sequence,
            "at": at,
        },
    )


async def in_hand(tx: Tx, notice_id: UUID) -> NoticeInHand | None:
    """Lock and return what keeping a notice's outcome needs, or None when there is none."""
    row = await tx.one("notice_in_hand", {"id": notice_id})
    if row is None:
        return None
    return NoticeInHand(
        row["id"],
        Notice(row["kind"]),
        NoticeChannel(row["channel"]),
        DeliveryState(row["state"]),
        row["patient_id"],
    )


async def to_send(tx: Tx, notice_id: UUID) -> KeptNotice | None:
    """Lock and return a notice, or None when there is none."""
    row = await tx.one("notice_to_send", {"id": notice_id})
    if row is None:
        return None
    channel = NoticeChannel(row["channel"])
    return KeptNotice(
        row["id"],
        Notice(row["kind"]),
        row["appointment_id"],
        row["account_id"],
        channel,
        row["sequence"],
        row["facts"],
        DeliveryState(row["state"]),
        row["due_at"],
        row["useful_until"],
        row["tries"],
        AppointmentState(row["appointment_state"]),
        None if row["consultation_state"] is None else ConsultationState(row["consultation_state"]),
        row["starts_at"],
        row["ends_at"],
        row["patient_id"],
        row["patient_name"],
        row["practitioner_name"],
        row["disabled_at"] is not None,
        row["locale"],
        row["time_zone"],
        row["reminders"],
        row["email"] if channel is NoticeChannel.EMAIL else row["phone"],
        row["calendar_sequence"],
        row["calendar_changed_at"],
    )


async def move(
    tx: Tx,
    notice_id: UUID,
    old: DeliveryState,
    new: DeliveryState,
    at: datetime,
    *,
    reason: str | None = None,
    provider_id: str | None = None,
    tries: int = 0,
    due_at: datetime | None = None,
    useful_until: datetime | None = None,
) -> bool:
    """Move a delivery from `old` to `new`, with `tries` more of them; say whether it was in `old`."""
    params = {
        "id": notice_id,
        "old": old.value,
        "new": new.value,
        "reason": reason,
        "provider_id": provider_id,
        "tries": tries,
        "due_at": due_at,
        "useful_until": useful_until,
        "at": at,
    }
    return await tx.run("notice_move", params) == 1


async def take_due(tx: Tx, at: datetime, limit: int) -> list[UUID]:
    """Move up to `limit` notices whose time has come from waiting to queued; return which."""
    return [row["id"] for row in await tx.all("notice_take_due", {"at": at, "limit": limit})]


async def waiting_reminders(tx: Tx, account_id: AccountId) -> list[NewNotice]:
    """Lock and return the reminders that wait for their time."""
    rows = await tx.all("notice_waiting_of_account", {"account_id": account_id})
    return [found for row in rows if (found := _new(row, account_id)).kind in REMINDERS]


async def dropped_reminders(tx: Tx, account_id: AccountId, at: datetime) -> list[NewNotice]:
    """Return the reminders that a wish dropped and whose time is to come, one for each."""
    params = {"account_id": account_id, "wish": _OTHER_WAY, "at": at}
    return [_new(row, account_id) for row in await tx.all("notice_dropped_reminders", params)]


async def reach(tx: Tx, account_id: AccountId) -> Reach | None:
    """Return how somebody can be reached, or None when there is no such account."""
    row = await tx.one("notice_preferences", {"account_id": account_id})
    if row is None:
        return None
    email = row["email_contact"] or row["email"]
    return Reach(email, row["phone"], row["account_locale"], _preferences(row))


async def put_preferences(tx: Tx, account_id: AccountId, wanted: Preferences, at: datetime) -> None:
    """Keep how somebody wants to be told."""
    await tx.run(
        "notice_preference_put",
        {
            "account_id": account_id,
            "way": None if wanted.way is None else wanted.way.value,
            "locale": wanted.locale,
            "time_zone": wanted.time_zone,
            "reminders": wanted.reminders,
            "at": at,
        },
    )


async def deliveries(
    tx: Tx, states: Sequence[DeliveryState], before_id: UUID | None, limit: int
) -> list[Delivery]:
    """Return up to `limit` deliveries in these states, the newest first, from `before_id` back."""
    params = {"states": [state.value for state in states], "before_id": before_id, "limit": limit}
    return [
        Delivery(
            **{
                **row,
                "kind": Notice(row["kind"]),
                "channel": NoticeChannel(row["channel"]),
                "state": DeliveryState(row["state"]),
            }
        )
        for row in await tx.all("notice_list", params)
    ]


async def figures(tx: Tx, since: datetime) -> dict[tuple[NoticeChannel, DeliveryState, bool], int]:
    """Return how many notices made since then are in which state, by channel; what is not there is 0.

    Those dropped for one of the reasons UNSENT are counted apart, under True.
    """
    rows = await tx.all("notice_figures", {"since": since, "unsent": [one.value for one in UNSENT]})
    return {
        (NoticeChannel(row["channel"]), DeliveryState(row["state"]), bool(row["unsent"])): row["count"]
        for row in rows
    }


def _preferences(row: Row) -> Preferences:
    way = None if row["way"] is None else Way(row["way"])
    return Preferences(way, row["locale"], row["time_zone"], row["reminders"])


def _new(row: Row, account_id: AccountId) -> NewNotice:
    return NewNotice(
        row["id"],
        Notice(row["kind"]),
        row["appointment_id"],
        row["occasion"],
        account_id,
        NoticeChannel(row["channel"]),
        row["sequence"],
        row["facts"],
        DeliveryState.WAITING,
        row["due_at"],
        row["useful_until"],
    )
