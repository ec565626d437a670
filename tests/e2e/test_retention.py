"""Three people destroy an old record at their own screens; a hold keeps another. Pictures of every state."""

from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from domain.accounts import Account, Role
from tests.e2e.accessibility import complaints, script
from tests.e2e.browsers import DESK, PHONE
from tests.e2e.cast import CHINESE_CAST, ENGLISH_CAST, Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.screens import Screens
from tests.people import PASSWORD

ANYTHING = ".*"
_PLACE = "features/retention"


@dataclass
class Office:
    """Retention's page at one person's screen."""

    page: Page
    cast: Cast

    def say(self, key: str, **values: object) -> str:
        return self.cast.words(_PLACE, key, **values)

    def plural(self, key: str, count: int) -> str:
        form = "one" if count == 1 and self.cast.words.language == "en" else "other"
        return self.say(f"{key}_{form}", count=count)

    async def show(self, tab: str) -> None:
        await self.page.get_by_role("tab", name=self.say(f"tab.{tab}")).click()

    def button(self, key: str, **values: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(key, **values), exact=True)

    async def decide(self, key: str, *, reason: str | None = None, password: str | None = None) -> Locator:
        """Fill in the open dialog, and return the button that decides."""
        dialog = self.page.get_by_role("dialog")
        if reason is not None:
            await dialog.get_by_role("textbox").first.fill(reason)
        if password is not None:
            await dialog.locator("input[type=password]").fill(password)
        return dialog.get_by_role("button", name=self.say(key), exact=True)

    async def said(self, key: str, **values: object) -> None:
        await expect(self.page.get_by_role("status").filter(has_text=self.say(key, **values))).to_be_visible()


class Studio:
    """Takes the pictures, and holds every state to what everybody must be able to use."""

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    async def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        await self._screens.take(page, name, whole=whole)
        for width in (PHONE, DESK):
            await page.set_viewport_size(width)
            await page.evaluate(script("stand_still"))
            assert await complaints(page) == [], name


@pytest.mark.parametrize(
    "cast",
    [
        pytest.param(ENGLISH_CAST, id="en"),
        pytest.param(CHINESE_CAST, id="zh-CN", marks=pytest.mark.full),
    ],
)
async def test_three_people_destroy_a_record_and_a_hold_keeps_another(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital({"HOSPITAL_NAME": cast.hospital})
    studio = Studio(Screens(cast.words.language))
    names = (
        ("Robin Gray", "Alex Stone", "Sam Field") if cast.words.language == "en" else ("周正", "陈晨", "孙悦")
    )
    roles = (Role.AUDITOR, Role.ADMIN, Role.AUDITOR)
    three = [
        await hospital.person(role, name, locale=cast.words.language, marked=False)
        for role, name in zip(roles, names, strict=True)
    ]
    empty = await _office(hospital, sit, cast, three[0])
    await expect(empty.page.get_by_text(empty.say("requests.empty.what"))).to_be_visible()
    await studio.take(empty.page, "retention-empty")

    gone, held, young = [await _past(hospital, cast, number) for number in range(3)]
    _make_old(hospital, three, gone, held)
    asker = empty
    await asker.show("records")
    rows = asker.page.get_by_role("row")
    await expect(rows).to_have_count(4)
    await (
        asker.page.get_by_role("button", name=cast.words.like(_PLACE, "hold.of"), exact=False)
        .filter(has_text=asker.say("hold.button"))
        .and_(asker.page.locator(f"[aria-label*='{held.patient.display_name}']"))
        .click()
    )
    await studio.take(asker.page, "retention-hold", whole=False)
    await (await asker.decide("hold.do", reason=_why(cast, "A lawsuit is under way", "诉讼进行中"))).click()
    await asker.said("said.held", name=held.patient.display_name)
    await studio.take(asker.page, "retention-records")

    await asker.page.get_by_role("button", name=cast.words.like(_PLACE, "ask.of")).click()
    await (await asker.decide("ask.do")).click()
    await studio.take(asker.page, "retention-ask", whole=False)
    reason = _why(cast, "The term of fifteen years is over", "十五年保存期已满")
    await (await asker.decide("ask.do", reason=reason, password=PASSWORD)).click()
    await expect(asker.page.get_by_role("dialog")).to_have_count(0)
    await asker.show("requests")
    await expect(asker.button("act.withdraw")).to_be_visible()

    first = await _office(hospital, sit, cast, three[1])
    await first.button("act.approve").click()
    await (await first.decide("approve.do", password="not the password")).click()
    await expect(first.page.get_by_text(first.say("dialog.wrongPassword"))).to_be_visible()
    await studio.take(first.page, "retention-approve", whole=False)
    await (await first.decide("approve.do", password=PASSWORD)).click()
    await first.said("said.approve")
    await studio.take(first.page, "retention-request")

    second = await _office(hospital, sit, cast, three[2])
    await second.button("act.approve").click()
    await (await second.decide("approve.do", password=PASSWORD)).click()
    await second.said("said.approve")
    await second.button("act.destroy").click()
    await studio.take(second.page, "retention-destroy", whole=False)
    dialog = second.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=second.plural("destroy.do", 1), exact=True).click()
    await second.said("said.destroy")
    await second.page.get_by_role("button", name=second.plural("request.records", 1)).click()
    await expect(second.page.get_by_text(second.say("inRegister", seq=1))).to_be_visible()
    await studio.take(second.page, "retention-destroyed")
    await second.show("holds")
    await expect(second.page.get_by_text(second.say("holds.stands"), exact=True)).to_be_visible()
    await studio.take(second.page, "retention-holds")

    kept = hospital.rows("select conversation_id::text from archive_key where wrapped is not null")
    assert {held.id, young.id} <= {item for (item,) in kept}
    assert gone.id not in {item for (item,) in kept}


async def _office(hospital: Hospital, sit: Sit, cast: Cast, account: Account) -> Office:
    person = await sit(account, at=hospital, words=cast.words)
    person.expect_complaint(ANYTHING)
    home = "auditor" if account.role is Role.AUDITOR else "admin"
    page = await person.open(f"/{home}/retention")
    await expect(page.get_by_role("heading", level=1)).to_have_text(cast.words(_PLACE, "title"))
    return Office(page, cast)


async def _past(hospital: Hospital, cast: Cast, number: int) -> Visit:
    language = cast.words.language
    doctor = await hospital.person(Role.DOCTOR, cast.doctor, locale=language, marked=False)
    patient = await hospital.person(Role.PATIENT, cast.patients[number], locale=language, marked=False)
    return await hospital.past_visit(cast.said, await hospital.visit(doctor=doctor, patient=patient))


def _make_old(hospital: Hospital, three: list[Account], *visits: Visit) -> None:
    """Let sixteen years have passed since these visits, and a month since these accounts were made."""
    ids = ", ".join(f"'{visit.id}'" for visit in visits)
    people = ", ".join(f"'{account.id}'" for account in three)
    hospital.tamper(
        f"update consultation set ended_at = ended_at - interval '16 years' where id in ({ids}); "  # noqa: S608
        f"update account set created_at = created_at - interval '30 days' where id in ({people})"
    )


def _why(cast: Cast, english: str, chinese: str) -> str:
    return english if cast.words.language == "en" else chinese
