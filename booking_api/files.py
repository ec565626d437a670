"""Files in a visit: taking them as they come, giving them as they were added."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import web

from actions import file_reading
from actions.files import Upload
from actions.files import add_file as keep_file
from booking_api.edge import Call, FileDesk
from booking_api.models_files import FileKept, FileQuery
from domain.errors import FieldFault, InvalidInput, OwnFault, PartnerDown, TooLarge
from domain.facts import decode_body
from domain.files import FILE_BYTES_MAX

_PIECE = 64 * 1024


async def add_file(call: Call) -> FileKept:
    """POST /api/consultations/{id}/files. The body is the file itself, read as it comes."""
    query = call.given(FileQuery)
    if (call.request.content_length or 0) > FILE_BYTES_MAX:
        raise TooLarge("file", FILE_BYTES_MAX)
    desk = _desk(call)
    kept = await keep_file(
        call.edge.work,
        desk.store,
        desk.keep,
        actor=call.actor,
        request_id=call.request_id,
        upload=Upload(call.uuid(), query.message_id, query.name),
        chunks=_pieces(call.request),
    )
    if kept.entry.body is None:
        raise OwnFault("an entry that was just kept has no body")
    body = decode_body(kept.entry.body)
    return FileKept(
        seq=kept.entry.seq,
        recorded_at=kept.entry.recorded_at,
        digest=str(body["digest"]),
        name=str(body["name"]),
        size=int(body["size"] or 0),
        type=str(body["type"]),
    )


async def read_file(call: Call) -> web.Response:
    """GET /api/consultations/{id}/files/{seq}. A damaged file is an error before its first byte."""
    desk = _desk(call)
    async with call.begin() as ctx:
        file = await file_reading.open_file(ctx, call.uuid(), call.seq())
    await file_reading.check_file(desk.store, file)
    name = quote(file.name, safe="")
    return web.Response(
        body=file_reading.file_content(desk.store, file),
        headers={
            "Content-Type": file.media_type,
            "Content-Length": str(file.size),
            # RFC 6266: old readers take the first, which says nothing; all others the second.
            "Content-Disposition": f"attachment; filename=\"file\"; filename*=UTF-8''{name}",
            # Whatever is in it, it is no page of ours: it runs nothing and loads nothing.
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _desk(call: Call) -> FileDesk:
    desk = call.edge.files
    if desk is None:
        raise PartnerDown("object store", "This server keeps no files.")
    return desk


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.content.iter_chunked(_PIECE):
            yield piece
    except (web.RequestPayloadError, ConnectionError):
        raise InvalidInput("The file did not arrive whole.", {"file": FieldFault.INVALID}) from None
