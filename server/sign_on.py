"""Single sign-on while the server runs: the provider that is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from booking_api import SignOn
from providers.openid import OpenIdProvider
from server.database import now
from server.sign_on_settings import SignOnSettings

RETURN_PATH = "/sign-in/return"
"""The web's page that a browser comes back to."""


@asynccontextmanager
async def sign_on(given: SignOnSettings | None, public_url: str) -> AsyncIterator[SignOn | None]:
    """Hold what single sign-on needs, None where it is off."""
    if given is None:
        yield None
        return
    async with aiohttp.ClientSession() as session:
        provider = OpenIdProvider(
            session,
            clock=now,
            issuer=given.issuer,
            client_id=given.client_id,
            client_secret=given.client_secret,
            redirect_uri=f"{public_url}{RETURN_PATH}",
            strong=given.strong,
        )
        yield SignOn(provider, given.name, given.match_email)
