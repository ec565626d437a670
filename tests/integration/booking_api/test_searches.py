"""The auditor's searching, sampling and counting over HTTP: bodies, codes and all mistakes at once."""

import pytest

from actions import archive_searches
from actions.context import UnitOfWork
from domain.accounts import Role
from storage import completeness
from storage.pool import Tx
from tests.integration.actions.searching import run
from tests.integration.actions.visits import Visit, make_visit, spoken
from tests.integration.booking_api.conftest import People

NOWHERE = "01920000-0000-7000-8000-000000000000"
SEARCHES = "/api/archive/keyword-searches"
DAYS = {"from": "2026-11-20", "to": "2026-11-25"}


async def admitted(work: UnitOfWork) -> Visit:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.talk("我发烧了", "how high?")
    await visit.admit()
    return visit


async def test_a_search_is_begun_followed_and_read(people: People, work: UnitOfWork) -> None:
    visit = await spoken(work, "我发烧了", "how high?")
    asked = {"word": " 发烧 ", "reason": "投诉 2026-17", "patient_id": str(visit.patient.patient_id)}
    begun = await people.auditor.post(SEARCHES, asked)
    assert begun.status == 201
    search = begun.json
    assert (search["state"], search["total"], search["done"], search["word"]) == ("running", 1, 0, "发烧")
    assert (search["patient_name"], search["first_day"], search["own"]) == ("李晓兰", None, True)
    await run(work, begun.json["id"])
    at = f"{SEARCHES}/{search['id']}"
    after = (await people.auditor.get(at)).json
    assert (after["state"], after["done"], after["hits"]) == ("done", 1, 1)
    hits = (await people.auditor.get(f"{at}/hits")).json
    [hit] = hits["hits"]
    assert (hit["seq"], hit["author_role"], hit["damaged"]) == (2, "patient", False)
    assert hit["parts"] == [
        {"text": "我", "found": False},
        {"text": "发烧", "found": True},
        {"text": "了", "found": False},
    ]
    assert hits["next_after"] is None
    assert [item["id"] for item in (await people.auditor.get(SEARCHES)).json["searches"]] == [search["id"]]
    assert (await people.auditor.post(f"{at}/cancel")).code == "archive.search_wrong_state"


async def test_days_are_the_hospitals_and_thirty_one_of_them_are_searched(people: People) -> None:
    asked = {"word": "fever", "reason": "r", "from": "2026-10-01", "to": "2026-10-31"}
    begun = await people.auditor.post(SEARCHES, asked)
    assert (begun.status, begun.json["first_day"], begun.json["last_day"]) == (
        201,
        "2026-10-01",
        "2026-10-31",
    )
    refused = await people.auditor.post(SEARCHES, {**asked, "to": "2026-11-01"})
    assert (refused.status, refused.fields) == (422, {"to": "too_large"})


async def test_a_search_that_is_too_wide_says_how_wide(
    people: People, work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    await spoken(work, "a")
    monkeypatch.setattr(archive_searches, "CONSULTATIONS_MAX", 0)
    refused = await people.auditor.post(SEARCHES, {"word": "fever", "reason": "r", **DAYS})
    assert (refused.status, refused.code) == (422, "archive.too_wide")
    assert (refused.json["count"], refused.json["limit"]) == (1, 0)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"word": "missing", "reason": "missing"}),
        (
            {"word": "x", "reason": " "},
            {"word": "too_short", "reason": "missing", "from": "missing", "to": "missing"},
        ),
        ({"word": 7, "reason": "r", "from": "yesterday"}, {"word": "wrong_type", "from": "bad_format"}),
        ({"word": "fever", "reason": "r", "from": "2026-11-02", "to": "2026-11-01"}, {"to": "out_of_order"}),
        ({"word": "fever", "reason": "r", **DAYS, "index": True}, {"index": "unknown"}),
    ],
)
async def test_a_wrong_search_names_its_mistakes(
    people: People, body: dict[str, object], fields: dict[str, str]
) -> None:
    refused = await people.auditor.post(SEARCHES, body)
    assert (refused.status, refused.code, refused.fields) == (422, "input.invalid", fields)


async def test_patients_are_offered_by_name(people: People) -> None:
    found = await people.auditor.get("/api/archive/patients?name=%E6%9D%8E%E6%99%93")
    assert [patient["name"] for patient in found.json["patients"]] == ["李晓兰"]
    assert (await people.auditor.get("/api/archive/patients?name=x")).fields == {"name": "too_short"}
    assert (await people.auditor.get("/api/archive/patients")).fields == {"name": "missing"}


