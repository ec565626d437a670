"""Text messages: one to one mobile number, by an approved template or, where no provider is set, not at all.

Nothing of a message is ever logged but its kind. Operators in China carry only messages whose template they
approved: a message is a kind and its values, and each provider knows its template for the kind.
"""

import asyncio
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import aiohttp
import structlog
from yarl import URL

from domain.errors import PartnerDown

TIMEOUT_S = 10.0
ANSWER_MAX = 64 * 1024

_log = structlog.get_logger(__name__)
_ALGORITHM = "ACS3-HMAC-SHA256"
_CHINA = "+86"
_RECEIPT_MAX = 100
# Of the provider's words about a request (isv.) these are about the hospital's account or about haste, not
# about this message: it may be taken later, as with all its other words.
_LATER = (
    "isv.BUSINESS_LIMIT_CONTROL",
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.ACCOUNT_",
    "isv.OUT_OF_SERVICE",
)


class SmsKind(StrEnum):
    """What messages there are. `code` has the value code, known and unknown have none.

    Those about a visit have the value time, changed ones was besides, refunds amount instead.
    """

    CODE = "code"
    KNOWN = "known"
    UNKNOWN = "unknown"
    APPOINTMENT_MADE = "appointment-made"
    APPOINTMENT_CHANGED = "appointment-changed"
    APPOINTMENT_CANCELLED = "appointment-cancelled"
    REMINDER_DAY = "reminder-day"
    REMINDER_SOON = "reminder-soon"
    VISIT_ENDED = "visit-ended"
    REBOOKING_OFFER = "rebooking-offer"
    WAITLIST_OFFER = "waitlist-offer"
    REFUND_MADE = "refund-made"


CODE_KINDS = (SmsKind.CODE, SmsKind.KNOWN, SmsKind.UNKNOWN)
"""Without these nobody can register by telephone; all the others are the hospital's choice."""


class SmsRefused(Exception):
    """Refused for good: trying again would be refused again. `reason` is the provider's stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sms:
    """A message to one mobile number in E.164 form. `key` is the same when it is sent again."""

    kind: SmsKind
    to: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    key: str
    locale: str = "zh-CN"


class SmsSender(Protocol):
    """Sends text messages."""

    async def send(self, message: Sms) -> str | None:
        """Hand a message to the provider, who is responsible for it on return.

        Return the provider's name for it, None where there is no provider. Raise SmsRefused when it is
        refused for good, PartnerDown("sms") when it may be taken later: then it can have been taken.
        """
        ...


class ConsoleSms:
    """Where no provider is set: says that a message would have gone, and nothing about it but its kind."""

    async def send(self, message: Sms) -> str | None:
        """See SmsSender. Never fails, and returns None."""
        _log.info("sms.not_sent", kind=message.kind.value, because="no SMS provider is set")
        return None


class AliyunSms:
    """Alibaba Cloud SMS: SendSms of version 2017-05-25, signed by ACS3-HMAC-SHA256.

    `templates` has the approved template's code by kind, or by kind and language as in `code.en`, which is
    taken first; a kind that has none is refused. `sign_name` is the approved signature.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        clock: Callable[[], datetime],
        random: Callable[[int], bytes],
        endpoint: str,
        access_key: str,
        secret_key: str,
        sign_name: str,
        templates: Mapping[str, str],
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._session = session
        self._clock = clock
        self._random = random
        self._endpoint = endpoint
        self._host = urlsplit(endpoint).netloc
        self._access_key = access_key
        self._secret_key = secret_key
        self._sign_name = sign_name
        self._templates = dict(templates)
        self._timeout_s = timeout_s

    async def send(self, message: Sms) -> str | None:
        """See SmsSender. Returns the receipt's number (BizId)."""
        template = self._templates.get(f"{message.kind.value}.{message.locale}") or self._templates.get(
            message.kind.value
        )
        if template is None:
            raise SmsRefused("no_template")
        out_id = sha256(message.key.encode()).hexdigest()[:32]
        query = canonical_query(
            {
                # Numbers at home go without the plus and the code, as the provider asks.
                "PhoneNumbers": message.to.removeprefix(_CHINA).removeprefix("+"),
                "SignName": self._sign_name,
                "TemplateCode": template,
                "TemplateParam": json.dumps(dict(message.values), ensure_ascii=False),
                "OutId": out_id,
            }
        )
        headers = self._signed(query)
        try:
            async with asyncio.timeout(self._timeout_s):
                found = await self._post(f"{self._endpoint}/?{query}", headers)
        except (aiohttp.ClientError, OSError, TimeoutError):
            raise PartnerDown("sms", "The SMS provider does not answer.") from None
        code = found.get("Code")
        if code != "OK":
            raise _meaning(code if isinstance(code, str) else "")
        _log.info("sms.sent", kind=message.kind.value)
        receipt = found.get("BizId")
        return receipt if isinstance(receipt, str) and 0 < len(receipt) <= _RECEIPT_MAX else out_id

    async def _post(self, url: str, headers: Mapping[str, str]) -> dict[str, Any]:
        # The query is signed as it stands: nobody may quote it again.
        async with self._session.post(
            URL(url, encoded=True), headers=headers, allow_redirects=False
        ) as answer:
            raw = bytearray()
            # One read gives what has arrived, which need not be all.
            async for part in answer.content.iter_chunked(8192):
                raw += part
                if len(raw) > ANSWER_MAX:
                    raise PartnerDown("sms", "The SMS provider does not answer as it should.")
        try:
            found = json.loads(raw)
        except ValueError:
            raise PartnerDown("sms", "The SMS provider does not answer as it should.") from None
        if not isinstance(found, dict):
            raise PartnerDown("sms", "The SMS provider does not answer as it should.")
        return found

    def _signed(self, query: str) -> dict[str, str]:
        headers = {
            "host": self._host,
            "x-acs-action": "SendSms",
            "x-acs-content-sha256": sha256(b"").hexdigest(),
            "x-acs-date": self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": self._random(16).hex(),
            "x-acs-version": "2017-05-25",
        }
        names = ";".join(sorted(headers))
        signature = acs3_signature(self._secret_key, query, headers)
        return headers | {
            "Authorization": f"{_ALGORITHM} Credential={self._access_key},"
            f"SignedHeaders={names},Signature={signature}"
        }


def canonical_query(values: Mapping[str, str]) -> str:
    """Return the query as it is signed and sent: sorted by name, quoted as RFC 3986 says."""
    return "&".join(f"{quote(name, safe='')}={quote(values[name], safe='')}" for name in sorted(values))


def acs3_signature(secret_key: str, query: str, headers: Mapping[str, str]) -> str:
    """Return the hex signature of a POST to / without a body (Alibaba Cloud's signature, version 3)."""
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(
        ["POST", "/", query, lines, ";".join(sorted(headers)), headers["x-acs-content-sha256"]]
    )
    to_sign = f"{_ALGORITHM}\n{sha256(request.encode()).hexdigest()}"
    return hmac.digest(secret_key.encode(), to_sign.encode(), "sha256").hex()


def _meaning(code: str) -> SmsRefused | PartnerDown:
    if not code.startswith("isv.") or code.startswith(_LATER):
        return PartnerDown("sms", "The SMS provider puts the message off.")
    # A code of the provider's, from its own list; never its sentence, which can name the number.
    return SmsRefused(code[:80] if code.isascii() and code.isprintable() else "unknown")
