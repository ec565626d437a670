"""Our relay with a WebSocket, in a process of its own: for the join benchmark.

In: {"do": "join", "room", "name"}, {"do": "answer", "revision", "sdp"}. Out: {"sdp", "revision", "sources"}.
Whoever closes the WebSocket has left.
"""

import asyncio
import contextlib
import json
import logging
import sys

import structlog
from aiohttp import WSMsgType, web

from domain.errors import NotFound
from media.listening import PortSettings
from media.negotiation import Offer, Publication
from media.relay import Relay, open_relay
from media.transport import EndReason

MEDIA = (Publication("audio", "microphone"), Publication("video", "camera"))


class Pages:
    """The pages that are connected, by the name under which they are in the relay."""

    def __init__(self) -> None:
        self.relay: Relay
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._sends: set[asyncio.Task[None]] = set()
        self._count = 0

    def offered(self, participant: str, offer: Offer) -> None:
        """Send an offer."""
        text = json.dumps({"sdp": offer.sdp, "revision": offer.revision, "sources": offer.sources})
        task = asyncio.get_running_loop().create_task(self._sockets[participant].send_str(text))
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)

    def connected(self, participant: str) -> None:
        """See RelayEvents."""

    def lost(self, participant: str) -> None:
        """See RelayEvents."""

    def ended(self, participant: str, reason: EndReason) -> None:
        """See RelayEvents."""

    async def page(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one page until it closes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._count += 1
        participant = f"p{self._count}"
        self._sockets[participant] = socket
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = message.json()
            if said["do"] == "join":
                self.offered(participant, self.relay.join(said["room"], participant, MEDIA))
            else:
                self.relay.answer(participant, said["revision"], said["sdp"])
        with contextlib.suppress(NotFound):
            self.relay.leave(participant)
        del self._sockets[participant]
        return socket


async def main(host: str, port: int) -> None:
    """Serve until ended."""
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
    pages = Pages()
    app = web.Application()
    app.router.add_get("/", pages.page)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    async with open_relay(PortSettings(host_v4=host, host_v6=None), pages) as pages.relay:
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
