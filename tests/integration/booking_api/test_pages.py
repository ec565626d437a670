"""The built web app and the API browser, as files."""

from pathlib import Path

import pytest
from yarl import URL

from tests.integration.booking_api.browser import Browser

_HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def built(web_folder: Path) -> Path:
    """A web app as the build leaves it, and a secret beside it."""
    files = {
        "index.html": "<title>the app</title>",
        "favicon.svg": "<svg/>",
        "assets/index-Hy5tszeR.js": "start()",
        "api-docs/index.html": "<title>the API</title>",
        "api-docs/start.js": "browse()",
        "../secret.txt": "secret",
        "../dist-old/index.html": "secret",
    }
    for name, text in files.items():
        path = web_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (web_folder / "leak.txt").symlink_to(web_folder.parent / "secret.txt")
    return web_folder


@pytest.mark.parametrize("path", ["/", "/visit/7", "/auditor", "/index.html", "/visit/7.html"])
async def test_the_apps_own_addresses_get_its_page_afresh(browser: Browser, built: Path, path: str) -> None:
    answer = await browser.get(path, headers=_HTML)
    assert (answer.status, answer.text) == (200, "<title>the app</title>")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-cache"


async def test_the_first_page_is_for_whoever_asks(browser: Browser, built: Path) -> None:
    assert (await browser.get("/")).text == "<title>the app</title>"
    head = await browser.send("HEAD", "/")
    assert (head.status, head.text) == (200, "")


async def test_hashed_files_are_kept_for_good(browser: Browser, built: Path) -> None:
    answer = await browser.get("/assets/index-Hy5tszeR.js")
    assert (answer.status, answer.text) == (200, "start()")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "javascript" in answer.headers["Content-Type"]


async def test_other_files_are_asked_for_again(browser: Browser, built: Path) -> None:
    answer = await browser.get("/favicon.svg")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-cache")
    again = await browser.get("/favicon.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize("path", ["/assets/index-gone.js", "/nothing.js"])
async def test_a_missing_file_is_not_the_page(browser: Browser, built: Path, path: str) -> None:
    assert (await browser.get(path)).status == 404


async def test_a_missing_hashed_file_is_missing_for_pages_too(browser: Browser, built: Path) -> None:
    assert (await browser.get("/assets/index-gone.js", headers=_HTML)).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/..%5csecret.txt",
        "/../dist-old/index.html",
        "/leak.txt",
        "/%00",
        "/index.html%00.js",
        "/" + "x" * 5000,
        "/api/docs/../../secret.txt",
        "/api/docs/%2e%2e/%2e%2e/secret.txt",
        "/api/docs/..%2f..%2fsecret.txt",
        "/api/docs/%2e%2e/index.html",
    ],
)
async def test_no_path_leads_out_of_the_folder(browser: Browser, built: Path, path: str) -> None:
    client = browser.client
    url = URL(f"http://{client.host}:{client.port}{path}", encoded=True)
    async with client.session.get(url) as response:
        text = await response.text()
        assert response.status == 404, text
    assert "secret" not in text and "root:" not in text


async def test_pages_are_only_read(browser: Browser, built: Path) -> None:
    assert (await browser.post("/", {})).status == 405


async def test_before_the_build_a_page_says_what_to_do(browser: Browser) -> None:
    answer = await browser.get("/", headers=_HTML)
    assert answer.status == 503
    assert "<code>make web</code>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


async def test_the_api_browser_is_served(browser: Browser, built: Path) -> None:
    answer = await browser.get("/api/docs")
    assert (answer.status, answer.headers["Location"]) == (308, "/api/docs/")
    assert (await browser.get("/api/docs/")).text == "<title>the API</title>"
    assert (await browser.get("/api/docs/start.js")).text == "browse()"
    assert (await browser.get("/api/docs/nothing.js")).status == 404


async def test_before_the_build_the_api_browser_says_what_to_do(browser: Browser) -> None:
    answer = await browser.get("/api/docs/")
    assert answer.status == 503
    assert "make web" in answer.text
