"""Who used a patient's data, as the patient reads it: audit lines, repeated ones taken together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from domain.accounts import Role
from domain.audit import Outcome

TOGETHER: Final = timedelta(hours=1)
"""The same thing done again within this time is one access: pages read themselves anew."""

_ACTOR_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class Access:
    """One access, or several of the same kind in a row: `first_at` to `last_at`, `times` of them.

    `id` is that of the oldest line. `actor_role` is None for the hospital itself, `actor_name` too.
    `visit_at` is when the visit that it was about was planned, where it was about one. `reason` is what the
    reader gave, where one is asked for.
    """

    id: int
    first_at: datetime
    last_at: datetime
    times: int
    actor_id: UUID | None
    actor_name: str | None
    actor_role: Role | None
    action: str
    outcome: Outcome
    visit_at: datetime | None
    reason: str | None

    @property
    def actor(self) -> str | None:
        """Tell apart people of one name without naming their account: the same for one account, always."""
        if self.actor_id is None:
            return None
        return sha256(b"reader:" + self.actor_id.bytes).hexdigest()[:_ACTOR_LENGTH]


def fold(lines: Iterable[Access]) -> list[Access]:
    """Take lines, newest first, together where the same was done again; keep their order."""
    found: list[Access] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and _same(last, line) and last.first_at - line.last_at <= TOGETHER:
            found[-1] = replace(last, id=line.id, first_at=line.first_at, times=last.times + line.times)
        else:
            found.append(line)
    return found


def _same(one: Access, other: Access) -> bool:
    return _what(one) == _what(other)


def _what(item: Access) -> tuple[object, ...]:
    return item.actor_id, item.actor_role, item.action, item.outcome, item.visit_at, item.reason
