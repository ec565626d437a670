"""The ways that datagrams go, and what is counted of them."""

import socket
from dataclasses import dataclass
from typing import Protocol

# As the socket module has them.
UdpAddress = tuple[str, int] | tuple[str, int, int, int]


class Path(Protocol):
    """A way to one address of a participant."""

    def send(self, datagram: bytes | memoryview) -> bool:
        """Send one datagram at once or drop it and return False. The bytes are copied before this returns."""
        ...


@dataclass(slots=True)
class TransportCounters:
    """Datagrams and their bytes (of UDP payload), and what was dropped by cause. `srtp` counts what libsrtp
    refused.

    `early` came before the keys, `unknown` is neither RTP nor DTLS, `unsent` found no keys, no path or a full
    one.
    """

    packets_in: int = 0
    bytes_in: int = 0
    packets_out: int = 0
    bytes_out: int = 0
    throttled: int = 0
    early: int = 0
    unknown: int = 0
    unsent: int = 0


@dataclass(slots=True)
class PortCounters:
    """Datagrams that reached no connection, and sends that the kernel refused (`send_full`: its buffer was
    full). `fast` are the packets that the native loop forwarded by itself.
    """

    unrouted: int = 0
    oversized: int = 0
    receive_errors: int = 0
    send_full: int = 0
    send_errors: int = 0
    stun_in: int = 0
    stun_bytes_in: int = 0
    stun_bytes_out: int = 0
    faults: int = 0
    fast: int = 0


class UdpPath:
    """The way to one UDP address."""

    __slots__ = ("_counters", "_sendto", "address", "udp")

    def __init__(self, udp: socket.socket, address: UdpAddress, counters: PortCounters) -> None:
        self.udp = udp
        self._sendto = udp.sendto
        self.address = address
        self._counters = counters

    def send(self, datagram: bytes | memoryview) -> bool:
        """Send at once, or count and return False: no route, a full buffer and a firewall are no faults of
        ours.
        """
        try:
            self._sendto(datagram, self.address)
        except BlockingIOError:
            self._counters.send_full += 1
            return False
        except OSError:
            self._counters.send_errors += 1
            return False
        return True
