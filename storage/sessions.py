"""Rows of sessions. A session's token is known here only as its SHA-256."""

from dataclasses import dataclass
from datetime import datetime

from domain.accounts import Account, OpenSession, SessionState
from domain.ids import AccountId, SessionId
from storage.accounts import account_of
from storage.pool import Tx


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When a session was seen last, and when it ends: unused, and at the latest."""

    last_seen_at: datetime
    idle_expires_at: datetime
    absolute_expires_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that has not ended, and its account."""

    id: SessionId
    account: Account
    deadlines: Deadlines
    state: SessionState


async def insert(
    tx: Tx,
    session_id: SessionId,
    account_id: AccountId,
    token_hash: bytes,
    user_agent: str,
    deadlines: Deadlines,
    state: SessionState,
    proved_at: datetime | None = None,
) -> bool:
    """Insert a session seen first and last at the same moment.

    `proved_at` is when its owner gave all that the staff signs in with; None when that did not happen.

    Say False, having done nothing, when the account was disabled meanwhile.
    """
    touched = await tx.run(
        "session_insert",
        {
            "id": session_id,
            "account_id": account_id,
            "token_hash": token_hash,
            "user_agent": user_agent,
            "state": state.value,
            "proved_at": proved_at,
            "at": deadlines.last_seen_at,
            "idle_expires_at": deadlines.idle_expires_at,
            "absolute_expires_at": deadlines.absolute_expires_at,
        },
    )
    return touched == 1


async def by_token_hash(tx: Tx, token_hash: bytes, at: datetime) -> Kept | None:
    """Return the session that has not ended at `at`, or None: revoked, expired, disabled or never there."""
    row = await tx.one("session_resume", {"token_hash": token_hash, "at": at})
    if row is None:
        return None
    deadlines = Deadlines(row["last_seen_at"], row["idle_expires_at"], row["absolute_expires_at"])
    return Kept(row["session_id"], account_of(row), deadlines, SessionState(row["state"]))


async def complete(
    tx: Tx, account_id: AccountId, session_id: SessionId, token_hash: bytes, deadlines: Deadlines
) -> bool:
    """Open a session whose second factor was pending, under another token; its owner has proved who it is.

    Say False when it is open already, has ended by then, or the account was disabled meanwhile.
    """
    touched = await tx.run(
        "session_complete",
        {
            "id": session_id,
            "account_id": account_id,
            "token_hash": token_hash,
            "at": deadlines.last_seen_at,
            "idle_expires_at": deadlines.idle_expires_at,
            "absolute_expires_at": deadlines.absolute_expires_at,
        },
    )
    return touched == 1


async def proved_at(tx: Tx, account_id: AccountId, session_id: SessionId, at: datetime) -> datetime | None:
    """Return when the owner of an open session last proved who it is; None when never, or it has ended."""
    params = {"id": session_id, "account_id": account_id, "at": at}
    row = await tx.one("session_proved_at", params)
    found: datetime | None = None if row is None else row["proved_at"]
    return found


async def prove(tx: Tx, account_id: AccountId, session_id: SessionId, at: datetime) -> bool:
    """Keep that its owner has proved again who it is; False when the session has ended meanwhile."""
    return await tx.run("session_prove", {"id": session_id, "account_id": account_id, "at": at}) == 1


async def touch(
    tx: Tx, session_id: SessionId, seen: datetime, at: datetime, idle_expires_at: datetime
) -> None:
    """Move the idle deadline, unless another request did so since `seen` or the session was revoked."""
    await tx.run(
        "session_touch", {"id": session_id, "seen": seen, "at": at, "idle_expires_at": idle_expires_at}
    )


async def open_sessions(
    tx: Tx, account_id: AccountId, current: SessionId | None, at: datetime
) -> list[OpenSession]:
    """Return the account's sessions that have not ended at `at`, newest first."""
    rows = await tx.all("session_open", {"account_id": account_id, "at": at})
    return [
        OpenSession(
            row["id"],
            row["id"] == current,
            row["user_agent"],
            row["created_at"],
            row["last_seen_at"],
            row["idle_expires_at"],
        )
        for row in rows
    ]


async def revoke(tx: Tx, account_id: AccountId, session_id: SessionId, at: datetime) -> bool:
    """Revoke one session of the account; say whether there was one to revoke."""
    return await tx.run("session_revoke", {"id": session_id, "account_id": account_id, "at": at}) == 1


async def revoke_all(tx: Tx, account_id: AccountId, at: datetime) -> int:
    """Revoke all sessions of the account; return how many there were."""
    return await tx.run("session_revoke_all", {"account_id": account_id, "at": at})
