"""Who may use which address, taken from the permission table: each route, each role, and nobody at all."""

import pytest

from booking_api.idempotency import HEADER
from booking_api.models import Model, NewAccount, NewAppointment
from booking_api.models_booking import BookingAnswers, NewBooking
from booking_api.models_changes import (
    NewCallOff,
    NewCancellation,
    NewTime,
    NewWaitlistEntry,
    RebookingChoice,
)
from booking_api.models_family import FamilyApproval, FamilyReturn, NewFamilyMember
from booking_api.models_follow_ups import NewFollowUp
from booking_api.models_guests import GuestEntry, GuestLink, NewInvitation
from booking_api.models_identity import IdentityReturn, NewIdentity, NewIndexLink, OwnDetailsEdit
from booking_api.models_notices import NewNoticePreferences
from booking_api.models_passkeys import NewPasskey, PasskeyAnswer, PasskeyPassword
from booking_api.models_payments import DemoPayment, NewRefund
from booking_api.models_reauthentication import NewProof
from booking_api.models_retention import (
    NewApproval,
    NewDestructionRequest,
    NewHold,
    NewHoldLift,
    NewRefusal,
)
from booking_api.models_safety import NewDiagnosis, NewLocation, NewSafetyAnswer
from booking_api.models_schedules import (
    NewException,
    NewLeave,
    NewReason,
    NewWeeklyHours,
    OwnProfileEdit,
    ProfileEdit,
    SlotOwnership,
)
from booking_api.models_searches import NewKeywordSearch, NewSample, NewSampleReview
from booking_api.models_second_factor import SecondFactorCode
from booking_api.models_single_sign_on import SignOnAnswer
from booking_api.route import Route
from booking_api.routes import ROUTES
from domain.accounts import ACCOUNT_ROLES
from domain.safety import QUESTIONS_VERSION
from storage.pool import Database
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import People
from tests.people import PASSWORD

_NOBODY = "01920000-0000-7000-8000-000000000000"
_PROFILE: dict[str, object] = {
    "title": "主任医师",
    "specialty": None,
    "licence_number": None,
    "fee_minor": None,
    "languages": [],
    "practising_since": None,
}
_BODIES: dict[type[Model], object] = {
    NewAccount: {
        "login": "new.admin",
        "password": "long enough to be one",
        "role": "admin",
        "display_name": "新管理员",
    },
    NewAppointment: {
        "patient_id": _NOBODY,
        "practitioner_id": _NOBODY,
        "starts_at": "2026-11-23T10:00:00Z",
        "ends_at": "2026-11-23T10:30:00Z",
    },
    NewBooking: {
        "practitioner_id": _NOBODY,
        "starts_at": "2026-11-24T01:00:00Z",
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    },
    BookingAnswers: {"red_flags": QUESTIONS_VERSION, "diagnosis": "none"},
    NewCancellation: {"back_minor": 0},
    NewTime: {"starts_at": "2026-11-24T01:30:00Z"},
    NewCallOff: {"why": "technical"},
    RebookingChoice: {"practitioner_id": _NOBODY, "starts_at": "2026-11-24T01:00:00Z"},
    NewWaitlistEntry: {"practitioner_id": _NOBODY},
    SecondFactorCode: {"code": "000000"},
    NewProof: {"password": PASSWORD, "code": "000000"},
    SignOnAnswer: {"state": "a", "code": "b"},
    PasskeyPassword: {"password": PASSWORD},
    PasskeyAnswer: {"challenge_id": _NOBODY, "credential": {}},
    NewPasskey: {"challenge_id": _NOBODY, "credential": {}, "name": "Phone"},
    NewIdentity: {"kind": "passport", "number": "EA1234567"},
    OwnDetailsEdit: {"name": "李晓兰", "birth_date": "1988-05-17"},
    IdentityReturn: {"reason": "The name differs"},
    NewIndexLink: {"source": "his", "number": "1"},
    NewFamilyMember: {
        "name": "李小宝",
        "birth_date": "2021-05-01",
        "gender": "male",
        "relationship": "parent",
        "declared": True,
    },
    FamilyApproval: {"proof": "A mandate"},
    FamilyReturn: {"reason": "No mandate"},
    NewNoticePreferences: {"way": "email", "locale": "en", "time_zone": None, "reminders": True},
    NewKeywordSearch: {"word": "发烧", "reason": "A complaint", "from": "2026-11-01", "to": "2026-11-20"},
    NewSample: {"size": 5, "from": "2026-11-01", "to": "2026-11-20"},
    NewSampleReview: {"consultation_id": _NOBODY, "finding": "none"},
    DemoPayment: {"choice": "pay"},
    NewRefund: {"amount_minor": 100},
    NewHold: {"consultation_id": _NOBODY, "reason": "A lawsuit"},
    NewHoldLift: {"reason": "It is over"},
    NewDestructionRequest: {"consultation_id": _NOBODY, "reason": "Term is over", "password": PASSWORD},
    NewApproval: {"password": PASSWORD},
    NewRefusal: {"reason": "A complaint is expected"},
    OwnProfileEdit: _PROFILE,
    ProfileEdit: {**_PROFILE, "consent_on_file": False},
    NewReason: {"reason": "The licence is another's"},
    NewWeeklyHours: {
        "weekday": 1,
        "begins": "09:00",
        "ends": "12:00",
        "slot_minutes": 20,
        "valid_from": "2026-11-23",
    },
    NewException: {
        "kind": "capacity",
        "day": "2026-11-24",
        "begins": "09:00",
        "ends": "12:00",
        "capacity": 0,
    },
    NewFollowUp: {"due_on": "2026-12-01", "why": "Look at the pressure again"},
    NewInvitation: {"guest_name": "王芳"},
    GuestLink: {"token": "a" * 43},
    GuestEntry: {"token": "a" * 43, "consent_version": "2026-11", "consent_digest": "0" * 64},
    NewLeave: {"from": "2026-12-01", "to": "2026-12-02"},
    SlotOwnership: {"owner": "ours"},
    NewSafetyAnswer: {"message_id": _NOBODY, "version": "2026-11", "flags": []},
    NewDiagnosis: {"message_id": _NOBODY, "basis": "none"},
    NewLocation: {
        "message_id": _NOBODY,
        "country": "CN",
        "province": "浙江",
        "city": "杭州",
        "phone": "13800138000",
    },
}

