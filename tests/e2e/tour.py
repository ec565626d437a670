"""One language's hospital with people in it, for tests that take pictures of its pages."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, Route, ViewportSize, expect

from actions import booking
from domain.accounts import SYSTEM, Account, Role, actor_of
from domain.booking import Booking
from server.database import now
from storage.accounts import demo_accounts
from tests.bookable import give_hours, hold_slot
from tests.e2e.browsers import PHONE, Person
from tests.e2e.cast import CHINESE_CAST, ENGLISH_CAST, Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.screens import Screens

ZONE = ZoneInfo("Asia/Shanghai")
ANYTHING = ".*"
"""States of failure are brought about here, and each has its line in the browser's log."""
BOTH = pytest.mark.parametrize("cast", [ENGLISH_CAST, CHINESE_CAST], ids=["en", "zh-CN"])


class Tour:
    """One language's hospital, and a hand that takes pictures of it."""

    def __init__(self, cast: Cast, hospital: Hospital, sit: Sit) -> None:
        self.cast = cast
        self.hospital = hospital
        self.work = hospital.work
        self._sit = sit
        self.take: Callable[..., Awaitable[None]] = Screens(cast.words.language).take

    @classmethod
    async def begin(
        cls, cast: Cast, open_hospital: OpenHospital, sit: Sit, settings: dict[str, str] | None = None
    ) -> "Tour":
        named = {"HOSPITAL_NAME": cast.hospital, "DEMO": "true", "HOSPITAL_TIME_ZONE": ZONE.key}
        return cls(cast, await open_hospital(named | (settings or {})), sit)

    async def patient(self, number: int) -> Account:
        name, locale = self.cast.patients[number], self.cast.words.language
        return await self.hospital.person(Role.PATIENT, name, locale=locale, marked=False)

    async def doctor(self, name: str, *, hours: bool = True) -> Account:
        locale = self.cast.words.language
        made = await self.hospital.person(Role.DOCTOR, name, locale=locale, marked=False)
        if hours:
            await give_hours(self.work, made, begins=9 * 60, ends=17 * 60)
        return made

    async def demo(self, login: str = "doctor.zhang") -> Account:
        """Return one of the demo's own people; its doctors have a whole profile."""
        async with self.work.begin(SYSTEM, "test") as ctx:
            return next(one for one in await demo_accounts(ctx.tx) if one.login == login)

    async def held(self, patient: Account, doctor: Account, *, days: int) -> Booking:
        day = now().astimezone(ZONE).date() + timedelta(days=days)
        starts_at = datetime.combine(day, time(9 + days), ZONE)
        async with self.work.begin(actor_of(patient), "test") as ctx:
            return await hold_slot(ctx, doctor, starts_at)

    async def booked(self, patient: Account, doctor: Account, *, days: int) -> Booking:
        held = await self.held(patient, doctor, days=days)
        async with self.work.begin(SYSTEM, "test") as ctx:
            assert await booking.confirm(ctx, held.id)
        return held

    async def page_of(self, account: Account | None, viewport: ViewportSize = PHONE) -> Page:
        who = await self._sit(account, at=self.hospital, words=self.cast.words, viewport=viewport)
        return await self._page(who)

    async def _page(self, who: Person) -> Page:
        who.expect_complaint(ANYTHING)
        return await who.context.new_page()

    async def opens(self, page: Page, path: str) -> None:
        """Go somewhere and wait until nothing more is asked for."""
        await page.goto(self.hospital.url + path)
        await expect(heading(page)).to_be_visible()
        await page.wait_for_load_state("networkidle")

    async def fails(self, page: Page, address: str, path: str, name: str) -> None:
        """Take a page while its answer is on the way, and when none comes."""

        async def hang(route: Route) -> None:
            """Never answer."""

        await page.route(address, hang)
        await page.goto(self.hospital.url + path)
        await expect(page.get_by_role("status").last).to_be_attached()
        await self.take(page, f"{name}-loading", settled=False)
        await page.unroute(address)
        await page.route(address, lambda route: route.abort())
        await page.goto(self.hospital.url + path)
        await expect(page.get_by_role("alert").last).to_be_visible()
        await self.take(page, f"{name}-unreachable")
        await page.unroute(address)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)
