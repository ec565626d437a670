import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import pytest
from aiortc.rtcdtlstransport import RTCCertificate, RTCDtlsFingerprint, RTCDtlsParameters, RTCDtlsTransport
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import OwnFault
from media import dtls
from media.dtls import Certificate, DtlsServer, Fingerprint, HandshakeFailed, HandshakeFailure
from media.srtp import PacketBuffer, SrtpContext

HELLOS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parent / "fixtures" / "datagrams").glob("*_dtls_*.bin"))
]

OURS = Certificate()


class Peer:
    """A DTLS client of aiortc, joined to a server by memory. `sent` are the server's datagrams."""

    role = "controlling"

    def __init__(self) -> None:
        self.certificate = RTCCertificate.generateCertificate()
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self.sent: list[bytes] = []
        self.ours = Certificate()
        self.server = DtlsServer(self.ours, self.arrive, 0)
        self.dtls = RTCDtlsTransport(self, [self.certificate])  # type: ignore[arg-type]  # Duck-typed.
        self.dtls._set_role("client")

    def arrive(self, datagram: bytes) -> None:
        self.sent.append(datagram)
        self.inbox.put_nowait(datagram)

    async def _recv(self) -> bytes:
        return await self.inbox.get()

    async def _send(self, data: bytes) -> None:
        self.server.feed(data, 0)

    def fingerprint(self, algorithm: str = "sha-256") -> Fingerprint:
        found = next(one for one in self.certificate.getFingerprints() if one.algorithm == algorithm)
        return Fingerprint(found.algorithm, found.value)

    async def meet(self, fingerprints: Sequence[Fingerprint]) -> SrtpContext:
        expected = RTCDtlsFingerprint(self.ours.fingerprint.algorithm, self.ours.fingerprint.value)
        client = asyncio.create_task(self.dtls.start(RTCDtlsParameters([expected])))
        try:
            context = await self.server.handshake(fingerprints)
        except HandshakeFailed:
            client.cancel()
            raise
        await client
        return context


async def test_a_handshake_gives_keys_that_fit_the_peers() -> None:
    peer = Peer()
    context = await peer.meet([peer.fingerprint("sha-256"), peer.fingerprint("sha-512")])
    packet = bytes((0x80, 96, 0, 1)) + bytes(40)
    buffer = PacketBuffer()
    protected = peer.dtls._tx_srtp.protect(packet)
    buffer.array[: len(protected)] = protected
    length = context.unprotect(buffer, len(protected))
    assert bytes(buffer.view[:length]) == packet
    assert max(map(len, peer.sent)) <= 1200
    await peer.dtls.stop()
    async with asyncio.timeout(5):
        await peer.server.until_goodbye()
    await peer.server.stop()


@pytest.mark.parametrize("with_the_right_one", [False, True])
async def test_a_fingerprint_that_does_not_match_fails(with_the_right_one: bool) -> None:
    peer = Peer()
    wrong = Peer().fingerprint("sha-384" if with_the_right_one else "sha-256")
    with pytest.raises(HandshakeFailed) as failed:
        await peer.meet([wrong, peer.fingerprint()] if with_the_right_one else [wrong])
    assert failed.value.failure is HandshakeFailure.FINGERPRINT
    await peer.dtls.stop()
    await peer.server.stop()


@pytest.mark.parametrize("count", [0, 9])
async def test_no_fingerprint_and_too_many_fail(count: int) -> None:
    peer = Peer()
    with pytest.raises(HandshakeFailed):
        await peer.server.handshake([peer.fingerprint()] * count)
    await peer.server.stop()


async def test_a_peer_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dtls, "HANDSHAKE_S", 0.01)
    server = DtlsServer(Certificate(), print, 0)
    with pytest.raises(HandshakeFailed) as failed:
        await server.handshake([Peer().fingerprint()])
    assert failed.value.failure is HandshakeFailure.TOO_LATE
    await server.stop()


