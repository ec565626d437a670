"""What everybody needs of a page, whatever they see it with: checked in the browser's own tree of names.

Each check returns sentences about what is wrong, so that a test shows all of them at once.
"""

import asyncio
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Page

_CONTROLS = frozenset(
    {
        "button", "checkbox", "combobox", "link", "listbox", "menuitem", "menuitemradio", "option", "radio",
        "searchbox", "slider", "spinbutton", "switch", "tab", "textbox", "treeitem",
    }
)  # fmt: skip
_LANDMARKS = frozenset({"dialog", "navigation", "region", "toolbar"})
"""These need a name as soon as there may be two of them, so we always give them one."""
_SETTLED_WITHIN_S = 3.0


async def complaints(page: Page) -> list[str]:
    """Return all that is wrong with the page, and stays so.

    A page that has just been resized or gone to is drawn anew a moment later.
    """
    limit = time.monotonic() + _SETTLED_WITHIN_S
    while (found := await _wrong_now(page)) and time.monotonic() < limit:  # noqa: ASYNC110  # no event tells it
        await asyncio.sleep(0.1)
    return found


async def _wrong_now(page: Page) -> list[str]:
    structure: list[str] = await page.evaluate(script("structure"))
    contrast: list[str] = await page.evaluate(script("contrast"))
    return [*structure, *contrast, *await _nameless(page)]


def script(name: str) -> str:
    """Return a function that runs within the page."""
    return (Path(__file__).parent / "in_page" / f"{name}.js").read_text(encoding="utf-8")


async def _nameless(page: Page) -> list[str]:
    """Return the controls and landmarks that the browser's own accessibility tree has no name for."""
    session = await page.context.new_cdp_session(page)
    try:
        tree: dict[str, Any] = await session.send("Accessibility.getFullAXTree")
    finally:
        await session.detach()
    found = []
    for node in tree["nodes"]:
        role = node.get("role", {}).get("value", "")
        if node["ignored"] or role not in _CONTROLS | _LANDMARKS:
            continue
        if not str(node.get("name", {}).get("value", "")).strip():
            found.append(f"a {role} without a name")
    return found


async def focus_is_seen(page: Page) -> bool:
    """Say whether what has the focus shows it: by an outline, a shadow or a border of its own."""
    seen: bool = await page.evaluate(
        """() => {
          const marks = (element) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
            return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
          };
          const one = document.activeElement;
          return marks(one) || marks(one.parentElement);
        }"""
    )
    return seen
