"""What clients and the log see when something is broken on our side."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from actions.context import Context
from booking_api.security_headers import CardForm, content_security_policy
from domain.errors import OwnFault
from server.embedded_postgres import EmbeddedPostgres
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, People

_SECRET = "what a patient wrote"


async def _fail(ctx: Context, *_: object) -> list[object]:
    raise ValueError(_SECRET)


async def _break(ctx: Context, *_: object) -> list[object]:
    raise OwnFault("two heads of one conversation")


async def test_an_unknown_failure_shows_a_log_id_and_nothing_else(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.accounts.list_accounts", _fail)
    with capture_logs() as logs:
        answer = await people.admin.get("/api/accounts")
    assert (answer.status, answer.code) == (500, "internal")
    assert set(answer.json) == {"type", "title", "status", "detail", "code", "log_id"}
    for hidden in (_SECRET, "ValueError", "Traceback", ".py"):
        assert hidden not in answer.text
    (error,) = [line for line in logs if line["log_level"] == "error"]
    assert error["log_id"] == answer.json["log_id"] == answer.headers["X-Request-Id"]
    assert error["error"] == "ValueError"
    assert any("_fail" in place for place in error["at"]), "the log says where"
    assert _SECRET not in str(logs), "the log does not quote people"


async def test_a_broken_invariant_is_explained_in_the_log_alone(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.accounts.list_accounts", _break)
    with capture_logs() as logs:
        answer = await people.admin.get("/api/accounts")
    assert (answer.status, answer.code) == (500, "internal")
    assert "two heads" not in answer.text
    (error,) = [line for line in logs if line["log_level"] == "error"]
    assert error["detail"] == "two heads of one conversation"


async def test_without_its_database_the_server_is_not_ready_and_says_when_to_return(
    browser: Browser, cluster: EmbeddedPostgres, dsn: str
) -> None:
    name = dsn.rpartition("dbname=")[2]
    cluster.sql("postgres", f'alter database "{name}" allow_connections false')
    cluster.sql(
        "postgres",
        # Waited for: a connection that is told to end may answer one more question.
        f"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{name}'",  # noqa: S608
    )
    for path in ("/healthz", "/api/session"):
        cookie = {"Cookie": "televisit_session=x"}
        answer = await browser.get(path, headers=cookie)
        assert (answer.status, answer.code) == (503, "partner.down"), path
        assert answer.headers["Retry-After"] == "5"
        assert "psycopg2" not in answer.text and "terminat" not in answer.text
    cluster.sql("postgres", f'alter database "{name}" allow_connections true')
    assert (await browser.get("/healthz")).status == 200, "it comes back by itself"


async def test_every_request_has_an_id_of_ours(browser: Browser) -> None:
    with capture_logs() as logs:
        first = await browser.get("/api/hospital", headers={"X-Request-Id": "forged"})
        second = await browser.get("/api/nothing")
    ids = [first.headers["X-Request-Id"], second.headers["X-Request-Id"]]
    assert len(set(ids)) == 2 and "forged" not in ids
    assert [line["operation"] for line in logs] == ["read_hospital", "api_elsewhere"]


async def test_the_log_holds_neither_secrets_nor_names(people: People) -> None:
    with capture_logs() as logs:
        await people.patient.get("/api/session")
        await people.patient.get("/api/appointments?from=2026-11-01")
        await people.patient.post("/api/session", {"login": "li.xiaolan", "password": "a secret of hers"})
    assert len(logs) == 3
    written = str(logs)
    assert people.patient.csrf is not None
    for hidden in (people.patient.token(), people.patient.csrf, "li.xiaolan", "a secret", "李晓兰"):
        assert hidden not in written


async def test_every_answer_carries_the_security_headers(browser: Browser) -> None:
    for path in ("/api/hospital", "/api/session", "/api/nothing", "/", "/assets/nothing.js", "/api/docs/"):
        headers = (await browser.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "camera=(self), microphone=(self)" in headers["Permissions-Policy"]
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy and "frame-ancestors 'none'" in policy
        assert "connect-src 'self';" in policy
        assert "unsafe-eval" not in policy
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert (await browser.get("/api/hospital")).headers["Cache-Control"] == "no-store"
    assert (await browser.get("/api/session")).headers["Cache-Control"] == "no-store"


def test_only_a_card_form_lets_in_what_is_not_ours() -> None:
    assert "http" not in content_security_policy(None)
    policy = content_security_policy(CardForm("https://js.example", "https://api.example"))
    assert "; script-src 'self' https://js.example;" in policy
    assert "; connect-src 'self' https://api.example https://js.example;" in policy
    assert "; frame-src https://js.example https://*.js.stripe.com https://hooks.stripe.com;" in policy
    assert "default-src 'self';" in policy and "object-src 'none'" in policy


async def test_throttles_count_the_client_behind_a_trusted_proxy(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actions.sessions.SIGN_INS_PER_ADDRESS", 1)
    for trusted, expected in ((("127.0.0.0/8",), 401), ((), 429)):
        browser = Browser(await aiohttp_client(attached(trusted_proxies=trusted)))
        for client in ("198.51.100.1", "198.51.100.2"):
            answer = await browser.post(
                "/api/session",
                {"login": "nobody", "password": "nothing"},
                headers={"X-Forwarded-For": client},
            )
        assert answer.status == expected
