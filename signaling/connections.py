"""Who is connected to this process: one Connection for each page, and the table of them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from actions.guests import ActiveGuest
from domain.accounts import Account, Actor, Role
from rooms.participants import Asker
from rooms.room import Room
from signaling.limits import Allowance


@dataclass(slots=True)
class Connection:
    """One page's connection. `token` is the session's, kept to see whether it still holds; never logged.

    A guest's has what is known of the guest; `account` is then only a way to call somebody without one.
    """

    sid: str
    account: Account
    actor: Actor
    token: str = field(repr=False)
    allowance: Allowance
    rooms: dict[UUID, Room] = field(default_factory=dict)
    """Rooms that it asked to join."""
    used: bool = False
    """Whether its person did anything since its session was last looked at."""
    closed: bool = False
    guest: ActiveGuest | None = None
    ended: bool = False
    """Whether its session is known to be over: nothing is done for it any more."""

    @property
    def in_visit(self) -> bool:
        """Whether it is in the room of a visit that is not over."""
        return any(room.in_visit(self.sid) for room in self.rooms.values())

    def asker(self) -> Asker:
        """Return who asks, in a new request."""
        return Asker(self.actor, self.sid, f"live-{secrets.token_hex(8)}")


def account_of_guest(guest: ActiveGuest) -> Account:
    """Return what stands for a guest's account: an id of its own and a name, and nothing to sign in with."""
    who, name = guest.actor.account_id, guest.invitation.guest_name
    assert who is not None, "a guest acts by the invitation's id"  # noqa: S101
    return Account(who, "", Role.GUEST, name, "", None, demo=False, disabled_at=None)


class Connections:
    """All connections of this process, by their id, and how many each account and each doctor has."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}
        self._by_account: dict[UUID, set[str]] = {}
        self._by_practitioner: dict[UUID, set[str]] = {}

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._by_sid.values()))

    def get(self, sid: str) -> Connection | None:
        """Return the connection, or None when it is gone."""
        return self._by_sid.get(sid)

    def of_account(self, account_id: UUID) -> int:
        """Return how many connections the account has."""
        return len(self._by_account.get(account_id, ()))

    def practitioner_present(self, practitioner_id: UUID) -> bool:
        """Say whether the doctor has a page open."""
        return practitioner_id in self._by_practitioner

    def add(self, connection: Connection) -> None:
        """Take a connection in."""
        self._by_sid[connection.sid] = connection
        for index, key in self._keys(connection):
            index.setdefault(key, set()).add(connection.sid)

    def remove(self, sid: str) -> Connection | None:
        """Take a connection out and return it, or None when it is gone already."""
        connection = self._by_sid.pop(sid, None)
        if connection is None:
            return None
        connection.closed = True
        for index, key in self._keys(connection):
            index[key].discard(sid)
            if not index[key]:
                del index[key]
        return connection

    def _keys(self, connection: Connection) -> list[tuple[dict[UUID, set[str]], UUID]]:
        keys: list[tuple[dict[UUID, set[str]], UUID]] = [(self._by_account, connection.account.id)]
        if connection.actor.practitioner_id is not None:
            keys.append((self._by_practitioner, connection.actor.practitioner_id))
        return keys
