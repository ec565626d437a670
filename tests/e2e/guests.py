"""An invited guest's part in a call, as people press it."""

import re
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.browsers import Person
from tests.e2e.calls import Call
from tests.e2e.pages import DoctorInVisit, InVisit
from tests.waiting import until

_RECEIVED = """async () => {
  const pc = window.seenByTests.peers().at(-1);
  const report = pc ? [...(await pc.getStats()).values()] : [];
  const of = (kind) => report.filter((one) => one.type === 'inbound-rtp' && one.kind === kind);
  return {
    frames: of('video').map((one) => one.framesDecoded ?? 0),
    sound: of('audio').map((one) => one.packetsReceived),
    energy: of('audio').map((one) => one.totalAudioEnergy ?? 0),
  };
}"""
"""What comes by the newest connection, one number for each source."""

_FACES_FREE = """() => {
  const box = (element) => element.getBoundingClientRect();
  const own = box(document.querySelector('[data-call-stage] [data-corner]'));
  const others = [...document.querySelectorAll('[data-call-stage] [data-fitted="true"]')];
  return others.length === 2 && others.every((one) => {
    const face = box(one);
    const name = box(one.querySelector('video ~ span'));
    const apart = own.left >= face.right || own.right <= face.left
      || own.top >= face.bottom || own.bottom <= face.top;
    return apart && name.left >= face.left && name.right <= face.right && name.bottom <= face.bottom;
  });
}"""


class GuestInVisit(InVisit):
    """The guest's page."""

    def say(self, key: str, **values: object) -> str:
        """Return a string of this page."""
        return self.words("apps/guest", key, **values)

    async def agree(self) -> None:
        """Agree to what joining means: the link is used by it."""
        await self.page.get_by_role("button", name=self.say("agree"), exact=True).click()

    async def join(self) -> None:
        """Press the one button of the check of camera and sound."""
        await self.page.get_by_role("button", name=self.say("join"), exact=True).click()

    async def hang_up(self) -> None:
        """Leave, and say yes to the question."""
        await self.control("leave").click()
        dialog = self.page.get_by_role("dialog", name=self.words("features/call", "hangUp.title"))
        await dialog.get_by_role(
            "button", name=self.words("features/call", "hangUp.confirm"), exact=True
        ).click()


async def guest_opens(who: Person, link: str) -> GuestInVisit:
    """Open an invitation link."""
    page = await who.context.new_page()
    await page.goto(link)
    return GuestInVisit(page, who)


async def invite(doctor: DoctorInVisit, name: str) -> str:
    """Have the doctor invite somebody; return the link. The dialog stays open."""

    def say(key: str, **values: object) -> str:
        return doctor.words("features/guest-invitation", key, **values)

    await doctor.control("invite").click()
    dialog = doctor.page.get_by_role("dialog", name=say("title"))
    await dialog.get_by_role("textbox", name=say("name")).fill(name)
    await dialog.get_by_role("button", name=say("make"), exact=True).click()
    field = dialog.get_by_role("textbox", name=say("link", name=name))
    await expect(field).to_have_value(re.compile("#"))
    return await field.input_value()


async def close_dialog(doctor: DoctorInVisit) -> None:
    """Close the dialog of the invitation."""
    close = doctor.words("features/guest-invitation", "close")
    await doctor.page.get_by_role("button", name=close, exact=True).click()


async def demand_faces_free(page: Page) -> None:
    """Two pictures of others are shown, and the own one covers neither; whose they are is written on them."""

    async def free() -> bool:
        return bool(await page.evaluate(_FACES_FREE))

    await until(free)


async def received(page: Page) -> dict[str, list[float]]:
    """Return pictures decoded and packets of sound so far, one number for each source."""
    found: dict[str, Any] = await page.evaluate(_RECEIVED)
    return found


async def demand_both(page: Page) -> dict[str, list[float]]:
    """Return once pictures and sound of two people come, and go on coming; return by how much they grew."""
    before: dict[str, list[float]] = {}

    async def comes() -> bool:
        nonlocal before
        before = await received(page)
        return [len(before[kind]) for kind in ("frames", "sound")] == [2, 2] and min(before["frames"]) > 0

    await until(comes)
    grown: dict[str, list[float]] = {}

    async def grows() -> bool:
        nonlocal grown
        now = await received(page)
        if any(len(now[kind]) != 2 for kind in ("frames", "sound")):
            return False
        grown = {
            kind: [after - first for after, first in zip(now[kind], before[kind], strict=True)]
            for kind in ("frames", "sound", "energy")
        }
        return min(grown["frames"]) >= 5 and min(grown["sound"]) >= 15 and min(grown["energy"]) > 0

    await until(grows)
    return grown


async def demand_three(call: Call, guest: GuestInVisit) -> None:
    """Return once all three see and hear both others: six ways. Each shows two names and two pictures."""
    for page in (call.patient.page, call.doctor.page, guest.page):
        await expect(page.locator("[data-third]")).to_have_attribute("data-third", "picture")
        grown = await demand_both(page)
        print(f"grew: {grown}")
