"""The relay of this process: where it listens, what clients are told of it, and its end."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from media.listening import PortSettings
from media.native.library import NoNativeLoop, demand_obtainable
from media.relay import open_relay
from media.relay_events import RelayLimits
from media.transport import ReceiveLimits
from media.turn import TurnSettings
from rooms.switchboard import Switchboard
from server.config import Config
from server.media_settings import RelaySettings
from server.metrics import open_metrics
from server.refusal import Refusal

# An average packet of video carries some 750 bytes: twice as many packets leave room for sound and repairs.
_PACKETS_PER_KBIT = 2000 / 12_000
_WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104  # Told apart here, not listened on.
# Addresses of documentation (RFC 5737, RFC 3849): nothing is sent, the kernel says what it would send from.
_ELSEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_switchboard(config: Config) -> AsyncIterator[Switchboard]:
    """Open the relay, if there is one; on leaving, everybody at it is told goodbye."""
    switchboard = Switchboard(p2p_allowed=config.p2p == "allow")
    if config.relay is None:
        async with open_metrics(config.metrics_address, None):
            yield switchboard
        return
    settings = await port_settings(config.host, config.relay)
    limits = RelayLimits(
        receiving=ReceiveLimits(
            packets_per_s=config.relay.kbit_per_s * _PACKETS_PER_KBIT,
            bits_per_s=config.relay.kbit_per_s * 1000,
        )
    )
    entered = False
    try:
        async with (
            open_relay(settings, switchboard, limits=limits) as relay,
            open_metrics(config.metrics_address, relay),
        ):
            switchboard.connect(relay)
            log.info(
                "relay.open",
                port=relay.port.number,
                addresses=", ".join(settings.addresses()),
                loop=relay.port.loop,
            )
            entered = True
            yield switchboard
    except BaseExceptionGroup as group:
        # What ends the server is one thing: the relay's tasks have none to add to it.
        raise _first(group) from None
    except NoNativeLoop as missing:
        raise _no_loop(missing) from None
    except OSError as error:
        if entered:
            raise
        raise Refusal(
            f"The relay cannot have port {settings.port}: {error.strerror}. Choose another: RELAY_PORT."
        ) from None


def demand_loop(config: Config) -> None:
    """Refuse a native loop that is asked for and cannot be had, as far as that is seen without compiling."""
    if config.relay is None or config.relay.loop != "native":
        return
    try:
        demand_obtainable()
    except NoNativeLoop as missing:
        raise _no_loop(missing) from None


def _no_loop(missing: NoNativeLoop) -> Refusal:
    return Refusal(
        f"RELAY_LOOP is native, and the native loop cannot be had: {missing}. auto does without it."
    )


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


async def port_settings(host: str, relay: RelaySettings) -> PortSettings:
    """Return where to listen and what to tell: HOST, or what the addresses that are told ask for."""
    if relay.addresses:
        v4 = _listening(relay.addresses, socket.AF_INET, "0.0.0.0")  # noqa: S104  # Behind a NAT.
        v6 = _listening(relay.addresses, socket.AF_INET6, "::")
    else:
        v4, v6 = await _hosts(host)
    if v6 == "::" and not _has_v6():
        v6 = None
    told = relay.addresses
    if not told and _WILDCARDS & {v4, v6}:
        told = (*_own(v4, socket.AF_INET, "127.0.0.1"), *_own(v6, socket.AF_INET6, "::1"))
    return PortSettings(port=relay.port, host_v4=v4, host_v6=v6, advertised=told, loop=relay.loop)


def _listening(told: tuple[str, ...], family: socket.AddressFamily, everywhere: str) -> str | None:
    """Return where to listen for the addresses of one family; None for a family without any.

    On a machine of several addresses the kernel answers from the one that the way back begins at, and a
    browser takes no answer from an address that it did not ask. So the only one that is told is the one that
    is bound, if it is this machine's own; behind a NAT it is not.
    """
    kind = 4 if family is socket.AF_INET else 6
    mine = [one for one in told if ipaddress.ip_address(one).version == kind]
    if not mine:
        return None
    return mine[0] if len(mine) == 1 and _is_own(mine[0], family) else everywhere


def _is_own(address: str, family: socket.AddressFamily) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((address, 0))
    except OSError:
        return False
    return True


async def _hosts(host: str) -> tuple[str | None, str | None]:
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_DGRAM)
    first = {family: address[0] for family, _, _, _, address in reversed(found)}
    v4, v6 = first.get(socket.AF_INET), first.get(socket.AF_INET6)
    return (None if v4 is None else str(v4)), (None if v6 is None else str(v6))


def _own(host: str | None, family: socket.AddressFamily, loopback: str) -> tuple[str, ...]:
    """Return the addresses under which this machine is known: to others, and to itself."""
    if host is None:
        return ()
    if host not in _WILDCARDS:
        return (host,)
    with socket.socket(family, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect((_ELSEWHERE[family], 9))
        return tuple(dict.fromkeys((str(probe.getsockname()[0]), loopback)))
    return (loopback,)


def _has_v6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def turn_servers(config: Config) -> TurnSettings:
    """Return the STUN and TURN servers that pages are told of."""
    if config.turn is None:
        return TurnSettings(stun_urls=config.stun_urls)
    return TurnSettings(
        stun_urls=config.stun_urls,
        turn_urls=config.turn.urls,
        turn_secret=config.turn.secret,
        ttl_s=config.turn.ttl_s,
    )
