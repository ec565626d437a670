"""Takes every page and every designed state for people to look at: build/screens. Long, so not in make test.

docs/call.png is build/screens/en/console-call-1280.png: copy it there when the console's look changes.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, Route, expect

from domain.accounts import Account, Role
from server.demo import PASSWORD as DEMO_PASSWORD
from tests.e2e.browsers import PHONE, Person, chromium
from tests.e2e.cast import CHINESE_CAST, ENGLISH_CAST, Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.pages import (
    DoctorInVisit,
    PatientInVisit,
    Replay,
    doctor_opens,
    patient_opens,
    sign_in,
)
from tests.e2e.portraits import film
from tests.e2e.screens import Screens

pytestmark = pytest.mark.full

ANYTHING = ".*"
"""States of failure are brought about here, and each has its line in the browser's log."""
_DENIED = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
"""


@dataclass
class Studio:
    """Two browsers whose cameras see a patient and a doctor."""

    patient: Browser
    doctor: Browser


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def studio(
    playwright: Playwright, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Studio]:
    folder = tmp_path_factory.mktemp("films")
    opened = []
    async with AsyncExitStack() as stack:
        for who in ("patient", "doctor"):
            path = folder / f"{who}.mjpeg"
            await film(browser, who, path)
            flag = f"--use-file-for-fake-video-capture={path}"
            opened.append(await stack.enter_async_context(chromium(playwright, flag)))
        yield Studio(*opened)


@pytest.mark.parametrize("cast", [ENGLISH_CAST, CHINESE_CAST], ids=["en", "zh-CN"])
async def test_every_page_is_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit, studio: Studio, browser: Browser
) -> None:
    hospital = await open_hospital({"HOSPITAL_NAME": cast.hospital})
    demo = await open_hospital({"DEMO": "true"})
    scene = Scene(cast, hospital, sit, studio, Screens(cast.words.language))
    await scene.door(demo)
    await scene.before_the_visit()
    await scene.call()
    await scene.failures()
    await scene.back_office(demo)
    await scene.screens.write_sheet(browser)


class Scene:
    """The pictures of one language, in the order of a day."""

    def __init__(self, cast: Cast, hospital: Hospital, sit: Sit, studio: Studio, screens: Screens) -> None:
        self.cast = cast
        self.words = cast.words
        self.hospital = hospital
        self.studio = studio
        self.screens = screens
        self._sit = sit

    async def sits(
        self, account: Account | None, *, at: Hospital | None = None, patient: bool = False
    ) -> Person:
        through = self.studio.patient if patient else self.studio.doctor
        who = await self._sit(account, at=at or self.hospital, words=self.words, through=through)
        who.expect_complaint(ANYTHING)
        return who

    async def makes(self, role: Role, name: str) -> Account:
        return await self.hospital.person(role, name, locale=self.words.language, marked=False)

    async def door(self, demo: Hospital) -> None:
        who = await self.sits(None, at=demo)
        page = await who.open("/")
        await expect(page.get_by_role("heading", level=2)).to_be_visible()
        await self.screens.take(page, "door-demo")
        plain = await self.sits(None)
        page = await plain.open("/")
        await self.screens.take(page, "door")
        await sign_in(page, plain, "nobody.here", "not the password")
        await expect(page.get_by_role("alert")).to_be_visible()
        await self.screens.take(page, "door-wrong-password")

    async def before_the_visit(self) -> None:
        name = self.cast.patients[4]
        idle = await self.sits(await self.makes(Role.PATIENT, name), patient=True)
        page = await idle.open("/")
        await expect(page.get_by_role("heading", level=2)).to_be_visible()
        await self.screens.take(page, "home-empty")
        for place in ("records", "me"):
            await page.goto(f"{self.hospital.url}/{place}")
            await expect(page.get_by_role("heading", level=1)).to_be_visible()
            await self.screens.take(page, f"{place}-empty" if place == "records" else place)
        await page.goto(f"{self.hospital.url}/me/notices")
        await expect(page.get_by_role("switch")).to_be_visible()
        await self.screens.take(page, "me-notices")

        doctor = await self.makes(Role.DOCTOR, self.cast.doctor)
        later = await self.hospital.visit(
            doctor=doctor, patient=await self.makes(Role.PATIENT, name), after=timedelta(hours=3)
        )
        who = await self.sits(later.patient, patient=True)
        early = await patient_opens(who, later)
        await early.demand_step("early")
        await self.screens.take(early.page, "visit-early")
        await early.page.goto(f"{self.hospital.url}/")
        await expect(early.page.get_by_test_id("next-visit")).to_be_visible()
        await self.screens.take(early.page, "home-early")
        await early.page.goto(f"{self.hospital.url}/visit/018f0000-0000-7000-8000-000000000000")
        await early.demand_step("missing")
        await self.screens.take(early.page, "visit-missing")

        denied = await self.sits(later.patient, patient=True)
        await denied.context.add_init_script(_DENIED)
        soon = await self.hospital.visit(
            doctor=await self.makes(Role.DOCTOR, self.cast.doctor), patient=later.patient
        )
        ready = await patient_opens(denied, soon)
        await ready.demand_step("ready")
        await self.screens.take(ready.page, "ready-denied")

    async def call(self) -> None:
        first, *others = [await self.makes(Role.PATIENT, name) for name in self.cast.patients[:4]]
        doctor = await self.makes(Role.DOCTOR, self.cast.doctor)
        desk = await self.sits(doctor)
        console = await doctor_opens(desk)
        await expect(console.page.get_by_role("heading", level=1)).to_be_visible()
        await self.screens.take(console.page, "console-empty", whole=False)

        over = await self.hospital.visit(doctor=doctor, patient=others[2], after=-timedelta(minutes=50))
        await self.hospital.past_visit(self.cast.said, over)
        visit = await self.hospital.visit(doctor=doctor, patient=first, after=-timedelta(minutes=5))
        next_one = await self.hospital.visit(doctor=doctor, patient=others[0], after=timedelta(minutes=15))
        await self.hospital.visit(doctor=doctor, patient=others[1], after=timedelta(minutes=40))
        await self.hospital.arrive(next_one)
        await console.page.reload()
        await console.demand_group(others[0].display_name, "waiting")
        await self.screens.take(console.page, "console", whole=False)

        phone = await self.sits(first, patient=True)
        home = await phone.open("/")
        await home.set_viewport_size(PHONE)
        await expect(home.get_by_test_id("next-visit")).to_be_visible()
        await self.screens.take(home, "home")
        await home.close()
        patient = await patient_opens(phone, visit)
        await patient.page.set_viewport_size(PHONE)
        await patient.demand_step("ready")
        await expect(patient.page.locator("video")).to_be_visible()
        await self.screens.take(patient.page, "ready")
        await patient.enter()
        await self.screens.take(patient.page, "waiting")
        await phone.context.set_offline(True)
        await expect(patient.page.locator("[data-status='offline']")).to_be_visible()
        await self.screens.take(patient.page, "waiting-offline")
        await phone.context.set_offline(False)

        name = first.display_name
        await console.demand_group(name, "waiting")
        await console.choose(others[1].display_name)
        await self.screens.take(console.page, "console-planned", whole=False)
        await console.choose(name)
        await expect(console.page.locator("video")).to_be_visible()
        await self.screens.take(console.page, "console-arrived", whole=False)
        await console.page.keyboard.press("?")
        await expect(console.page.get_by_role("dialog")).to_be_visible()
        await self.screens.take(console.page, "console-keys", whole=False)
        await console.page.keyboard.press("Escape")
        await expect(console.page.get_by_role("dialog")).to_have_count(0)
        secret = await self.hospital.second_factor(visit.doctor)
        self.hospital.age_proofs(visit.doctor)
        await console.admit()
        await expect(console.proof.get_by_role("textbox")).to_have_count(2)
        await self.screens.take(console.page, "console-proof", whole=False)
        await console.prove(secret)
        await patient.demand_call()
        await console.demand_call()
        await self._talk(patient, console, visit)

    async def _talk(self, patient: PatientInVisit, console: DoctorInVisit, visit: Visit) -> None:
        """From the first picture to the end of the visit."""
        take, name = self.screens.take, visit.patient.display_name
        await take(patient.page, "call", whole=False)
        await patient.open_chat()
        for number, text in enumerate(self.cast.said):
            one, other = (patient, console) if number % 2 else (console, patient)
            await one.chat.write(text)
            await one.chat.demand_kept(text)
            await other.chat.demand_heard(text)
        await take(patient.page, "call-chat", whole=False)
        await patient.close_chat()
        await expect(console.stage.root).to_have_attribute("data-quality", "good")
        await take(console.page, "console-call", whole=False)
        await console.page.get_by_role(
            "tab", name=self.words("features/consultation-pane", "tab.visit")
        ).click()
        await take(console.page, "console-call-visit", whole=False)
        await console.page.get_by_role(
            "tab", name=self.words("features/consultation-pane", "tab.chat")
        ).click()

        await patient.control("mute").click()
        await patient.control("cameraOff").click()
        what = self.words("features/call", "bothOff.what", name=name)
        await expect(console.stage.root.get_by_text(what)).to_be_visible()
        await take(patient.page, "call-own-devices-off", whole=False)
        await take(console.page, "console-camera-off", whole=False)
        await patient.control("unmute").click()
        await patient.control("cameraOn").click()
        await patient.demand_call()

        await patient.who.context.set_offline(True)
        signalling = patient.stage.root.get_by_text(self.words("features/call", "signalling"))
        await expect(signalling).to_be_visible()
        await take(patient.page, "call-offline", whole=False)
        await patient.who.context.set_offline(False)
        await expect(signalling).to_have_count(0)

        second = await patient_opens(patient.who, visit)
        await second.page.get_by_role("button", name=self.words("apps/patient", "visit.join.enter")).click()
        await second.demand_call()
        await patient.demand_step("superseded")
        await take(patient.page, "visit-superseded")
        await second.page.goto("about:blank")
        await expect(console.stage.root).to_have_attribute("data-view", "other")
        await take(console.page, "console-reconnecting", whole=False)
        await patient.page.get_by_role(
            "button", name=self.words("apps/patient", "visit.superseded.here")
        ).click()
        await patient.demand_call()
        await patient.leave()
        await patient.demand_step("left")
        await take(patient.page, "visit-left")
        await expect(console.stage.root).to_have_attribute("data-view", "away.left")
        await take(console.page, "console-away", whole=False)
        again = self.words("apps/patient", "visit.left.again")
        await patient.page.get_by_role("button", name=again).click()
        await patient.demand_call()

        await console.control("end").click()
        await expect(console.page.get_by_role("dialog")).to_be_visible()
        await take(console.page, "console-end", whole=False)
        await console.page.keyboard.press("Escape")
        await expect(console.page.get_by_role("dialog")).to_have_count(0)
        await console.finish()
        await patient.demand_step("afterwards")
        await take(patient.page, "afterwards")
        await console.demand_group(name, "finished")
        await take(console.page, "console-finished", whole=False)
        await patient.page.goto(f"{self.hospital.url}/records")
        await expect(patient.page.get_by_role("listitem").first).to_be_visible()
        await take(patient.page, "records")

    async def failures(self) -> None:
        """States that nobody wishes for: nothing found, not allowed, not reached, not there yet."""
        patient = await self.makes(Role.PATIENT, self.cast.patients[0])
        who = await self.sits(patient, patient=True)
        page = await who.open("/nowhere")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await self.screens.take(page, "not-found")
        await page.goto(f"{self.hospital.url}/doctor")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await self.screens.take(page, "not-yours")

        async def hang(route: Route) -> None:
            """Never answer."""

        await page.route("**/api/appointments*", hang)
        await page.goto(f"{self.hospital.url}/")
        await expect(page.get_by_role("status").last).to_be_attached()
        await self.screens.take(page, "home-loading")
        await page.route("**/api/appointments*", lambda route: route.abort())
        await page.reload()
        await expect(page.get_by_role("alert")).to_be_visible()
        await self.screens.take(page, "home-unreachable")
        await page.route("**/api/session", lambda route: route.abort())
        await page.reload()
        await expect(page.get_by_role("alert")).to_be_visible()
        await self.screens.take(page, "session-unreachable")

        # Without a relay to use, a call by relay alone never connects.
        visit = await self.hospital.visit(
            patient=patient, doctor=await self.makes(Role.DOCTOR, self.cast.doctor)
        )
        side = await patient_opens(await self.sits(patient, patient=True), visit, "?relay=only")
        await side.enter()
        console = await doctor_opens(await self.sits(visit.doctor))
        await console.demand_group(patient.display_name, "waiting")
        await console.choose(patient.display_name)
        await console.admit()
        await expect(side.stage.root).to_have_attribute("data-view", "connecting")
        await self.screens.take(side.page, "call-connecting", whole=False)

    async def back_office(self, demo: Hospital) -> None:
        """The pages of those who are in no visit, with the demo's day in them."""
        take = self.screens.take
        auditor = await self._signs_in(demo, "auditor.qian")
        await expect(auditor.get_by_role("table").get_by_role("link").first).to_be_visible()
        await take(auditor, "archive")
        await auditor.get_by_label(self.words("features/archive-search", "patient"), exact=True).fill("zz")
        await auditor.get_by_role("button", name=self.words("features/archive-search", "find")).click()
        await expect(auditor.get_by_role("heading", level=2)).to_be_visible()
        await take(auditor, "archive-nothing-found")
        ((consultation,),) = demo.rows(
            "select distinct conversation_id::text from archive_entry where kind = 'finished'"
        )
        await auditor.goto(f"{demo.url}/auditor/consultations/{consultation}")
        replay = Replay(auditor, Person("", auditor.context, demo, self.words))
        await replay.demand_verdict("intact")
        await take(auditor, "record")
        await replay.head.press("Home")
        await replay.head.press("ArrowRight")
        await take(auditor, "record-playing")
        demo.tamper(
            "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "  # noqa: S608
            f"where conversation_id = '{consultation}' and seq = 6"
        )
        await replay.check_again()
        await replay.demand_verdict("broken")
        await replay.verdict.get_by_role("listitem").get_by_role("button").first.click()
        await take(auditor, "record-broken")
        for place in ("audit", "sessions"):
            await auditor.goto(f"{demo.url}/auditor/{place}")
            await expect(auditor.get_by_role("heading", level=1)).to_be_visible()
            await auditor.wait_for_load_state("networkidle")
            await take(auditor, place)
        admin = await self._signs_in(demo, "admin")
        for place in ("", "accounts", "jobs"):
            await admin.goto(f"{demo.url}/admin/{place}")
            await expect(admin.get_by_role("heading", level=1)).to_be_visible()
            await admin.wait_for_load_state("networkidle")
            await take(admin, f"admin-{place}" if place else "admin")
        pharmacist = await self._signs_in(demo, "pharmacist.sun")
        await expect(pharmacist.get_by_role("heading", level=1)).to_be_visible()
        await pharmacist.wait_for_load_state("networkidle")
        await take(pharmacist, "pharmacist")

    async def _signs_in(self, demo: Hospital, login: str) -> Page:
        who = await self.sits(None, at=demo)
        page = await who.open("/")
        await sign_in(page, who, login, DEMO_PASSWORD)
        if not login.startswith("patient."):
            go_on = who.words("features/second-factor", "give.do")
            await page.get_by_role("button", name=go_on, exact=True).click()
            await expect(page).not_to_have_url(f"{demo.url}/second-factor")
        await expect(page).not_to_have_url(f"{demo.url}/sign-in")
        return page