_DAYS = "?from=2026-11-01&to=2026-11-20"
_QUERIES = {
    "list_doctor_slots": _DAYS,
    "find_patients": "?name=%E6%9D%8E",
    "add_file": f"?message_id={_NOBODY}",
    "count_visits_in_own_leave": _DAYS,
    "count_visits_in_leave": _DAYS,
    "count_visits_in_closed_hours": "?day=2026-11-24&begins=09:00&ends=12:00",
    "read_completeness": _DAYS,
    "list_completeness": _DAYS,
    "read_privacy_notice": "?locale=en",
}

_GUARDED = [route for route in ROUTES if route.who is not None]
_REFUSALS = [(route, role) for route in _GUARDED for role in ACCOUNT_ROLES if role not in route.roles()]


def _named(value: object) -> str:
    return value.name if isinstance(value, Route) else str(value)


def _ids(route: Route) -> str:
    return {"uuid": _NOBODY, "integer": "1", "word": next(iter(route.words), "")}[route.id_kind]


async def _use(browser: Browser, route: Route) -> tuple[int, str]:
    path = route.path.replace("{id}", _ids(route)).replace("{seq}", "1") + _QUERIES.get(route.name, "")
    body = _BODIES[route.body] if route.body else None
    headers = {HEADER: "a-key-of-an-attempt"} if route.is_idempotent else {}
    answer = await browser.send(route.method, path, json=body, headers=headers)
    return answer.status, answer.json.get("code", "") if answer.text else ""


@pytest.mark.parametrize("route", _GUARDED, ids=_named)
async def test_nobody_passes_without_signing_in(browser: Browser, route: Route) -> None:
    assert await _use(browser, route) == (401, "auth.required")


async def test_roles_that_the_table_does_not_name_are_refused(people: People, database: Database) -> None:
    # One test for all pairs: five people signing in is what costs time.
    assert len(_REFUSALS) > 50
    let_through = []
    for route, role in _REFUSALS:
        status, code = await _use(people.browsers[role], route)
        if (status, code) != (403, "auth.forbidden"):
            let_through.append(f"{role} {route.method} {route.path}: {status} {code}")
    assert let_through == []
    async with database.transaction() as tx:
        lines = await tx.all("audit_newest", {"before_id": 2**63 - 1, "limit": 1000})
    refused = [(line["actor_role"], line["action"]) for line in lines if line["outcome"] == "refused"]
    assert len(refused) == len(_REFUSALS), "every refusal is kept"


async def test_roles_that_the_table_names_are_not_refused(people: People) -> None:
    refused = []
    for route in _GUARDED:
        if route.path == "/api/session" and route.writes:
            continue  # It would end the session that the others need.
        for role in sorted(route.roles()):
            status, code = await _use(people.browsers[role], route)
            if status in (401, 403) or status >= 500:
                refused.append(f"{role} {route.method} {route.path}: {status} {code}")
    assert refused == []


async def test_what_is_for_anyone_needs_no_session(browser: Browser) -> None:
    for route in ROUTES:
        if route.who is None and not route.writes:
            status, _ = await _use(browser, route)
            # What an id names may not be there; whoever asks is not asked who they are.
            assert status == (404 if route.has_id else 200), route.path
