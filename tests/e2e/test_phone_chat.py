"""The chat on a phone: the call goes on above it, whole, with the keyboard up as well."""

from playwright.async_api import FloatRect, Locator

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import PatientInVisit

KEYBOARD = 336
_KEYBOARD_UP = f"""
() => {{
  const height = window.innerHeight - {KEYBOARD};
  Object.defineProperty(window.visualViewport, 'height', {{ get: () => height }});
  window.visualViewport.dispatchEvent(new Event('resize'));
}}
"""


async def box(of: Locator) -> FloatRect:
    found = await of.bounding_box()
    assert found is not None
    return found


async def demand_room(patient: PatientInVisit, visible_px: float) -> None:
    """Return once picture, controls and chat lie one above the other in what is seen of the phone."""
    sheet_of = patient.page.get_by_role("dialog", name=patient.words("features/chat", "title"))
    await patient.page.wait_for_function(
        "([sheet, seen]) => Math.abs(sheet.getBoundingClientRect().bottom - seen) < 1",
        arg=[await sheet_of.element_handle(), visible_px],
    )
    sheet, stage = await box(sheet_of), await box(patient.stage.root)
    picture = await box(patient.stage.root.locator("video").first)
    field = await box(patient.chat.field)
    assert picture["height"] > 100 and picture["y"] >= 0
    for key in ("mute", "cameraOff", "leave"):
        control = await box(patient.control(key))
        assert picture["y"] + picture["height"] <= control["y"] + 1
        assert control["y"] + control["height"] <= sheet["y"] + 1
    assert stage["y"] + stage["height"] <= sheet["y"] + 1
    assert sheet["y"] < field["y"] and field["y"] + field["height"] <= visible_px
    fit = await patient.stage.root.locator("video").first.evaluate("one => getComputedStyle(one).objectFit")
    assert fit == "contain", "the person is cut"


async def test_the_call_stays_in_sight_and_in_reach_above_the_chat(hospital: Hospital, sit: Sit) -> None:
    call = await begin_call(hospital, sit)
    patient = call.patient
    await patient.open_chat()
    await demand_room(patient, 844)
    await patient.page.evaluate(_KEYBOARD_UP)
    await demand_room(patient, 844 - KEYBOARD)
    await patient.control("mute").click()
    await patient.close_chat()
    await patient.demand_call()
