"""One hospital, one browser and one mail server for all end-to-end tests; people of its own for each test.

These tests share one event loop, because the browser's connection belongs to the loop that opened it.
"""

import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, ViewportSize, async_playwright, expect

from domain.accounts import Account
from server.embedded_postgres import EmbeddedPostgres
from tests.e2e.browsers import DESK, WAIT_MS, Person, Stage, chromium, person, save_words
from tests.e2e.camera import write_bar
from tests.e2e.hospital import Hospital, served_hospital
from tests.e2e.wording import ENGLISH, Words
from tests.servers import MailServer
from tests.servers import coturn_server as coturn_server

ROOT = Path(__file__).parents[2]
FAILURES = ROOT / "build" / "test" / "screens"
_HERE = Path(__file__).parent
_failed = pytest.StashKey[bool]()

expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[_failed] = True
    return report


@pytest.fixture(scope="session")
def web_app() -> None:
    """See to it that there are pages to visit."""
    if (ROOT / "web" / "dist" / "index.html").exists():
        return
    done = subprocess.run([ROOT / "scripts" / "build-web"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"web/dist is missing and scripts/build-web failed:\n{done.stdout}{done.stderr}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mail_server() -> AsyncIterator[MailServer]:
    """A real mail server, running while the tests wait for something."""
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    picture = tmp_path_factory.mktemp("camera") / "small.y4m"
    write_bar(picture)
    async with chromium(playwright, f"--use-file-for-fake-video-capture={picture}") as launched:
        yield launched


OpenHospital = Callable[..., Awaitable[Hospital]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_hospital(durable_cluster: EmbeddedPostgres, web_app: None) -> AsyncIterator[OpenHospital]:
    """Opens hospitals with settings of their own. They close when the test ends: ask for it before `sit`."""
    async with AsyncExitStack() as opened:

        async def open_one(settings: dict[str, str], *, named: bool = False) -> Hospital:
            return await opened.enter_async_context(served_hospital(durable_cluster, settings, named=named))

        yield open_one


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hospital(
    durable_cluster: EmbeddedPostgres, web_app: None, mail_server: MailServer
) -> AsyncIterator[Hospital]:
    """The hospital of most tests, served with its own database login and sending real mail."""
    settings = {
        "HOSPITAL_NAME": "Riverside Online Hospital",
        "SMTP_HOST": mail_server.host,
        "SMTP_PORT": str(mail_server.port),
        "SMTP_TLS": "off",
        "SMTP_SENDER": "Riverside <noreply@riverside.example>",
    }
    async with served_hospital(durable_cluster, settings) as opened:
        yield opened


Sit = Callable[..., Awaitable[Person]]


@pytest_asyncio.fixture(loop_scope="session")
async def sit(request: pytest.FixtureRequest, browser: Browser, hospital: Hospital) -> AsyncIterator[Sit]:
    """Sits people down at screens. At the end nothing may have been complained about.

    When the test failed, what everybody saw and heard is kept in build/test/screens.
    """
    people: list[Person] = []

    async def sit_down(
        account: Account | None,
        *,
        viewport: ViewportSize = DESK,
        words: Words = ENGLISH,
        at: Hospital | None = None,
        through: Browser | None = None,
        **options: Any,
    ) -> Person:
        one = await person(
            through or browser, at or hospital, account, viewport=viewport, words=words, **options
        )
        await one.context.tracing.start(snapshots=True)
        people.append(one)
        return one

    yield sit_down
    failed = request.node.stash.get(_failed, False)
    unexpected = {one.name: one.unexpected for one in people if one.unexpected}
    if failed or unexpected:
        await _keep_what_was_seen(request.node.name, people)
    for one in people:
        await one.context.close()
    assert failed or not unexpected, unexpected


async def _keep_what_was_seen(test: str, people: list[Person]) -> None:
    folder = FAILURES / _file_name(test)
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(people):
        name = f"{number}-{_file_name(one.name)}"
        save_words(folder, name, one.complaints)
        for tab, page in enumerate(one.context.pages):
            save_words(folder, f"{name}-{tab}-stage", await Stage(page).history())
            await page.screenshot(path=folder / f"{name}-{tab}.png", timeout=10_000)
        await one.context.tracing.stop(path=folder / f"{name}.zip")
    for one in {id(one.hospital): one for one in people}.values():
        (folder / "server.log").write_text(one.hospital.server.said(), encoding="utf-8")


def _file_name(text: str) -> str:
    return re.sub(r"\W+", "-", text)
