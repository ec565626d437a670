"""Mail: one letter to one person, by SMTP (RFC 5321) or, where no mail server is set, not at all.

Nothing of a letter is ever logged but its kind. What letters say is their writer's.
"""

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from typing import Literal, Protocol

import aiosmtplib
import structlog

from domain.errors import PartnerDown

_log = structlog.get_logger(__name__)
_SUBJECT_MAX = 200
_QUIT_TIMEOUT_S = 2.0

Tls = Literal["off", "starttls", "tls"]


class MailRefused(Exception):
    """Refused for good: trying again would be refused again.

    `reason` is the SMTP reply code, or a stable word for what never reached a server.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Invite:
    """A calendar object (RFC 5545) that travels with a letter, with its iTIP method (RFC 5546)."""

    method: str
    content: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter to one address, in plain text, with a calendar object or none. `kind` is a word for the log.

    Raise MailRefused when the address is not exactly one ASCII addr-spec (RFC 5322 section 3.4.1), or when
    a header would hold a line break or another control character.
    """

    kind: str
    to: str
    subject: str
    text: str
    message_id: str
    invite: Invite | None = None

    def __post_init__(self) -> None:
        if not _is_one_line(self.subject) or len(self.subject) > _SUBJECT_MAX:
            raise MailRefused("subject")
        if not _is_one_line(self.message_id) or not self.message_id.isascii():
            raise MailRefused("message-id")
        if not _is_address(self.to):
            raise MailRefused("address")


class Mailer(Protocol):
    """Sends mail."""

    async def send(self, mail: Mail) -> bool:
        """Hand a letter to the mail server, which is responsible for it on return.

        Return whether there is a mail server. Raise MailRefused when it is refused for good, and
        PartnerDown("mail") when it may be taken later. After PartnerDown it can have been taken all the
        same: repeat it with the same message_id.
        """
        ...


def message_id(key: str, host: str) -> str:
    """Return the same Message-ID (RFC 5322 section 3.6.4) for the same key, so that receivers drop repeats.

    `host` is the part right of the @: a name of ours. The key cannot be read from it.
    """
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{host.encode('idna').decode()}>"


class SmtpMailer:
    """Hands each letter over in a connection of its own.

    `sender` is an address or `Name <address>`. `tls`: "tls" from the first byte, "starttls" before anything
    is said (a server without it is not used), "off" for a server on the same machine or network. Certificates
    are verified against `tls_context`, or the system's authorities. `timeout_s` covers one whole letter.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        clock: Callable[[], datetime],
        sender: str,
        username: str | None = None,
        password: str | None = None,
        tls: Tls = "starttls",
        tls_context: ssl.SSLContext | None = None,
        timeout_s: float = 20,
    ) -> None:
        if username is not None and tls == "off":
            raise ValueError("a mail password is never sent in the clear")
        self._sender_name, self._sender = parseaddr(sender)
        if not _is_address(self._sender) or not _is_one_line(sender):
            raise ValueError("the sender is an address or Name <address>")
        self._host = host
        self._port = port
        self._clock = clock
        self._username = username
        self._password = password
        self._tls = tls
        self._tls_context = tls_context
        self._timeout_s = timeout_s

    async def send(self, mail: Mail) -> bool:
        """See Mailer. Returns True."""
        content = self._content(mail)
        client = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._username,
            password=self._password,
            # Our own name in the greeting; finding it out would ask the network.
            local_hostname=Address(addr_spec=self._sender).domain,
            timeout=self._timeout_s,
            use_tls=self._tls == "tls",
            start_tls=self._tls == "starttls",
            tls_context=self._tls_context,
        )
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._hand_over(client, mail.to, content)
        except aiosmtplib.SMTPException as error:
            # Its text names the address: it is neither kept nor chained.
            raise _meaning(error) from None
        except (OSError, TimeoutError):
            raise PartnerDown("mail", "The mail server does not answer.") from None
        finally:
            await _hang_up(client)
        _log.info("mail.sent", kind=mail.kind)
        return True

    async def _hand_over(self, client: aiosmtplib.SMTP, to: str, content: bytes) -> None:
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException:
            # A greeting, a login or a STARTTLS that is refused is about us, not about the letter.
            raise PartnerDown("mail", "The mail server refuses the hospital.") from None
        await client.sendmail(self._sender, [to], content)

    def _content(self, mail: Mail) -> bytes:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = Address(self._sender_name, addr_spec=self._sender)
        message["To"] = Address(addr_spec=mail.to)
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = mail.message_id
        # RFC 3834: no holiday replies to a machine.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        if mail.invite is not None:
            # RFC 6047 section 2.4: the method stands in the type too.
            message.add_alternative(
                mail.invite.content.encode(),
                "text",
                "calendar",
                cte="base64",
                params={"charset": "utf-8", "method": mail.invite.method, "component": "VEVENT"},
                filename="visit.ics",
            )
        return message.as_bytes()


class ConsoleMailer:
    """Where no mail server is set: says that a letter would have gone, and nothing about it but its kind."""

    async def send(self, mail: Mail) -> bool:
        """See Mailer. Never fails, and returns False."""
        _log.info("mail.not_sent", kind=mail.kind, because="no mail server is set")
        return False


def _meaning(error: aiosmtplib.SMTPException) -> MailRefused | PartnerDown:
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            code = max(refused.code for refused in error.recipients)
        case aiosmtplib.SMTPResponseException():
            code = error.code
        case _:
            return PartnerDown("mail", "The mail server does not answer.")
    # RFC 5321 section 4.2.1: 4yz may succeed later, 5yz will not.
    if 500 <= code <= 599:
        return MailRefused(str(code))
    return PartnerDown("mail", "The mail server puts the mail off.")


async def _hang_up(client: aiosmtplib.SMTP) -> None:
    # The letter is taken or not by now: how the goodbye goes must not change what the caller learns.
    with contextlib.suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
        if client.is_connected:
            await client.quit(timeout=_QUIT_TIMEOUT_S)
    client.close()


def _is_address(text: str) -> bool:
    if not text.isascii() or not _is_one_line(text):
        return False
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return False
    return bool(address.username and address.domain) and address.addr_spec == text


def _is_one_line(text: str) -> bool:
    return text != "" and text.isprintable()
