"""Evidence packs for auditors, as files to take away."""

from collections.abc import AsyncIterator

from aiohttp import web

from actions.evidence import EvidencePack, Maker, take_evidence
from booking_api.edge import Call
from booking_api.queries import PackQuery

_PIECE = 64 * 1024


async def export_pack(call: Call) -> web.Response:
    """GET /api/archive/consultations/{id}/pack. The audit lines are durable before the first byte leaves."""
    consultation_id = call.uuid()
    maker = Maker(call.edge.version, call.edge.witness_keys)
    query = call.given(PackQuery)
    desk = call.edge.files if query.files else None
    taken = await take_evidence(
        call.edge.work,
        call.actor,
        call.request_id,
        [consultation_id],
        query.reason or "",
        maker,
        store=None if desk is None else desk.store,
    )
    return web.Response(
        body=_pieces(taken),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": f'attachment; filename="evidence-{consultation_id}.zip"',
        },
    )


async def _pieces(taken: EvidencePack) -> AsyncIterator[bytes]:
    for chunk in taken.chunks():
        for begin in range(0, len(chunk), _PIECE):
            yield chunk[begin : begin + _PIECE]
