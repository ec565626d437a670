"""Whether a write comes from a page of our own: its origin, and the token that only such a page can read."""

import hmac
from urllib.parse import urlsplit

from aiohttp import web

from domain.errors import Code, Forbidden

CSRF_HEADER = "X-CSRF-Token"
_USUAL_PORTS = {"http": 80, "https": 443}


def check_origin(request: web.Request, public_url: str) -> None:
    """Raise Forbidden (auth.origin) when a browser says that another site's page sent this.

    Sec-Fetch-Site cannot be set by scripts and is believed when it is there; older browsers and plain http
    send only Origin. Programs that are no browsers send neither, and carry no cookies of anybody.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site == "same-origin":
            return
        raise _foreign()
    origin = request.headers.get("Origin")
    if origin is None:
        return
    # A page is ours when it came from the address that this request was sent to, whatever that is called
    # here, or from the public address, which a proxy in front may have replaced in Host.
    ours = {request.host.lower(), _host(public_url)}
    if _host(origin) not in ours:
        raise _foreign()


def check_csrf(request: web.Request, expected: str) -> None:
    """Raise Forbidden (auth.csrf) unless the header carries the session's token (constant time)."""
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise Forbidden("The page's token is missing or not this session's.", Code.AUTH_CSRF)


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


def _foreign() -> Forbidden:
    return Forbidden("This was sent by a page that is not the hospital's.", Code.AUTH_ORIGIN)
