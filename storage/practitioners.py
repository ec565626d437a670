"""Rows of doctors' profiles, for the administration, for themselves, and as the public sees them."""

from dataclasses import dataclass
from uuid import UUID

from domain.ids import PractitionerId
from domain.practitioner import Profile, ProfileFields, ProfileState, Specialty
from domain.schedule import PlaceDay
from storage.pool import Row, Tx
from storage.schedules import weekdays_near
from storage.violations import explained


@dataclass(frozen=True, slots=True)
class PublicDoctor:
    """What anyone may know of an approved doctor."""

    id: PractitionerId
    name: str
    title: str
    specialty: Specialty
    fee_minor: int
    currency: str
    languages: tuple[str, ...]
    practising_since: int
    biography_zh: str | None
    biography_en: str | None


async def insert(tx: Tx, practitioner_id: PractitionerId, specialty: Specialty | None, currency: str) -> None:
    """Insert a profile in draft that says the specialty at most."""
    await tx.run(
        "profile_insert",
        {
            "practitioner_id": practitioner_id,
            "state": ProfileState.DRAFT.value,
            "specialty_code": None if specialty is None else specialty.value,
            "currency": currency,
            "languages": [],
        },
    )


async def by_id(tx: Tx, practitioner_id: PractitionerId, *, lock: bool = False) -> Profile | None:
    """Return the profile, or None when no doctor has this id; `lock` keeps others from changing it."""
    if lock:
        await tx.one("profile_lock", {"id": practitioner_id})
    row = await tx.one("profile_by_id", {"id": practitioner_id})
    return None if row is None else _profile(row)


@dataclass(frozen=True, slots=True)
class ProfilePlace:
    """Where a page of profiles ends: whether the last one waits for no decision, its name and its id."""

    settled: bool
    name: str
    id: UUID


async def page_of_profiles(tx: Tx, after: ProfilePlace | None, limit: int) -> list[Profile]:
    """Return up to `limit` profiles after a place: those that wait for a decision first, then by name."""
    params = {
        "after_settled": None if after is None else after.settled,
        "after_name": None if after is None else after.name,
        "after_id": None if after is None else after.id,
        "limit": limit,
    }
    return [_profile(row) for row in await tx.all("profile_list", params)]


async def write(tx: Tx, profile: Profile, specialty_words: str | None) -> None:
    """Write the profile's fields; `specialty_words` is what appointments call the specialty.

    Raise Conflict when another doctor has the licence number.
    """
    fields = profile.fields
    with explained():
        await tx.run(
            "profile_write",
            {
                "id": profile.practitioner_id,
                "specialty_code": None if fields.specialty is None else fields.specialty.value,
                "licence_number": fields.licence_number,
                "fee_minor": fields.fee_minor,
                "currency": profile.currency,
                "languages": list(fields.languages),
                "practising_since": fields.practising_since,
                "biography_zh": fields.biography_zh,
                "biography_en": fields.biography_en,
                "consent_on_file": profile.consent_on_file,
            },
        )
    await tx.run(
        "profile_write_practitioner",
        {"id": profile.practitioner_id, "title": fields.title, "specialty": specialty_words},
    )


async def move(tx: Tx, before: Profile, after: Profile) -> bool:
    """Move the profile to the state of `after` with its reason and times; say whether it was as before."""
    return (
        await tx.run(
            "profile_move",
            {
                "id": before.practitioner_id,
                "old": before.state.value,
                "new": after.state.value,
                "reason": after.reason,
                "submitted_at": after.submitted_at,
                "decided_at": after.decided_at,
            },
        )
        == 1
    )


async def public_doctors(
    tx: Tx,
    *,
    specialty: str | None,
    language: str | None,
    name: str | None,
    day: PlaceDay | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[PublicDoctor]:
    """Return approved doctors by (name, id) after that pair; `name` is a part of the name.

    With `day` only those whose hours or extra hours can touch that day.
    """
    rows = await tx.all(
        "directory_page",
        {
            "specialty": specialty,
            "language": language,
            "part": name,
            "day": None if day is None else day.day,
            **weekdays_near(day),
            "after_name": None if after is None else after[0],
            "after_id": None if after is None else after[1],
            "limit": limit,
        },
    )
    return [_public(row) for row in rows]


async def public_doctor(tx: Tx, practitioner_id: PractitionerId) -> PublicDoctor | None:
    """Return one approved doctor, or None when the public has none with this id."""
    row = await tx.one("directory_doctor", {"id": practitioner_id})
    return None if row is None else _public(row)


def _profile(row: Row) -> Profile:
    return Profile(
        row["id"],
        row["name"],
        ProfileState(row["state"]),
        ProfileFields(
            row["title"],
            None if row["specialty_code"] is None else Specialty(row["specialty_code"]),
            row["licence_number"],
            row["fee_minor"],
            tuple(row["languages"]),
            row["practising_since"],
            row["biography_zh"],
            row["biography_en"],
        ),
        row["currency"],
        row["consent_on_file"],
        row["reason"],
        row["submitted_at"],
        row["decided_at"],
    )


def _public(row: Row) -> PublicDoctor:
    return PublicDoctor(
        row["id"],
        row["name"],
        row["title"],
        Specialty(row["specialty_code"]),
        row["fee_minor"],
        row["currency"],
        tuple(row["languages"]),
        row["practising_since"],
        row["biography_zh"],
        row["biography_en"],
    )
