"""Reading the archive, for auditors."""

from booking_api.edge import Call
from booking_api.models import ConsultationsFound, Record, VerificationView
from domain.errors import OwnFault


async def search_archive(call: Call) -> ConsultationsFound:
    """GET /api/archive/consultations."""
    raise OwnFault("the archive cannot be read yet")


async def read_record(call: Call) -> Record:
    """GET /api/archive/consultations/{id}."""
    raise OwnFault("the archive cannot be read yet")


async def verify_record(call: Call) -> VerificationView:
    """GET /api/archive/consultations/{id}/verification."""
    raise OwnFault("the archive cannot be read yet")
