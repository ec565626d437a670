import base64
import os
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from actions.addenda import append_addendum
from actions.context import UnitOfWork
from actions.data_keys import reading_keys
from chat_archive.data_keys import DataKey
from chat_archive.entry import commitment, entry_hash, header_bytes
from domain.accounts import SYSTEM, Role
from domain.facts import EntryKind, encode_body
from storage.archive import PgArchiveStore
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.conftest import People
from tests.people import make_doctor, make_patient
from tests.rows import execute

_ARCHIVE = "/api/archive/consultations"
_UNKNOWN = "01920000-0000-7000-8000-000000000000"

Tamper = Callable[[str], Awaitable[None]]


@pytest.fixture
async def visit(work: UnitOfWork, people: People) -> Visit:
    """A visit that is over: arrived, admitted, two messages, finished."""
    visit = await make_visit(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR])
    await visit.arrive()
    await visit.admit()
    await visit.talk("头还疼吗？", "好多了 🙂")
    await visit.finish()
    return visit


@pytest.fixture
def tamper(database: Database) -> Tamper:
    """Changes archived rows behind the server's back, as somebody with the machine could."""

    async def change(assignment: str) -> None:
        async with database.transaction() as tx:
            await tx.script("alter table archive_entry disable trigger archive_entry_insert_only")
            await tx.script(f"update archive_entry set {assignment} where seq = 3")  # noqa: S608
            await tx.script("alter table archive_entry enable trigger archive_entry_insert_only")

    return change


async def test_a_consultation_is_found_and_replayed_as_it_was(
    people: People, visit: Visit, clock: Clock
) -> None:
    (found,) = (await people.auditor.get(f"{_ARCHIVE}?patient=晓兰")).json["consultations"]
    assert (found["id"], found["state"], found["entries"]) == (str(visit.id), "finished", 5)
    record = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json
    assert found["marks"] == {"closed": True, "sealed": False, "destroyed": False, "on_hold": False}
    assert record["consultation"] == {**found, "marks": None}
    assert [(entry["seq"], entry["kind"], entry["author_role"]) for entry in record["entries"]] == [
        (1, "arrived", "patient"),
        (2, "admitted", "doctor"),
        (3, "chat", "patient"),
        (4, "chat", "doctor"),
        (5, "finished", "doctor"),
    ]
    assert record["entries"][3]["body"] == {"text": "好多了 🙂"}
    assert record["entries"][3]["author_name"] == "王建国"
    assert record["entries"][3]["recorded_at"] == clock.at.isoformat().replace("+00:00", "Z")
    assert not any(entry["damaged"] for entry in record["entries"])


async def test_the_chain_is_checked_now(people: People, visit: Visit, clock: Clock) -> None:
    last = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json["entries"][-1]
    clock.forward(timedelta(minutes=1))
    answer = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}/verification")).json
    assert (answer["verdict"], answer["entries"], answer["findings"]) == ("intact", 5, [])
    assert answer["last_hash"] == last["entry_hash"]
    assert answer["checked_at"] == clock.at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("assignment", "readable"),
    [
        ("sealed = set_byte(sealed, 0, get_byte(sealed, 0) # 1)", False),
        ("sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 128)", False),
        ("sealed = repeat('x', 28)::bytea", False),
        ("sealed = (select sealed from archive_entry where seq = 4)", False),
        ("author = 'nobody'", False),
        ("author = ''", False),
        ("kind = 'never heard of'", False),
        ("recorded_at = recorded_at + interval '1 microsecond'", False),
        ("message_id = '01920000-0000-7000-8000-000000000000'", False),
        ("commitment = decode(repeat('00', 32), 'hex')", False),
        ("entry_hash = decode(repeat('00', 32), 'hex')", True),
    ],
)
async def test_an_altered_entry_is_named_and_the_rest_still_shown(
    people: People, visit: Visit, tamper: Tamper, assignment: str, readable: bool
) -> None:
    await tamper(assignment)
    answer = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}/verification")).json
    assert answer["verdict"] == "broken"
    assert {(item["conversation_id"], item["seq"]) for item in answer["findings"]} == {(str(visit.id), 3)}
    entries = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json["entries"]
    assert [entry["damaged"] for entry in entries] == [False, False, not readable, False, False]
    assert (entries[2]["body"] is not None) == readable
    assert not any(entry["destroyed"] for entry in entries)


@pytest.mark.parametrize(
    ("body", "readable"),
    [
        ('{"text":"好多了吗"}'.encode(), True),
        (b'{"text":', False),
        (b"\xff", False),
        (b"", False),
        (b"[]", False),
        (b'{"text": [1]}', False),
        (b'{"text": 1.5}', False),
        (b'{"text": "\\ud800"}', False),
        (b"[" * 60_000, False),
        (b'{"n":' + b"9" * 6_000 + b"}", False),
    ],
)
async def test_a_body_forged_with_the_key_is_named_and_breaks_no_page(
    people: People, visit: Visit, work: UnitOfWork, tamper: Tamper, body: bytes, readable: bool
) -> None:
    async with work.begin(SYSTEM, "forge") as ctx:
        key = (await reading_keys(ctx, [visit.id]))[visit.id]
        kept = (await PgArchiveStore(ctx.tx).read(visit.id, 2, 1))[0]
    assert isinstance(key, DataKey)
    header = kept.header()
    sealed, committed = key.seal(header, body, os.urandom), commitment(key.salt(header), body)
    await tamper(f"sealed = '\\x{sealed.hex()}', commitment = '\\x{committed.hex()}'")
    answer = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}/verification")).json
    assert [(item["seq"], item["kind"]) for item in answer["findings"]] == [(3, "altered")]
    entries = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json["entries"]
    assert [entry["damaged"] for entry in entries] == [False, False, not readable, False, False]
    assert (entries[2]["body"] is not None) == readable


