"""Single sign-on against a real OpenID provider in a process of its own: what opens, and what never does."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from actions.context import UnitOfWork
from actions.single_sign_on import bind, unbind
from booking_api import SignOn
from domain.accounts import SYSTEM, Account
from domain.errors import Conflict, NotFound
from domain.single_sign_on import ATTEMPT_LIFE
from providers.openid import KEYS_ASKED_EVERY, OpenIdProvider
from storage.housekeeping import tick
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser
from tests.openid_provider import CLIENT_ID, CLIENT_SECRET, RunningProvider, openid_provider
from tests.people import make_doctor, make_patient
from tests.rows import execute, rows, trail

BEGIN = "/api/session/single-sign-on"
MFA = {"amr": ["pwd", "mfa"]}


@pytest.fixture(scope="module")
def running() -> Iterator[RunningProvider]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture
async def idp(running: RunningProvider, clock: Clock) -> RunningProvider:
    """Honest again, and our clock with its own."""
    clock.at = datetime.now(UTC)
    await running.says()
    return running


@pytest.fixture
async def sign_on(idp: RunningProvider, clock: Clock) -> AsyncIterator[SignOn]:
    async with aiohttp.ClientSession() as session:
        provider = OpenIdProvider(
            session,
            clock=clock,
            issuer=idp.issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            redirect_uri="http://hospital.example/sign-in/return",
            strong=frozenset({"urn:strong"}),
        )
        yield SignOn(provider, "Staff ID", match_email=False)


@pytest.fixture
async def server(
    attached: AttachTo, aiohttp_server: Callable[..., Awaitable[TestServer]], sign_on: SignOn
) -> TestServer:
    return await aiohttp_server(attached(sign_on=sign_on))


@pytest.fixture
async def doctor(work: UnitOfWork, idp: RunningProvider) -> Account:
    """Whom the operator has bound."""
    account = await make_doctor(work, login="wang")
    async with work.begin(SYSTEM, "test") as ctx:
        await bind(ctx, "wang", idp.issuer, "staff-1")
    return account


async def sent_back(browser: Browser, idp: RunningProvider) -> dict[str, str]:
    """Press the button, go to the provider, and return what it sends back."""
    begun = await browser.post(BEGIN)
    assert begun.status == 201, begun.text
    back = urlsplit(await idp.sends(begun.json["url"]))
    assert back.path == "/sign-in/return"
    return {name: value for name, (value,) in parse_qs(back.query).items()}


async def enter(browser: Browser, idp: RunningProvider) -> Answer:
    return await browser.post(f"{BEGIN}/answer", await sent_back(browser, idp))


async def test_a_bound_account_is_opened_and_its_own_second_factor_asked_for(
    browser: Browser, doctor: Account, idp: RunningProvider
) -> None:
    assert (await browser.get("/api/hospital")).json["single_sign_on"] == "Staff ID"
    opened = await enter(browser, idp)
    assert (opened.status, opened.json["state"]) == (201, "second-factor-pending"), opened.text
    assert opened.json["account"]["id"] == str(doctor.id)


@pytest.mark.parametrize("claims", [MFA, {"acr": "urn:strong"}], ids=["amr", "acr"])
async def test_the_providers_two_factors_count_from_when_they_were_given(
    browser: Browser, doctor: Account, idp: RunningProvider, dsn: str, claims: dict[str, Any]
) -> None:
    an_hour_ago = int(time.time()) - 3600
    await idp.says(claims={**claims, "auth_time": an_hour_ago})
    assert (await enter(browser, idp)).json["state"] == "open"
    assert rows(dsn, "select proved_at from session") == [(datetime.fromtimestamp(an_hour_ago, UTC),)]


@pytest.mark.parametrize("claims", [MFA, {"amr": ["pwd"], "auth_time": 1}, {"amr": "mfa", "auth_time": 1}])
async def test_less_than_that_leaves_the_own_second_factor_to_give(
    browser: Browser, doctor: Account, idp: RunningProvider, claims: dict[str, Any]
) -> None:
    await idp.says(claims=claims)
    assert (await enter(browser, idp)).json["state"] == "second-factor-pending"


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"aud": "another-client"}},
        {"claims": {"aud": [CLIENT_ID, "another-client"]}},
        {"claims": {"aud": ["another-client"], "azp": CLIENT_ID}},
        {"claims": {"aud": [CLIENT_ID, "other"], "azp": "other"}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"nonce": "of another sign-in"}},
        {"missing": ["nonce"]},
        {"claims": {"exp": 1_700_000_000}},
        {"missing": ["exp"]},
        {"claims": {"iat": 4_000_000_000}},
        {"claims": {"sub": ""}},
        {"claims": {"sub": 7}},
        {"claims": {"auth_time": True}},
        {"sign_with": "none"},
        {"sign_with": "secret"},
        {"sign_with": "stranger"},
    ],
    ids=str,
)
async def test_a_token_that_does_not_hold_opens_nothing(
    browser: Browser, doctor: Account, idp: RunningProvider, dsn: str, lie: dict[str, Any]
) -> None:
    await idp.says(**lie)
    refused = await enter(browser, idp)
    assert (refused.status, refused.code) == (422, "sign_on.refused")
    assert rows(dsn, "select count(*) from session") == [(0,)]
    assert trail(dsn, "session.sign_in_refused")[-1][0] == "refused"


async def test_what_was_sent_back_is_good_once_and_in_the_browser_that_began(
    browser: Browser, new_browser: NewBrowser, doctor: Account, idp: RunningProvider
) -> None:
    answer = await sent_back(browser, idp)
    stranger = await new_browser()
    assert (await stranger.post(f"{BEGIN}/answer", answer)).code == "sign_on.refused", "has no cookie"
    await stranger.post(BEGIN)
    assert (await stranger.post(f"{BEGIN}/answer", answer)).code == "sign_on.refused", "has its own"
    assert (await browser.post(f"{BEGIN}/answer", answer)).status == 201
    again = await sent_back(browser, idp)
    assert (await browser.post(f"{BEGIN}/answer", {**again, "code": "made-up"})).code == "sign_on.refused"
    assert (await browser.post(f"{BEGIN}/answer", again)).code == "sign_on.refused", "the state is spent"
    other = await sent_back(browser, idp)
    mixed = {**other, "iss": "https://evil.example"}
    assert (await browser.post(f"{BEGIN}/answer", mixed)).code == "sign_on.refused"


async def test_a_sign_in_under_way_does_not_last(
    browser: Browser, doctor: Account, idp: RunningProvider, clock: Clock, database: Database, dsn: str
) -> None:
    # The token itself lasts: what is over is the sign-in that was begun here.
    await idp.says(claims={"exp": 4_000_000_000})
    answer = await sent_back(browser, idp)
    clock.forward(ATTEMPT_LIFE)
    assert (await browser.post(f"{BEGIN}/answer", answer)).code == "sign_on.refused"
    await browser.post(BEGIN)
    clock.forward(timedelta(days=2))
    await tick(database, clock())
    assert rows(dsn, "select count(*) from single_sign_on_attempt") == [(0,)]


async def test_new_keys_of_the_provider_are_found(
    browser: Browser, doctor: Account, idp: RunningProvider, clock: Clock
) -> None:
    assert (await enter(browser, idp)).status == 201
    await idp.says(rotate=True)
    assert (await enter(browser, idp)).code == "sign_on.refused", "asked a moment ago"
    clock.forward(KEYS_ASKED_EVERY)
    assert (await enter(browser, idp)).status == 201


async def test_whoever_is_bound_to_nobody_or_disabled_stays_outside(
    browser: Browser, doctor: Account, idp: RunningProvider, dsn: str
) -> None:
    await idp.says(claims={"sub": "staff-2", "email": "wang@example.org", "email_verified": True})
    execute(dsn, "update account set email = 'wang@example.org'")
    unknown = await enter(browser, idp)
    assert (unknown.status, unknown.code) == (403, "sign_on.unknown"), "an address alone opens nothing"
    await idp.says()
    execute(dsn, "update account set disabled_at = now()")
    assert (await enter(browser, idp)).code == "sign_on.unknown"
    assert rows(dsn, "select count(*) from session") == [(0,)]


async def test_where_the_hospital_says_so_a_verified_address_binds_one_account_of_the_staff(
    attached: AttachTo,
    aiohttp_client: Callable[..., Awaitable[Any]],
    sign_on: SignOn,
    work: UnitOfWork,
    idp: RunningProvider,
    dsn: str,
) -> None:
    matching = SignOn(sign_on.provider, sign_on.name, match_email=True)
    browser = Browser(await aiohttp_client(attached(sign_on=matching)))
    doctor = await make_doctor(work, login="wang")
    await make_patient(work, email="wang@example.org")
    execute(dsn, "update account set email = 'Wang@example.org' where id = %s", str(doctor.id))
    email = {"email": "wang@example.org"}
    for proved in ({}, {"email_verified": False}, {"email_verified": "true"}):
        await idp.says(claims={**email, **proved})
        assert (await enter(browser, idp)).code == "sign_on.unknown"
    await idp.says(claims={**email, "email_verified": True})
    assert (await enter(browser, idp)).json["account"]["id"] == str(doctor.id)
    await idp.says()
    assert (await enter(browser, idp)).status == 201, "bound for good"
    await idp.says(claims={"sub": "staff-2", **email, "email_verified": True})
    assert (await enter(browser, idp)).code == "sign_on.unknown", "it has its subject already"
    assert trail(dsn, "sign_on.bind") == [("done", None, str(doctor.id), None)]


async def test_the_operator_binds_one_subject_to_one_account_of_the_staff(
    work: UnitOfWork, doctor: Account, browser: Browser, idp: RunningProvider
) -> None:
    await make_doctor(work, login="zhao")
    await make_patient(work, login="li.patient")
    with pytest.raises(Conflict):
        async with work.begin(SYSTEM, "test") as ctx:
            await bind(ctx, "zhao", idp.issuer, "staff-1")
    with pytest.raises(NotFound):
        async with work.begin(SYSTEM, "test") as ctx:
            await bind(ctx, "li.patient", idp.issuer, "staff-9")
    async with work.begin(SYSTEM, "test") as ctx:
        await unbind(ctx, "wang")
    assert (await enter(browser, idp)).code == "sign_on.unknown"
    with pytest.raises(NotFound):
        async with work.begin(SYSTEM, "test") as ctx:
            await unbind(ctx, "wang")


async def test_a_provider_that_is_down_is_said_to_be(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]], clock: Clock
) -> None:
    async with aiohttp.ClientSession() as session:
        nobody = OpenIdProvider(
            session,
            clock=clock,
            issuer="http://127.0.0.1:9",
            client_id="a",
            client_secret="b",
            redirect_uri="http://hospital.example/sign-in/return",
        )
        browser = Browser(await aiohttp_client(attached(sign_on=SignOn(nobody, "x", match_email=False))))
        down = await browser.post(BEGIN)
    assert (down.status, down.code) == (503, "partner.down")


async def test_without_a_provider_there_is_no_single_sign_on(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]]
) -> None:
    browser = Browser(await aiohttp_client(attached()))
    assert (await browser.get("/api/hospital")).json["single_sign_on"] is None
    assert (await browser.post(BEGIN)).code == "sign_on.unavailable"
    answer = {"state": "a", "code": "b"}
    assert (await browser.post(f"{BEGIN}/answer", answer)).code == "sign_on.unavailable"


async def test_an_address_that_makes_up_answers_is_stopped_before_it_fills_the_audit_trail(
    new_browser: NewBrowser, monkeypatch: pytest.MonkeyPatch, dsn: str
) -> None:
    monkeypatch.setattr("actions.single_sign_on.FINISHED_PER_ADDRESS", 2, raising=False)
    browser = await new_browser()
    made_up = {"state": "made-up", "code": "made-up"}
    tried = [await browser.post(f"{BEGIN}/answer", made_up) for _ in range(4)]
    assert [one.status for one in tried] == [422, 422, 429, 429]
    assert len(trail(dsn, "session.sign_in_refused")) == 2
