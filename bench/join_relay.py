"""The second part of make bench-join: both sides see each other through our relay, beside Janus's videoroom.

Both servers run in one network namespace, one after the other in turns, and the same page in the same two
browsers joins them: one side is there, the other one clicks.
"""

import argparse
import asyncio
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright

from bench.hospital import free_port
from bench.join import context, measure, two_browsers
from bench.relay_join_page import PAGE
from bench.relay_place import SERVER_HOST, Child, before_others, child, namespace
from bench.report import progress, quantile, report

OUR_PORT, JANUS_PORT = 8441, 8188
ROOM = 1234
_START_S = 15.0
_OTHER_PLUGINS = (
    "audiobridge", "echotest", "recordplay", "sip", "nosip", "streaming", "textroom", "videocall",
    "voicemail", "lua", "duktape",
)  # fmt: skip
_OTHER_TRANSPORTS = ("http", "mqtt", "nanomsg", "pfunix", "rabbitmq")


@asynccontextmanager
async def page_server(port: int) -> AsyncIterator[None]:
    """Serve the page from localhost, where a browser opens its camera."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def ours(place: str) -> AsyncIterator[str]:
    """Run our relay; give the address of its WebSocket."""
    arguments = [sys.executable, "-m", "bench.relay_join_server", SERVER_HOST, str(OUR_PORT)]
    async with child(place, None, arguments) as running:
        await _listening(running, OUR_PORT)
        yield f"ws://{SERVER_HOST}:{OUR_PORT}/"


@asynccontextmanager
async def janus(place: str) -> AsyncIterator[str]:
    """Run Janus as Debian brings it, with its full ICE, which joins sooner than its lite one."""
    program = shutil.which("janus")
    if program is None:
        raise RuntimeError("Janus is missing. On Debian and Ubuntu: apt-get install janus")
    folder = Path(tempfile.mkdtemp(prefix="televisit-janus-"))
    try:
        _configure(folder)
        arguments = [program, "--configs-folder", str(folder), "--disable-colors"]
        async with child(place, None, arguments, log=folder / "janus.log") as running:
            await _listening(running, JANUS_PORT)
            yield f"ws://{SERVER_HOST}:{JANUS_PORT}/"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(folder: Path) -> None:
    others = ",".join(f"libjanus_{one}.so" for one in _OTHER_PLUGINS)
    unused = ",".join(f"libjanus_{one}.so" for one in _OTHER_TRANSPORTS)
    (folder / "janus.jcfg").write_text(
        "general: {\n debug_level = 1\n}\n"
        f'plugins: {{\n disable = "{others}"\n}}\ntransports: {{\n disable = "{unused}"\n}}\n',
        encoding="utf-8",
    )
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{\n ws = true\n ws_port = {JANUS_PORT}\n ws_ip = "{SERVER_HOST}"\n wss = false\n}}\n',
        encoding="utf-8",
    )
    (folder / "janus.plugin.videoroom.jcfg").write_text(
        f'room-{ROOM}: {{\n description = "bench"\n publishers = 6\n bitrate = 0\n audiocodec = "opus"\n'
        ' videocodec = "vp8"\n}\n',
        encoding="utf-8",
    )


async def _listening(running: Child, port: int) -> None:
    async with asyncio.timeout(_START_S):
        while True:
            if running.process.returncode is not None:
                raise RuntimeError(f"a server ended with {running.process.returncode}")
            try:
                async with aiohttp.ClientSession() as http, http.get(f"http://{SERVER_HOST}:{port}/"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)


class Pair:
    """Two pages at one server: the other one is in the call, the joiner clicks."""

    def __init__(self, joiner: Page, other: Page) -> None:
        self.joiner, self.other = joiner, other

    @classmethod
    async def open(cls, browsers: tuple[Browser, Browser], base: str, server: str, url: str) -> "Pair":
        """Open both pages; the other one joins and waits until it sends."""
        pages = []
        for browser, name in zip(browsers, ("joiner", "other"), strict=True):
            page = await (await context(browser, base)).new_page()
            await page.goto(
                f"{base}/?{urlencode({'server': server, 'url': url, 'name': name, 'room': ROOM})}"
            )
            await page.wait_for_selector("#join:not([disabled])")
            pages.append(page)
        await pages[1].click("#join")
        await pages[1].wait_for_function("connections.some((pc) => pc.connectionState === 'connected')")
        return cls(*pages)

    async def join(self) -> tuple[float, list[list[object]]]:
        """Measure one join, then leave again; also return the joiner's steps in ms from its click."""
        took = await measure(self.joiner, self.other, lambda: self.joiner.click("#join"))
        marks = await self.joiner.evaluate("marks.map(([what, at]) => [what, at - marks[0][1]])")
        await self.joiner.click("#leave")
        # The other one sees nobody any more before the next join is measured.
        await self.joiner.wait_for_timeout(1000)
        return took, marks


async def main(joins: int) -> None:
    """Measure in turns of five, each in the reverse order of the one before, and print the line."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    times: dict[str, list[float]] = {"ours": [], "janus": []}
    async with (
        namespace() as place,
        page_server(port),
        ours(place) as our_url,
        janus(place) as janus_url,
        async_playwright() as playwright,
    ):
        order = [("ours", our_url), ("janus", janus_url)]
        while len(times["janus"]) < joins:
            order.reverse()
            for server, url in order:
                async with two_browsers(playwright, f"EXCLUDE {SERVER_HOST}") as browsers:
                    pair = await Pair.open(browsers, base, server, url)
                    turn = [await pair.join() for _ in range(min(5, joins - len(times[server])))]
                times[server] += [took for took, _ in turn]
                progress(f"{server}: {', '.join(f'{took:.0f}' for took, _ in turn)} ms")
                progress(f"  {', '.join(f'{what} {at:.0f}' for what, at in turn[-1][1])}")
    report(
        "join-relay",
        "ms from click to both first frames through the relay, p50",
        statistics.median(times["ours"]),
        statistics.median(times["janus"]),
        "Janus 1.1.2 videoroom, the same page, browsers and namespace",
        "lower",
        len(times["ours"]),
        p95_ms=round(quantile(times["ours"], 0.95)),
        peer_p95_ms=round(quantile(times["janus"], 0.95)),
        ratio_p95=round(quantile(times["ours"], 0.95) / quantile(times["janus"], 0.95), 3),
    )


if __name__ == "__main__":
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--joins", type=int, default=30)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with before_others():
        asyncio.run(main(chosen.parse_args().joins))
    sys.exit(0)
