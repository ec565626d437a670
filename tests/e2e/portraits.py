"""Two people for the fake cameras of pictures that others look at: drawn, calm, and nobody in particular."""

from pathlib import Path

from playwright.async_api import Browser, ViewportSize

_SIZE = ViewportSize(width=960, height=540)
_FRAMES = 12

_ROOM = """
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1">
  <stop offset="0" stop-color="{wall}"/><stop offset="1" stop-color="{shade}"/>
</linearGradient>
<rect width="960" height="540" fill="url(#wall)"/>
<rect x="{window}" y="46" width="190" height="230" rx="6" fill="#f4f8f6" opacity=".55"/>
<path d="M{middle} 46v230M{window} 161h190" stroke="{shade}" stroke-width="6" opacity=".6"/>
<rect y="430" width="960" height="110" fill="{floor}" opacity=".5"/>
"""

_PATIENT = """
<g transform="translate(0 {sway})">
  <path d="M236 540c8-120 92-176 244-176s236 56 244 176z" fill="#7a9aa8"/>
  <path d="M424 372c20 34 92 34 112 0l-8-70h-96z" fill="#e2b79b"/>
  <path d="M404 372l76 62 76-62 26 12-88 108h-28l-88-108z" fill="#688795"/>
  <ellipse cx="480" cy="214" rx="98" ry="118" fill="#edc6aa"/>
  <path d="M374 236c-20-122 34-170 106-170s126 48 106 170c-10-58-30-92-58-106-44 26
    -104 32-128 24-14 20-22 48-26 82z"
    fill="#c9ccd0"/>
  <path d="M430 214q14-10 28 0M502 214q14-10 28 0" stroke="#5b4a42" stroke-width="5" fill="none"
    stroke-linecap="round"/>
  <path d="M448 268q32 {smile} 64 0" stroke="#a5604e" stroke-width="6" fill="none" stroke-linecap="round"/>
</g>
"""

_DOCTOR = """
<g transform="translate(0 {sway})">
  <path d="M216 540c8-128 96-182 264-182s256 54 264 182z" fill="#f2f5f5"/>
  <path d="M398 372l82 150 82-150-24-18H422z" fill="#8fb7b5"/>
  <path d="M424 360c20 36 92 36 112 0l-8-64h-96z" fill="#cf9f80"/>
  <path d="M392 366l88 156-54 18-62-156zM568 366l-88 156 54 18 62-156z" fill="#e3e9ea"/>
  <ellipse cx="480" cy="210" rx="96" ry="116" fill="#dcae8f"/>
  <path d="M378 214c-12-112 40-150 102-150s114 38 102 150c-12-44-26-66-40-76-50 8
    -96 2-128-14-18 20-30 50-36 90z"
    fill="#2f3338"/>
  <path d="M424 206h44v24h-44zM492 206h44v24h-44zM468 214h24" stroke="#3c4a50" stroke-width="4" fill="none"/>
  <path d="M450 268q30 {smile} 60 0" stroke="#8d4f3d" stroke-width="6" fill="none" stroke-linecap="round"/>
</g>
"""

_ROOMS = {
    "patient": {"wall": "#dfe6dc", "shade": "#b9c7b8", "floor": "#8a9a86", "window": 690, "middle": 785},
    "doctor": {"wall": "#dbe8ea", "shade": "#a9c2c6", "floor": "#7d979b", "window": 80, "middle": 175},
}
_PEOPLE = {"patient": _PATIENT, "doctor": _DOCTOR}


async def film(browser: Browser, who: str, path: Path) -> None:
    """Write some frames of a patient or a doctor who breathes, as Motion JPEG for a fake camera."""
    context = await browser.new_context(viewport=_SIZE)
    page = await context.new_page()
    with path.open("wb") as out:
        for frame in range(_FRAMES):
            rest = abs(frame - _FRAMES // 2) / (_FRAMES // 2)
            drawn = _ROOM.format(**_ROOMS[who]) + _PEOPLE[who].format(sway=4 * rest, smile=14 + 8 * rest)
            await page.set_content(
                '<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" '
                f'width="960" height="540">{drawn}</svg>'
            )
            picture = await page.screenshot(type="jpeg", quality=90)
            for _ in range(3):
                out.write(picture)
    await context.close()
