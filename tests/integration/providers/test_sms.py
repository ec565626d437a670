"""What every sender of text messages promises; Alibaba Cloud's on a server that checks signatures."""

import asyncio
import hmac
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from domain.errors import PartnerDown
from providers.sms import AliyunSms, ConsoleSms, Sms, SmsKind, SmsRefused, SmsSender
from tests.conftest import Clock
from tests.integration.providers.in_pieces import send_in_two

SECRET = "a secret for tests"
TEMPLATES = {kind.value: f"SMS_{number}" for number, kind in enumerate(SmsKind, 1)} | {
    "reminder-soon.en": "SMS_EN"
}
MESSAGE = Sms(SmsKind.CODE, "+8613800138000", {"code": "012345"}, "code.send:7")


@dataclass
class Provider:
    """A server that takes messages as the provider's manual says, and refuses what is signed wrongly."""

    taken: list[dict[str, str]] = field(default_factory=list)
    answer: dict[str, Any] | str = field(default_factory=lambda: {"Code": "OK", "Message": "OK"})
    status: int = 200
    silent: bool = False
    in_pieces: bool = False
    seen: list[str] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.StreamResponse:
        whole = await self._taken(request)
        return await send_in_two(request, whole, 5) if self.in_pieces else whole

    async def _taken(self, request: web.Request) -> web.Response:
        if self.silent:
            await asyncio.Event().wait()
        self.seen.append(request.headers["x-acs-signature-nonce"])
        if not self._is_signed(request):
            return web.json_response({"Code": "SignatureDoesNotMatch"}, status=400)
        if isinstance(self.answer, str):
            return web.Response(text=self.answer, status=self.status)
        if self.answer.get("Code") == "OK":
            self.taken.append(dict(request.query))
        return web.json_response(self.answer, status=self.status)

    def _is_signed(self, request: web.Request) -> bool:
        algorithm, _, rest = request.headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        names = parts["SignedHeaders"].split(";")
        lines = "".join(f"{name}:{request.headers[name].strip()}\n" for name in names)
        raw = request.rel_url.raw_query_string
        body = request.headers["x-acs-content-sha256"]
        whole = f"POST\n{request.path}\n{raw}\n{lines}\n{parts['SignedHeaders']}\n{body}"
        to_sign = f"{algorithm}\n{sha256(whole.encode()).hexdigest()}"
        signature = hmac.new(SECRET.encode(), to_sign.encode(), "sha256").hexdigest()
        return (
            algorithm == "ACS3-HMAC-SHA256"
            and parts["Credential"] == "key-of-tests"
            and request.headers["x-acs-action"] == "SendSms"
            and request.headers["x-acs-version"] == "2017-05-25"
            and {"host", "x-acs-date", "x-acs-signature-nonce"} <= set(names)
            and hmac.compare_digest(signature, parts["Signature"])
        )


@pytest.fixture
async def provider() -> Provider:
    return Provider()


@pytest.fixture
async def endpoint(provider: Provider) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/", provider.take)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def aliyun(session: aiohttp.ClientSession, endpoint: str, clock: Clock, **different: Any) -> AliyunSms:
    settings: dict[str, Any] = {
        "clock": clock,
        "random": os.urandom,
        "endpoint": endpoint,
        "access_key": "key-of-tests",
        "secret_key": SECRET,
        "sign_name": "海滨医院",
        "templates": TEMPLATES,
    }
    return AliyunSms(session, **{**settings, **different})


@pytest.fixture(params=["console", "aliyun"])
def sender(
    request: pytest.FixtureRequest, http: aiohttp.ClientSession, endpoint: str, clock: Clock
) -> SmsSender:
    return ConsoleSms() if request.param == "console" else aliyun(http, endpoint, clock)


@pytest.mark.parametrize("kind", SmsKind)
async def test_every_sender_takes_every_kind_and_logs_nothing_of_it(sender: SmsSender, kind: SmsKind) -> None:
    values = {"code": "012345"} if kind is SmsKind.CODE else {}
    with structlog.testing.capture_logs() as lines:
        taken = await sender.send(Sms(kind, "+8613800138000", values, "code.send:7"))
    assert (taken is None) == isinstance(sender, ConsoleSms)
    assert [line["kind"] for line in lines] == [kind.value]
    assert "13800138000" not in str(lines) and "012345" not in str(lines)


async def test_the_receipts_number_is_kept_and_our_own_where_there_is_none(
    provider: Provider, http: aiohttp.ClientSession, endpoint: str, clock: Clock
) -> None:
    provider.answer = {"Code": "OK", "BizId": "900619746936498440^0"}
    assert await aliyun(http, endpoint, clock).send(MESSAGE) == "900619746936498440^0"
    provider.answer = {"Code": "OK"}
    [*_, last] = [await aliyun(http, endpoint, clock).send(MESSAGE)]
    assert last == provider.taken[-1]["OutId"]


