"""Pictures of pages for people to look at, in build/screens: each at a phone's and at a desk's width."""

import html
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.accessibility import script
from tests.e2e.browsers import DESK, PHONE

FOLDER = Path(__file__).parents[2] / "build" / "screens"
_WIDTHS = (PHONE, DESK)
_COLUMNS = ((PHONE, 10), (DESK, 4))
"""How many pictures of each width stand beside each other on the sheet."""
_STYLE = """<style>
body { margin: 16px; background: #ccd4d6; font: 13px sans-serif }
section { display: grid; gap: 16px; margin-bottom: 32px }
figure { margin: 0 }
img { width: 100%; aspect-ratio: var(--shape); object-fit: cover; object-position: top }
section:first-of-type { --shape: 390 / 844 }
section:last-of-type { --shape: 1280 / 800 }
</style>"""


class Screens:
    """The pictures of one language, and the sheet that shows them all at once."""

    def __init__(self, language: str) -> None:
        self.folder = FOLDER / language
        self.folder.mkdir(parents=True, exist_ok=True)
        self._taken: list[tuple[str, int, Path]] = []

    async def take(self, page: Page, name: str, *, whole: bool = True, settled: bool = True) -> None:
        """Take the page at both widths and leave it as wide as it was.

        `whole`: all of it, not the window. `settled`: once nothing is on the way any more.
        """
        before = page.viewport_size or DESK
        for size in _WIDTHS:
            await self._take(page, name, size, whole=whole, settled=settled)
        await page.set_viewport_size(before)

    async def _take(self, page: Page, name: str, size: ViewportSize, *, whole: bool, settled: bool) -> None:
        await page.set_viewport_size(size)
        if settled:
            await expect(page.locator("[aria-busy='true']")).to_have_count(0)
        await page.evaluate(script("stand_still"))
        path = self.folder / f"{name}-{size['width']}.png"
        await page.screenshot(path=path, full_page=whole)
        self._taken.append((name, size["width"], path))

    async def write_sheet(self, browser: Browser) -> None:
        """Write one page with all pictures, small, and a picture of that page."""
        parts = [
            f"<section style='grid-template-columns:repeat({columns},1fr)'>"
            + "".join(
                f"<figure><img src='{path.name}'><figcaption>{html.escape(name)}</figcaption></figure>"
                for name, taken, path in self._taken
                if taken == size["width"]
            )
            + "</section>"
            for size, columns in _COLUMNS
        ]
        sheet = self.folder / "index.html"
        sheet.write_text(f"<!doctype html><meta charset='utf-8'>{_STYLE}{''.join(parts)}", encoding="utf-8")
        context = await browser.new_context(viewport={"width": 1960, "height": 1200})
        page = await context.new_page()
        await page.goto(sheet.as_uri())
        await page.screenshot(path=self.folder / "contact-sheet.png", full_page=True)
        await context.close()
