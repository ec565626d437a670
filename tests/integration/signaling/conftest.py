from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import pytest

from actions.context import UnitOfWork
from domain.accounts import Account
from domain.ids import ConsultationId
from tests.live import LiveServer, live_server
from tests.people import make_appointment, make_doctor, make_patient


@dataclass(frozen=True)
class Visit:
    """A planned visit and its two sides."""

    id: ConsultationId
    patient: Account
    doctor: Account

    @property
    def room(self) -> dict[str, str]:
        """The body of an event that only names the room."""
        return {"consultation_id": str(self.id)}


async def make_visit(work: UnitOfWork, doctor: Account | None = None) -> Visit:
    patient = await make_patient(work)
    chosen = doctor or await make_doctor(work)
    appointment = await make_appointment(work, patient, chosen)
    return Visit(appointment.consultation_id, patient, chosen)


@pytest.fixture
async def visit(work: UnitOfWork) -> Visit:
    return await make_visit(work)


@pytest.fixture
async def server(work: UnitOfWork) -> AsyncIterator[LiveServer]:
    async with live_server(work) as running:
        yield running


UNKNOWN = UUID("018f0000-0000-7000-8000-00000000ffff")
