"""Files over HTTP: taken as they come, given as they were added, and never as a page of ours."""

from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from booking_api.files import _PIECE
from domain.accounts import Role
from domain.files import FILE_BYTES_MAX
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.browser import Answer, Browser
from tests.integration.booking_api.conftest import People, SignIn
from tests.people import make_patient

PNG = b"\x89PNG\r\n\x1a\n" + bytes(number % 251 for number in range(3 * _PIECE))


@pytest.fixture
async def visit(work: UnitOfWork, people: People) -> Visit:
    made = await make_visit(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR])
    await made.arrive()
    await made.admit()
    return made


def address(visit: Visit, message_id: object = None, name: str = "皮疹.png") -> str:
    return f"/api/consultations/{visit.id}/files?message_id={message_id or uuid4()}&name={quote(name)}"


def stored(objects: Path) -> list[Path]:
    return [path for path in objects.rglob("*") if path.is_file()]


def flip(path: Path, at: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)


def block(objects: Path) -> None:
    objects.write_text("no folder")


async def add(browser: Browser, visit: Visit, content: object = PNG, **more: Any) -> Answer:
    return await browser.send("POST", address(visit, **more), data=content)


async def fetched(browser: Browser, visit: Visit, seq: int) -> tuple[bytes, dict[str, str]]:
    async with browser.client.get(f"/api/consultations/{visit.id}/files/{seq}") as answer:
        assert answer.status == 200
        return await answer.read(), dict(answer.headers)


async def test_a_file_is_added_and_both_sides_and_the_auditor_get_it(people: People, visit: Visit) -> None:
    answer = await add(people.patient, visit)
    assert answer.status == 201, answer.text
    kept = answer.json
    assert (kept["name"], kept["size"], kept["type"]) == ("皮疹.png", len(PNG), "image/png")
    assert kept["digest"] == sha256(PNG).hexdigest()
    for browser in (people.patient, people.doctor, people.auditor):
        content, headers = await fetched(browser, visit, kept["seq"])
        assert content == PNG
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Length"] == str(len(PNG))
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Disposition"].endswith(f"filename*=UTF-8''{quote('皮疹.png')}")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    record = (await people.auditor.get(f"/api/archive/consultations/{visit.id}")).json
    assert record["entries"][-1]["kind"] == "file"


async def test_a_resend_adds_nothing(people: People, visit: Visit) -> None:
    message_id = uuid4()
    first = await add(people.patient, visit, message_id=message_id)
    again = await add(people.patient, visit, message_id=message_id)
    assert (again.status, again.json) == (201, first.json)
    other = await add(people.patient, visit, PNG + b"x", message_id=message_id)
    assert (other.status, other.code) == (409, "chat.message_id_reused")


async def test_a_body_without_a_length_is_taken_too(people: People, visit: Visit) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield PNG[:5]
        yield PNG[5:]

    answer = await add(people.doctor, visit, pieces())
    assert answer.status == 201
    assert answer.json["size"] == len(PNG)


async def test_too_large_is_refused_before_it_came_and_while_it_comes(
    people: People, visit: Visit, objects: Path
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(FILE_BYTES_MAX // len(PNG) + 1):
            yield PNG

    said = await add(people.patient, visit, BytesIO(PNG + bytes(FILE_BYTES_MAX)))
    assert (said.status, said.code) == (413, "input.too_large")
    answer = await add(people.patient, visit, endless())
    assert (answer.status, answer.code) == (413, "input.too_large")
    assert stored(objects) == []


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + bytes(50)])
async def test_another_type_is_refused_whatever_it_is_called(
    people: People, visit: Visit, content: bytes
) -> None:
    answer = await add(people.patient, visit, content, name="picture.png")
    assert (answer.status, answer.code) == (415, "file.type_not_allowed")


async def test_strangers_and_pages_of_others_are_refused(
    people: People, visit: Visit, work: UnitOfWork, sign_in: SignIn
) -> None:
    seq = (await add(people.patient, visit)).json["seq"]
    stranger = await sign_in(await make_patient(work, "王建军"))
    assert (await add(stranger, visit)).code == "auth.forbidden"
    path = f"/api/consultations/{visit.id}/files/{seq}"
    assert (await stranger.get(path)).code == "auth.forbidden"
    assert (await people.admin.get(path)).code == "auth.forbidden"
    forged = await people.patient.send("POST", address(visit), data=PNG, headers={"X-CSRF-Token": "wrong"})
    assert forged.code == "auth.csrf"
    foreign = await people.patient.send(
        "POST", address(visit), data=PNG, headers={"Origin": "https://elsewhere.example"}
    )
    assert foreign.code == "auth.origin"


async def test_after_the_visit_nothing_is_added_and_everything_can_be_read(
    people: People, visit: Visit
) -> None:
    seq = (await add(people.patient, visit)).json["seq"]
    await visit.finish()
    late = await add(people.patient, visit)
    assert (late.status, late.code) == (409, "chat.conversation_closed")
    assert (await fetched(people.patient, visit, seq))[0] == PNG


@pytest.mark.parametrize("seq", ["0", "1", "99", "x", "-1", "1.5", "99999999999999999"])
async def test_what_is_no_file_is_not_found(people: People, visit: Visit, seq: str) -> None:
    answer = await people.patient.get(f"/api/consultations/{visit.id}/files/{seq}")
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("query", ["", "?message_id=7", "?message_id=", "?name=a.png"])
async def test_a_file_without_an_id_of_its_own_is_refused(people: People, visit: Visit, query: str) -> None:
    answer = await people.patient.send("POST", f"/api/consultations/{visit.id}/files{query}", data=PNG)
    assert (answer.status, answer.code) == (422, "input.invalid")


async def test_a_damaged_file_is_an_error_and_no_half_file(
    people: People, visit: Visit, objects: Path
) -> None:
    seq = (await add(people.patient, visit)).json["seq"]
    (path,) = stored(objects)
    flip(path, -20)
    answer = await people.doctor.get(f"/api/consultations/{visit.id}/files/{seq}")
    assert (answer.status, answer.code) == (500, "file.damaged")
    path.unlink()
    answer = await people.doctor.get(f"/api/consultations/{visit.id}/files/{seq}")
    assert (answer.status, answer.code) == (500, "file.damaged")


async def test_a_store_that_fails_is_said_to_come_back(people: People, visit: Visit, objects: Path) -> None:
    block(objects)
    answer = await add(people.patient, visit)
    assert (answer.status, answer.code) == (503, "partner.down")
    assert "Retry-After" in answer.headers


async def test_a_name_cannot_write_headers(people: People, visit: Visit) -> None:
    kept = (await add(people.patient, visit, name='a"\r\nSet-Cookie: x=y;.png')).json
    _, headers = await fetched(people.patient, visit, kept["seq"])
    assert "Set-Cookie" not in headers
    assert headers["Content-Disposition"].count('"') == 2
