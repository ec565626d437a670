"""Where a request came from. Only proxies that we were told about may speak for somebody else."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
_IPV6_PREFIX = 64


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks written as "10.0.0.0/8", "::1" and the like; raise ValueError on anything else."""
    return tuple(ip_network(text, strict=False) for text in texts)


def client_address(peer: str | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Return the address of the client, or "unknown" when the socket has none.

    `peer` is the socket's other end, `forwarded` the X-Forwarded-For lines as they came. They are read from
    the right, which is what the nearest proxy wrote, for as long as the one who wrote is trusted. What is
    left of the first stranger is hearsay, and so is an entry that is no address.
    """
    nearest = _address(peer or "")
    if nearest is None:
        return UNKNOWN
    hops = [hop for line in forwarded for hop in line.split(",")]
    while hops and _is_trusted(nearest, trusted):
        further = _address(hops.pop())
        if further is None:
            break
        nearest = further
    return str(nearest)


def one_client(address: str) -> str:
    """Return what all addresses of one client have in common: an IPv6 client has a whole /64 (RFC 6177)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(parsed) if parsed.version == 4 else str(ip_network((parsed, _IPV6_PREFIX), strict=False))


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def _address(text: str) -> Address | None:
    """Read an address, with or without a port: 192.0.2.1:80, [2001:db8::1]:80."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
