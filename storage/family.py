"""Rows of family members: patients without an account, who acts for them, and what guardians agreed to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.family import ConsentStep, FamilyMember, FamilyState, Gender, Proposal, Relationship
from domain.ids import AccountId, AppointmentId, PatientId
from storage.pool import Row, Tx

PROPOSED_LISTED_MAX = 100


@dataclass(frozen=True, slots=True)
class OfAge:
    """One who came of age at `ends_at`, in the order in which they are looked at."""

    ends_at: datetime
    patient_id: PatientId


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How many members an account has, how many were added since a moment, and when the first of those."""

    members: int
    recent: int
    first_at: datetime | None


async def lock_account(tx: Tx, account_id: AccountId) -> bool:
    """Have others who add members to this account wait until the end; False when it is disabled."""
    return await tx.one("family_lock_account", {"account_id": account_id}) is not None


async def counts(tx: Tx, account_id: AccountId, since: datetime) -> MemberCounts:
    """Return how many members the account has, and added since a moment."""
    row = await tx.one("family_counts", {"account_id": account_id, "since": since})
    if row is None:
        raise LookupError("an aggregate returns one row")
    return MemberCounts(row["members"], row["recent"], row["first_at"])


async def insert(tx: Tx, member: FamilyMember, declaration: str) -> None:
    """Insert a patient without an account, and who acts for it."""
    params = {
        "patient_id": member.patient_id,
        "account_id": member.account_id,
        "name": member.name,
        "birth_date": member.birth_date,
        "gender": member.gender.value,
        "relationship": member.relationship.value,
        "state": member.state.value,
        "declaration": declaration,
        "ends_at": member.ends_at,
        "at": member.added_at,
    }
    await tx.run("family_patient_insert", params)
    await tx.run("family_insert", params)


async def of_account(tx: Tx, account_id: AccountId, now: datetime) -> list[FamilyMember]:
    """Return the account's members, those first added first; none whose right is over."""
    rows = await tx.all("family_of_account", {"account_id": account_id, "now": now})
    return [_member(row) for row in rows]


async def member(tx: Tx, patient_id: UUID) -> FamilyMember | None:
    """Return the member who is this patient in whatever state, or None."""
    row = await tx.one("family_member", {"patient_id": patient_id})
    return None if row is None else _member(row)


async def proposed(tx: Tx) -> list[Proposal]:
    """Return the members who wait for the staff, longest first, at most PROPOSED_LISTED_MAX."""
    rows = await tx.all("family_proposed", {"limit": PROPOSED_LISTED_MAX})
    return [Proposal(_member(row), row["holder_name"]) for row in rows]


async def decide(
    tx: Tx, before: FamilyMember, state: FamilyState, by: AccountId, reason: str, at: datetime
) -> bool:
    """Move a proposal; say whether it was in the state of `before`."""
    params = {
        "patient_id": before.patient_id,
        "old": before.state.value,
        "new": state.value,
        "by": by,
        "reason": reason,
        "at": at,
    }
    return await tx.run("family_decide", params) == 1


async def end(tx: Tx, before: FamilyMember, at: datetime) -> bool:
    """End a right; say whether it was in the state of `before`."""
    params = {"patient_id": before.patient_id, "old": before.state.value, "at": at}
    return await tx.run("family_end", params) == 1


async def due_of_age(tx: Tx, now: datetime, limit: int, after: OfAge | None = None) -> list[OfAge]:
    """Return up to `limit` of those who came of age while somebody still acts for them, after `after`."""
    rows = await tx.all(
        "family_due_of_age",
        {
            "now": now,
            "limit": limit,
            "after": None if after is None else after.ends_at,
            "after_id": None if after is None else after.patient_id,
        },
    )
    return [OfAge(row["ends_at"], row["patient_id"]) for row in rows]


async def end_of_age(tx: Tx, patient_id: PatientId, now: datetime) -> AccountId | None:
    """End the right to act for one who came of age; return who acted, None when it is over already."""
    row = await tx.one("family_end_of_age", {"patient_id": patient_id, "now": now})
    return None if row is None else row["account_id"]


async def has_visits(tx: Tx, patient_id: PatientId, now: datetime) -> bool:
    """Say whether the patient has a visit that is held, being paid, or booked and not over."""
    return await tx.one("family_has_visits", {"patient_id": patient_id, "now": now}) is not None


async def consent(
    tx: Tx,
    appointment_id: AppointmentId,
    step: ConsentStep,
    account_id: AccountId,
    relationship: Relationship,
    age_years: int,
    at: datetime,
) -> bool:
    """Keep a guardian's consent to a visit; say False, having done nothing, when it was given before."""
    params = {
        "appointment_id": appointment_id,
        "step": step.value,
        "account_id": account_id,
        "relationship": relationship.value,
        "age_years": age_years,
        "at": at,
    }
    return await tx.run("family_consent_insert", params) == 1


async def consented_at(tx: Tx, appointment_id: AppointmentId, step: ConsentStep) -> datetime | None:
    """Return when a guardian agreed to a visit at this step, or None."""
    row = await tx.one("family_consent", {"appointment_id": appointment_id, "step": step.value})
    return None if row is None else row["given_at"]


def _member(row: Row) -> FamilyMember:
    return FamilyMember(
        row["patient_id"],
        row["account_id"],
        row["name"],
        row["birth_date"],
        Gender(row["gender"]),
        Relationship(row["relationship"]),
        FamilyState(row["state"]),
        row["ends_at"],
        row["added_at"],
        row["reason"],
    )
