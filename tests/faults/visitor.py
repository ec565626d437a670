"""A patient of the demo hospital as a program: signs in, joins today's visit, writes, reads back."""

import asyncio
import uuid
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import socketio

from domain.safety import QUESTIONS_VERSION
from server.demo import PASSWORD
from signaling.protocol import NAMESPACE

ANSWER_WITHIN_S = 15


class Lost(Exception):
    """No answer came: whether the message was kept is not known."""


class Visitor:
    """One signed-in patient. The session outlives servers; `enter` connects anew."""

    def __init__(self, url: str, login: str) -> None:
        self._url = url
        self._login = login
        self._stack = AsyncExitStack()
        self._endpoint = str(uuid.uuid4())
        self._cookie = ""
        self._client: Any = None
        self._gone = asyncio.Event()
        self.consultation = ""

    async def __aenter__(self) -> "Visitor":
        await self._sign_in()
        await self.enter()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave_connection()
        await self._stack.aclose()

    async def enter(self) -> None:
        """Connect, and come (back) into the visit."""
        await self.leave_connection()
        self._client = socketio.AsyncClient(reconnection=False)
        self._gone = asyncio.Event()
        self._client.on("disconnect", lambda *_: self._gone.set(), namespace=NAMESPACE)
        await self._client.connect(
            self._url, headers={"Cookie": self._cookie}, namespaces=[NAMESPACE], transports=["websocket"]
        )
        await self.ask("room.join", endpoint_id=self._endpoint)

    async def leave_connection(self) -> None:
        if self._client is not None:
            await self._client.disconnect()
            self._client = None

    async def write(self, message_id: uuid.UUID, text: str) -> int:
        """Send a message; return its sequence number once the server says that it is kept."""
        kept = await self.ask("chat.send", message_id=str(message_id), text=text)
        return int(kept["seq"])

    async def read(self) -> list[dict[str, Any]]:
        """Return the whole record."""
        entries: list[dict[str, Any]] = []
        while True:
            answer = await self.ask("entries.read", after_seq=entries[-1]["seq"] if entries else 0)
            entries += answer["entries"]
            if not answer["more_entries"]:
                return entries

    async def ask(self, event: str, **body: Any) -> Any:
        """Send an event and return its answer's data; raise Lost without a good answer."""
        asked = asyncio.ensure_future(
            self._client.call(
                event,
                {"consultation_id": self.consultation, **body},
                namespace=NAMESPACE,
                timeout=ANSWER_WITHIN_S,
            )
        )
        gone = asyncio.ensure_future(self._gone.wait())
        await asyncio.wait((asked, gone), return_when=asyncio.FIRST_COMPLETED)
        gone.cancel()
        if not asked.done():
            # The library would wait for the answer of a server that is no more.
            asked.cancel()
            raise Lost("the connection is gone")
        try:
            answer = asked.result()
        except socketio.exceptions.SocketIOError as error:
            raise Lost(str(error)) from None
        if not answer["ok"]:
            raise Lost(answer["error"]["code"])
        return answer["data"]

    async def _sign_in(self) -> None:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(self._url, cookie_jar=jar) as session:
            credentials = {"login": self._login, "password": PASSWORD}
            async with session.post("/api/session", json=credentials) as answer:
                assert answer.status == 201, await answer.text()
                token = (await answer.json())["csrf_token"]
            self._cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in jar)
            async with session.get("/api/appointments") as answer:
                assert answer.status == 200, await answer.text()
                listed = (await answer.json())["appointments"]
            open_ones = [one for one in listed if one["consultation_state"] in ("planned", "arrived")]
            self.consultation = min(open_ones, key=lambda one: str(one["starts_at"]))["consultation_id"]
            await self._say_where(session, {"X-CSRF-Token": token})

    async def _say_where(self, session: aiohttp.ClientSession, headers: dict[str, str]) -> None:
        """Answer what is asked before the waiting room."""
        path = f"/api/consultations/{self.consultation}"
        place = {"country": "CN", "province": "上海市", "city": "上海市", "phone": "+8613800138000"}
        for name, said in (
            ("safety", {"version": QUESTIONS_VERSION, "flags": []}),
            ("location", place),
        ):
            body = {"message_id": str(uuid.uuid4()), **said}
            async with session.post(f"{path}/{name}", json=body, headers=headers) as answer:
                assert answer.status == 201, await answer.text()