async def test_an_entry_comes_with_all_that_its_hash_is_made_of(people: People, visit: Visit) -> None:
    entries = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json["entries"]
    previous = bytes(32)
    for entry in entries:
        header = header_bytes(
            UUID(entry["conversation_id"]),
            entry["seq"],
            UUID(entry["message_id"]),
            entry["author"],
            entry["kind"],
            datetime.fromisoformat(entry["recorded_at"]),
        )
        committed = commitment(base64.b64decode(entry["salt"]), encode_body(entry["body"]))
        assert committed.hex() == entry["commitment"]
        previous = entry_hash(previous, header, committed)
        assert previous.hex() == entry["entry_hash"]
    assert len(entries) == 5


async def test_destroyed_bodies_are_shown_as_destroyed_and_the_chain_is_still_checked(
    people: People, work: UnitOfWork, visit: Visit, dsn: str
) -> None:
    async with work.begin(SYSTEM, "destroy") as ctx:
        await append_addendum(ctx, visit.id, EntryKind.DESTROYED, {})
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_key set wrapped = null, destroyed_at = created_at",
    )
    entries = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}")).json["entries"]
    assert [(item["body"], item["salt"], item["damaged"], item["destroyed"]) for item in entries] == [
        (None, None, False, True)
    ] * 6
    answer = (await people.auditor.get(f"{_ARCHIVE}/{visit.id}/verification")).json
    assert (answer["verdict"], answer["entries"], answer["findings"]) == ("intact", 6, [])


@pytest.mark.parametrize("consultation_id", [_UNKNOWN, "all"])
async def test_an_unknown_consultation_is_not_found(people: People, consultation_id: str) -> None:
    for path in (f"{_ARCHIVE}/{consultation_id}", f"{_ARCHIVE}/{consultation_id}/verification"):
        answer = await people.auditor.get(path)
        assert (answer.status, answer.code) == (404, "not_found")


async def test_participants_do_not_read_the_archive(people: People, visit: Visit) -> None:
    for browser in (people.patient, people.doctor):
        for path in (_ARCHIVE, f"{_ARCHIVE}/{visit.id}", f"{_ARCHIVE}/{visit.id}/verification"):
            assert (await browser.get(path)).code == "auth.forbidden"


async def test_consultations_are_found_by_doctor_and_by_the_hospitals_day(
    people: People, work: UnitOfWork, visit: Visit
) -> None:
    other = await make_doctor(work, "孙悦")
    later = await make_visit(
        work, await make_patient(work), other, work.now() + timedelta(hours=7, minutes=30)
    )

    async def found(query: str) -> list[str]:
        answer = await people.auditor.get(f"{_ARCHIVE}?{query}")
        return [item["id"] for item in answer.json["consultations"]]

    assert await found("") == [str(later.id), str(visit.id)]
    assert await found(f"practitioner_id={other.practitioner_id}") == [str(later.id)]
    # 09:00 UTC is 17:00 in Shanghai; seven and a half hours later it is the next day there.
    assert await found("from=2026-11-23&to=2026-11-23") == [str(visit.id)]
    assert await found("from=2026-11-24") == [str(later.id)]
    assert await found("to=2026-11-22") == []


async def test_the_list_goes_on_where_the_page_before_ended(people: People, work: UnitOfWork) -> None:
    patient, doctor = people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR]
    made = [
        str((await make_visit(work, patient, doctor, work.now() + timedelta(hours=hour))).id)
        for hour in range(5)
    ]
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await people.auditor.get(f"{_ARCHIVE}?limit=2{cursor}")).json
        seen += [item["id"] for item in page["consultations"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == list(reversed(made))


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("limit=0", {"limit": "too_small"}),
        ("limit=101", {"limit": "too_large"}),
        ("cursor=x", {"cursor": "bad_format"}),
        ("cursor=é", {"cursor": "bad_format"}),
        ("cursor=" + "f" * 32, {"cursor": "bad_format"}),
        ("cursor=" + "x" * 801, {"cursor": "too_long"}),
        ("patient=x", {"patient": "too_short"}),
        ("patient=" + "x" * 121, {"patient": "too_long"}),
        ("patient=a%00b", {"patient": "bad_format"}),
        ("practitioner_id=x", {"practitioner_id": "bad_format"}),
        ("from=2026-11-24&to=2026-11-23", {"to": "out_of_order"}),
    ],
)
async def test_a_search_that_cannot_be_is_refused(people: People, query: str, fields: dict[str, str]) -> None:
    answer = await people.auditor.get(f"{_ARCHIVE}?{query}")
    assert (answer.status, answer.fields) == (422, fields)


async def test_reading_leaves_its_line_before_the_answer(people: People, visit: Visit) -> None:
    await people.auditor.get(f"{_ARCHIVE}/{visit.id}")
    await people.auditor.get(f"{_ARCHIVE}/{visit.id}/verification")
    lines = (await people.auditor.get(f"/api/audit?limit=2&patient_id={visit.patient.patient_id}")).json
    assert [line["action"] for line in lines["lines"]] == ["archive.verify", "archive.read"]
    assert {line["subject_id"] for line in lines["lines"]} == {str(visit.id)}
