"""A client that behaves like a browser's page, and holds every answer against the OpenAPI document."""

import json as jsonlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types
from multidict import CIMultiDictProxy

from booking_api.document import document
from booking_api.route import Route
from booking_api.routes import routes_at
from domain.accounts import SESSION_COOKIE

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: CIMultiDictProxy[str]
    text: str
    cookies: dict[str, Any]

    @property
    def json(self) -> Json:
        found = jsonlib.loads(self.text)
        assert isinstance(found, dict)
        return found

    @property
    def code(self) -> str:
        return str(self.json["code"])

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.json["fields"])


class Browser:
    """One browser with its own cookies. `csrf` is what its page knows of the session."""

    def __init__(self, client: TestClient[Request, Application]) -> None:
        self.client = client
        self.csrf: str | None = None

    async def get(self, path: str, **more: Any) -> Answer:
        return await self.send("GET", path, **more)

    async def post(self, path: str, json: object = None, **more: Any) -> Answer:
        return await self.send("POST", path, json=json, **more)

    async def delete(self, path: str, **more: Any) -> Answer:
        return await self.send("DELETE", path, **more)

    async def send(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any
    ) -> Answer:
        sent = dict(headers or {})
        if self.csrf is not None and method != "GET":
            sent.setdefault("X-CSRF-Token", self.csrf)
        if more.get("json") is None:
            more.pop("json", None)
        async with self.client.request(method, path, headers=sent, allow_redirects=False, **more) as response:
            cookies = {name: morsel for name, morsel in response.cookies.items()}
            answer = Answer(response.status, response.headers, await response.text(), cookies)
        hold_against_document(method, path.partition("?")[0], answer)
        return answer

    async def sign_in(self, login: str, password: str) -> Answer:
        answer = await self.post("/api/session", {"login": login, "password": password})
        if answer.status == 201:
            self.csrf = answer.json["csrf_token"]
        return answer

    async def keep(self, token: str) -> None:
        """Have a session that was opened elsewhere, and what its page knows of it."""
        self.client.session.cookie_jar.update_cookies({SESSION_COOKIE: token}, self.client.make_url("/"))
        answer = await self.get("/api/session")
        assert answer.status == 200, answer.text
        self.csrf = answer.json["csrf_token"]

    def token(self) -> str:
        """What the browser keeps of its session."""
        return {cookie.key: cookie.value for cookie in self.client.session.cookie_jar}[SESSION_COOKIE]


def hold_against_document(method: str, path: str, answer: Answer) -> None:
    """Fail unless the API's description allows this answer."""
    if not path.startswith("/api/") and path != "/healthz":
        return
    if path.startswith("/api/docs"):
        return
    route = next((route for route in routes_at(path) if route.method == method), None)
    if route is None:
        assert answer.status in (404, 405), f"{method} {path} is not described"
        _fits("Problem", answer)
        return
    where = f"{route.name} -> {answer.status}"
    operation = document()["paths"][route.path][method.lower()]
    assert str(answer.status) in operation["responses"], f"{where} is not described: {answer.text}"
    described = operation["responses"][str(answer.status)]
    _has_described_body(route, described, answer, where)
    for header in described.get("headers", {}):
        assert header in answer.headers, f"{where} lacks {header}"


def _has_described_body(route: Route, described: Json, answer: Answer, where: str) -> None:
    content = described.get("content")
    if content is None:
        assert answer.text == "", f"{where} has no body"
        return
    ((media_type, media),) = content.items()
    assert answer.headers["Content-Type"].partition(";")[0] == media_type, where
    if "$ref" in media["schema"]:
        _fits(media["schema"]["$ref"].rpartition("/")[2], answer)
    if media_type == "application/problem+json":
        assert answer.json["status"] == answer.status, where
        assert answer.code in described["description"].split(", "), f"{where} does not name {answer.code}"


def _fits(name: str, answer: Answer) -> None:
    _validator(name).validate(answer.json)


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
