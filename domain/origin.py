"""Whether a request comes from a page of ours: what its Origin says (RFC 6454). Pages cannot forge it."""

from urllib.parse import urlsplit

_USUAL_PORTS = {"http": 80, "https": 443}


def is_ours(origin: str | None, host: str | None, public_url: str | None) -> bool:
    """Say whether a request with these Origin and Host headers comes from a page of ours.

    A page is ours when it came from the address that the request was sent to, whatever that is called here,
    or from the public address, which a proxy in front may have replaced in Host. Without an Origin no other
    site's script sent it: browsers send one with every write and every WebSocket across origins. Programs
    that are no browsers have no foreign pages in them, and carry no cookies of anybody.
    """
    if origin is None:
        return True
    ours = {None if host is None else host.lower(), None if public_url is None else _host(public_url)}
    came_from = _host(origin)
    return came_from is not None and came_from in ours


def _host(url: str) -> str | None:
    """Return the host of a web address, with its port unless it is the usual one; None when it is no such."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _USUAL_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return host if port in (None, _USUAL_PORTS[parts.scheme]) else f"{host}:{port}"
