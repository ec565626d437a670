"""Auditors take an evidence pack over HTTP, with a reason; nobody else does."""

from urllib.parse import quote

import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from chat_archive.note import VerifierKey
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Trust, Verdict
from domain.accounts import Role
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.conftest import People
from tests.logs import ORIGIN, begin, make_key, seal_all
from tests.rows import rows

_UNKNOWN = "01920000-0000-7000-8000-000000000000"


@pytest.fixture
async def key(work: UnitOfWork) -> LogKey:
    return await begin(work)


@pytest.fixture
async def visit(work: UnitOfWork, people: People, key: LogKey) -> Visit:
    """A visit that is over, not yet sealed."""
    made = await make_visit(work, people.accounts[Role.PATIENT], people.accounts[Role.DOCTOR])
    await made.arrive()
    await made.admit()
    await made.talk("头还疼吗？", "好多了 🙂")
    await made.finish()
    return made


def pack_of(consultation: object, reason: str = "投诉 7") -> str:
    return f"/api/archive/consultations/{consultation}/pack?reason={quote(reason)}"


async def test_an_auditor_takes_a_pack_that_verifies_anywhere(
    people: People, work: UnitOfWork, visit: Visit, key: LogKey, dsn: str
) -> None:
    await seal_all(work, key)
    async with people.auditor.client.get(pack_of(visit.id)) as response:
        data = await response.read()
        assert (response.status, response.content_type) == (200, "application/zip")
        assert f"evidence-{visit.id}.zip" in response.headers["Content-Disposition"]
    report = verify_pack(data, Trust(VerifierKey.parse(make_key().log_key(ORIGIN))))
    assert (report.findings, report.verdict, report.counts[1]) == ([], Verdict.INTACT, 5)
    lines = rows(dsn, "select subject_id::text, detail from audit_event where action = 'archive.export'")
    assert [row[0] for row in lines] == [str(visit.id), None]
    assert {row[1]["reason"] for row in lines} == {"投诉 7"}


async def test_before_the_end_is_sealed_it_says_to_try_again(people: People, visit: Visit) -> None:
    answer = await people.auditor.get(pack_of(visit.id))
    assert (answer.status, answer.code) == (409, "archive.not_sealed_yet")


@pytest.mark.parametrize(
    ("query", "kind"), [("", "too_short"), ("?reason=", "too_short"), ("?reason=" + "x" * 501, "too_long")]
)
async def test_without_a_reason_there_is_none(people: People, visit: Visit, query: str, kind: str) -> None:
    answer = await people.auditor.get(f"/api/archive/consultations/{visit.id}/pack{query}")
    assert (answer.status, answer.fields) == (422, {"reason": kind})


async def test_others_take_none_and_an_unknown_one_is_not_found(people: People, visit: Visit) -> None:
    for role in (Role.PATIENT, Role.DOCTOR, Role.PHARMACIST, Role.ADMIN):
        assert (await people.browsers[role].get(pack_of(visit.id))).code == "auth.forbidden"
    assert (await people.auditor.get(pack_of(_UNKNOWN))).status == 404
