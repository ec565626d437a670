"""Real servers that tests talk to: Redis, coturn and a mail server. Import the fixtures in a conftest.

Each listens on a free loopback port and dies with the run. A missing program skips the test and says so;
where CI=true it fails instead, so that a pipeline cannot lose these tests unseen.
"""

import asyncio
import ctypes
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.smtp import SMTP, Envelope

START_TIMEOUT_S = 20
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str, package: str) -> str:
    """Return the path of a program; skip the test, or fail it in CI, when it is not installed."""
    found = shutil.which(name)
    if found is None:
        reason = f"{name} is not installed (Debian: {package})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def peer_program(name: str) -> str:
    """Return a program of the test peers' own environment; skip the test, or fail it in CI, without one."""
    found = Path(__file__).parents[1] / "build" / "peers" / "bin" / name
    if not found.exists():
        reason = f"{name} is not installed (scripts/peers-env)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return str(found)


def die_with_parent() -> None:
    """Run in a child before its program starts: however the tests end, the child does not outlive them."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def running(args: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a folder of its own until the block ends; enter when its TCP port answers."""
    with tempfile.TemporaryDirectory(prefix="televisit-server-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(  # our own arguments
                args,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                preexec_fn=die_with_parent,
            )
        try:
            _wait_for_port(process, port, log)
            yield process
        finally:
            process.kill()
            process.wait()


def _wait_for_port(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail(f"{process.args!r} does not answer: {log.read_text(errors='replace')[-1000:]}")


@contextmanager
def running_redis(port: int | None = None) -> Iterator[str]:
    """Run an empty Redis that keeps nothing on disk; give its URL."""
    binary = program("redis-server", "redis-server")
    port = port or free_port()
    args = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with running(args, port):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The URL of a real Redis, shared by the run: use keys of your own."""
    with running_redis() as url:
        yield url


@dataclass(frozen=True, slots=True)
class Coturn:
    """A real TURN server. Credentials are time-limited: base64(HMAC-SHA1(secret, "expiry:user"))."""

    host: str
    port: int
    secret: str
    realm: str

    @property
    def url(self) -> str:
        """Its address for UDP, as TURN_URL wants it."""
        return f"turn:{self.host}:{self.port}?transport=udp"


@pytest.fixture(scope="session")
def coturn_server() -> Iterator[Coturn]:
    """A real coturn on loopback that lets peers be on loopback too: for tests only."""
    binary = program("turnserver", "coturn")
    port = free_port()
    coturn = Coturn("127.0.0.1", port, secret="a secret of the tests", realm="televisit.test")
    # Relay ports lie below the kernel's ephemeral range, so that no client socket sits on them.
    first = 20_000 + port % 10_000
    with running(
        [
            binary,
            "-n",
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            f"--listening-port={port}",
            f"--min-port={first}",
            f"--max-port={first + 100}",
            "--use-auth-secret",
            f"--static-auth-secret={coturn.secret}",
            f"--realm={coturn.realm}",
            "--no-tls",
            "--no-dtls",
            "--no-cli",
            "--allow-loopback-peers",
            "--fingerprint",
            "--log-file=stdout",
            "--pidfile=turnserver.pid",
        ],
        port,
    ):
        yield coturn


class _Connection(SMTP):
    """One client of the mail server, whose transport is known to who stops the server."""

    def __init__(self, server: "MailServer", **options: Any) -> None:
        super().__init__(server, **options)
        self._clients = server.clients

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # After STARTTLS this is called again, for a transport on top of the first one.
        self._clients.append((cast(asyncio.Transport, transport), transport.get_extra_info("socket")))
        super().connection_made(transport)


Reply = Callable[[EmailMessage, list[str]], Awaitable[str]]


async def accept(_message: EmailMessage, _recipients: list[str]) -> str:
    """Answer a mail as a server that takes it."""
    return "250 OK"


@dataclass
class MailServer:
    """A real SMTP server in the test's own loop. `messages` holds what it took, in order.

    `reply` answers each mail and may be exchanged: "450 ..." and "550 ..." refuse it, and such a mail is
    not among the messages. `recipient_reply` answers each recipient before that. `attempts` counts every
    mail that was offered. `options` are aiosmtpd's; with `ssl_context` it speaks TLS from the first byte.
    """

    host: str = "127.0.0.1"
    port: int = 0
    options: dict[str, Any] = field(default_factory=dict)
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    attempts: int = 0
    reply: Reply = accept
    recipient_reply: str = "250 OK"
    ssl_context: ssl.SSLContext | None = None
    clients: list[tuple[asyncio.Transport, Any]] = field(default_factory=list)
    _server: asyncio.Server | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def start(self) -> None:
        """Listen: on a free port the first time, on the same one again after a stop."""
        loop = asyncio.get_running_loop()
        options = {"hostname": "mail.test", "enable_SMTPUTF8": False, **self.options}
        self._server = await loop.create_server(
            lambda: _Connection(self, loop=loop, **options),
            self.host,
            self.port,
            reuse_address=True,
            ssl=self.ssl_context,
        )
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and drop all clients: new connections are refused."""
        if self._server is None:
            return
        self._server.close()
        await self._server.wait_closed()
        self._server = None
        for transport, _ in self.clients:
            transport.abort()
        async with asyncio.timeout(START_TIMEOUT_S):
            # The loop closes a socket a moment after its transport, and offers no event for that.
            while any(one is not None and one.fileno() != -1 for _, one in self.clients):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        self.clients.clear()

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer one recipient; called by aiosmtpd."""
        if self.recipient_reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:
        """Take one mail; called by aiosmtpd."""
        content = envelope.content
        assert isinstance(content, bytes), "aiosmtpd decodes only when asked to"
        message = BytesParser(policy=SMTP_POLICY).parsebytes(content)
        reply = await self.reply(message, list(envelope.rcpt_tos))
        async with self._changed:
            self.attempts += 1
            if reply.startswith("2"):
                self.messages.append(message)
                self.recipients.append(list(envelope.rcpt_tos))
            self._changed.notify_all()
        return reply

    async def wait_for(self, messages: int = 0, *, attempts: int = 0, timeout_s: float = 20) -> None:
        """Return once so many mails were taken and so many offered."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= messages and self.attempts >= attempts)

    async def letter_to(self, address: str, about: str = "", *, timeout_s: float = 20) -> EmailMessage:
        """Return the first mail to this address with `about` in its subject, once it was taken."""

        def found() -> EmailMessage | None:
            pairs = zip(self.messages, self.recipients, strict=True)
            fits = (message for message, to in pairs if address in to and about in str(message["Subject"]))
            return next(fits, None)

        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: found() is not None)
        letter = found()
        assert letter is not None
        return letter


@pytest.fixture
async def smtp_server() -> AsyncIterator[MailServer]:
    """A mail server that takes everything, until told otherwise."""
    server = MailServer()
    await server.start()
    yield server
    await server.stop()
