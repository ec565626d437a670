"""A small witness over HTTP (C2SP tlog-witness), that another party than the hospital runs.

    POST /add-checkpoint       as specified
    GET  /checkpoint?origin=   the latest note cosigned for that log: for whoever compares
    GET  /key                  the witness' verifier key; whoever trusts it has it from elsewhere

Needs a folder and nothing else: no database, no Redis, no web build.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from chat_archive.witness import LARGEST_REQUEST
from server.witness_folder import WitnessFolder

log = structlog.get_logger(__name__)
_BODY_TIMEOUT_S = 10.0
_MOST_ADDRESSES = 10_000


@dataclass(frozen=True, slots=True)
class WitnessLimits:
    """How often one address may ask, and how many requests are worked on at a time. Above: 429 and 503."""

    per_second: float = 10.0
    burst: int = 40
    at_a_time: int = 64


class _Rate:
    """Token buckets by address. The longest unused is forgotten: it is full by then, or soon."""

    def __init__(self, limits: WitnessLimits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, address: str) -> bool:
        now = self._clock()
        full = float(self._limits.burst)
        tokens, since = self._buckets.pop(address, (full, now))
        tokens = min(full, tokens + (now - since) * self._limits.per_second)
        allowed = tokens >= 1
        self._buckets[address] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return allowed


def witness_app(
    folder: WitnessFolder,
    now_s: Callable[[], int],
    limits: WitnessLimits | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> web.Application:
    """Make the application. `now_s` gives seconds since 1970, `clock` seconds of any beginning."""
    app = web.Application(client_max_size=LARGEST_REQUEST)
    edge = _Edge(folder, now_s, limits or WitnessLimits(), clock)
    app.router.add_post("/add-checkpoint", edge.add_checkpoint)
    app.router.add_get("/checkpoint", edge.checkpoint)
    app.router.add_get("/key", edge.key)
    return app


class _Edge:
    def __init__(
        self,
        folder: WitnessFolder,
        now_s: Callable[[], int],
        limits: WitnessLimits,
        clock: Callable[[], float],
    ) -> None:
        self._folder = folder
        self._now_s = now_s
        self._rate = _Rate(limits, clock)
        self._free = limits.at_a_time

    async def add_checkpoint(self, request: web.Request) -> web.Response:
        if not self._rate.allows(request.remote or ""):
            return _text(429, "Too many requests.\n", {"Retry-After": "1"})
        if self._free <= 0:
            return _text(503, "Too many requests at a time.\n", {"Retry-After": "1"})
        self._free -= 1
        try:
            return await self._decided(request)
        finally:
            self._free += 1

    async def _decided(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_BODY_TIMEOUT_S):
                body = await request.read()
        except TimeoutError:
            return _text(408, "The request did not arrive.\n", {"Connection": "close"})
        try:
            # The whole decision is one call in a thread: cancelling this task would not cut it in two.
            answer = await asyncio.to_thread(self._folder.add_checkpoint, body, self._now_s())
        except OSError as error:
            log.error("witness.not_kept", error=error.strerror)
            return _text(500, "This witness cannot write to its disk, and signs nothing.\n")
        log.info("witness.answered", status=answer.status)
        return web.Response(
            status=answer.status,
            body=answer.body.encode(),
            headers={"Content-Type": _with_charset(answer.content_type), "Cache-Control": "no-store"},
        )

    async def checkpoint(self, request: web.Request) -> web.Response:
        record = self._folder.latest(request.query.get("origin", ""))
        if record is None:
            return _text(404, "Nothing is cosigned for that origin.\n")
        return _text(200, record.note)

    async def key(self, request: web.Request) -> web.Response:
        return _text(200, f"{self._folder.trust.signer.verifier.format()}\n")


def _text(status: int, body: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status,
        body=body.encode(),
        headers={"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **(headers or {})},
    )


def _with_charset(content_type: str) -> str:
    # The specification compares text/x.tlog.size as a whole.
    return "text/plain; charset=utf-8" if content_type == "text/plain" else content_type
