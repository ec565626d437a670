"""Rows of links from our patients to the patient index of the hospital's own system (HIS)."""

from datetime import datetime
from uuid import UUID

from domain.ids import AccountId, PatientId
from domain.patient_index import Candidate, LinkState, PatientLink, UnlinkedPatient
from storage.pool import Tx
from storage.violations import explained

UNLINKED_LISTED_MAX = 100


async def open_link(tx: Tx, patient_id: PatientId, check_id: UUID, at: datetime) -> bool:
    """Insert an open link; say whether there was none before."""
    return await tx.run("patient_link_open", {"patient_id": patient_id, "check_id": check_id, "at": at}) == 1


async def open_missing(tx: Tx, at: datetime, limit: int) -> list[PatientId]:
    """Insert open links for up to `limit` verified patients who have none; return for whom."""
    rows = await tx.all("patient_link_open_missing", {"at": at, "limit": limit})
    return [row["patient_id"] for row in rows]


async def locked(tx: Tx, patient_id: PatientId) -> tuple[PatientLink, UUID] | None:
    """Return the locked link of a patient and the check it goes by; None when there is none."""
    row = await tx.one("patient_link_by_patient", {"patient_id": patient_id})
    if row is None:
        return None
    link = PatientLink(
        row["patient_id"],
        LinkState(row["state"]),
        row["source"],
        row["number"],
        row["version"],
        row["linked_at"],
    )
    return link, row["identity_check_id"]


async def move(
    tx: Tx, before: PatientLink, state: LinkState, to: Candidate | None, by: AccountId | None, at: datetime
) -> bool:
    """Move a link; say whether it was as it was. Raise Conflict when another patient is linked to it."""
    params = {
        "patient_id": before.patient_id,
        "old": before.state.value,
        "new": state.value,
        "source": None if to is None else to.source,
        "number": None if to is None else to.number,
        "version": None if to is None else to.version,
        "linked_at": None if to is None else at,
        "linked_by": None if to is None else by,
    }
    with explained():
        return await tx.run("patient_link_move", params) == 1


async def unlinked(tx: Tx) -> list[UnlinkedPatient]:
    """Return who is not linked, those to decide first and then longest first, at most UNLINKED_LISTED_MAX."""
    return [
        UnlinkedPatient(
            row["patient_id"],
            row["identity_check_id"],
            LinkState(row["state"]),
            row["patient_name"],
            row["birth_date"],
            row["verified_at"],
        )
        for row in await tx.all("patient_link_unlinked", {"limit": UNLINKED_LISTED_MAX})
    ]


async def ask_again(tx: Tx, now: datetime, asked_before: datetime, limit: int) -> list[tuple[PatientId, int]]:
    """Mark open links that nobody has answered as asked at `now`; return them with how often they were."""
    params = {"now": now, "asked_before": asked_before, "limit": limit}
    rows = await tx.all("patient_link_ask_again", params)
    return [(row["patient_id"], row["asked_times"]) for row in rows]
