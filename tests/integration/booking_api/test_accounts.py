from uuid import UUID

import pytest

from actions.context import UnitOfWork
from domain.accounts import Role
from tests.integration.booking_api.conftest import NewBrowser, People, SignIn
from tests.people import PASSWORD, make_patient

_UNKNOWN = "01920000-0000-7000-8000-000000000000"


async def test_the_administration_makes_an_account_that_can_sign_in(
    people: People, new_browser: NewBrowser
) -> None:
    answer = await people.admin.post(
        "/api/accounts",
        {
            "login": "New.Doctor",
            "password": PASSWORD,
            "role": "doctor",
            "display_name": " 林一 ",
            "locale": "en",
            "email": "lin@hospital.example",
            "title": "主治医师",
            "specialty": "皮肤科",
        },
    )
    assert answer.status == 201
    assert answer.json["login"] == "new.doctor"
    assert answer.json["display_name"] == "林一"
    assert answer.json["demo"] is False
    assert PASSWORD not in answer.text and "argon2" not in answer.text
    signed_in = await (await new_browser()).sign_in("new.doctor", PASSWORD)
    assert signed_in.json["account"]["id"] == answer.json["id"]
    listed = (await people.admin.get("/api/practitioners")).json["practitioners"]
    assert "林一" not in [item["name"] for item in listed], "nobody has approved the profile yet"


async def test_a_login_is_taken_once(people: People) -> None:
    login = people.accounts[Role.PATIENT].login
    body = {"login": login.upper(), "password": PASSWORD, "role": "auditor", "display_name": "某人"}
    answer = await people.admin.post("/api/accounts", body)
    assert (answer.status, answer.code) == (409, "account.login_taken")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"role": "patient"}, {"birth_date": "missing"}),
        ({"role": "doctor"}, {"title": "missing", "specialty": "missing"}),
        (
            {"title": "院长", "birth_date": "1990-01-01"},
            {"title": "not_expected", "birth_date": "not_expected"},
        ),
        ({"role": "patient", "birth_date": "2090-01-01"}, {"birth_date": "in_the_future"}),
        ({"email": "no address"}, {"email": "bad_format"}),
        ({"display_name": "a\u0000b"}, {"display_name": "bad_format"}),
        ({"password": "too short"}, {"password": "too_short"}),
    ],
)
async def test_an_account_that_breaks_a_rule_is_refused(
    people: People, wrong: dict[str, str], fields: dict[str, str]
) -> None:
    body = {"login": "somebody", "password": PASSWORD, "role": "auditor", "display_name": "某人", **wrong}
    answer = await people.admin.post("/api/accounts", body)
    assert (answer.status, answer.fields) == (422, fields)


async def test_the_administration_sees_all_accounts(people: People) -> None:
    answer = await people.admin.get("/api/accounts")
    assert {item["id"] for item in answer.json["accounts"]} == {
        str(account.id) for account in people.accounts.values()
    }


async def test_pages_of_accounts_and_patients_follow_each_other(people: People, work: UnitOfWork) -> None:
    for name in ("甲", "乙", "丙"):
        await make_patient(work, name)
    for address, key, count in (("/api/accounts", "accounts", 8), ("/api/patients", "patients", 4)):
        seen: list[str] = []
        cursor = ""
        while True:
            page = (await people.admin.get(f"{address}?limit=3{cursor}")).json
            seen += [one["id"] for one in page[key]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=what", "role=nurse", "name=%00"])
async def test_a_page_that_cannot_be_is_refused(people: People, query: str) -> None:
    answer = await people.admin.get(f"/api/accounts?{query}")
    assert (answer.status, answer.code) == (422, "input.invalid")


async def test_a_disabled_account_is_out_at_once_and_enabled_again(
    people: People, new_browser: NewBrowser
) -> None:
    doctor = people.accounts[Role.DOCTOR]
    assert (await people.admin.post(f"/api/accounts/{doctor.id}/disable")).status == 204
    assert (await people.doctor.get("/api/session")).status == 401
    assert (await (await new_browser()).sign_in(doctor.login, PASSWORD)).status == 401
    assert (await people.admin.post(f"/api/accounts/{doctor.id}/enable")).status == 204
    assert (await (await new_browser()).sign_in(doctor.login, PASSWORD)).status == 201


async def test_the_own_account_cannot_be_disabled(people: People) -> None:
    own: UUID = people.accounts[Role.ADMIN].id
    answer = await people.admin.post(f"/api/accounts/{own}/disable")
    assert (answer.status, answer.code) == (403, "auth.forbidden")


@pytest.mark.parametrize("verb", ["disable", "enable"])
@pytest.mark.parametrize("account_id", [_UNKNOWN, "me"])
async def test_an_unknown_account_is_not_found(people: People, verb: str, account_id: str) -> None:
    answer = await people.admin.post(f"/api/accounts/{account_id}/{verb}")
    assert (answer.status, answer.code) == (404, "not_found")


async def test_patients_to_choose_from(people: People, work: UnitOfWork) -> None:
    await make_patient(work, "欧阳娜")
    answer = await people.admin.get("/api/patients")
    found = {item["name"]: item for item in answer.json["patients"]}
    assert found["欧阳娜"]["birth_date"] == "1988-05-17"


async def test_practitioners_to_choose_from(people: People, sign_in: SignIn) -> None:
    answer = await people.auditor.get("/api/practitioners")
    assert [(item["name"], item["title"]) for item in answer.json["practitioners"]] == [
        ("王建国", "主任医师")
    ]
