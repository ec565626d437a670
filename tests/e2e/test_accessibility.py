"""Every page for everybody: names, headings, contrast, the keyboard alone, the other language."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from domain.accounts import Role
from tests.e2e.accessibility import complaints, focus_is_seen, script
from tests.e2e.browsers import DESK, PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import doctor_opens, patient_opens
from tests.e2e.wording import CHINESE
from tests.people import PASSWORD

NOBODYS = "018f0000-0000-7000-8000-000000000000"
PLACES = {
    Role.PATIENT: ("/", "/records", "/me", "/me/notices", "/nowhere", f"/visit/{NOBODYS}", "/doctor"),
    Role.DOCTOR: ("/doctor",),
    Role.PHARMACIST: ("/pharmacist",),
    Role.AUDITOR: (
        "/auditor",
        "/auditor/texts",
        "/auditor/samples",
        "/auditor/completeness",
        "/auditor/completeness/conversations",
        "/auditor/retention",
        "/auditor/audit",
        "/auditor/sessions",
    ),
    Role.ADMIN: (
        "/admin",
        "/admin/accounts",
        "/admin/figures",
        "/admin/jobs",
        "/admin/audit",
        "/admin/sessions",
        "/admin/notices",
    ),
}


@pytest.mark.parametrize("role", PLACES)
async def test_each_place_can_be_used_by_everybody(hospital: Hospital, sit: Sit, role: Role) -> None:
    who = await sit(
        await hospital.person(role, "Robin Gray"), viewport=PHONE if role is Role.PATIENT else DESK
    )
    who.expect_complaint(rf"status of 404 .*/api/appointments/{NOBODYS}")  # a visit that is not there
    page = await who.open(PLACES[role][0])
    wrong = {}
    for place in PLACES[role]:
        await page.goto(hospital.url + place)
        wrong[place] = await settled_complaints(page)
        if role in (Role.AUDITOR, Role.ADMIN):
            # Consoles with many places fold them on a phone.
            await page.set_viewport_size(PHONE)
            wrong[f"{place} on a phone"] = await settled_complaints(page)
            await page.set_viewport_size(DESK)
    assert not any(wrong.values()), wrong


async def test_the_checks_find_what_is_wrong(sit: Sit) -> None:
    who = await sit(None, viewport=PHONE)
    page = await who.open("/")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend', `
          <h1 id="twice">second</h1> <p id="twice" style="color: #999">pale</p> <button></button>
          <div role="toolbar" aria-labelledby="nothing"></div>
          <i style="position: absolute; left: 0; width: 500px">wide</i>
        `)"""
    )
    assert sorted(await settled_complaints(page)) == [
        "110 px wider than the window",
        "2 first headings",
        "a button without a name",
        "a toolbar without a name",
        "aria-labelledby names nothing, which is not there",
        'contrast 2.67 of "pale"',
        "the id twice is there 2 times",
    ]


async def test_the_door_can_be_used_by_everybody(sit: Sit) -> None:
    who = await sit(None, viewport=PHONE)
    page = await who.open("/")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await settled_complaints(page) == []


async def test_each_step_of_a_visit_can_be_used_by_everybody(hospital: Hospital, sit: Sit) -> None:
    wrong: dict[str, list[str]] = {}
    visit = await hospital.visit()
    patient = await patient_opens(await sit(visit.patient, viewport=PHONE), visit)
    doctor = await doctor_opens(await sit(visit.doctor))
    name = visit.patient.display_name
    await patient.demand_step("ready")
    wrong["ready"] = await settled_complaints(patient.page)
    await patient.enter()
    wrong["waiting"] = await settled_complaints(patient.page)
    await doctor.demand_group(name, "waiting")
    await doctor.choose(name)
    wrong["before admission"] = await settled_complaints(doctor.page)
    await doctor.admit()
    await patient.demand_call()
    await doctor.demand_call()
    wrong["call"] = await settled_complaints(patient.page)
    await patient.open_chat()
    await patient.chat.write("Good morning")
    await patient.chat.demand_kept("Good morning")
    wrong["chat"] = await settled_complaints(patient.page)
    await doctor.chat.demand_heard("Good morning")
    wrong["console"] = await settled_complaints(doctor.page)
    await doctor.finish()
    await patient.demand_step("afterwards")
    await doctor.demand_group(name, "finished")
    wrong["afterwards"] = await settled_complaints(patient.page)
    wrong["finished"] = await settled_complaints(doctor.page)
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    page = await auditor.open(f"/auditor/consultations/{visit.id}")
    await expect(page.get_by_role("slider")).to_be_visible()
    wrong["replay"] = await settled_complaints(page)
    assert not any(wrong.values()), {step: found for step, found in wrong.items() if found}


