"""The sockets of the relay's port, one number for all of them, and the candidates that lead to it.

UDP and TCP, IPv4 and IPv6 each have a socket of their own; the IPv6 ones take no IPv4, so that an address has
one form.
"""

import contextlib
import errno
import ipaddress
import socket
import struct
from dataclasses import dataclass, field
from typing import Literal

from domain.errors import OwnFault
from media.candidate import Candidate

# Room for what a burst of keyframes, or our own stall of a few hundred milliseconds, brings before it is
# read.
RECEIVE_BUFFER = 4 << 20
SEND_BUFFER = 4 << 20
BACKLOG = 128
# Linux's number on x86 and ARM, which Python has no name for; the control message has the same one.
SO_TIMESTAMPNS = 35
_SO_SNDBUFFORCE = 32
_SO_RCVBUFFORCE = 33
# Nine counters of a socket's memory, the last of which is the datagrams dropped (linux/sock_diag.h).
_SO_MEMINFO = 55
_MEMINFO = struct.Struct("@9I")
_ATTEMPTS = 32
# RFC 8445 section 5.1.2.2 for host candidates, RFC 6544 section 4.2 for TCP, to be tried after UDP.
_UDP_PREFERENCE = 126
_TCP_PREFERENCE = 90
_PASSIVE_DIRECTION = 4

Loop = Literal["auto", "native", "python"]


@dataclass(frozen=True, slots=True)
class PortSettings:
    """Where the relay listens, and where clients are told that it is.

    `port` 0 takes a free one. A host None leaves that family out. `advertised` are the addresses that clients
    reach us at, the public ones behind a NAT that maps them 1:1; left empty, they are the hosts, which must
    then be no wildcards. `advertised_port` 0 is the port itself. `loop`: the native one, plain Python, or
    auto for whichever of these, in this order, can be had.
    """

    port: int = 0
    host_v4: str | None = "0.0.0.0"  # noqa: S104  # A relay is there to be reached.
    host_v6: str | None = "::"
    advertised: tuple[str, ...] = ()
    advertised_port: int = 0
    tcp: bool = True
    loop: Loop = "auto"

    def addresses(self) -> tuple[str, ...]:
        """Return the addresses to tell clients. OwnFault when they cannot be told from the settings."""
        hosts = tuple(one for one in (self.host_v4, self.host_v6) if one is not None)
        if not hosts:
            raise OwnFault("the relay listens neither on IPv4 nor on IPv6")
        told = self.advertised or hosts
        for one in told:
            try:
                wildcard = ipaddress.ip_address(one).is_unspecified
            except ValueError:
                raise OwnFault(f"the relay's address {one!r} is not an IP address") from None
            if wildcard:
                raise OwnFault(
                    "a relay that listens on every address must be told which ones clients reach it at"
                )
        return told


@dataclass(slots=True)
class Sockets:
    """What is open: `udp` are bound and non-blocking, `tcp` listen. `number` is the port of them all."""

    number: int
    udp: list[socket.socket] = field(default_factory=list)
    tcp: list[socket.socket] = field(default_factory=list)

    def close(self) -> None:
        """Close every one of them."""
        for one in (*self.udp, *self.tcp):
            one.close()


def open_sockets(settings: PortSettings) -> Sockets:
    """Bind every socket to one port number. OSError when the port is taken or a family is not there."""
    for attempt in range(_ATTEMPTS):
        opened = Sockets(settings.port)
        try:
            for family, host in ((socket.AF_INET, settings.host_v4), (socket.AF_INET6, settings.host_v6)):
                if host is not None:
                    _open_family(opened, family, host, settings.tcp)
        except OSError as fault:
            opened.close()
            # With a free number for the first socket, the others may still find that number taken.
            if settings.port or fault.errno != errno.EADDRINUSE or attempt == _ATTEMPTS - 1:
                raise
        else:
            return opened
    raise OwnFault("no port number is free for UDP and TCP alike")


def _open_family(opened: Sockets, family: socket.AddressFamily, host: str, tcp: bool) -> None:
    udp = socket.socket(family, socket.SOCK_DGRAM)
    opened.udp.append(udp)
    udp.setblocking(False)
    if family is socket.AF_INET6:
        udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    _enlarge(udp, socket.SO_RCVBUF, _SO_RCVBUFFORCE, RECEIVE_BUFFER)
    _enlarge(udp, socket.SO_SNDBUF, _SO_SNDBUFFORCE, SEND_BUFFER)
    # Where the kernel has none, the time of reading stands in.
    with contextlib.suppress(OSError):
        udp.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    udp.bind((host, opened.number))
    opened.number = udp.getsockname()[1]
    if tcp:
        listener = socket.socket(family, socket.SOCK_STREAM)
        opened.tcp.append(listener)
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, opened.number))
        listener.listen(BACKLOG)


def _enlarge(udp: socket.socket, option: int, forced: int, size: int) -> None:
    """Give a socket this much room: beyond the system's limit where we may, else up to it."""
    try:
        udp.setsockopt(socket.SOL_SOCKET, forced, size)
    except OSError:
        udp.setsockopt(socket.SOL_SOCKET, option, size)


def receive_room(udp: socket.socket) -> int:
    """Return how many bytes may wait, in the measure of setting it: Linux tells twice as much."""
    return udp.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) // 2


def dropped_by_kernel(udp: socket.socket) -> int:
    """Return how many datagrams found no room since it was opened; 0 where the kernel does not tell."""
    try:
        told = udp.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, _MEMINFO.size)
    except OSError:
        return 0
    return int(_MEMINFO.unpack(told)[-1]) if len(told) == _MEMINFO.size else 0


def host_candidates(settings: PortSettings, number: int) -> list[Candidate]:
    """Return the host candidates to put into our SDP: UDP for each address, then passive TCP."""
    port = settings.advertised_port or number
    addresses = settings.addresses()
    found = []
    for place, address in enumerate(addresses):
        priority = _UDP_PREFERENCE << 24 | (0xFFFF - place) << 8 | 255
        found.append(Candidate(f"{place + 1}", 1, "udp", priority, address, port, "host", None, None, ()))
    for place, address in enumerate(addresses if settings.tcp else ()):
        local = _PASSIVE_DIRECTION << 13 | (0x1FFF - place)
        priority = _TCP_PREFERENCE << 24 | local << 8 | 255
        passive = (("tcptype", "passive"),)
        foundation = f"{len(addresses) + place + 1}"
        found.append(Candidate(foundation, 1, "tcp", priority, address, port, "host", None, None, passive))
    return found
