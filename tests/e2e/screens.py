"""Pictures of pages for people to look at, in build/screens: each at a phone's and at a desk's width."""

import html
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.accessibility import script
from tests.e2e.browsers import DESK, PHONE

FOLDER = Path(__file__).parents[2] / "build" / "screens"
_WIDTHS = (PHONE, DESK)
_SHEET_COLUMN = 300


class Screens:
    """The pictures of one language, and the sheet that shows them all at once."""

    def __init__(self, language: str) -> None:
        self.folder = FOLDER / language
        self.folder.mkdir(parents=True, exist_ok=True)
        self._taken: list[tuple[str, int, Path]] = []

    async def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Take the page at both widths and leave it as wide as it was. `whole`: all of it, not the window."""
        before = page.viewport_size or DESK
        for size in _WIDTHS:
            await self._take(page, name, size, whole=whole)
        await page.set_viewport_size(before)

    async def _take(self, page: Page, name: str, size: ViewportSize, *, whole: bool) -> None:
        await page.set_viewport_size(size)
        await expect(page.locator("[aria-busy='true']")).to_have_count(0)
        await page.evaluate(script("stand_still"))
        path = self.folder / f"{name}-{size['width']}.png"
        await page.screenshot(path=path, full_page=whole)
        self._taken.append((name, size["width"], path))

    async def write_sheet(self, browser: Browser) -> None:
        """Write one page with all pictures, small, and a picture of that page."""
        figures = "".join(
            f"<figure><img src='{path.name}'><figcaption>{html.escape(name)} · {width}</figcaption></figure>"
            for name, width, path in self._taken
        )
        sheet = self.folder / "index.html"
        sheet.write_text(
            "<meta charset='utf-8'><style>"
            f"body{{margin:16px;columns:{_SHEET_COLUMN}px;font:13px sans-serif;background:#ccd4d6}}"
            "figure{margin:0 0 16px;break-inside:avoid}"
            "img{width:100%;max-height:520px;object-fit:cover;object-position:top;border:1px solid #9aa}"
            f"</style>{figures}",
            encoding="utf-8",
        )
        context = await browser.new_context(viewport={"width": 1960, "height": 1200})
        page = await context.new_page()
        await page.goto(sheet.as_uri())
        await page.screenshot(path=self.folder / "contact-sheet.png", full_page=True)
        await context.close()
