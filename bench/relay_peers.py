"""Both servers of the relay benchmark behind one interface: participants join a room and get their legs."""

import asyncio
import contextlib
import json
import secrets
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import aiohttp

from bench import relay_sdp
from bench.relay_counts import Sent
from bench.relay_leg import Leg
from bench.relay_place import LOAD_HOST, SERVER_HOST, Child, child

_JANUS_PORT = 8088
_ANSWER_S = 10.0


@dataclass
class Participant:
    """Who is in a room: its legs, one with us, two with Janus when it sends and sees."""

    name: str
    legs: list[Leg] = field(default_factory=list)
    feed: int = 0


class Peer(Protocol):
    """A server under test."""

    name: str
    child: Child

    async def join(self, room: int, name: str, *, sends: bool) -> Participant:
        """Let a participant join and send."""
        ...

    async def watch(self, room: int, participant: Participant, others: list[Participant]) -> None:
        """Have a participant get what the others send."""
        ...


class Ours:
    """Our relay."""

    def __init__(self, running: Child, cipher: str, loop: str) -> None:
        self.name = f"ours, {loop} loop"
        self.child = running
        self._cipher = cipher
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._legs: dict[str, tuple[Leg, list[Sent], int]] = {}

    async def listen(self) -> None:
        """Take what the server says, for as long as it runs."""
        reader = self.child.process.stdout
        assert reader is not None
        while line := await reader.readline():
            said = json.loads(line)
            if "sdp" not in said:
                continue
            waiting = self._answers.pop(said["name"], None)
            if waiting is not None:
                waiting.set_result(said)
            else:
                self._answer(said)

    async def join(self, room: int, name: str, *, sends: bool) -> Participant:
        """Join, with one connection for both ways."""
        leg = Leg(self._cipher)
        port = leg.bind(LOAD_HOST)
        waiting = self._answers[name] = asyncio.get_running_loop().create_future()
        self._say(do="join", room=str(room), name=name, sends=sends)
        async with asyncio.timeout(_ANSWER_S):
            said = await waiting
        if sends:
            leg.sending = [
                Sent(kind, secrets.randbits(31), mid) for kind, mid in relay_sdp.sources(said["sdp"])
            ]
        self._legs[name] = (leg, leg.sending, port)
        self._answer(said)
        await leg.connect(relay_sdp.server(said["sdp"], SERVER_HOST))
        return Participant(name, [leg])

    async def watch(self, room: int, participant: Participant, others: list[Participant]) -> None:
        """Nothing to ask for: everybody in a room is offered everything."""

    def _answer(self, said: dict[str, Any]) -> None:
        leg, streams, port = self._legs[said["name"]]
        sdp = relay_sdp.answer(leg, LOAD_HOST, port, said["sdp"], streams)
        self._say(do="answer", name=said["name"], revision=said["revision"], sdp=sdp)

    def _say(self, **what: object) -> None:
        writer = self.child.process.stdin
        assert writer is not None
        writer.write(json.dumps(what).encode() + b"\n")


@asynccontextmanager
async def ours(place: str, core: int, cipher: str, loop: str) -> AsyncIterator[Ours]:
    """Run our relay by its `native` or `python` loop. RuntimeError when it cannot be had."""
    arguments = [sys.executable, "-m", "bench.relay_server", SERVER_HOST, loop]
    async with child(place, core, arguments, talks=True) as running:
        reader = running.process.stdout
        assert reader is not None
        async with asyncio.timeout(_ANSWER_S):
            said = json.loads(await reader.readline() or "{}")
        if said.get("loop") != loop:
            raise RuntimeError(f"our relay runs no {loop} loop here")
        peer = Ours(running, cipher, loop)
        listening = asyncio.create_task(peer.listen())
        try:
            yield peer
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


