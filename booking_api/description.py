"""The API's own description, for programs."""

from aiohttp import web

from booking_api.edge import Call


async def read_openapi(call: Call) -> web.Response:
    """GET /api/openapi.json."""
    return web.Response(text=call.edge.openapi, content_type="application/json")
