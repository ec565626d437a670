"""Whether a write comes from a page of our own: its origin, and the token that only such a page can read."""

import hmac

from aiohttp import web

from domain.errors import Code, Forbidden
from domain.origin import is_ours

CSRF_HEADER = "X-CSRF-Token"


def check_origin(request: web.Request, public_url: str) -> None:
    """Raise Forbidden (auth.origin) when a browser says that another site's page sent this.

    Sec-Fetch-Site cannot be set by scripts and is believed when it is there; older browsers and plain http
    send only Origin, and programs that are no browsers neither.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site == "same-origin":
            return
        raise _foreign()
    if not is_ours(request.headers.get("Origin"), request.host, public_url):
        raise _foreign()


def check_csrf(request: web.Request, expected: str) -> None:
    """Raise Forbidden (auth.csrf) unless the header carries the session's token (constant time)."""
    given = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
        raise Forbidden("The page's token is missing or not this session's.", Code.AUTH_CSRF)


def _foreign() -> Forbidden:
    return Forbidden("This was sent by a page that is not the hospital's.", Code.AUTH_ORIGIN)
