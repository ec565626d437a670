"""Who has read my record and why: the audit trail as the patient it is about may read it."""

from dataclasses import dataclass
from typing import Final

from actions.context import Context, permit, record_patients
from domain.errors import OwnFault
from domain.permissions import Action
from domain.readers import Access, fold
from storage import readers

ACCESSES_MAX: Final = 100
"""Accesses on one page at most."""
_LINES_AT_ONCE: Final = 500
_LINES_MAX: Final = 5_000
"""Lines that one page looks through: a doctor's console reads its queue again many times a day."""
_ID_MAX: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Accesses, newest first. `next_before` names the next page; None when there is none."""

    accesses: list[Access]
    next_before: int | None


async def read_accesses(
    ctx: Context, before_id: int | None, limit: int, *, people: bool | None = None
) -> AccessPage:
    """Return who used the data of the actor's patients, from the line `before_id` back; not the actor.

    `limit` is 1 to ACCESSES_MAX; what was done again within an hour counts as one. With `people` only what
    people did is returned, or only what the hospital's computer did by itself. This reading leaves audit
    lines of its own, which nobody but auditors is shown.
    """
    permit(ctx, Action.READERS_READ)
    account_id = ctx.actor.account_id
    if account_id is None:
        raise OwnFault("the hospital itself is no patient")
    patients = await readers.patients_of(ctx.tx, account_id, ctx.now)
    await record_patients(ctx, Action.READERS_READ, patients)
    before = _ID_MAX if before_id is None else before_id
    found: list[Access] = []
    lines = 0
    more = True
    # One more than asked for: only the next one tells that the last one is whole.
    while more and len(found) <= limit and lines < _LINES_MAX:
        page = await readers.accesses(ctx.tx, account_id, patients, before, _LINES_AT_ONCE, people=people)
        found = fold([*found, *page])
        lines += len(page)
        more = len(page) == _LINES_AT_ONCE
        before = page[-1].id if page else before
    rest = len(found) > limit
    shown = found[:limit]
    return AccessPage(shown, shown[-1].id if shown and (rest or more) else None)
