"""The way to a witness over HTTP, with servers that do what servers do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from providers.witness import LARGEST_ANSWER, HttpWitness, WitnessUnreachable

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Handler], Awaitable[str]]]:
    """Give a function that serves a handler at /w/add-checkpoint and returns the prefix."""
    servers: list[TestServer] = []

    async def start(handler: Handler) -> str:
        app = web.Application()
        app.router.add_post("/w/add-checkpoint", handler)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return str(server.make_url("/w"))

    yield start
    for server in servers:
        await server.close()


async def test_the_body_goes_there_and_the_answer_comes_back(
    session: aiohttp.ClientSession, serve: Callable[[Handler], Awaitable[str]]
) -> None:
    async def echo(request: web.Request) -> web.Response:
        return web.Response(status=409, body=await request.read() + b"!", content_type="text/x.tlog.size")

    url = await serve(echo)
    for written in (url, f"{url}/"):
        status, content_type, body = await HttpWitness(written, session).post(b"old 0\n")
        assert (status, body) == (409, b"old 0\n!")
        assert content_type.startswith("text/x.tlog.size")


async def test_a_redirect_is_not_followed(
    session: aiohttp.ClientSession, serve: Callable[[Handler], Awaitable[str]]
) -> None:
    followed: list[str] = []

    async def elsewhere(request: web.Request) -> web.Response:
        followed.append(request.path)
        return web.Response(status=307, headers={"Location": "/w/add-checkpoint"})

    status, _, _ = await HttpWitness(await serve(elsewhere), session).post(b"")
    assert (status, len(followed)) == (307, 1)


async def test_an_answer_without_end_is_cut_off(
    session: aiohttp.ClientSession, serve: Callable[[Handler], Awaitable[str]]
) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(bytes(LARGEST_ANSWER))

    with pytest.raises(WitnessUnreachable, match="more than"):
        await HttpWitness(await serve(endless), session).post(b"")


async def test_an_answer_that_does_not_come_is_not_waited_for(
    session: aiohttp.ClientSession, serve: Callable[[Handler], Awaitable[str]]
) -> None:
    async def silent(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(WitnessUnreachable, match="within"):
        await HttpWitness(await serve(silent), session, timeout_s=0.05).post(b"")


async def test_a_connection_cut_in_the_middle_is_no_answer(
    session: aiohttp.ClientSession, serve: Callable[[Handler], Awaitable[str]]
) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport is not None
        request.transport.abort()
        return response

    with pytest.raises(WitnessUnreachable):
        await HttpWitness(await serve(cut), session).post(b"")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://", "nonsense", "ftp://127.0.0.1"])
async def test_a_witness_that_is_not_there_is_unreachable(session: aiohttp.ClientSession, url: str) -> None:
    with pytest.raises(WitnessUnreachable):
        await HttpWitness(url, session).post(b"")
