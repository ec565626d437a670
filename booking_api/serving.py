"""How a route is served: one request's way through the edge, from its address to its answer."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import structlog
from aiohttp import web

from actions.sessions import ActiveSession, resume
from booking_api.answers import answered
from booking_api.edge import Call, Edge
from booking_api.models import Model
from booking_api.origin import check_csrf, check_origin
from booking_api.parsing import parse_body, parse_number, parse_query, parse_uuid, parse_word, read_body
from booking_api.problems import problem_of
from booking_api.route import Route
from domain.accounts import SESSION_COOKIE, SessionState
from domain.client_address import client_address
from domain.errors import Code, Forbidden, NotAuthenticated

REQUEST_ID_HEADER = "X-Request-Id"

Serve = Callable[[web.Request, str], Awaitable[web.StreamResponse]]
"""Serves a request under its request id. May raise anything."""

_log = structlog.get_logger(__name__)


def guarded(name: str, serve: Serve) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Give a request its id, turn every failure into a problem, and keep one line in the log.

    The id is ours: one that a client chose could forge lines. The line names the operation, not the path,
    which names people's things.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        request_id = uuid4().hex
        loop = asyncio.get_running_loop()
        began = loop.time()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                response = await serve(request, request_id)
            except Exception as error:
                response = problem_of(error, request_id)
            response.headers[REQUEST_ID_HEADER] = request_id
            took_ms = round((loop.time() - began) * 1000, 1)
            _log.debug(
                "api.request", operation=name, method=request.method, status=response.status, ms=took_ms
            )
        return response

    return handle


def serving(edge: Edge, route: Route) -> Serve:
    """Return what serves this route: is it our page, who is it, is it well-formed; then the handler."""

    async def serve(request: web.Request, request_id: str) -> web.StreamResponse:
        if route.writes:
            check_origin(request, edge.public_url)
        session = None
        if route.who is not None:
            session = await _session(edge, request, request_id)
            if route.writes:
                check_csrf(request, session.csrf_token)
            if session.state is SessionState.SECOND_FACTOR_PENDING and not route.while_pending:
                raise Forbidden("Give your second factor first.", Code.AUTH_SECOND_FACTOR)
        call = await _parsed(edge, route, request, request_id, session)
        answer = await route.handler(call)
        if isinstance(answer, Model):
            return answered(answer, route.status)
        return answer or web.Response(status=route.status)

    return serve


async def _session(edge: Edge, request: web.Request, request_id: str) -> ActiveSession:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise NotAuthenticated
    return await resume(edge.work, token, request_id)


async def _parsed(
    edge: Edge, route: Route, request: web.Request, request_id: str, session: ActiveSession | None
) -> Call:
    id_uuid = id_number = id_word = None
    if route.has_id:
        text = request.match_info["id"]
        if route.id_kind == "uuid":
            id_uuid = parse_uuid(text, route.thing)
        elif route.id_kind == "word":
            id_word = parse_word(text, route.words, route.thing)
        else:
            id_number = parse_number(text, route.thing)
    seq = parse_number(request.match_info["seq"], "entry") if route.has_seq else None
    parsed: dict[type[Model], Model] = {}
    if route.query is not None:
        parsed[route.query] = parse_query(route.query, request.query)
    if route.body is not None:
        parsed[route.body] = parse_body(route.body, await read_body(request))
    address = client_address(
        request.remote, request.headers.getall("X-Forwarded-For", []), edge.trusted_proxies
    )
    return Call(edge, request, request_id, address, session, id_uuid, id_number, id_word, seq, parsed)