async def test_datagrams_that_come_too_fast_are_dropped() -> None:
    server = DtlsServer(Certificate(), print, 0)
    for _ in range(1000):
        server.feed(b"\x16" + bytes(30), 0)
    assert server.dropped == 1000 - dtls.WAITING_MAX
    await server.stop()


async def test_damaged_hellos_and_records_do_no_more_than_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dtls, "HANDSHAKE_S", 0.02)
    chance = random.Random(7)  # noqa: S311
    certificate, fingerprint = Certificate(), Peer().fingerprint()
    assert len(HELLOS) >= 7
    for _ in range(60):
        sent: list[bytes] = []
        server = DtlsServer(certificate, sent.append, 0)
        for hello in chance.sample(HELLOS, 4):
            changed = bytearray(hello)
            for _ in range(chance.randrange(4)):
                changed[chance.randrange(1, len(changed))] = chance.randrange(256)
            server.feed(bytes(changed), 0)
        with pytest.raises(HandshakeFailed):
            await server.handshake([fingerprint])
        await server.stop()
        assert sum(map(len, sent)) < 16_000


# A record of DTLS (RFC 6347 section 4.1) around whatever: a handshake's fragment, an alert, nothing.
_PIECES = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda kind, size, number, at, body: (
            bytes((kind,)) + size.to_bytes(3, "big") + number.to_bytes(2, "big") + at.to_bytes(3, "big")
            + len(body).to_bytes(3, "big") + body
        ),
        st.sampled_from([0, 1, 3, 11, 14, 16, 20, 255]), st.integers(0, 2**24 - 1), st.integers(0, 3),
        st.integers(0, 2**24 - 1), st.binary(max_size=60),
    ),
    st.sampled_from(HELLOS).map(lambda hello: hello[13:]),
)  # fmt: skip
_RECORDS = st.builds(
    lambda kind, version, epoch, number, body, lie: (
        bytes((kind,)) + version + epoch.to_bytes(2, "big") + number.to_bytes(6, "big")
        + max(0, len(body) + lie).to_bytes(2, "big") + body
    ),
    st.sampled_from([20, 21, 22, 23, 24, 25, 63]),
    st.sampled_from([b"\xfe\xff", b"\xfe\xfd", b"\x03\x03", b"\0\0"]),
    st.integers(0, 2), st.integers(0, 2**48 - 1), _PIECES, st.sampled_from([0, 0, 0, -1, 1, 200]),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(st.lists(_RECORDS, min_size=1, max_size=3).map(b"".join), min_size=1, max_size=6))
def test_any_records_do_no_more_than_fail(datagrams: list[bytes]) -> None:
    async def meet() -> None:
        sent: list[bytes] = []
        server = DtlsServer(OURS, sent.append, 0)
        with pytest.raises(HandshakeFailed):
            handshake = server.handshake([OURS.fingerprint])
            for datagram in datagrams:
                server.feed(datagram[:1500], 0)
            await handshake
        await server.stop()
        assert sum(map(len, sent)) < 16_000

    with mock.patch.object(dtls, "HANDSHAKE_S", 0.01):
        asyncio.run(meet())


@pytest.mark.parametrize(
    ("algorithm", "value"),
    [
        ("md5", ":".join(["AB"] * 16)),
        ("sha-1", ":".join(["AB"] * 20)),
        ("sha-256", ":".join(["AB"] * 31)),
        ("sha-256", ":".join(["XY"] * 32)),
        ("sha-256", "AB" * 47 + "A"),
        ("sha-256", ""),
    ],
)
def test_what_is_no_fingerprint_is_refused(algorithm: str, value: str) -> None:
    with pytest.raises(ValueError, match="not a fingerprint"):
        Fingerprint(algorithm, value)


async def test_the_names_in_aiortc_are_there() -> None:
    dtls.check_dtls_names()


async def test_another_aiortc_is_told_at_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(RTCDtlsTransport, "_validate_peer_identity")
    with pytest.raises(OwnFault, match="_validate_peer_identity"):
        dtls.check_dtls_names()
