"""A patient's name is verified: submitted on a phone, returned and approved at a desk."""

from playwright.async_api import expect

from domain.accounts import Role
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import DESK, PHONE
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.wording import CHINESE

WORDS = "features/identity"
NUMBER = "11010519491231002X"


async def test_a_name_is_returned_and_then_verified(hospital: Hospital, sit: Sit) -> None:
    patient = await hospital.person(Role.PATIENT, "李晓兰", locale="zh-CN")
    sick = await sit(patient, viewport=PHONE, words=CHINESE)
    page = await sick.open("/me")
    number = page.get_by_role("textbox", name=sick.words(WORDS, "number"))
    submit = page.get_by_role("button", name=sick.words(WORDS, "submit"), exact=True)
    await number.fill(NUMBER)
    assert await complaints(page) == []
    await submit.click()
    await expect(page.get_by_text("**************002X")).to_be_visible()

    desk = await sit(await hospital.person(Role.ADMIN, "Min Wu"), viewport=DESK)
    queue = await desk.open("/admin/identity")
    back = desk.words(WORDS, "queue.returnOf", name=patient.display_name)
    await expect(queue.get_by_text(NUMBER)).to_be_visible()
    assert await complaints(queue) == []
    await queue.get_by_role("button", name=back).click()
    dialog = queue.get_by_role("dialog")
    await dialog.get_by_role("textbox").fill("The name differs")
    await dialog.get_by_role("button", name=desk.words(WORDS, "queue.return"), exact=True).click()
    said = desk.words(WORDS, "queue.returned", name=patient.display_name)
    await expect(queue.get_by_text(said)).to_be_visible()

    await page.reload()
    await expect(page.get_by_text("The name differs")).to_be_visible()
    await number.fill(NUMBER)
    await submit.click()
    await expect(page.get_by_text(sick.words(WORDS, "state.waiting"), exact=True)).to_be_visible()

    await queue.get_by_role("button", name=desk.words(WORDS, "queue.refresh")).click()
    approve = desk.words(WORDS, "queue.approveOf", name=patient.display_name)
    await queue.get_by_role("button", name=approve).click()
    said = desk.words(WORDS, "queue.approved", name=patient.display_name)
    await expect(queue.get_by_text(said)).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(sick.words(WORDS, "state.verified"), exact=True)).to_be_visible()
