"""Whether this server can serve."""

import asyncio

from booking_api.edge import Call
from booking_api.models import Health
from domain.accounts import SYSTEM
from domain.errors import PartnerDown

TIMEOUT_S = 3
"""A probe must not wait as long as a person would."""


async def health(call: Call) -> Health:
    """GET /healthz: 200 when a transaction can be opened and closed, 503 when not; and how sealing goes."""
    try:
        async with asyncio.timeout(TIMEOUT_S), call.edge.work.begin(SYSTEM, call.request_id):
            pass
    except TimeoutError:
        raise PartnerDown("database", "The database does not answer.") from None
    sealing = call.edge.sealing
    # A log that is not sealed on is no reason to send patients away: it is said here, and answered with 200.
    return Health(status="ok", version=call.edge.version, sealing=sealing.state, sealing_why=sealing.why)
