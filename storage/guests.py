"""Rows of invitations of guests. Tokens are known here only as their SHA-256."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.guests import GuestConsent, GuestState, Invitation
from domain.ids import GuestId
from storage.pool import Tx


class Found(NamedTuple):
    """An invitation as it is now; its name is empty once it is over, `consent` is None before it was used."""

    invitation: Invitation
    consent: GuestConsent | None


async def insert(tx: Tx, invitation: Invitation, invited_by: UUID, token_hash: bytes) -> None:
    """Insert an open invitation. Conflict (guest.invited) when the visit has one that is not over."""
    await tx.run(
        "guest_insert",
        {
            "id": invitation.id,
            "consultation_id": invitation.consultation_id,
            "invited_by": invited_by,
            "guest_name": invitation.guest_name,
            "token_hash": token_hash,
            "at": invitation.made_at,
            "expires_at": invitation.expires_at,
        },
    )


async def count(tx: Tx, consultation_id: UUID) -> int:
    """Return how many invitations the visit has had."""
    row = await tx.one("guest_count", {"consultation_id": consultation_id})
    return 0 if row is None else int(row["made"])


async def live(tx: Tx, consultation_id: UUID) -> Invitation | None:
    """Return the visit's invitation that is not over."""
    row = await tx.one("guest_live", {"consultation_id": consultation_id})
    return None if row is None else _invitation(row)


async def by_token(tx: Tx, token_hash: bytes) -> Found | None:
    """Return the invitation of this link, whatever became of it."""
    return _found(await tx.one("guest_by_token", {"hash": token_hash}))


async def by_session(tx: Tx, session_hash: bytes) -> Found | None:
    """Return the invitation by which this guest came, whatever became of it."""
    return _found(await tx.one("guest_by_session", {"hash": session_hash}))


async def use(
    tx: Tx,
    guest_id: GuestId,
    session_hash: bytes,
    consent: GuestConsent,
    at: datetime,
    expires_at: datetime,
) -> bool:
    """Have an open invitation used; say whether it was open. Of two at once one is told True."""
    touched = await tx.run(
        "guest_use",
        {
            "id": guest_id,
            "at": at,
            "expires_at": expires_at,
            "session_hash": session_hash,
            "consent_version": consent.version,
            "consent_digest": consent.digest,
        },
    )
    return touched == 1


async def end(tx: Tx, guest_id: GuestId, old: GuestState, new: GuestState, at: datetime) -> bool:
    """Move an invitation from `old` to `new`, which is an end: its name goes. Say whether it was in `old`."""
    params = {"id": guest_id, "old": old.value, "new": new.value, "at": at}
    return await tx.run("guest_end", params) == 1


async def end_of_visit(tx: Tx, consultation_id: UUID, at: datetime) -> None:
    """End what is not over of a visit that is."""
    await tx.run("guest_end_of_visit", {"consultation_id": consultation_id, "at": at})


def _found(row: Mapping[str, Any] | None) -> Found | None:
    if row is None:
        return None
    version, digest = row["consent_version"], row["consent_digest"]
    consent = None if version is None else GuestConsent(version, bytes(digest))
    return Found(_invitation(row), consent)


def _invitation(row: Mapping[str, Any]) -> Invitation:
    return Invitation(
        row["id"],
        row["consultation_id"],
        row["guest_name"] or "",
        GuestState(row["state"]),
        row["made_at"],
        row["expires_at"],
        row["used_at"],
    )
