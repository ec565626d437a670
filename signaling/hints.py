"""Hints: read again. They carry nothing, so they may cross processes; many of one kind become one."""

import asyncio
from uuid import UUID

import socketio
import structlog

from signaling.protocol import NAMESPACE

_log = structlog.get_logger("signaling")
EMIT_TIMEOUT_S = 5.0


def queue_room(practitioner_id: UUID) -> str:
    """Return the name under which pages that show a doctor's queue are hinted at."""
    return f"queue:{practitioner_id}"


def waiting_room(practitioner_id: UUID) -> str:
    """Return the name under which a doctor's waiting patients are hinted at."""
    return f"waiting:{practitioner_id}"


class Hints:
    """Collects hints and sends them one after another. What waits is bounded by the number of doctors."""

    def __init__(self, server: socketio.AsyncServer) -> None:
        self._server = server
        # A dict keeps the order in which they came.
        self._waiting: dict[tuple[str, str], None] = {}
        self._wake = asyncio.Event()

    def queue_changed(self, practitioner_id: UUID) -> None:
        """Hint at a doctor's queue."""
        self._add("queue.changed", queue_room(practitioner_id))

    def waiting_changed(self, practitioner_id: UUID) -> None:
        """Hint at the places of a doctor's waiting patients."""
        self._add("waiting.changed", waiting_room(practitioner_id))

    async def run(self) -> None:
        """Send until cancelled. A hint that cannot be sent is logged: pages read again by themselves too."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            waiting, self._waiting = self._waiting, {}
            for event, room in waiting:
                try:
                    async with asyncio.timeout(EMIT_TIMEOUT_S):
                        await self._server.emit(event, {}, room=room, namespace=NAMESPACE)
                except Exception as error:
                    _log.warning("hint not sent", event_name=event, error=type(error).__name__)

    def _add(self, event: str, room: str) -> None:
        self._waiting[event, room] = None
        self._wake.set()
