"""Settings of sound and picture: TURN servers, the relay, whether two people may meet directly."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from media.listening import Loop

Contradiction = tuple[tuple[str, ...], bool, str]
"""The settings that are judged, whether they are wrong together, and the sentence that says so."""

OFF = "off"
EVERYWHERE = "0.0.0.0"  # noqa: S104  # Compared with, not listened on.


@dataclass(frozen=True, slots=True)
class Turn:
    """The TURN servers and the secret that makes logins for them (RFC 5766; coturn's REST logins)."""

    urls: tuple[str, ...]
    secret: str = field(repr=False)
    ttl_s: int


@dataclass(frozen=True, slots=True)
class RelaySettings:
    """The relay of this process, and by which `loop` it forwards. `port` 0 is a free one. `addresses`: where
    clients reach it, if told.
    """

    port: int
    addresses: tuple[str, ...]
    kbit_per_s: int
    loop: Loop = "auto"


def relay_port(value: str) -> int | str:
    """A UDP and TCP port; 0 for a free one, off for none."""
    if value == OFF:
        return OFF
    if not value.isdecimal() or int(value) > 65535:
        raise ValueError("must be off or a whole number from 0 to 65535")
    return int(value)


def addresses(value: str) -> tuple[str, ...]:
    """A list of IP addresses that clients can reach."""
    found = tuple(part for part in value.replace(",", " ").split() if part)
    for part in found:
        try:
            told = ipaddress.ip_address(part)
        except ValueError:
            raise ValueError(f"must be a list of IP addresses; wrong: {part}") from None
        if told.is_unspecified:
            raise ValueError(f"must be addresses that clients reach, not {part}")
    return found


def listening_address(value: str) -> tuple[str, int]:
    """An IP address and a port: 127.0.0.1:9464 or [::1]:9464."""
    host, _, port = value.rpartition(":")
    try:
        told = ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        raise ValueError("must be an IP address and a port, like 127.0.0.1:9464") from None
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise ValueError("must end with a port from 1 to 65535")
    return str(told), int(port)


def turn_settings(found: Mapping[str, Any]) -> Turn | None:
    """Return the TURN servers; None where there are none."""
    if not found["TURN_URLS"]:
        return None
    return Turn(found["TURN_URLS"], found["TURN_SECRET"], found["TURN_TTL_S"])


def relay_settings(found: Mapping[str, Any]) -> RelaySettings | None:
    """Return the relay's settings; None where there is none."""
    if _off(found):
        return None
    return RelaySettings(
        found["RELAY_PORT"] or 0, found["RELAY_ADDRESSES"], found["RELAY_KBIT_PER_S"], found["RELAY_LOOP"]
    )


def media_contradictions(found: Mapping[str, Any]) -> list[Contradiction]:
    """Return what can be wrong together about sound and picture."""

    def on(name: str) -> bool:
        return bool(found.get(name))

    return [
        (
            ("TURN_URLS", "TURN_SECRET"),
            on("TURN_URLS") and not on("TURN_SECRET"),
            "TURN_URLS needs TURN_SECRET (or TURN_SECRET_FILE): logins are made from it.",
        ),
        (
            ("TURN_URLS", "TURN_SECRET"),
            on("TURN_SECRET") and not on("TURN_URLS"),
            "TURN_SECRET is set without TURN_URLS: say which servers it is for.",
        ),
        (
            ("P2P", "RELAY_PORT", "DEMO"),
            found.get("P2P") == "never" and _off(found),
            "P2P is never: that needs a relay, so say where by RELAY_PORT.",
        ),
        (
            ("RELAY_ADDRESSES", "RELAY_PORT", "DEMO"),
            on("RELAY_ADDRESSES") and _off(found),
            "RELAY_ADDRESSES is set without RELAY_PORT: there is no relay at them.",
        ),
        (
            ("RELAY_PORT", "PORT"),
            found.get("RELAY_PORT") not in (None, OFF) and found["RELAY_PORT"] == found.get("PORT"),
            "RELAY_PORT is PORT: both listen for TCP, so the relay needs another.",
        ),
        (
            ("METRICS_ADDRESS", "HOST", "PORT"),
            _meet(found.get("METRICS_ADDRESS"), found.get("HOST"), found.get("PORT")),
            "METRICS_ADDRESS is where the pages are: figures need an address of their own.",
        ),
        (
            ("METRICS_ADDRESS", "RELAY_PORT", "RELAY_ADDRESSES", "HOST"),
            _meet(found.get("METRICS_ADDRESS"), _relay_host(found), found.get("RELAY_PORT")),
            "METRICS_ADDRESS is where the relay listens for TCP: choose another port.",
        ),
    ]


def _relay_host(found: Mapping[str, Any]) -> str | None:
    """Return where the relay listens, as far as it is known without asking the machine."""
    return EVERYWHERE if found.get("RELAY_ADDRESSES") else found.get("HOST")


def _meet(listening: tuple[str, int] | None, host: str | None, port: Any) -> bool:
    """Return whether an address and a host with a port exclude each other; of names, only localhost can."""
    if listening is None or host is None or listening[1] != port:
        return False
    here = ipaddress.ip_address(listening[0])
    if host == "localhost":
        return here.is_loopback or here.is_unspecified
    try:
        there = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    # To listen at every address of IPv6 leaves those of IPv4 free.
    same_family = here.version == there.version
    return same_family and (here == there or here.is_unspecified or there.is_unspecified)


def media_notes(
    *,
    stun_urls: tuple[str, ...],
    turn: Turn | None,
    relay: RelaySettings | None,
    metrics: tuple[str, int] | None,
    local: bool,
) -> list[str]:
    """Return, in plain words, what is unmet. `local`: nobody comes from another machine."""
    found = []
    if turn is None:
        found.append("No TURN_URLS: calls may fail behind strict firewalls.")
    if not stun_urls and turn is None and relay is None:
        found.append("No STUN_URLS: calls connect only within one network.")
    if relay is None:
        found.append("No RELAY_PORT: a call that cannot go from browser to browser does not come about.")
    elif not relay.addresses and not local:
        found.append("No RELAY_ADDRESSES: behind a NAT nobody would reach the relay.")
    if metrics is not None and ipaddress.ip_address(metrics[0]).is_unspecified:
        found.append("METRICS_ADDRESS is every address of this machine: whoever reaches one reads figures.")
    if metrics is not None and relay is None:
        found.append("METRICS_ADDRESS without RELAY_PORT: all that is told is that there is no relay.")
    return found


def _off(found: Mapping[str, Any]) -> bool:
    port = found.get("RELAY_PORT")
    return port == OFF or (port is None and not found.get("DEMO"))
