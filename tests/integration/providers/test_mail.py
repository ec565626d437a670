"""Handing letters to a real SMTP server: taken, put off, refused, out of reach, encrypted."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from structlog.testing import capture_logs

from domain.errors import PartnerDown
from providers.mail import Mail, MailRefused, SmtpMailer, Tls, message_id
from tests.conftest import Clock
from tests.servers import MailServer

LETTER = Mail(
    "greeting",
    "li.wei@example.org",
    "示范医院：您好",
    "李伟，您好：\n\n.\n一行只有一个点。\n" + "很长的一行" * 400 + "\n",
    message_id("greeting:1", "example.org"),
)

PASSWORD = "secret"


def mailer(server: MailServer, clock: Clock, *, tls: Tls = "off", timeout_s: float = 5) -> SmtpMailer:
    return SmtpMailer(
        server.host,
        server.port,
        clock=clock,
        sender="示范医院 <no-reply@example.org>",
        tls=tls,
        timeout_s=timeout_s,
    )


async def test_a_letter_arrives_as_it_was_written(smtp_server: MailServer, clock: Clock) -> None:
    assert await mailer(smtp_server, clock).send(LETTER)
    [message] = smtp_server.messages
    assert smtp_server.recipients == [["li.wei@example.org"]]
    assert message["From"] == "示范医院 <no-reply@example.org>"
    assert message["To"] == "li.wei@example.org"
    assert message["Subject"] == "示范医院：您好"
    assert message["Message-ID"] == LETTER.message_id
    assert message["Date"].datetime == clock()
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == LETTER.text


async def test_nothing_but_the_kind_is_logged(smtp_server: MailServer, clock: Clock) -> None:
    with capture_logs() as lines:
        await mailer(smtp_server, clock).send(LETTER)
    assert lines == [{"event": "mail.sent", "kind": "greeting", "log_level": "info"}]


async def test_a_letter_put_off_can_be_sent_later(smtp_server: MailServer, clock: Clock) -> None:
    async def put_off(_message: EmailMessage, _to: list[str]) -> str:
        return "451 4.3.0 Mailbox of li.wei@example.org is busy"

    smtp_server.reply = put_off
    with pytest.raises(PartnerDown) as down:
        await mailer(smtp_server, clock).send(LETTER)
    assert down.value.partner == "mail"
    assert "li.wei" not in str(down.value)
    assert down.value.__cause__ is None


async def test_a_letter_refused_says_so_with_the_code_alone(smtp_server: MailServer, clock: Clock) -> None:
    async def refuse(_message: EmailMessage, _to: list[str]) -> str:
        return "554 5.7.1 We do not want li.wei@example.org to read this"

    smtp_server.reply = refuse
    with pytest.raises(MailRefused) as refused:
        await mailer(smtp_server, clock).send(LETTER)
    assert refused.value.reason == "554"
    assert "li.wei" not in str(refused.value)


@pytest.mark.parametrize(
    ("reply", "error"),
    [("450 4.2.1 Later", PartnerDown), ("550 5.1.1 No such person", MailRefused)],
    ids=["later", "never"],
)
async def test_a_recipient_is_refused_for_now_or_for_good(
    smtp_server: MailServer, clock: Clock, reply: str, error: type[Exception]
) -> None:
    smtp_server.recipient_reply = reply
    with pytest.raises(error):
        await mailer(smtp_server, clock).send(LETTER)
    assert smtp_server.messages == []


async def test_a_server_that_is_not_there_is_down(smtp_server: MailServer, clock: Clock) -> None:
    await smtp_server.stop()
    with pytest.raises(PartnerDown):
        await mailer(smtp_server, clock).send(LETTER)


async def test_a_server_that_says_nothing_is_down(clock: Clock) -> None:
    hung_up = asyncio.Event()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        hung_up.set()

    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        impatient = SmtpMailer(
            "127.0.0.1", port, clock=clock, sender="us@example.org", tls="off", timeout_s=0.2
        )
        with pytest.raises(PartnerDown):
            await impatient.send(LETTER)
        async with asyncio.timeout(20):
            await hung_up.wait()


async def test_a_server_without_starttls_is_not_used(smtp_server: MailServer, clock: Clock) -> None:
    with pytest.raises(PartnerDown):
        await mailer(smtp_server, clock, tls="starttls").send(LETTER)
    assert smtp_server.attempts == 0


class Authority:
    """A certificate of our own for 127.0.0.1, and the two contexts that go with it."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        path = folder / "mail.pem"
        path.write_bytes(
            pem
            + key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(path)
        self.client = ssl.create_default_context(cadata=pem.decode())


def log_in(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    known = (getattr(data, "login", None), getattr(data, "password", None)) == (b"us", PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture(params=["starttls", "tls"])
async def guarded_server(
    request: pytest.FixtureRequest, authority: Authority
) -> AsyncIterator[tuple[MailServer, Tls]]:
    """A server that is spoken to over TLS only, and knows one login."""
    tls: Tls = request.param
    if tls == "starttls":
        options = {"authenticator": log_in, "auth_required": True, "require_starttls": True}
        server = MailServer(options={**options, "tls_context": authority.server})
    else:
        # aiosmtpd does not know that the whole connection is encrypted: it must not insist on TLS itself.
        options = {"authenticator": log_in, "auth_require_tls": False}
        server = MailServer(options=options, ssl_context=authority.server)
    await server.start()
    yield server, tls
    await server.stop()


def guarded_mailer(
    server: MailServer, clock: Clock, tls: Tls, trusted: ssl.SSLContext | None, password: str = PASSWORD
) -> SmtpMailer:
    return SmtpMailer(
        server.host,
        server.port,
        clock=clock,
        sender="no-reply@example.org",
        username="us",
        password=password,
        tls=tls,
        tls_context=trusted,
        timeout_s=5,
    )


async def test_a_letter_goes_encrypted_and_logged_in(
    guarded_server: tuple[MailServer, Tls], authority: Authority, clock: Clock
) -> None:
    server, tls = guarded_server
    await guarded_mailer(server, clock, tls, authority.client).send(LETTER)
    assert len(server.messages) == 1


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    guarded_server: tuple[MailServer, Tls], clock: Clock
) -> None:
    server, tls = guarded_server
    with pytest.raises(PartnerDown):
        await guarded_mailer(server, clock, tls, None).send(LETTER)
    assert server.attempts == 0


async def test_a_refused_login_is_about_us_and_not_about_the_letter(
    guarded_server: tuple[MailServer, Tls], authority: Authority, clock: Clock
) -> None:
    server, tls = guarded_server
    with pytest.raises(PartnerDown, match="refuses the hospital"):
        await guarded_mailer(server, clock, tls, authority.client, password="wrong").send(LETTER)
    assert server.attempts == 0
