"""A call between two people in two browsers, begun as people begin it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.e2e.browsers import PHONE, Person
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.pages import DoctorInVisit, PatientInVisit, doctor_opens, patient_opens


@dataclass
class Call:
    """Both sides of a visit in progress."""

    visit: Visit
    patient: PatientInVisit
    doctor: DoctorInVisit

    async def demand_flow(self) -> None:
        """Return once both see and hear each other."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self.patient.demand_call())
            both.create_task(self.doctor.demand_call())


Prepare = Callable[[Person], Awaitable[None]]


async def _as_they_are(person: Person) -> None:
    """Prepare nothing."""


async def begin_call(
    hospital: Hospital, sit: Sit, *, query: str = "", prepare: Prepare = _as_they_are
) -> Call:
    """Bring a patient with a phone and a doctor at a desk into a call; `query` ends both addresses.

    Both are prepared before they open anything.
    """
    visit = await hospital.visit()
    patient: Person = await sit(visit.patient, viewport=PHONE, at=hospital)
    doctor: Person = await sit(visit.doctor, at=hospital)
    await prepare(patient)
    await prepare(doctor)
    call = Call(visit, await patient_opens(patient, visit, query), await doctor_opens(doctor))
    name = visit.patient.display_name
    await call.patient.enter()
    await call.doctor.demand_group(name, "waiting")
    if query:
        # A row of the queue leads to the visit without it.
        await call.doctor.page.goto(f"{hospital.url}/doctor/{visit.id}{query}")
    else:
        await call.doctor.choose(name)
    await call.doctor.admit()
    return call
