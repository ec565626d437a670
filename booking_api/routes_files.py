"""The part of the table of operations that is about files in a visit."""

from booking_api import files
from booking_api import models_files as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/consultations/{id}/files", files.add_file,
        "Add a picture (JPEG, PNG, WebP, HEIC) or a PDF of at most 20 MiB to a visit",
        (Action.FILE_ADD,), models.FileKept, 201,
        query=models.FileQuery,
        takes_bytes=True,
        codes=(
            Code.CONVERSATION_CLOSED, Code.MESSAGE_ID_REUSED, Code.ROOM_BUSY, Code.FILE_TYPE,
            Code.FILE_TOO_MANY, Code.INPUT_TOO_LARGE,
        ),
        thing="consultation",
    ),
    Route(
        "GET", "/api/consultations/{id}/files/{seq}", files.read_file,
        "A file, as it was added", (Action.FILE_READ,),
        media_type="application/octet-stream",
        codes=(Code.FILE_DAMAGED, Code.RETENTION_DESTROYED),
        thing="consultation",
    ),
)  # fmt: skip
