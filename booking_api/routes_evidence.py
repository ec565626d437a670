"""The table of the HTTP API: what leaves the archive as evidence."""

from booking_api import evidence, queries
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/archive/consultations/{id}/pack", evidence.export_pack,
        "An evidence pack: a consultation's record with proofs, and a verifier that needs no server",
        (Action.ARCHIVE_EXPORT,),
        query=queries.PackQuery,
        media_type="application/zip",
        codes=(Code.ARCHIVE_NOT_SEALED_YET,),
        thing="consultation",
    ),
)  # fmt: skip