async def test_a_language_has_a_template_of_its_own_where_one_is_named(
    provider: Provider, http: aiohttp.ClientSession, endpoint: str, clock: Clock
) -> None:
    for locale in ("en", "zh-CN"):
        soon = Sms(SmsKind.REMINDER_SOON, "+8613800138000", {"time": "x"}, "notice.send:7", locale)
        await aliyun(http, endpoint, clock).send(soon)
    english, chinese = (taken["TemplateCode"] for taken in provider.taken)
    assert (english, chinese) == ("SMS_EN", TEMPLATES["reminder-soon"])


async def test_a_kind_without_a_template_is_refused_before_anybody_is_asked(
    provider: Provider, http: aiohttp.ClientSession, endpoint: str, clock: Clock
) -> None:
    with pytest.raises(SmsRefused) as refused:
        await aliyun(http, endpoint, clock, templates={"known": "SMS_2"}).send(MESSAGE)
    assert refused.value.reason == "no_template"
    assert provider.taken == []


def test_a_message_shows_neither_its_number_nor_its_code() -> None:
    assert "138" not in repr(MESSAGE) and "012345" not in repr(MESSAGE)


async def test_the_provider_gets_the_template_and_its_values(
    http: aiohttp.ClientSession, endpoint: str, clock: Clock, provider: Provider
) -> None:
    await aliyun(http, endpoint, clock).send(MESSAGE)
    await aliyun(http, endpoint, clock).send(Sms(SmsKind.KNOWN, "+447700900123", {}, "code.send:8"))
    first, second = provider.taken
    assert first["PhoneNumbers"] == "13800138000"
    assert (first["SignName"], first["TemplateCode"]) == ("海滨医院", "SMS_1")
    assert json.loads(first["TemplateParam"]) == {"code": "012345"}
    assert (second["PhoneNumbers"], second["TemplateCode"]) == ("447700900123", "SMS_2")
    assert len(set(provider.seen)) == 2, "a nonce is used once"


@pytest.mark.parametrize("code", ["isv.MOBILE_NUMBER_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.BLACK_KEY"])
async def test_what_is_wrong_with_the_message_is_refused_for_good(
    http: aiohttp.ClientSession, endpoint: str, clock: Clock, provider: Provider, code: str
) -> None:
    provider.answer = {"Code": code, "Message": "13800138000 is wrong"}
    with pytest.raises(SmsRefused) as refused:
        await aliyun(http, endpoint, clock).send(MESSAGE)
    assert refused.value.reason == code
    assert "138" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (503, {"Code": "ServiceUnavailable"}),
        (400, {"Code": "Throttling.User"}),
        (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}),
        (200, {"Code": "isp.RAM_PERMISSION_DENY"}),
        (200, {"Message": "no code"}),
        (200, {"Code": 7}),
        (200, "<html>"),
        (200, "[]"),
    ],
)
async def test_what_may_pass_is_tried_again_later(
    http: aiohttp.ClientSession,
    endpoint: str,
    clock: Clock,
    provider: Provider,
    status: int,
    answer: dict[str, Any] | str,
) -> None:
    provider.status, provider.answer = status, answer
    with pytest.raises(PartnerDown):
        await aliyun(http, endpoint, clock).send(MESSAGE)


async def test_a_wrong_secret_takes_nothing_and_is_not_the_messages_fault(
    http: aiohttp.ClientSession, endpoint: str, clock: Clock, provider: Provider
) -> None:
    with pytest.raises(PartnerDown):
        await aliyun(http, endpoint, clock, secret_key="another").send(MESSAGE)
    assert provider.taken == []


async def test_a_provider_that_does_not_answer_is_not_waited_for(
    http: aiohttp.ClientSession, endpoint: str, clock: Clock, provider: Provider
) -> None:
    provider.silent = True
    with pytest.raises(PartnerDown):
        await aliyun(http, endpoint, clock, timeout_s=0.05).send(MESSAGE)


async def test_a_provider_that_is_not_there_is_down(http: aiohttp.ClientSession, clock: Clock) -> None:
    with pytest.raises(PartnerDown):
        await aliyun(http, "http://127.0.0.1:9", clock).send(MESSAGE)


async def test_an_answer_that_comes_in_pieces_is_read_whole(
    http: aiohttp.ClientSession, endpoint: str, provider: Provider, clock: Clock
) -> None:
    provider.in_pieces = True
    assert await aliyun(http, endpoint, clock).send(MESSAGE)
