"""Tencent Cloud Face ID: IdCardVerification of version 2018-03-01, signed by TC3-HMAC-SHA256.

It compares a name with the number of a resident identity card (https://cloud.tencent.com/document/api/1007/33188).
"""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from domain.identity import DocumentKind
from domain.name_opinion import HELD_KINDS, NameClaim, Opinion, RegisterAnswer, RegisterName
from providers.names.port import TIMEOUT_S, QuestionsSpent, RegisterRefused, down

API: Final = "https://faceid.tencentcloudapi.com"
ANSWER_MAX: Final = 64 * 1024
_ALGORITHM: Final = "TC3-HMAC-SHA256"
_CONTENT_TYPE: Final = "application/json; charset=utf-8"
_SERVICE: Final = "faceid"
_REFERENCE_MAX: Final = 100
# Its words about the person. -2 and -3: it finds the number or the name malformed, as foreign spellings are;
# -5: it has no such number. That it has none is no word against the person.
_OPINIONS: Final = {
    "0": Opinion.AGREES,
    "-1": Opinion.DIFFERS,
    "-2": Opinion.UNKNOWN,
    "-3": Opinion.UNKNOWN,
    "-5": Opinion.UNKNOWN,
}
# The day's questions about this number are spent.
_SPENT: Final = "-7"
# Error codes about what was typed in: a name or number that it takes for none.
_ABOUT_THE_PERSON: Final = "InvalidParameter"
# Error codes that are no word about us: it is busy, or fails inside. All its others are about our account or
# about how we ask, and stay the same however often one asks.
_LATER: Final = ("InternalError", "FailedOperation", "RequestLimitExceeded", "LimitExceeded")


class TencentRegister:
    """See NameRegister. It holds resident identity cards alone."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        clock: Callable[[], datetime],
        secret_id: str,
        secret_key: str,
        endpoint: str = API,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._session = session
        self._clock = clock
        self._secret_id = secret_id
        self._secret_key = secret_key
        self.endpoint = endpoint
        self._host = urlsplit(endpoint).netloc
        self._timeout_s = timeout_s

    @property
    def name(self) -> RegisterName:
        """See NameRegister."""
        return RegisterName.TENCENT

    def holds(self, kind: DocumentKind) -> bool:
        """See NameRegister."""
        return kind in HELD_KINDS[self.name]

    async def compare(self, claim: NameClaim) -> RegisterAnswer:
        """See NameRegister. The reference is the service's RequestId."""
        if not self.holds(claim.kind):
            return RegisterAnswer(Opinion.UNKNOWN, None)
        body = json.dumps({"IdCard": claim.number, "Name": claim.name}).encode()
        try:
            async with asyncio.timeout(self._timeout_s):
                found = await self._post(body)
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise down() from None
        error = found.get("Error")
        if isinstance(error, dict):
            code = error.get("Code")
            if not (isinstance(code, str) and code.startswith(_ABOUT_THE_PERSON)):
                raise _meaning(code)
            opinion: Opinion | None = Opinion.UNKNOWN
        else:
            result = str(found.get("Result"))
            if result == _SPENT:
                raise QuestionsSpent
            opinion = _OPINIONS.get(result)
        if opinion is None:
            # -4 and -6: its own register is away.
            raise down()
        given = found.get("RequestId")
        return RegisterAnswer(
            opinion, given if isinstance(given, str) and 0 < len(given) <= _REFERENCE_MAX else None
        )

    async def _post(self, body: bytes) -> Mapping[str, Any]:
        async with self._session.post(
            f"{self.endpoint}/", data=body, headers=self._signed(body), allow_redirects=False
        ) as answer:
            raw = bytearray()
            # One read gives what has arrived, which need not be all.
            async for part in answer.content.iter_chunked(8192):
                raw += part
                if len(raw) > ANSWER_MAX:
                    raise down()
        try:
            found = json.loads(raw)["Response"]
        except (ValueError, KeyError, TypeError):
            raise down() from None
        if not isinstance(found, dict):
            raise down()
        return found

    def _signed(self, body: bytes) -> dict[str, str]:
        at = int(self._clock().timestamp())
        signed = {"content-type": _CONTENT_TYPE, "host": self._host, "x-tc-action": "idcardverification"}
        return {
            "Content-Type": _CONTENT_TYPE,
            "Host": self._host,
            "X-TC-Action": "IdCardVerification",
            "X-TC-Version": "2018-03-01",
            "X-TC-Timestamp": str(at),
            "Authorization": tc3_authorization(self._secret_id, self._secret_key, _SERVICE, at, signed, body),
        }


def tc3_authorization(
    secret_id: str, secret_key: str, service: str, at: int, signed: Mapping[str, str], body: bytes
) -> str:
    """Return the Authorization header of a POST to / (Tencent Cloud's signature, version 3).

    `at` is in seconds since 1970; `signed` has the signed headers, their names in lower case.
    """
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join(["POST", "/", "", lines, names, sha256(body).hexdigest()])
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    scope = f"{day}/{service}/tc3_request"
    to_sign = f"{_ALGORITHM}\n{at}\n{scope}\n{sha256(request.encode()).hexdigest()}"
    key = f"TC3{secret_key}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return f"{_ALGORITHM} Credential={secret_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _meaning(code: object) -> Exception:
    if not isinstance(code, str) or code.startswith(_LATER):
        return down()
    # A code of the service's, from its own list; never its sentence, which can name the person.
    return RegisterRefused(code[:80] if code.isascii() and code.isprintable() else "unknown")
