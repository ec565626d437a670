"""The staff's links to the HIS's patient index over HTTP."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from actions import patient_index
from actions.context import UnitOfWork
from chat_archive.data_keys import KeyRing
from domain.ids import PatientId
from providers.his import DemoPatients
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, NewBrowser, SignIn
from tests.people import make_admin, make_patient
from tests.rows import rows, trail

INDEX = DemoPatients()


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    """A hospital whose own system can be asked."""
    return UnitOfWork(database, clock, os.urandom, keys, his_connected=True)


@pytest.fixture
def index() -> DemoPatients:
    return DemoPatients()


@pytest.fixture
def new_browser(
    attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]], index: DemoPatients
) -> NewBrowser:
    app = attached(patients=index)

    async def make() -> Browser:
        return Browser(await aiohttp_client(app))

    return make


async def verified(work: UnitOfWork, sign_in: SignIn, number: str) -> tuple[Browser, str]:
    """Return the browser of the staff and the check of a patient whose name was just verified there."""
    patient = await sign_in(await make_patient(work))
    check = await patient.post("/api/identity", {"kind": "passport", "number": number})
    admin = await sign_in(await make_admin(work))
    path = f"/api/identity-checks/{check.json['id']}"
    assert (await admin.post(f"{path}/approve")).status == 204
    return admin, path


async def test_a_verified_patient_is_listed_until_the_staff_links_it(
    work: UnitOfWork, sign_in: SignIn, dsn: str
) -> None:
    admin, path = await verified(work, sign_in, "GB1234567")
    listed = (await admin.get("/api/patient-links")).json
    assert listed["his_connected"] and [one["state"] for one in listed["patients"]] == ["open"]
    found = (await admin.get(f"{path}/candidates")).json
    assert (found["kind"], [one["number"] for one in found["candidates"]]) == ("one", ["D-1004"])
    link = {"source": "demo-his", "number": "D-1004"}
    assert (await admin.post(f"{path}/link", {**link, "number": "D-1001"})).code == "not_found"
    assert [(await admin.post(f"{path}/link", link)).status for _ in range(2)] == [204, 204]
    assert (await admin.get("/api/patient-links")).json["patients"] == []
    assert (await admin.post(f"{path}/leave-unlinked")).code == "patient_link.wrong_state"
    assert rows(dsn, "select number, linked_by is null from patient_index_link") == [("D-1004", False)]
    assert len(trail(dsn, "identity.link")) == 1


async def test_a_patient_whom_nobody_there_is_is_left(work: UnitOfWork, sign_in: SignIn, dsn: str) -> None:
    admin, path = await verified(work, sign_in, "EA0000000")
    ((patient_id,),) = rows(dsn, "select patient_id::text from patient_index_link")
    await patient_index.settle(work, INDEX, PatientId(patient_id), "test")
    assert (await admin.get(f"{path}/candidates")).json == {"kind": "none", "candidates": []}
    assert [(await admin.post(f"{path}/leave-unlinked")).status for _ in range(2)] == [204, 204]
    (one,) = (await admin.get("/api/patient-links")).json["patients"]
    assert one["state"] == "left" and len(trail(dsn, "identity.link")) == 2


async def test_while_it_is_down_names_are_verified_and_nobody_is_linked(
    work: UnitOfWork, sign_in: SignIn, index: DemoPatients
) -> None:
    index.down = True
    admin, path = await verified(work, sign_in, "GB1234567")
    asked = await admin.get(f"{path}/candidates")
    link = await admin.post(f"{path}/link", {"source": "demo-his", "number": "D-1004"})
    assert {(asked.status, asked.code), (link.status, link.code)} == {(503, "partner.down")}
    assert (await admin.post(f"{path}/link", {})).fields == {"source": "missing", "number": "missing"}


async def test_where_nobody_can_be_asked_it_says_so(
    work: UnitOfWork,
    sign_in: SignIn,
    index: DemoPatients,
    attached: AttachTo,
    aiohttp_client: Callable[..., Awaitable[Any]],
) -> None:
    admin, path = await verified(work, sign_in, "GB1234567")
    alone = Browser(await aiohttp_client(attached()))
    await alone.keep(admin.token())
    assert (await alone.get(f"{path}/candidates")).code == "his.not_connected"
