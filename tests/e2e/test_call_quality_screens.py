"""Takes how a call goes for people to look at: the doctor's figures, and a patient whose connection is weak.

Long, so not in make test.
"""

import re

import pytest
from playwright.async_api import Browser, expect

from domain.accounts import Role
from tests.e2e.browsers import PHONE
from tests.e2e.cast import CHINESE_CAST, ENGLISH_CAST, Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.guests import close_dialog, guest_opens, invite
from tests.e2e.pages import DoctorInVisit, InVisit, doctor_opens, patient_opens
from tests.e2e.screens import Screens
from tests.e2e.test_relayed_visits import WITH_RELAY
from tests.e2e.test_screens import Studio
from tests.e2e.test_screens import studio as studio

pytestmark = pytest.mark.full

_FAR_AWAY = """
const getStats = RTCPeerConnection.prototype.getStats;
RTCPeerConnection.prototype.getStats = async function (...given) {
  const report = new Map(await getStats.apply(this, given));
  for (const [id, stat] of report) {
    if (stat.type === 'candidate-pair' && window.farAway) {
      report.set(id, { ...stat, currentRoundTripTime: 0.9 });
    }
  }
  return report;
};
"""
"""A satellite's round trip, as soon as the page is told of it."""


async def open_mark(side: InVisit) -> None:
    word = side.words("features/call", "quality.open", word="|").partition("|")[0]
    await side.page.get_by_role("button", name=re.compile(f"^{re.escape(word)}")).click()


async def demand_figures(console: DoctorInVisit, people: int) -> None:
    """Return once the table has a column for each and a round trip in all of them."""
    table = console.page.get_by_role("table", name=console.words("features/call", "figures.title"))
    label = console.words("features/call", "figures.roundTrip")
    cells = table.get_by_role("row", name=re.compile(f"^{label}")).get_by_role("cell")
    unit = console.words("features/call", "figures.ms", ms="")
    await expect(cells).to_have_text([re.compile(rf"\d+{unit}$")] * people)


@pytest.mark.parametrize("cast", [ENGLISH_CAST, CHINESE_CAST], ids=["en", "zh-CN"])
async def test_how_a_call_goes_is_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit, studio: Studio, browser: Browser
) -> None:
    hospital = await open_hospital({**WITH_RELAY, "HOSPITAL_NAME": cast.hospital})
    screens = Screens(cast.words.language)
    language = cast.words.language
    doctor = await hospital.person(Role.DOCTOR, cast.doctor, locale=language, marked=False)
    patient = await hospital.person(Role.PATIENT, cast.patients[0], locale=language, marked=False)
    visit = await hospital.visit(doctor=doctor, patient=patient)
    phone = await sit(patient, at=hospital, words=cast.words, viewport=PHONE, through=studio.patient)
    await phone.context.add_init_script(_FAR_AWAY)
    desk = await sit(doctor, at=hospital, words=cast.words, through=studio.doctor)
    side = await patient_opens(phone, visit)
    await side.enter()
    console = await doctor_opens(desk)
    await console.choose(patient.display_name)
    await console.admit()
    await side.demand_call()
    await console.demand_call()

    await open_mark(console)
    await demand_figures(console, 2)
    await screens.take(console.page, "console-figures-p2p", whole=False)
    await open_mark(side)
    await screens.take(side.page, "call-quality-asked", whole=False)
    await open_mark(side)

    await side.page.evaluate("window.farAway = true")
    what = cast.words("features/call", "weak.either.what")
    await expect(side.page.get_by_text(what)).to_be_visible()
    await screens.take(side.page, "call-weak", whole=False)
    await open_mark(side)
    await screens.take(side.page, "call-weak-asked", whole=False)
    await side.control("cameraOff").click()
    await expect(side.page.get_by_text(cast.words("features/call", "weak.either.soundOnly"))).to_be_visible()
    await screens.take(side.page, "call-weak-sound-only", whole=False)
    await side.control("cameraOn").click()
    await side.page.evaluate("window.farAway = false")

    name = cast.patients[1]
    link = await invite(console, name)
    await close_dialog(console)
    guest = await guest_opens(await sit(None, at=hospital, words=cast.words, viewport=PHONE), link)
    await guest.agree()
    await guest.join()
    await expect(console.page.locator("[data-third]")).to_have_attribute("data-third", "picture")
    await expect(console.stage.root).to_have_attribute("data-route", "relay")
    await demand_figures(console, 3)
    await screens.take(console.page, "console-figures-relay", whole=False)
    await screens.write_sheet(browser)
