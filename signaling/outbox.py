"""Frames to connections of this process, past the manager: in order, without a task, encoded once.

The one file that leans on what is inside Socket.IO and Engine.IO; `Outbox` checks it when it is made. A
client that does not read is dropped when OUTBOX_MAX frames wait for it: it comes back and reads the record
from where it was.
"""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import socketio
from engineio import packet

from signaling.packets import frame
from signaling.protocol import NAMESPACE

OUTBOX_MAX = 1_000


class Outbox:
    """Puts frames into the clients' own queues. Never waits, never raises for who is gone."""

    def __init__(self, server: socketio.AsyncServer, on_slow: Callable[[str], None]) -> None:
        self._manager: Any = server.manager
        self._engine: Any = server.eio
        self._on_slow = on_slow
        if not isinstance(self._engine.sockets, dict) or not callable(self._manager.eio_sid_from_sid):
            raise RuntimeError("this version of python-socketio keeps its clients elsewhere")

    def send(self, sids: Iterable[str], event: str, body: bytes) -> None:
        """Send an event whose body is JSON already."""
        text = frame(NAMESPACE, event, body)
        # Encoded once, as the packet keeps what it was encoded to.
        message = packet.Packet(packet.MESSAGE, text)
        for sid in sids:
            socket = self._engine.sockets.get(self._manager.eio_sid_from_sid(sid, NAMESPACE))
            if socket is None or socket.closed or socket.closing:
                continue
            if socket.queue.qsize() >= OUTBOX_MAX:
                self._on_slow(sid)
                continue
            socket.queue.put_nowait(message)

    def transport_of(self, sid: str) -> str | None:
        """Return the transport of a client, or None when it is gone."""
        eio_sid: str | None = self._manager.eio_sid_from_sid(sid, NAMESPACE)
        return eio_sid

    def reaches(self, sid: str) -> bool:
        """Say whether there is still an open transport to this client."""
        socket = self._engine.sockets.get(self.transport_of(sid))
        return socket is not None and not socket.closed

    async def drop(self, sid: str) -> None:
        """Close a client's transport: it may come back at once."""
        eio_sid = self.transport_of(sid)
        if eio_sid is not None:
            await self.drop_transport(eio_sid)

    async def drop_transport(self, eio_sid: str) -> None:
        """Close a transport, whether or not anybody signed in on it."""
        socket = self._engine.sockets.get(eio_sid)
        if socket is not None:
            # Without waiting for its queue: whoever does not read never empties it.
            await socket.close(wait=False, reason=self._engine.reason.SERVER_DISCONNECT)
            # Ends the writer once it has said all this; otherwise it keeps the WebSocket open until it has
            # had nothing to say for a whole round of pings.
            socket.queue.put_nowait(None)

    def transports(self) -> dict[str, str | None]:
        """Return all open transports, each with the client that signed in on it."""
        return {
            eio_sid: self._manager.sid_from_eio_sid(eio_sid, NAMESPACE)
            for eio_sid, socket in list(self._engine.sockets.items())
            if not socket.closed
        }


def listen(server: socketio.AsyncServer) -> None:
    """Have the manager listen to other processes from now on, not only from the first client on."""
    if not server.manager_initialized:
        server.manager_initialized = True
        server.manager.initialize()


async def shut_down(server: socketio.AsyncServer) -> None:
    """Stop what Socket.IO and Engine.IO started by themselves."""
    if server.eio.service_task_event is not None:
        await server.shutdown()
    listening = getattr(server.manager, "thread", None)
    if listening is not None:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    redis = getattr(server.manager, "redis", None)
    if redis is not None:
        await redis.aclose()
