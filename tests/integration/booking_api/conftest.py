"""A real server with the HTTP edge alone, and browsers that talk to it."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from actions.context import UnitOfWork
from actions.conversation import Kept, Saying
from actions.passwords import Cost, PasswordHasher
from booking_api import FileDesk, HospitalSettings, attach
from domain.accounts import Account, Role
from domain.errors import UserFault
from domain.second_factor import needs_second_factor
from providers.object_store import FolderObjectStore
from providers.payments.demo import DemoProvider
from providers.throttle import MemoryThrottle
from tests.conftest import Clock
from tests.integration.actions.visits import keep as keep_now
from tests.integration.booking_api.browser import Browser
from tests.live import session_token
from tests.people import (
    PASSWORD,
    make_admin,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)

HOSPITAL = HospitalSettings(
    name="海滨医院",
    demo=False,
    demo_logins=(),
    emergency_number="120",
    default_locale="zh-CN",
    time_zone="Asia/Shanghai",
)

AttachTo = Callable[..., web.Application]
SignIn = Callable[[Account], Awaitable[Browser]]
NewBrowser = Callable[[], Awaitable[Browser]]


@pytest.fixture
def passwords() -> Iterator[PasswordHasher]:
    hasher = PasswordHasher(cost=Cost(time_cost=1, memory_kib=8, parallelism=1))
    yield hasher
    hasher.close()


@pytest.fixture
def web_folder(tmp_path: Path) -> Path:
    """Where the built web app would be."""
    return tmp_path / "dist"


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    """Where files are put."""
    return tmp_path / "objects"


@pytest.fixture
def attached(
    work: UnitOfWork, passwords: PasswordHasher, clock: Clock, web_folder: Path, objects: Path
) -> AttachTo:
    """Makes an application with the edge on it; what is named differs from the usual."""

    async def keep(saying: Saying) -> Kept:
        (outcome,) = await keep_now(work, saying)
        if isinstance(outcome, UserFault):
            raise outcome
        return outcome

    def make(**different: Any) -> web.Application:
        app = web.Application()
        settings: dict[str, Any] = {
            "work": work,
            "passwords": passwords,
            "throttle": MemoryThrottle(clock),
            "hospital": HOSPITAL,
            "public_url": "http://hospital.example",
            "web_folder": web_folder,
            "version": "1.2.3",
            "trusted_proxies": (),
            "payments": DemoProvider(objects / "demo.jsonl", clock=clock, random=os.urandom),
            "files": FileDesk(FolderObjectStore(objects), keep),
        }
        attach(app, **{**settings, **different})
        return app

    return make


@pytest.fixture
async def server(attached: AttachTo, aiohttp_server: Callable[..., Awaitable[TestServer]]) -> TestServer:
    return await aiohttp_server(attached())


@pytest.fixture
async def new_browser(server: TestServer, aiohttp_client: Callable[..., Awaitable[Any]]) -> NewBrowser:
    async def make() -> Browser:
        return Browser(await aiohttp_client(server))

    return make


@pytest.fixture
async def browser(new_browser: NewBrowser) -> Browser:
    """A browser in which nobody is signed in."""
    return await new_browser()


@pytest.fixture
def sign_in(work: UnitOfWork, new_browser: NewBrowser) -> SignIn:
    """Opens a browser in which this account is signed in; of the staff with the second factor given."""

    async def sign_in(account: Account) -> Browser:
        browser = await new_browser()
        if needs_second_factor(account.role):
            await browser.keep(await session_token(work, account))
            return browser
        answer = await browser.sign_in(account.login, PASSWORD)
        assert answer.status == 201, answer.text
        return browser

    return sign_in


@dataclass(frozen=True)
class People:
    """One account of each role, each signed in in a browser of its own."""

    accounts: dict[Role, Account]
    browsers: dict[Role, Browser]

    @property
    def patient(self) -> Browser:
        return self.browsers[Role.PATIENT]

    @property
    def doctor(self) -> Browser:
        return self.browsers[Role.DOCTOR]

    @property
    def pharmacist(self) -> Browser:
        return self.browsers[Role.PHARMACIST]

    @property
    def auditor(self) -> Browser:
        return self.browsers[Role.AUDITOR]

    @property
    def admin(self) -> Browser:
        return self.browsers[Role.ADMIN]


@pytest.fixture
async def people(work: UnitOfWork, sign_in: SignIn) -> AsyncIterator[People]:
    accounts = {
        Role.PATIENT: await make_patient(work),
        Role.DOCTOR: await make_doctor(work),
        Role.PHARMACIST: await make_pharmacist(work),
        Role.AUDITOR: await make_auditor(work),
        Role.ADMIN: await make_admin(work),
    }
    yield People(accounts, {role: await sign_in(account) for role, account in accounts.items()})
