"""Patients and practitioners to choose from."""

from actions import people
from actions.page_cursor import read_name_cursor, write_name_cursor
from booking_api.edge import Call
from booking_api.models import Patients, PatientView, Practitioners, PractitionerView
from booking_api.queries import PatientsQuery
from booking_api.views import view


async def list_patients(call: Call) -> Patients:
    """GET /api/patients."""
    query = call.given(PatientsQuery)
    after = None if query.cursor is None else read_name_cursor(query.cursor)
    async with call.begin() as ctx:
        found, more = await people.list_patients(ctx, query.name, after, query.limit)
    return Patients(
        patients=[view(PatientView, item) for item in found],
        next_cursor=write_name_cursor(found[-1].name, found[-1].id) if more else None,
    )


async def list_practitioners(call: Call) -> Practitioners:
    """GET /api/practitioners."""
    async with call.begin() as ctx:
        found = await people.list_practitioners(ctx)
    return Practitioners(practitioners=[view(PractitionerView, item) for item in found])