async def test_a_sample_is_drawn_read_reviewed_and_repeated(people: People, work: UnitOfWork) -> None:
    visits = [await admitted(work) for _ in range(3)]
    drawn = await people.auditor.post(
        "/api/archive/samples", {"size": 2, "from": "2026-11-20", "to": "2026-11-23"}
    )
    assert drawn.status == 201
    sample = drawn.json
    assert (sample["population"], sample["size"], sample["reviewed"]) == (3, 2, 0)
    at = f"/api/archive/samples/{sample['id']}"
    view = (await people.auditor.get(at)).json
    chosen = [item["consultation_id"] for item in view["consultations"]]
    assert (len(chosen), view["same_population"], view["population_now"]) == (2, True, 3)
    review = {"consultation_id": chosen[0], "finding": "note", "note": "缺少知情同意"}
    assert (await people.auditor.post(f"{at}/reviews", review)).status == 204
    view = (await people.auditor.get(at)).json
    assert view["consultations"][0]["review"]["note"] == "缺少知情同意"
    assert (view["sample"]["reviewed"], view["sample"]["noted"]) == (1, 1)
    population = (await people.auditor.get(f"{at}/population")).json["consultation_ids"]
    assert population == sorted(str(visit.id) for visit in visits)
    assert [item["id"] for item in (await people.auditor.get("/api/archive/samples")).json["samples"]] == [
        sample["id"]
    ]
    wrong = await people.auditor.post(f"{at}/reviews", {**review, "consultation_id": NOWHERE})
    assert (wrong.status, wrong.code) == (404, "not_found")
    no_note = await people.auditor.post(f"{at}/reviews", {**review, "note": " "})
    assert no_note.fields == {"note": "missing"}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"size": "missing", "from": "missing", "to": "missing"}),
        ({"size": 0, **DAYS, "seed": "a b"}, {"size": "too_small", "seed": "bad_format"}),
        ({"size": 5, "from": "2026-11-20", "to": "2026-11-26"}, {"to": "in_the_future"}),
        ({"size": 5, "from": "2025-11-01", "to": "2026-11-20"}, {"to": "too_large"}),
        ({"size": 5, "from": "2026-11-20", "to": "2026-11-19"}, {"to": "out_of_order"}),
    ],
)
async def test_a_wrong_draw_names_its_mistakes(
    people: People, body: dict[str, object], fields: dict[str, str]
) -> None:
    refused = await people.auditor.post("/api/archive/samples", body)
    assert (refused.status, refused.fields) == (422, fields)


async def test_figures_and_the_lists_behind_them_agree(people: People, work: UnitOfWork) -> None:
    visit = await admitted(work)
    days = "from=2026-11-20&to=2026-11-25"
    figures = (await people.auditor.get(f"/api/archive/completeness?{days}")).json
    assert (figures["range"]["conversations"], figures["range"]["entries"]) == (1, 4)
    assert figures["log"] == {"size": 0, "checkpoint_size": None, "signed_at": None}
    assert (figures["first_day"], figures["witnesses"]) == ("2026-11-20", [])
    listed = (await people.auditor.get(f"/api/archive/completeness/conversations?{days}")).json
    assert [(item["consultation_id"], item["amount"]) for item in listed["records"]] == [(str(visit.id), 4)]
    assert (await people.auditor.get(f"/api/archive/completeness/heads-differ?{days}")).json["records"] == []


@pytest.mark.parametrize("what", ["", "/unclosed"])
async def test_a_count_that_takes_too_long_asks_for_fewer_days(
    people: People, work: UnitOfWork, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    async def soon(tx: Tx) -> None:
        await tx.script("set local statement_timeout = 20")

    async def slow(tx: Tx, *_: object) -> int:
        await tx.script("select pg_sleep(10)")
        return 0

    days = "from=2026-11-20&to=2026-11-25"
    with monkeypatch.context() as patched:
        patched.setattr(completeness, "bound", soon)
        patched.setattr(completeness, "consultations", slow)
        refused = await people.auditor.get(f"/api/archive/completeness{what}?{days}")
    assert (refused.status, refused.code) == (422, "archive.too_slow")
    assert refused.fields == {"to": "too_large"}
    # The connection serves the next one.
    assert (await people.auditor.get(f"/api/archive/completeness{what}?{days}")).status == 200


async def test_a_figure_that_there_is_not_and_days_that_are_none(people: People) -> None:
    at = "/api/archive/completeness"
    assert (await people.auditor.get(f"{at}/everything?from=2026-11-20&to=2026-11-25")).status == 404
    assert (await people.auditor.get(at)).fields == {"from": "missing", "to": "missing"}
    assert (await people.auditor.get(f"{at}?from=2026-11-20&to=2026-11-19")).fields == {"to": "out_of_order"}
    assert (await people.auditor.get(f"{at}?from=2024-11-20&to=2026-11-19")).fields == {"to": "too_large"}
    cursor = await people.auditor.get(f"{at}/unclosed?from=2026-11-20&to=2026-11-25&cursor=x")
    assert cursor.fields == {"cursor": "bad_format"}


async def test_what_one_auditor_found_is_not_read_by_another(people: People, work: UnitOfWork) -> None:
    asked = {"word": "fever", "reason": "r", **DAYS}
    search_id = (await people.auditor.post(SEARCHES, asked)).json["id"]
    for role in (Role.ADMIN, Role.DOCTOR, Role.PATIENT, Role.PHARMACIST):
        for path in ("", "/hits"):
            answer = await people.browsers[role].get(f"{SEARCHES}/{search_id}{path}")
            assert (answer.status, answer.code) == (403, "auth.forbidden")
