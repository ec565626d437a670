"""The peer that Tencent Cloud's adapter is tested against, and the adapter on it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from providers.names import TencentRegister
from providers.names.demo import HELD
from tests.conftest import Clock
from tests.integration.providers.names.face_id import SECRET_ID, SECRET_KEY, FaceId


@pytest.fixture
def face_id() -> FaceId:
    return FaceId(HELD)


@pytest.fixture
async def tencent(face_id: FaceId, clock: Clock) -> AsyncIterator[TencentRegister]:
    async with TestServer(face_id.app()) as server, aiohttp.ClientSession() as session:
        yield TencentRegister(
            session,
            clock=clock,
            secret_id=SECRET_ID,
            secret_key=SECRET_KEY,
            endpoint=str(server.make_url("/")).rstrip("/"),
            timeout_s=2.0,
        )