async def test_a_visit_needs_no_mouse(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.visit()
    who = await sit(None, viewport=DESK)
    page = await who.open("/")
    keys = Keys(page)
    await keys.go_to(page.get_by_label(who.words("features/sign-in", "login")))
    await page.keyboard.type(visit.patient.login)
    await keys.go_to(page.get_by_role("textbox", name=who.words("features/sign-in", "password")))
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await keys.go_to(page.get_by_role("link", name=who.words("features/visits", "action.prepare")))
    await page.keyboard.press("Enter")
    await keys.go_to(page.get_by_role("button", name=who.words("apps/patient", "visit.ready.enter")))
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("visit-page")).to_have_attribute("data-step", "waiting")

    # The console has keys of its own.
    doctor = await doctor_opens(await sit(visit.doctor))
    await doctor.demand_group(visit.patient.display_name, "waiting")
    await doctor.page.keyboard.press("j")
    await expect(doctor.row(visit.patient.display_name)).to_be_focused()
    await doctor.page.keyboard.press("Enter")
    await expect(
        doctor.page.get_by_role(
            "button", name=re.compile("^" + doctor.words("features/consultation-pane", "ready.admit"))
        )
    ).to_be_visible()
    await doctor.page.keyboard.press("a")
    await doctor.demand_call()
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    await doctor.page.keyboard.press("c")
    await expect(doctor.chat.field).to_be_focused()
    await doctor.page.keyboard.type("m is a letter here")
    await doctor.page.keyboard.press("Enter")
    await doctor.chat.demand_kept("m is a letter here")
    await expect(doctor.control("mute")).to_be_visible()
    await doctor.page.keyboard.press("Escape")
    await doctor.page.keyboard.press("m")
    await expect(doctor.control("unmute")).to_be_visible()

    end = Keys(doctor.page)
    await end.go_to(doctor.control("end"))
    await doctor.page.keyboard.press("Enter")
    dialog = doctor.page.get_by_role("dialog")
    await expect(dialog.get_by_role("button").first).to_be_focused()  # the safe way out
    await end.go_to(dialog.get_by_role("button", name=doctor.words("features/call", "end.confirm")))
    await doctor.page.keyboard.press("Enter")
    await expect(page.get_by_test_id("visit-page")).to_have_attribute("data-step", "afterwards")


async def test_the_other_language_is_one_press_away_and_stays(hospital: Hospital, sit: Sit) -> None:
    who = await sit(None, viewport=PHONE)
    page = await who.open("/")
    title = page.get_by_role("heading", level=1)
    await expect(title).to_have_text(who.words("features/sign-in", "title"))
    await page.get_by_role("button", name="中文").click()
    await expect(title).to_have_text(CHINESE("features/sign-in", "title"))
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await page.reload()
    await expect(title).to_have_text(CHINESE("features/sign-in", "title"))


class Keys:
    """Somebody with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def go_to(self, target: Locator, most: int = 40) -> None:
        """Press Tab until the target has the focus; on the way everything that has it must show it."""
        await expect(target).to_be_visible()
        for _ in range(most):
            if await target.evaluate("(one) => one === document.activeElement"):
                return
            await self._page.keyboard.press("Tab")
            if await self._page.evaluate("() => document.activeElement === document.body"):
                continue  # Past the last control the browser's own bar has its turn.
            assert await focus_is_seen(self._page), await self._page.evaluate(
                "() => document.activeElement.outerHTML.slice(0, 200)"
            )
        pytest.fail(f"{target} is not reached by {most} times Tab")


async def settled_complaints(page: Page) -> list[str]:
    """Return what is wrong once everything is loaded and stands still."""
    await page.wait_for_load_state("networkidle")
    await expect(page.locator("[aria-busy='true']")).to_have_count(0)
    await page.evaluate(script("stand_still"))
    return await complaints(page)
