"""The tills that every test of the contract runs on."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from tests.conftest import Clock
from tests.integration.providers.payments.china import AlipayTill, WeChatTill
from tests.integration.providers.payments.tills import DemoTill, StripeTill, Till
from tests.servers import free_port, peer_program, running


@pytest.fixture(scope="session")
def localstripe() -> Iterator[str]:
    """localstripe, as a process of its own from an environment of its own."""
    program = peer_program("localstripe")
    port = free_port()
    with running([program, "--port", str(port), "--from-scratch"], port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def stripe_till(localstripe: str, http: aiohttp.ClientSession) -> StripeTill:
    return StripeTill(localstripe, http)


@pytest.fixture
async def wechat_till() -> AsyncIterator[WeChatTill]:
    till = WeChatTill()
    async with TestServer(till.app()) as server:
        till.endpoint = str(server.make_url("/")).rstrip("/")
        yield till


@pytest.fixture
async def alipay_till() -> AsyncIterator[AlipayTill]:
    till = AlipayTill()
    async with TestServer(till.app()) as server:
        till.endpoint = str(server.make_url("/")).rstrip("/")
        yield till


@pytest.fixture(params=["demo", "stripe", "wechat", "alipay"])
def till(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Till:
    if request.param == "demo":
        return DemoTill(tmp_path / "demo.jsonl", clock, os.urandom)
    found: Till = request.getfixturevalue(f"{request.param}_till")
    return found
