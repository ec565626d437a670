"""Headers that every answer carries, whoever made it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

_EVERYWHERE = {
    # A page that opened ours, or that ours opened, gets no hold of its window.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class CardForm:
    """A payment provider's form in our page: the origin of its script, and the one that it calls."""

    script: str
    api: str


def content_security_policy(form: CardForm | None) -> str:
    """Return what pages may load. Only with a card form is anything let in that is not ours.

    What Stripe's form needs: its script, frames of its own and of the cardholder's bank, its API
    (docs.stripe.com, security guide, content security policy).
    """
    script, frames, calls = "", "'self'", ""
    if form is not None:
        script, calls = f" {form.script}", f" {form.api} {form.script}"
        frames = f"{form.script} https://*.js.stripe.com https://hooks.stripe.com"
    return "; ".join(
        [
            "default-src 'self'",
            "base-uri 'self'",
            # WebSockets of our own origin are 'self' too (CSP Level 3; Safari since 15.4).
            f"connect-src 'self'{calls}",
            "form-action 'self'",
            "frame-ancestors 'none'",
            f"frame-src {frames}",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "object-src 'none'",
            f"script-src 'self'{script}",
            # The component library sets styles on elements.
            "style-src 'self' 'unsafe-inline'",
        ]
    )


def security_headers(
    form: CardForm | None,
) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return what adds the headers just before they are sent: to pages, answers and failures alike."""
    everywhere = {**_EVERYWHERE, "Content-Security-Policy": content_security_policy(form)}

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        for name, value in everywhere.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/api/"):
            # Nothing about a patient stays in a cache, not even the browser's own.
            response.headers.setdefault("Cache-Control", "no-store")

    return add
