"""Proofs that entries are in the log: for auditors as JSON, for participants as a file to keep."""

from base64 import b64encode

from aiohttp import web

from actions.log_proofs import prove_consultation, receipt
from booking_api.edge import Call
from booking_api.models_proof import EntryProof, RecordProof


async def prove_record(call: Call) -> RecordProof:
    """GET /api/archive/consultations/{id}/proof."""
    async with call.begin() as ctx:
        found = await prove_consultation(ctx, call.uuid())
    return RecordProof(
        log_key=found.log_key,
        witness_keys=list(call.edge.witness_keys),
        checkpoint=found.checkpoint,
        entries=[
            EntryProof(
                conversation_id=one.conversation_id,
                seq=one.seq,
                index=one.index,
                path=[b64encode(value).decode() for value in one.path],
            )
            for one in found.entries
        ],
    )


async def read_receipt(call: Call) -> web.Response:
    """GET /api/consultations/{id}/receipt: a C2SP tlog-proof file."""
    consultation_id = call.uuid()
    async with call.begin() as ctx:
        proof = await receipt(ctx, consultation_id)
    return web.Response(
        text=proof.format(),
        content_type="text/plain",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{consultation_id}.tlog-proof"'},
    )
