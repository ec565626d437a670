"""An OpenID provider, asked over HTTP (OpenID Connect Core 1.0, Discovery 1.0): code flow with PKCE.

What a person may do here is decided elsewhere. joserfc is imported when it is first used: a hospital without
single sign-on does not need it.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

import aiohttp

from domain.errors import PartnerDown
from domain.single_sign_on import ClaimRefused, Person, person_of

ALGORITHMS: Final = ("RS256", "PS256", "ES256", "ES384")
"""With public keys alone: `none`, or our secret as the key, signs nothing here."""
LARGEST_ANSWER: Final = 262_144
DISCOVERY_LIFE: Final = timedelta(hours=1)
KEYS_ASKED_EVERY: Final = timedelta(seconds=10)
"""A key that is not known has the keys read again, but made-up ones do not make us knock all the time."""
_TIMEOUT_S: Final = 10.0
_NAMED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenIdRefused(Exception):
    """An answer of the provider, or what the browser brought from it, that does not hold: why, in a word."""


@dataclass(frozen=True, slots=True)
class _Discovered:
    document: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class _Keys:
    listed: list[Mapping[str, Any]]
    at: datetime


class OpenIdProvider:
    """One provider that knows this hospital as a client. The HTTP session is the caller's, who closes it.

    `strong` are values of `acr` that stand for two factors. `redirect_uri` is where it sends browsers back.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        clock: Callable[[], datetime],
        issuer: str,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        strong: frozenset[str] = frozenset(),
    ) -> None:
        self.issuer = issuer
        self._session = session
        self._clock = clock
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri
        self._strong = strong
        self._discovered: _Discovered | None = None
        self._keys: _Keys | None = None

    async def address(self, *, state: str, nonce: str, verifier: str, max_age: timedelta | None) -> str:
        """Return where to send the browser. Raise PartnerDown.

        With `max_age` the provider has the person prove it again when that is longer ago, and tells when it
        was.
        """
        found = await self._discover()
        digest = sha256(verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        if max_age is not None:
            asked["max_age"] = str(int(max_age.total_seconds()))
        begin = str(found["authorization_endpoint"])
        return f"{begin}{'&' if urlsplit(begin).query else '?'}{urlencode(asked)}"

    async def person(self, code: str, verifier: str, nonce: str) -> Person:
        """Return who gave the provider a reason to send this code. Raise OpenIdRefused, PartnerDown."""
        found = await self._discover()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        headers = {}
        ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" in ways:
            pair = f"{quote_plus(self._client_id)}:{quote_plus(self._client_secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self._client_id, "client_secret": self._client_secret}
        status, answer = await self._asked("POST", str(found["token_endpoint"]), data=form, headers=headers)
        token = answer.get("id_token")
        if 400 <= status < 500:
            raise OpenIdRefused("code")
        if status != 200 or not isinstance(token, str):
            raise self._down(f"status {status} instead of a token")
        claims = await self._claims(token, found)
        try:
            return person_of(
                claims,
                issuer=self.issuer,
                client_id=self._client_id,
                nonce=nonce,
                strong=self._strong,
                now=self._clock(),
            )
        except ClaimRefused as fault:
            raise OpenIdRefused(str(fault)) from fault

    async def _claims(self, token: str, found: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a token says, having verified by which key of the provider's."""
        from joserfc import jwk, jws, jwt
        from joserfc.errors import JoseError

        try:
            header = jws.extract_compact(token.encode("ascii")).headers()
            described = await self._key(header, found)
            key = jwk.import_key(dict(described))
            return jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OpenIdRefused(type(error).__name__) from error

    async def _key(self, header: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the key that a token names, reading the keys again when it is a new one."""
        known = self._keys
        named = None if known is None else _named(known.listed, header)
        if named is None and (known is None or self._clock() - known.at >= KEYS_ASKED_EVERY):
            status, answer = await self._asked("GET", str(found["jwks_uri"]))
            listed = answer.get("keys")
            if status != 200 or not isinstance(listed, list):
                raise self._down("no keys")
            self._keys = _Keys([one for one in listed if isinstance(one, dict)], self._clock())
            named = _named(self._keys.listed, header)
        if named is None:
            raise OpenIdRefused("key")
        return named

    async def _discover(self) -> Mapping[str, Any]:
        known = self._discovered
        if known is not None and self._clock() - known.at < DISCOVERY_LIFE:
            return known.document
        status, found = await self._asked(
            "GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        )
        # A document that speaks for somebody else sends people to somebody else.
        if status != 200 or found.get("issuer") != self.issuer:
            raise self._down("no discovery document of its own")
        scheme = urlsplit(self.issuer).scheme
        if not all(isinstance(found.get(name), str) for name in _NAMED) or (
            scheme == "https" and any(urlsplit(found[name]).scheme != "https" for name in _NAMED)
        ):
            raise self._down("a discovery document without usable addresses")
        self._discovered = _Discovered(found, self._clock())
        return found

    async def _asked(self, method: str, url: str, **request: Any) -> tuple[int, dict[str, Any]]:
        """Ask, and return the status and the JSON object of the answer, empty when there is none."""
        try:
            async with (
                asyncio.timeout(_TIMEOUT_S),
                self._session.request(method, url, allow_redirects=False, **request) as answer,
            ):
                read = bytearray()
                async for part in answer.content.iter_chunked(8192):
                    read += part
                    if len(read) > LARGEST_ANSWER:
                        raise self._down("an answer that is too large")
                status = answer.status
        except TimeoutError:
            raise self._down("nothing in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise self._down(type(error).__name__) from None
        try:
            found = json.loads(bytes(read))
        except ValueError:
            found = None
        return status, found if isinstance(found, dict) else {}

    def _down(self, why: str) -> PartnerDown:
        return PartnerDown("openid", f"The single sign-on does not answer: {why}.")


def _named(listed: list[Mapping[str, Any]], header: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the public key that a token's header names; without a name the only one there is."""
    usable = [one for one in listed if one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"]
    if header.get("kid") is None:
        return usable[0] if len(usable) == 1 else None
    return next((one for one in usable if one.get("kid") == header["kid"]), None)
