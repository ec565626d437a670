"""A real headless Firefox with a fake camera and microphone, driven by WebDriver BiDi (W3C)."""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.e2e.places import Place
from tests.servers import die_with_parent, program
from tests.waiting import until

# Firefox gathers no loopback candidates, so that it is reached at an address of the machine's own.
PREFERENCES = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.autoplay.default": 0,
    "remote.active-protocols": 1,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
}


class Firefox:
    """One running Firefox."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._sent = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}

    async def read(self) -> None:
        """Give each answer to who waits for it, until the connection ends."""
        async for message in self._socket:
            told = json.loads(message.data)
            waiting = self._waiting.pop(told.get("id", -1), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(told)

    async def command(self, method: str, **parameters: Any) -> Any:
        """Send a command and return its result."""
        self._sent += 1
        answer = self._waiting[self._sent] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._sent, "method": method, "params": parameters})
        async with asyncio.timeout(30):
            told = await answer
        assert told["type"] == "success", told
        return told["result"]

    async def open(self, url: str) -> "FirefoxPage":
        """Open a page in a new tab."""
        context = (await self.command("browsingContext.create", type="tab"))["context"]
        await self.command("browsingContext.navigate", context=context, url=url, wait="complete")
        return FirefoxPage(self, context)


class FirefoxPage:
    """A page of Firefox, as far as tests of calls need one: they use a page of Playwright in the same way."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox = firefox
        self._context = context
        self._closed = False

    async def evaluate(self, expression: str, argument: Any = None) -> Any:
        """Return what an expression, or a function given the argument, comes to."""
        if argument is not None:
            expression = f"({expression})({json.dumps(argument)})"
        wrapped = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        result = await self._firefox.command(
            "script.evaluate", expression=wrapped, awaitPromise=True, target={"context": self._context}
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        return json.loads(result["result"]["value"])

    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    async def close(self) -> None:
        """Close the tab. Closing twice is no error."""
        if not self._closed:
            self._closed = True
            await self._firefox.command("browsingContext.close", context=self._context)


@asynccontextmanager
async def firefox(folder: Path, place: Place | None = None) -> AsyncIterator[Firefox]:
    """Run Debian's Firefox ESR with a profile in `folder`; skip the test where it is not installed."""
    executable = program("firefox-esr", "firefox-esr")
    if place is not None:
        executable = place.program(executable)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    arguments = ("--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0")
    process = await asyncio.create_subprocess_exec(
        executable,
        *arguments,
        "about:blank",
        env={**os.environ, "HOME": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        preexec_fn=die_with_parent,
    )
    # Firefox writes here on which port it listens.
    server = folder / "WebDriverBiDiServer.json"

    async def listens() -> bool:
        assert process.returncode is None, "Firefox ended"
        return server.exists() and server.stat().st_size > 0

    try:
        await until(listens)
        told = json.loads(server.read_text(encoding="utf-8"))
        url = f"ws://{told['ws_host']}:{told['ws_port']}/session"
        connector = aiohttp.TCPConnector(socket_factory=lambda _: opened_in(place))
        async with (
            aiohttp.ClientSession(connector=connector) as http,
            http.ws_connect(url, max_msg_size=0) as connection,
        ):
            running = Firefox(connection)
            async with asyncio.TaskGroup() as tasks:
                reading = tasks.create_task(running.read())
                try:
                    await running.command("session.new", capabilities={})
                    yield running
                finally:
                    reading.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def opened_in(place: Place | None) -> socket.socket:
    """Return a TCP socket of this process that is in a place, or where the process itself is."""
    return socket.socket() if place is None else place.socket()


@asynccontextmanager
async def empty_page(place: Place | None = None) -> AsyncIterator[str]:
    """Serve an empty page of an origin that a browser opens a camera for, and give its address."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<!doctype html>", content_type="text/html")

    served = web.Application()
    served.router.add_get("/", page)
    runner = web.AppRunner(served)
    await runner.setup()
    try:
        listener = opened_in(place)
        listener.bind(("127.0.0.1", 0))
        await web.SockSite(runner, listener).start()
        port = runner.addresses[0][1]
        yield f"http://localhost:{port}/"
    finally:
        await runner.cleanup()
