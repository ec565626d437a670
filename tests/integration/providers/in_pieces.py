"""Answers of a partner that come over a slow line."""

import asyncio

from aiohttp import web


async def send_in_two(request: web.Request, whole: web.Response, first: int) -> web.StreamResponse:
    """Send an answer in two pieces, the first so many bytes, so far apart that one read gives it alone."""
    assert isinstance(whole.body, bytes)
    answer = web.StreamResponse(status=whole.status)
    answer.content_length = len(whole.body)
    await answer.prepare(request)
    for piece in (whole.body[:first], whole.body[first:]):
        await answer.write(piece)
        await asyncio.sleep(0.05)
    await answer.write_eof()
    return answer
