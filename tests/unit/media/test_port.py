import socket

from media.path import PortCounters, UdpPath


class Full:
    """A socket whose send buffer is full."""

    def sendto(self, datagram: bytes, address: object) -> int:
        raise BlockingIOError


def test_a_datagram_that_cannot_be_sent_is_counted_and_dropped() -> None:
    counters = PortCounters()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        # From loopback there is no way to anywhere else.
        assert not UdpPath(udp, ("192.0.2.1", 9), counters).send(b"x")
        own = udp.getsockname()
        assert UdpPath(udp, own, counters).send(b"x")
        # Longer than any datagram may be.
        assert not UdpPath(udp, own, counters).send(bytes(70_000))
    assert (counters.send_errors, counters.send_full) == (2, 0)


def test_a_full_socket_is_counted_and_nothing_waits() -> None:
    counters = PortCounters()
    assert not UdpPath(Full(), ("192.0.2.1", 9), counters).send(b"x")  # type: ignore[arg-type]  # Only sends.
    assert (counters.send_errors, counters.send_full) == (0, 1)
