"""What outlived its use is removed: jobs that succeeded, sessions and keys that are over, what jobs did.

The record and the audit trail are never touched here.
"""

from datetime import datetime, timedelta
from typing import Final

from domain.keyword import SEARCHES_KEPT
from domain.registration import CODES_KEPT
from storage.idempotency import KEYS_KEPT
from storage.pool import Database

JOBS_KEPT: Final = timedelta(days=7)
SESSIONS_KEPT: Final = timedelta(days=30)
CHALLENGES_KEPT: Final = timedelta(days=1)
EFFECTS_KEPT: Final = timedelta(days=90)
"""Longer than any job waits or is tried again."""
_ROWS_AT_ONCE = 1_000

_KEPT = {
    # Jobs first: an effect is known for as long as its job is there.
    "housekeeping_jobs": JOBS_KEPT,
    "housekeeping_sessions": SESSIONS_KEPT,
    "housekeeping_effects": EFFECTS_KEPT,
    "housekeeping_codes": CODES_KEPT,
    "housekeeping_challenges": CHALLENGES_KEPT,
    "housekeeping_sign_ons": CHALLENGES_KEPT,
    "housekeeping_idempotency_keys": KEYS_KEPT,
    # Their words and what they found: that they took place stays.
    "housekeeping_searches": SEARCHES_KEPT,
}


async def tick(database: Database, now: datetime) -> int:
    """Remove what is older than it is kept, in small transactions; return how many rows there were.

    Raise PartnerDown when the database does not answer: what is left is removed the next time.
    """
    removed = 0
    for name, kept in _KEPT.items():
        params = {"before": now - kept, "limit": _ROWS_AT_ONCE}
        count = _ROWS_AT_ONCE
        while count == _ROWS_AT_ONCE:
            async with database.transaction() as tx:
                count = await tx.run(name, params)
            removed += count
    return removed
