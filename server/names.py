"""The name register while the server runs: who is asked. No rule is here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from domain.name_opinion import RegisterName
from providers.names import DemoRegister, NameRegister, TencentRegister
from server.config import Config
from server.database import now


@asynccontextmanager
async def name_register(config: Config) -> AsyncIterator[NameRegister | None]:
    """Yield who is asked whether a name belongs to a document; None where nobody is."""
    given = config.names
    if given is None:
        yield None
        return
    if given.register is RegisterName.DEMO:
        yield DemoRegister()
        return
    async with aiohttp.ClientSession() as session:
        yield TencentRegister(
            session,
            clock=now,
            secret_id=given.secret_id or "",
            secret_key=given.secret_key or "",
            endpoint=given.endpoint,
        )
