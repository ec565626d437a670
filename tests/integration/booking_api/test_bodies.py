"""Bodies, queries and paths that are not what they should be."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from booking_api.parsing import BODY_MAX
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People

_JSON = {"Content-Type": "application/json"}


async def _post(browser: Browser, data: Any, headers: dict[str, str] | None = None) -> Answer:
    return await browser.send("POST", "/api/session", data=data, headers=headers or _JSON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"login=lan&password=x",
        b'{"login": "lan", "password": "x"} trailing',
        b'{"login": NaN',
        b"\xff\xfe",
        b'{"login": "\\ud800", "password": "x"}',
        b"[" * 30_000,
    ],
)
async def test_a_body_that_is_no_json_is_refused(browser: Browser, body: bytes) -> None:
    answer = await _post(browser, body)
    assert (answer.status, answer.code) == (400, "input.not_json")


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
async def test_a_body_that_is_not_called_json_is_refused(browser: Browser, content_type: str) -> None:
    body = json.dumps({"login": "lan", "password": "x"}).encode()
    answer = await _post(browser, body, {"Content-Type": content_type})
    assert (answer.status, answer.code) == (400, "input.not_json")


async def test_a_write_without_a_body_where_one_belongs_is_refused(browser: Browser) -> None:
    answer = await browser.send("POST", "/api/session")
    assert (answer.status, answer.code) == (400, "input.not_json")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"lan"', b"7"])
async def test_a_body_that_is_no_object_is_invalid(browser: Browser, body: bytes) -> None:
    answer = await _post(browser, body)
    assert (answer.status, answer.code) == (422, "input.invalid")
    assert "fields" not in answer.json


async def test_a_body_that_announces_too_much_is_refused(browser: Browser) -> None:
    answer = await _post(browser, b"x" * (BODY_MAX + 1))
    assert (answer.status, answer.code) == (413, "input.too_large")


async def test_a_body_that_grows_too_large_is_refused(browser: Browser) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * (BODY_MAX // 4)

    answer = await _post(browser, endless())
    assert (answer.status, answer.code) == (413, "input.too_large")


async def test_a_body_that_unpacks_to_too_much_is_refused(browser: Browser) -> None:
    packed = gzip.compress(b" " * (BODY_MAX * 200))
    assert len(packed) < BODY_MAX
    answer = await _post(browser, packed, {**_JSON, "Content-Encoding": "gzip"})
    assert (answer.status, answer.code) == (413, "input.too_large")


async def test_a_body_that_cannot_be_unpacked_is_refused(browser: Browser) -> None:
    answer = await _post(browser, b"not gzip at all", {**_JSON, "Content-Encoding": "gzip"})
    assert (answer.status, answer.code) == (400, "input.not_json")


async def test_a_body_that_never_ends_is_given_up(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking_api.parsing.BODY_TIMEOUT_S", 0.05)
    answered = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await answered.wait()

    async with browser.client.post("/api/session", data=slow(), headers=_JSON) as response:
        answered.set()
        assert response.status == 400
        assert (await response.json(content_type=None))["code"] == "input.not_json"


async def test_the_largest_body_is_read(browser: Browser) -> None:
    body = json.dumps({"login": "lan", "password": "x"}).encode()
    answer = await _post(browser, body + b" " * (BODY_MAX - len(body)))
    assert (answer.status, answer.code) == (401, "auth.invalid_credentials")


async def test_all_wrong_fields_are_named_at_once(people: People) -> None:
    answer = await people.admin.post(
        "/api/accounts",
        {
            "login": "-x-",
            "password": "short",
            "role": "king",
            "display_name": "   ",
            "locale": "fr",
            "email": "a",
            "birth_date": "yesterday",
            "title": 7,
            "crown": True,
        },
    )
    assert answer.status == 422
    assert answer.fields == {
        "login": "bad_format",
        "password": "too_short",
        "role": "not_a_choice",
        "display_name": "too_short",
        "locale": "not_a_choice",
        "email": "too_short",
        "birth_date": "bad_format",
        "title": "wrong_type",
        "crown": "unknown",
    }
    assert "yesterday" not in answer.text, "what was written is not sent back"


async def test_missing_fields_are_named(people: People) -> None:
    answer = await people.admin.post("/api/appointments", {})
    assert answer.fields == {
        "patient_id": "missing",
        "practitioner_id": "missing",
        "starts_at": "missing",
        "ends_at": "missing",
    }


async def test_a_thousand_wrong_fields_do_not_make_a_long_answer(people: People) -> None:
    answer = await people.admin.post("/api/appointments", {f"f{n}": 1 for n in range(2000)})
    assert answer.status == 422
    assert len(answer.fields) <= 50


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("from=today", {"from": "bad_format"}),
        ("from=2026-11-23T10:00:00Z", {"from": "bad_format"}),
        ("from=2026-02-30", {"from": "bad_format"}),
        ("from=0001-01-01", {"from": "too_small"}),
        ("to=9999-12-31", {"to": "too_large"}),
        ("from=2026-11-24&to=2026-11-23", {"to": "out_of_order"}),
        ("from=2026-11-23&from=2026-11-24", {"from": "invalid"}),
        ("form=2026-11-23", {"form": "unknown"}),
        ("from=", {"from": "bad_format"}),
        ("%ff=%ff", None),
    ],
)
async def test_a_wrong_query_is_named(people: People, query: str, fields: dict[str, str] | None) -> None:
    answer = await people.admin.get(f"/api/appointments?{query}")
    assert (answer.status, answer.code) == (422, "input.invalid")
    assert fields is None or answer.fields == fields


@pytest.mark.parametrize("method", ["POST", "DELETE", "PUT", "PATCH", "OPTIONS"])
async def test_a_method_that_an_address_has_not_is_named(browser: Browser, method: str) -> None:
    answer = await browser.send(method, "/api/hospital")
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "allowed"), [("/api/passkeys/challenge", "POST"), ("/api/leave/visits", "GET, HEAD")]
)
async def test_a_word_is_not_taken_for_the_id_that_other_addresses_have_there(
    people: People, path: str, allowed: str
) -> None:
    answer = await people.admin.send("DELETE", path)
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nothing", "/api/hospital/", "/api/../api/x", "/api/%00"]
)
async def test_an_unknown_address_is_not_found(browser: Browser, method: str, path: str) -> None:
    answer = await browser.send(method, path)
    assert (answer.status, answer.code) == (404, "not_found")
