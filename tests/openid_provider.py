"""An OpenID provider for tests, in a process of its own: `python -m tests.openid_provider`.

It prints its address. Its one person is signed in already; POST /control changes what it says next: claims,
the key that signs, the algorithm. It checks what a client owes it: PKCE, its secret, each code once.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from joserfc import jwk, jwt

CLIENT_ID = "televisit"
CLIENT_SECRET = "a secret: of %tests"


@dataclass
class Provider:
    """Its keys, the codes it gave out, and how it lies."""

    issuer: str
    keys: list[Any] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    sign_with: str = "own"

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is not published any more."""
        self.keys = [jwk.generate_key("RSA", 2048, {"kid": secrets.token_hex(4), "use": "sig"})]

    async def discover(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID and "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        sent = urlencode({"state": asked["state"], "code": code, "iss": self.issuer})
        raise web.HTTPFound(f"{asked['redirect_uri']}?{sent}")

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        pair = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        asked = self.codes.pop(str(form["code"]), None)
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or pair != "televisit:a+secret%3A+of+%25tests"
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "staff-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        for name in self.missing:
            claims.pop(name, None)
        return web.json_response({"id_token": self._signed(claims), "token_type": "Bearer"})

    def _signed(self, claims: dict[str, Any]) -> str:
        kid = self.keys[0].kid
        match self.sign_with:
            case "none":
                parts = ({"alg": "none", "kid": kid}, claims)
                return ".".join(_text(json.dumps(part).encode()) for part in parts) + "."
            case "secret":
                # The confusion of RS256 and HS256: signed with what everybody can read.
                key = jwk.import_key(CLIENT_SECRET.encode().ljust(32, b"."), "oct")
                return jwt.encode({"alg": "HS256", "kid": kid}, claims, key, algorithms=["HS256"])
            case "stranger":
                other = jwk.generate_key("RSA", 2048)
                return jwt.encode({"alg": "RS256", "kid": kid}, claims, other)
            case _:
                return jwt.encode({"alg": "RS256", "kid": kid}, claims, self.keys[0])

    async def published(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [key.as_dict(private=False) for key in self.keys]})

    async def control(self, request: web.Request) -> web.Response:
        told = await request.json()
        self.claims = told.get("claims", {})
        self.missing = told.get("missing", [])
        self.sign_with = told.get("sign_with", "own")
        if told.get("rotate"):
            self.rotate()
        return web.json_response({})


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


async def serve() -> None:
    """Serve on a free port until the process ends."""
    provider = Provider("")
    provider.rotate()
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider.discover)
    app.router.add_get("/authorize", provider.authorize)
    app.router.add_post("/token", provider.token)
    app.router.add_get("/keys", provider.published)
    app.router.add_post("/control", provider.control)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    provider.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(provider.issuer, flush=True)
    await asyncio.Event().wait()


@dataclass
class RunningProvider:
    """The provider as tests have it."""

    issuer: str

    async def says(self, **told: Any) -> None:
        """Change what it says from now on: `claims`, `missing`, `sign_with`, `rotate`."""
        async with aiohttp.ClientSession() as session, session.post(f"{self.issuer}/control", json=told):
            pass

    async def sends(self, url: str) -> str:
        """Go where a browser was sent; return where the provider sends it on."""
        async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]


@contextmanager
def openid_provider() -> Iterator[RunningProvider]:
    """Run the provider in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", __name__], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield RunningProvider(process.stdout.readline().strip())
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


if __name__ == "__main__":
    asyncio.run(serve())
