"""The log, for anybody: checkpoint, tiles, bundles (C2SP tlog-tiles), its keys and its epochs.

No session and no cookie; any page may read it, so that auditors' tools need nothing of ours.
"""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from actions.log_reading import checkpoint_note, log_epochs, log_keys, read_tile
from booking_api.edge import Edge
from booking_api.problems import problem_of
from booking_api.serving import Serve
from chat_archive.invalid import Malformed
from chat_archive.tiles import parse_tile_path
from domain.accounts import SYSTEM
from domain.client_address import client_address, one_client
from domain.errors import NotFound, PartnerDown, Throttled

PREFIX = "/log/"
READS_PER_WINDOW = 2_400
WINDOW_S = 60
"""A monitor that reads a log of a million entries from its beginning needs four minutes."""
_FOR_ANYBODY = {"Access-Control-Allow-Origin": "*"}
_FOR_A_MOMENT = {**_FOR_ANYBODY, "Cache-Control": "public, max-age=1"}
_FOREVER = {**_FOR_ANYBODY, "Cache-Control": "public, max-age=31536000, immutable"}
_TEXT = "text/plain"

Answer = Callable[[Edge, web.Request, str], Awaitable[web.Response]]


def paths(edge: Edge) -> Mapping[str, tuple[str, Serve]]:
    """Return what is served under each path of the router: the operation's name and what answers."""
    return {
        "/log/checkpoint": ("log_checkpoint", _serving(edge, _checkpoint)),
        "/log/keys": ("log_keys", _serving(edge, _keys)),
        "/log/epochs": ("log_epochs", _serving(edge, _epochs)),
        "/log/tile/{address:.+}": ("log_tile", _serving(edge, _tile)),
        "/log/{elsewhere:.*}": ("log_elsewhere", _serving(edge, _elsewhere)),
    }


def _serving(edge: Edge, answer: Answer) -> Serve:
    async def serve(request: web.Request, request_id: str) -> web.StreamResponse:
        try:
            await _count(edge, request)
            return await answer(edge, request, request_id)
        except (NotFound, Throttled) as error:
            # A page elsewhere has to learn that a tile is not there, too: without the header its browser
            # hides it.
            refused = problem_of(error, request_id)
            refused.headers.update(_FOR_ANYBODY)
            return refused

    return serve


async def _count(edge: Edge, request: web.Request) -> None:
    """Raise Throttled for an address that reads too much. When nobody counts, all may read: it is public."""
    address = client_address(
        request.remote, request.headers.getall("X-Forwarded-For", []), edge.trusted_proxies
    )
    try:
        wait_s = await edge.throttle.hit(
            f"log:{one_client(address)}", limit=READS_PER_WINDOW, window_s=WINDOW_S
        )
    except PartnerDown:
        return
    if wait_s:
        raise Throttled(wait_s)


async def _checkpoint(edge: Edge, _request: web.Request, request_id: str) -> web.Response:
    async with edge.work.begin(SYSTEM, request_id) as ctx:
        note = await checkpoint_note(ctx)
    return web.Response(text=note, content_type=_TEXT, charset="utf-8", headers=_FOR_A_MOMENT)


async def _keys(edge: Edge, _request: web.Request, request_id: str) -> web.Response:
    """The log's verifier keys, the present epoch's first, then those of the witnesses that we ask."""
    async with edge.work.begin(SYSTEM, request_id) as ctx:
        keys = await log_keys(ctx)
    text = "".join(f"{key}\n" for key in (*keys, *edge.witness_keys))
    return web.Response(text=text, content_type=_TEXT, charset="utf-8", headers=_FOR_A_MOMENT)


async def _epochs(edge: Edge, _request: web.Request, request_id: str) -> web.Response:
    """Under which names and keys the log went on, from which entry on, why, and what was lost."""
    async with edge.work.begin(SYSTEM, request_id) as ctx:
        told = await log_epochs(ctx)
    found = [
        {
            "number": one.epoch.number,
            "origin": one.epoch.origin,
            "log_key": one.epoch.log_key,
            "first_size": one.epoch.first_size,
            "missing_from": None if one.missing is None else one.missing[0],
            "missing_to": None if one.missing is None else one.missing[1],
            "reason": one.reason,
            "began_at": one.began_at.isoformat(),
        }
        for one in told
    ]
    return web.json_response({"epochs": found}, headers=_FOR_A_MOMENT)


async def _tile(edge: Edge, request: web.Request, request_id: str) -> web.Response:
    try:
        # As it was written, not as it decodes: each tile has one address.
        address = parse_tile_path(request.rel_url.raw_path.removeprefix(PREFIX))
    except Malformed:
        raise NotFound("tile") from None
    async with edge.work.begin(SYSTEM, request_id) as ctx:
        found = await read_tile(ctx, address)
    response = web.Response(body=found, content_type="application/octet-stream", headers=_FOREVER)
    if address.level is None:
        response.headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("Accept-Encoding", "").lower():
            response.enable_compression(web.ContentCoding.gzip)
    return response


async def _elsewhere(_edge: Edge, _request: web.Request, _request_id: str) -> web.Response:
    raise NotFound("address")
