"""make bench-join: click to both first frames, beside a bare Socket.IO page in the same run.

Two Chromium processes with fake devices. On both pages the camera is already granted and one side is already
there; the other one clicks. A script that is added to every page notes, without touching the page's own code,
when a video first presents a frame of a track that came from the other side.
"""

import argparse
import asyncio
import re
import statistics
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Playwright,
    StorageState,
    async_playwright,
)

from bench.hospital import Visit, free_port, make_visits, postgres, process
from bench.report import progress, quantile, report
from server.database_login import EMBEDDED_APP
from tests.e2e.wording import ENGLISH

CLIENT = Path(__file__).parent.parent / "web/node_modules/socket.io-client/dist/socket.io.min.js"
_LOOPBACK = "--allow-loopback-in-peer-connection"
_HOSTS = "--host-resolver-rules="
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    _LOOPBACK,
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    f"{_HOSTS}MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
WATCH = """
(() => {
  const remote = new WeakSet();
  window.firstFrames = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      this.addEventListener('track', (e) => { if (e.track.kind === 'video') remote.add(e.track); });
    }
  };
  const seen = new WeakSet();
  const look = (video) => {
    const track = video.srcObject instanceof MediaStream && video.srcObject.getVideoTracks()[0];
    if (!track || !remote.has(track) || seen.has(track)) return;
    seen.add(track);
    video.requestVideoFrameCallback((now) => window.firstFrames.push(performance.timeOrigin + now));
  };
  const setter = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...setter,
    set(stream) {
      setter.set.call(this, stream);
      if (!(this instanceof HTMLVideoElement) || !stream) return;
      look(this);
      stream.addEventListener('addtrack', () => look(this));
      this.addEventListener('loadedmetadata', () => look(this));
    },
  });
  document.addEventListener('click', (e) => {
    if (e.isTrusted) window.clickedAt = performance.timeOrigin + e.timeStamp;
  }, true);
})();
"""
_FRAME_TIMEOUT_MS = 15_000

Click = Callable[[], Awaitable[None]]


@asynccontextmanager
async def two_browsers(playwright: Playwright, reach: str = "") -> AsyncIterator[tuple[Browser, Browser]]:
    """Run two Chromium processes. `reach`: a rule for hosts that they reach instead of each other."""
    flags = [f"{one} , {reach}" if reach and one.startswith(_HOSTS) else one for one in FLAGS]
    if reach:
        # From there nothing can be reached but this machine: it would cost the first check its turn.
        flags.remove(_LOOPBACK)
    one = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    other = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    try:
        yield one, other
    finally:
        await one.close()
        await other.close()


async def measure(joiner: Page, other: Page, click: Click) -> float:
    """Click and return the milliseconds until the later of the two first frames."""
    for page in (joiner, other):
        await page.evaluate("window.firstFrames.length = 0")
    await click()
    for page in (joiner, other):
        await page.wait_for_function("window.firstFrames.length > 0", timeout=_FRAME_TIMEOUT_MS)
    clicked = await joiner.evaluate("window.clickedAt")
    frames = [await page.evaluate("window.firstFrames[0]") for page in (joiner, other)]
    return float(max(frames) - clicked)


async def context(browser: Browser, base: str, cookie: str | None = None) -> BrowserContext:
    """Open a context that watches first frames and has its devices granted; signed in with a cookie."""
    state: StorageState = {
        "cookies": [],
        "origins": [
            {"origin": base, "localStorage": [{"name": "televisit.language", "value": ENGLISH.language}]}
        ],
    }
    opened = await browser.new_context(
        locale="en-GB",
        viewport={"width": 1280, "height": 800},
        storage_state=state,
        # The waiting below evaluates text, which the pages themselves may not.
        bypass_csp=True,
    )
    if cookie is not None:
        name, value = cookie.split("=", 1)
        await opened.add_cookies([{"name": name, "value": value, "url": base}])
    await opened.grant_permissions(["camera", "microphone"])
    await opened.add_init_script(WATCH)
    return opened


class Bare:
    """The bare page: one side joined, the other one clicks."""

    def __init__(self, joiner: Page, other: Page) -> None:
        self.joiner, self.other = joiner, other

    @classmethod
    async def open(cls, browsers: tuple[Browser, Browser], base: str) -> "Bare":
        """Open both pages; the other one joins and waits."""
        pages = [await (await context(browser, base)).new_page() for browser in browsers]
        for page in pages:
            await page.goto(base)
            await page.wait_for_selector("#join:not([disabled])")
        await pages[1].click("#join")
        return cls(*pages)

    async def join(self) -> float:
        """Measure one join, then leave again."""
        took = await measure(self.joiner, self.other, lambda: self.joiner.click("#join"))
        await self.joiner.click("#leave")
        return took


