"""Load for the chat benchmark: writers that send one message, wait for its answer, and send the next.

Both loads speak the wire directly, because a full client library would cost more than the servers under test.
Every loop ends by itself after the given time.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import aiohttp

TEXT = "医生您好，我昨天开始咳嗽，有一点低烧，没有胸闷，之前吃过一次布洛芬。 I would like advice."


@dataclass
class Tally:
    """What the writers saw. Latencies are in milliseconds, of the counted time only."""

    started: float = 0.0
    seconds: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    refused: int = 0
    """How often a server said that it was too busy: such an answer is no result."""

    @property
    def per_second(self) -> float:
        """Answered messages per second."""
        return len(self.latencies_ms) / self.seconds


class VisitSocket:
    """A participant's connection: Engine.IO and Socket.IO frames over one WebSocket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._next = 0
        self._waiting: dict[int, asyncio.Future[object]] = {}
        self.events = 0

    @classmethod
    async def open(
        cls, http: aiohttp.ClientSession, base: str, cookie: str, tasks: asyncio.TaskGroup
    ) -> "VisitSocket":
        """Connect to the visit namespace as the owner of the session cookie."""
        socket = await http.ws_connect(
            f"{base}/socket.io/?EIO=4&transport=websocket", headers={"Cookie": cookie, "Origin": base}
        )
        await socket.receive_str()
        await socket.send_str("40/visit,")
        answer = await socket.receive_str()
        if not answer.startswith("40/visit"):
            raise RuntimeError(f"not let in: {answer}")
        visit = cls(socket)
        tasks.create_task(visit._read())
        return visit

    async def request(self, event: str, body: dict[str, object]) -> dict[str, object]:
        """Send an event and return its answer's data; raise RuntimeError when it was refused."""
        self._next += 1
        number = self._next
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        await self._socket.send_str(f"42/visit,{number}{json.dumps([event, body])}")
        reply = await answer
        if not isinstance(reply, dict) or not reply["ok"]:
            raise RuntimeError(f"{event}: {reply}")
        return dict(reply["data"])

    async def close(self) -> None:
        """Close the connection; its reader ends."""
        await self._socket.close()

    async def _read(self) -> None:
        async for message in self._socket:
            frame = message.data
            if frame == "2":
                await self._socket.send_str("3")
            elif frame.startswith("43/visit,"):
                start = frame.index("[")
                future = self._waiting.pop(int(frame[9:start]))
                if not future.done():
                    future.set_result(json.loads(frame[start:])[0])
            else:
                self.events += 1


async def write_chat(sockets: Sequence[tuple[VisitSocket, str]], warm_up_s: float, seconds: float) -> Tally:
    """Let every socket write to its room, one message after another, for the given time."""
    tally = Tally(seconds=seconds)
    begin = time.perf_counter() + warm_up_s

    async def write(socket: VisitSocket, consultation: str) -> None:
        while (sent := time.perf_counter()) < begin + seconds:
            await socket.request(
                "chat.send",
                {"consultation_id": consultation, "message_id": str(uuid4()), "text": TEXT},
            )
            done = time.perf_counter()
            if begin <= done <= begin + seconds:
                tally.latencies_ms.append((done - sent) * 1000)

    async with asyncio.TaskGroup() as group:
        for socket, consultation in sockets:
            group.create_task(write(socket, consultation))
    return tally


async def write_http(port: int, writers: int, warm_up_s: float, seconds: float) -> Tally:
    """Let as many connections post to the bare handler, one message after another."""
    tally = Tally(seconds=seconds)
    begin = time.perf_counter() + warm_up_s

    async def write() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        room = str(uuid4())
        while (sent := time.perf_counter()) < begin + seconds:
            body = json.dumps({"consultation_id": room, "message_id": str(uuid4()), "text": TEXT}).encode()
            writer.write(
                b"POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head[:20]:
                raise RuntimeError(head.decode())
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            json.loads(await reader.readexactly(length))
            done = time.perf_counter()
            if begin <= done <= begin + seconds:
                tally.latencies_ms.append((done - sent) * 1000)
        writer.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(writers):
            group.create_task(write())
    return tally
