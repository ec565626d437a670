"""A server that answers as Tencent Cloud's manual of IdCardVerification says, and checks signatures."""

import asyncio
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from aiohttp import web

from tests.integration.providers.in_pieces import send_in_two

SECRET_ID, SECRET_KEY = "id-of-tests", "a secret for tests"
REQUEST_ID = "94b54cdf-d975-4718-b091-32f8d79d6397"


@dataclass
class FaceId:
    """Holds people by their numbers. `says`, when set, is what it answers whatever is asked."""

    held: Mapping[str, str]
    says: dict[str, Any] | str | None = None
    status: int = 200
    silent: bool = False
    in_pieces: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        answer = await self._answered(request)
        return await send_in_two(request, answer, 20) if self.in_pieces else answer

    async def _answered(self, request: web.Request) -> web.Response:
        if self.silent:
            await asyncio.Event().wait()
        body = await request.read()
        if not _is_signed(request, body):
            error = {"Code": "AuthFailure.SignatureFailure", "Message": "for tests"}
            return web.json_response({"Response": {"Error": error, "RequestId": REQUEST_ID}})
        given = json.loads(body)
        self.asked.append(given)
        if isinstance(self.says, str):
            return web.Response(text=self.says, status=self.status)
        found = self.says or {"Result": self._result(given), "Description": "for tests"}
        return web.json_response({"Response": {**found, "RequestId": REQUEST_ID}}, status=self.status)

    def _result(self, given: Mapping[str, str]) -> str:
        name = self.held.get(given["IdCard"])
        if name is None:
            return "-5"
        return "0" if name == given["Name"] else "-1"


def _is_signed(request: web.Request, body: bytes) -> bool:
    algorithm, _, rest = request.headers["Authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(", "))
    at = request.headers["X-TC-Timestamp"]
    scope = f"{datetime.fromtimestamp(int(at), UTC):%Y-%m-%d}/faceid/tc3_request"
    names = parts["SignedHeaders"].split(";")
    lines = "".join(f"{name}:{request.headers[name].strip().lower()}\n" for name in names)
    whole = f"POST\n/\n\n{lines}\n{parts['SignedHeaders']}\n{sha256(body).hexdigest()}"
    key = ("TC3" + SECRET_KEY).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), "sha256").digest()
    to_sign = f"{algorithm}\n{at}\n{scope}\n{sha256(whole.encode()).hexdigest()}"
    return (
        algorithm == "TC3-HMAC-SHA256"
        and parts["Credential"] == f"{SECRET_ID}/{scope}"
        and {"content-type", "host"} <= set(names)
        and request.headers["X-TC-Action"] == "IdCardVerification"
        and request.headers["X-TC-Version"] == "2018-03-01"
        and hmac.compare_digest(hmac.new(key, to_sign.encode(), "sha256").hexdigest(), parts["Signature"])
    )
