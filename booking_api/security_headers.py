"""Headers that every answer carries, whoever made it."""

from aiohttp import web

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "base-uri 'self'",
        # WebSockets of our own origin are 'self' too (CSP Level 3; Safari since 15.4).
        "connect-src 'self'",
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
    # A page that opened ours, or that ours opened, gets no hold of its window.
    "Cross-Origin-Opener-Policy": "same-origin",
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
