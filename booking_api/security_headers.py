"""Headers that every answer carries, whoever made it."""

from aiohttp import web

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'self'",
        # WebSockets are named by scheme: not every browser counts them as 'self'.
        "connect-src 'self' ws: wss:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "script-src 'self'",
        # The component library sets styles on elements.
        "style-src 'self' 'unsafe-inline'",
    ]
)

_EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers just before they are sent: to pages, answers and failures alike."""
    for name, value in _EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        # Nothing about a patient stays in a cache, not even the browser's own.
        response.headers.setdefault("Cache-Control", "no-store")