class Janus:
    """Janus's videoroom, by its HTTP interface: one session, a handle for each leg."""

    def __init__(self, running: Child, cipher: str, http: aiohttp.ClientSession, session: int) -> None:
        self.name = "janus"
        self.child = running
        self._cipher = cipher
        self._http = http
        self._session = f"http://{SERVER_HOST}:{_JANUS_PORT}/janus/{session}"
        self._events: dict[int, asyncio.Queue[dict[str, Any]]] = {}
        self._rooms: set[int] = set()

    async def listen(self) -> None:
        """Poll for events, which also keeps the session."""
        while True:
            async with self._http.get(self._session, params={"maxev": "20"}) as answer:
                events = await answer.json(content_type=None)
            for event in events if isinstance(events, list) else [events]:
                if event.get("janus") == "event":
                    self._events[event["sender"]].put_nowait(event)

    async def join(self, room: int, name: str, *, sends: bool) -> Participant:
        """Join, with a connection to send on where there is something to send."""
        participant = Participant(name)
        handle = await self._attach()
        if room not in self._rooms:
            self._rooms.add(room)
            await self._ask(
                handle,
                {
                    "request": "create", "room": room, "publishers": 100, "audiocodec": "opus",
                    "videocodec": "vp8", "transport_wide_cc_ext": True, "bitrate": 0,
                },
            )  # fmt: skip
        if not sends:
            return participant
        leg = Leg(self._cipher)
        leg.sending = [Sent("audio", secrets.randbits(31), "0"), Sent("video", secrets.randbits(31), "1")]
        port = leg.bind(LOAD_HOST)
        body = {"request": "joinandconfigure", "ptype": "publisher", "room": room, "display": name}
        offer = relay_sdp.offer(leg, LOAD_HOST, port, leg.sending)
        event = await self._ask(handle, body, {"type": "offer", "sdp": offer})
        participant.feed = event["plugindata"]["data"]["id"]
        await leg.connect(relay_sdp.server(event["jsep"]["sdp"], SERVER_HOST))
        participant.legs.append(leg)
        return participant

    async def watch(self, room: int, participant: Participant, others: list[Participant]) -> None:
        """Get what the others send on a connection of its own."""
        streams = [{"feed": one.feed} for one in others if one.feed]
        if not streams:
            return
        handle = await self._attach()
        event = await self._ask(
            handle, {"request": "join", "ptype": "subscriber", "room": room, "streams": streams}, event=True
        )
        leg = Leg(self._cipher)
        port = leg.bind(LOAD_HOST)
        offered = event["jsep"]["sdp"]
        answer = relay_sdp.answer(leg, LOAD_HOST, port, offered, [])
        await self._ask(handle, {"request": "start", "room": room}, {"type": "answer", "sdp": answer})
        await leg.connect(relay_sdp.server(offered, SERVER_HOST))
        participant.legs.append(leg)

    async def _attach(self) -> int:
        said = await self._post(self._session, {"janus": "attach", "plugin": "janus.plugin.videoroom"})
        handle = int(said["data"]["id"])
        self._events[handle] = asyncio.Queue()
        return handle

    async def _ask(
        self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None, *, event: bool = False
    ) -> dict[str, Any]:
        message: dict[str, Any] = {"janus": "message", "body": body}
        if jsep is not None:
            message["jsep"] = jsep
        said = await self._post(f"{self._session}/{handle}", message)
        if jsep is None and not event:
            return said
        async with asyncio.timeout(_ANSWER_S):
            heard = await self._events[handle].get()
        if "error" in heard["plugindata"]["data"]:
            raise RuntimeError(f"Janus: {heard['plugindata']['data']['error']}")
        return heard

    async def _post(self, url: str, message: dict[str, Any]) -> dict[str, Any]:
        async with self._http.post(url, json={**message, "transaction": secrets.token_hex(6)}) as answer:
            said: dict[str, Any] = await answer.json(content_type=None)
        if said["janus"] == "error":
            raise RuntimeError(f"Janus: {said['error']['reason']}")
        return said


@asynccontextmanager
async def janus(place: str, core: int, cipher: str, library: Path | None = None) -> AsyncIterator[Janus]:
    """Run Janus as Debian brings it, as ICE-lite; `library` is a folder with another libsrtp2."""
    program = shutil.which("janus")
    if program is None:
        raise RuntimeError("Janus is missing. On Debian and Ubuntu: apt-get install janus")
    folder = Path(tempfile.mkdtemp(prefix="televisit-janus-"))
    try:
        _configure(folder)
        environment = {} if library is None else {"LD_LIBRARY_PATH": str(library)}
        arguments = [program, "--configs-folder", str(folder), "--disable-colors"]
        log = folder / "janus.log"
        async with (
            child(place, core, arguments, environment=environment, log=log) as running,
            aiohttp.ClientSession() as http,
        ):
            base = f"http://{SERVER_HOST}:{_JANUS_PORT}/janus"
            async with asyncio.timeout(_ANSWER_S):
                while True:
                    try:
                        async with http.post(
                            base, json={"janus": "create", "transaction": "begin"}
                        ) as answer:
                            session = int((await answer.json(content_type=None))["data"]["id"])
                            break
                    except aiohttp.ClientError:
                        await asyncio.sleep(0.1)
            peer = Janus(running, cipher, http, session)
            listening = asyncio.create_task(peer.listen())
            try:
                yield peer
            finally:
                listening.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await listening
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path) -> None:
    (folder / "janus.jcfg").write_text(
        "general: {\n debug_level = 1\n}\n"
        "nat: {\n ice_lite = true\n}\n"
        # As often as ours: its default is half of it.
        "media: {\n twcc_period = 100\n}\n"
        'plugins: {\n disable = "libjanus_audiobridge.so,libjanus_echotest.so,libjanus_recordplay.so,'
        "libjanus_sip.so,libjanus_nosip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,"
        'libjanus_voicemail.so,libjanus_lua.so,libjanus_duktape.so"\n}\n'
        'transports: {\n disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,'
        'libjanus_rabbitmq.so,libjanus_websockets.so"\n}\n',
        encoding="utf-8",
    )
    (folder / "janus.transport.http.jcfg").write_text(
        f'general: {{\n http = true\n port = {_JANUS_PORT}\n ip = "{SERVER_HOST}"\n https = false\n}}\n',
        encoding="utf-8",
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text("general: {\n}\n", encoding="utf-8")