class Ours:
    """The product: the visit is in progress, the doctor in it, the patient on the visit's page."""

    def __init__(self, patient: Page, doctor: Page) -> None:
        self.patient, self.doctor = patient, doctor

    @classmethod
    async def open(cls, browsers: tuple[Browser, Browser], base: str, visit: Visit) -> "Ours":
        """Bring both sides into the call, as people would the first time, then leave as the patient."""
        patient, doctor = [
            await (await context(browser, base, cookie)).new_page()
            for browser, cookie in zip(browsers, (visit.patient_cookie, visit.doctor_cookie), strict=True)
        ]
        await patient.goto(f"{base}/visit/{visit.appointment_id}")
        enter = patient.get_by_role("button", name=ENGLISH("apps/patient", "visit.ready.enter"))
        join = patient.get_by_role("button", name=ENGLISH("apps/patient", "visit.join.enter"))
        await enter.or_(join).click()
        await doctor.goto(f"{base}/doctor/{visit.consultation_id}")
        admit = doctor.get_by_role(
            "button", name=re.compile("^" + ENGLISH("features/consultation-pane", "ready.admit"))
        )
        stage = doctor.locator("[data-call-stage][data-view=person]")
        await admit.or_(stage).first.wait_for()
        if await admit.count():
            await admit.click()
        for page in (patient, doctor):
            await page.wait_for_function("window.firstFrames.length > 0", timeout=_FRAME_TIMEOUT_MS)
        ours = cls(patient, doctor)
        await ours.leave()
        return ours

    async def leave(self) -> None:
        """Leave the call and open the visit again, up to where its one button waits to be pressed."""
        bar = self.patient.get_by_role("toolbar", name=ENGLISH("features/call", "control.bar"))
        await bar.get_by_role("button", name=ENGLISH("features/call", "control.leave"), exact=True).click()
        await self.patient.get_by_role("button", name=ENGLISH("apps/patient", "visit.left.again")).wait_for()
        await self.patient.reload()
        await self._button().wait_for()
        # The mirror shows the camera: the page is prepared, as the bare one is.
        await self.patient.wait_for_function(
            "[...document.querySelectorAll('video')].some((v) => v.readyState >= 2 && v.srcObject)"
        )

    async def join(self) -> float:
        """Measure one join, then leave again."""
        took = await measure(self.patient, self.doctor, lambda: self._button().click())
        await self.leave()
        return took

    def _button(self) -> Locator:
        return self.patient.get_by_role("button", name=ENGLISH("apps/patient", "visit.join.enter"))


async def main(joins: int) -> None:
    """Measure in turns of ten and print the line."""
    async with postgres() as cluster, async_playwright() as playwright:
        cluster.ensure_database("bench")
        visit = (await make_visits(cluster.dsn("bench"), 1))[0]
        port, bare_port = free_port(), free_port()
        base, bare_base = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{bare_port}"
        settings = {"DATABASE_URL": cluster.url("bench", EMBEDDED_APP), "PORT": str(port), "PUBLIC_URL": base}
        settings |= {"LOG_LEVEL": "warning", "EVENTS_PER_S": "1000"}
        settings["DATA_DIR"] = str(cluster.folder / "server")
        arguments = ["-m", "bench.minimal_p2p", str(bare_port), str(CLIENT)]
        async with (
            process(["-m", "server.cli", "serve"], f"{base}/healthz", **settings),
            process(arguments, f"{bare_base}/"),
        ):
            mine: list[float] = []
            bare: list[float] = []
            while len(mine) < joins:
                for seen, make in (
                    (mine, lambda browsers: Ours.open(browsers, base, visit)),
                    (bare, lambda browsers: Bare.open(browsers, bare_base)),
                ):
                    async with two_browsers(playwright) as browsers:
                        pair = await make(browsers)
                        turn = [await pair.join() for _ in range(min(10, joins - len(seen)))]
                        seen += turn
                        name = type(pair).__name__.lower()
                        progress(f"{name}: {', '.join(f'{took:.0f}' for took in turn)} ms")
    report(
        "join",
        "ms from click to both first frames, p50",
        statistics.median(mine),
        statistics.median(bare),
        "bare Socket.IO page, the same devices and constraints",
        "lower",
        len(mine),
        p95_ms=round(quantile(mine, 0.95)),
        peer_p95_ms=round(quantile(bare, 0.95)),
        ratio_p95=round(quantile(mine, 0.95) / quantile(bare, 0.95), 3),
    )


if __name__ == "__main__":
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--joins", type=int, default=30)
    asyncio.run(main(chosen.parse_args().joins))
    sys.exit(0)
