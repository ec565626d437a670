"""A patient's name is verified: submitted on a phone, returned and approved at a desk."""

from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from domain.accounts import Role
from tests.e2e.accessibility import complaints
from tests.e2e.browsers import DESK, PHONE
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.wording import CHINESE
from tests.integration.providers.names.face_id import SECRET_ID, SECRET_KEY, FaceId
from tests.waiting import until

WORDS = "features/identity"
NUMBER = "110101195603120029"
OTHER_DATE = "11010519491231002X"


async def test_a_name_is_returned_and_then_verified(hospital: Hospital, sit: Sit) -> None:
    patient = await hospital.person(Role.PATIENT, "李晓兰", locale="zh-CN")
    sick = await sit(patient, viewport=PHONE, words=CHINESE)
    sick.expect_complaint(r"status of 422 .*/api/identity")  # the number of another birth date
    page = await sick.open("/me")
    number = page.get_by_role("textbox", name=sick.words(WORDS, "number"))
    submit = page.get_by_role("button", name=sick.words(WORDS, "submit"), exact=True)
    await number.fill(OTHER_DATE)
    await submit.click()
    await expect(page.get_by_text(sick.words(WORDS, "otherBirthDate"))).to_be_visible()
    await page.get_by_role("button", name=sick.words(WORDS, "details.correctLabel")).click()
    born = page.get_by_label(sick.words(WORDS, "details.born"), exact=True)
    await born.fill("1949-12-31")
    assert await complaints(page) == []
    await page.get_by_role("button", name=sick.words(WORDS, "details.save"), exact=True).click()
    await expect(page.get_by_text("1949-12-31")).to_be_visible()
    await page.get_by_role("button", name=sick.words(WORDS, "details.correctLabel")).click()
    await born.fill("1956-03-12")
    await page.get_by_role("button", name=sick.words(WORDS, "details.save"), exact=True).click()
    await expect(page.get_by_text("1956-03-12")).to_be_visible()
    await number.fill(NUMBER)
    assert await complaints(page) == []
    await submit.click()
    await expect(page.get_by_text("**************0029")).to_be_visible()

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


async def test_what_a_register_says_stands_beside_the_document_and_the_staff_decides(
    open_hospital: OpenHospital, sit: Sit
) -> None:
    register = FaceId({NUMBER: "李晓兰"})
    async with TestServer(register.app()) as peer:
        hospital = await open_hospital(
            {
                "NAME_REGISTER": "tencent",
                "NAME_REGISTER_ENDPOINT": str(peer.make_url("/")).rstrip("/"),
                "TENCENT_SECRET_ID": SECRET_ID,
                "TENCENT_SECRET_KEY": SECRET_KEY,
            }
        )
        patient = await hospital.person(Role.PATIENT, "李晓兰", locale="zh-CN", marked=False)
        sick = await sit(patient, viewport=PHONE, words=CHINESE, at=hospital)
        page = await sick.open("/me")
        await expect(page.get_by_text(sick.words(WORDS, "comparedBy.tencent"))).to_be_visible()
        await page.get_by_role("textbox", name=sick.words(WORDS, "number")).fill(NUMBER)
        await page.get_by_role("button", name=sick.words(WORDS, "submit"), exact=True).click()
        await expect(page.get_by_text(sick.words(WORDS, "state.waiting"), exact=True)).to_be_visible()

        admin = await hospital.person(Role.ADMIN, "Min Wu")
        desk = await sit(admin, viewport=DESK, at=hospital)
        queue = await desk.open("/admin/identity")
        agrees = queue.get_by_text(desk.words(WORDS, "queue.opinion.agrees"))
        again = queue.get_by_role("button", name=desk.words(WORDS, "queue.refresh"))

        async def answered() -> bool:
            await again.click()
            return await agrees.is_visible()

        await until(answered)
        assert register.asked == [{"IdCard": NUMBER, "Name": "李晓兰"}]
        assert await complaints(queue) == []
        approve = desk.words(WORDS, "queue.approveOf", name=patient.display_name)
        await queue.get_by_role("button", name=approve).click()
        said = desk.words(WORDS, "queue.approved", name=patient.display_name)
        await expect(queue.get_by_text(said)).to_be_visible()
