"""A real headless Chromium with a fake camera and microphone, and people who look at pages in it."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    StorageState,
    ViewportSize,
    WebError,
    expect,
)

from domain.accounts import SESSION_COOKIE, Account
from tests.e2e.hospital import Hospital
from tests.e2e.places import Place
from tests.e2e.wording import ENGLISH, Words
from tests.servers import program
from tests.waiting import until

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)
WAIT_MS = 45_000
"""How long a page may take to show something: two busy cores encode and decode several pictures."""

FRAMES_MIN, SOUND_MIN = 5, 15
"""Pictures and packets of sound that come in a third of a second: then they keep coming."""

FLAGS = (
    "--no-sandbox",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# What this machine is called from a place: `localhost`, whose pages are trusted.
_FROM_PLACE = "--host-resolver-rules=MAP localhost {0} , MAP * ~NOTFOUND , EXCLUDE {0}"

_HOOKS = Path(__file__).parent / "in_page" / "seen_by_tests.js"

_EXPECTED = [
    # How a page learns that nobody is signed in (the browser itself writes this line).
    r"Failed to load resource: the server responded with a status of 401 .*/api/session",
    # A visit's receipt is asked for until the visit is sealed, a moment after its end.
    r"Failed to load resource: the server responded with a status of 409 .*/receipt",
]


@asynccontextmanager
async def chromium(playwright: Playwright, *flags: str, place: Place | None = None) -> AsyncIterator[Browser]:
    """Run Debian's Chromium, in a place of its own if there is one."""
    executable = program("chromium", "chromium")
    if place is not None:
        executable = place.program(executable)
        # The last of two rules holds, also for ICE over TCP.
        flags = (*flags, _FROM_PLACE.format(place.outside))
    browser = await playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *flags])
    try:
        yield browser
    finally:
        await browser.close()


class Person:
    """Somebody at a screen: a browser context of their own, and everything its pages complained about."""

    def __init__(self, name: str, context: BrowserContext, hospital: Hospital, words: Words) -> None:
        self.name = name
        self.context = context
        self.hospital = hospital
        self.words = words
        self.complaints: list[str] = []
        self._expected = [re.compile(pattern) for pattern in _EXPECTED]
        context.set_default_timeout(WAIT_MS)
        context.on("console", self._heard)
        context.on("weberror", self._failed)

    def expect_complaint(self, pattern: str) -> None:
        """Have a complaint pass that the test itself brings about; say why beside the call."""
        self._expected.append(re.compile(pattern))

    @property
    def unexpected(self) -> list[str]:
        """What the pages complained about that nobody expected."""
        return [line for line in self.complaints if not any(one.search(line) for one in self._expected)]

    async def open(self, path: str = "/") -> Page:
        """Open a page of the hospital in a new tab."""
        page = await self.context.new_page()
        await page.goto(self.hospital.url + path)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _failed(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")


async def person(
    browser: Browser,
    hospital: Hospital,
    account: Account | None,
    *,
    viewport: ViewportSize = DESK,
    words: Words = ENGLISH,
    name: str = "",
    **options: Any,
) -> Person:
    """Sit somebody down at a screen, signed in when there is an account; words are those of the pages."""
    cookies: list[Any] = []
    if account is not None:
        cookies.append(
            {
                "name": SESSION_COOKIE,
                "value": await hospital.token(account),
                "domain": urlsplit(hospital.url).hostname,
                "path": "/",
                "expires": -1,
                "httpOnly": True,
                "secure": False,
                "sameSite": "Lax",
            }
        )
    chosen: Any = {"name": "televisit.language", "value": words.language}
    context = await browser.new_context(
        viewport=viewport,
        locale=words.language,
        timezone_id="Asia/Shanghai",
        permissions=["camera", "microphone"],
        storage_state=StorageState(
            cookies=cookies, origins=[{"origin": hospital.url, "localStorage": [chosen]}]
        ),
        **options,
    )
    await context.add_init_script(path=_HOOKS)
    return Person(name or (account.display_name if account else "nobody"), context, hospital, words)


class Stage:
    """The stage of a call on somebody's page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Locator = page.locator("[data-call-stage]")

    async def received(self) -> dict[str, Any]:
        """Return what the page's live connections received: audioPackets, videoFrames, paths."""
        found = await self.page.evaluate("() => window.seenByTests.received()")
        assert isinstance(found, dict)
        return found

    async def demand_flow(self) -> None:
        """Return once sound and picture of the other side keep coming, and the page knows that they do."""
        before = await self.received()

        async def grew() -> bool:
            nonlocal before
            now = await self.received()
            gained = {name: now[name] - before[name] for name in ("audioPackets", "videoFrames")}
            if min(gained.values()) < 0:
                # A connection to another page of the other side begins at nothing.
                before = now
            return bool(gained["audioPackets"] >= SOUND_MIN and gained["videoFrames"] >= FRAMES_MIN)

        await until(grew, limit_s=WAIT_MS / 1000)
        await expect(self.root).to_have_attribute("data-frames-decoded", re.compile("^[1-9]"))

    async def history(self) -> list[str]:
        """Return all that the stage went through since the page was loaded: phase/view/link, or none."""
        found = await self.page.evaluate("() => window.seenByTests?.stage ?? []")
        assert isinstance(found, list)
        return found

    async def ice_errors(self) -> list[int]:
        """Return the codes of what STUN and TURN servers refused since the page was loaded (RFC 8656)."""
        found = await self.page.evaluate("() => window.seenByTests.iceErrors")
        assert isinstance(found, list)
        return found


def save_words(folder: Path, name: str, lines: list[str]) -> None:
    """Keep what pages said beside the pictures of a failure."""
    (folder / f"{name}.json").write_text(json.dumps(lines, ensure_ascii=False, indent=1), encoding="utf-8")
