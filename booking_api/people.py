"""Patients and practitioners to choose from."""

from actions import people
from booking_api.edge import Call
from booking_api.models import Patients, PatientView, Practitioners, PractitionerView
from booking_api.views import view


async def list_patients(call: Call) -> Patients:
    """GET /api/patients."""
    async with call.begin() as ctx:
        found = await people.list_patients(ctx)
    return Patients(patients=[view(PatientView, item) for item in found])


async def list_practitioners(call: Call) -> Practitioners:
    """GET /api/practitioners."""
    async with call.begin() as ctx:
        found = await people.list_practitioners(ctx)
    return Practitioners(practitioners=[view(PractitionerView, item) for item in found])
