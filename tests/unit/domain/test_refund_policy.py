"""What goes back follows from the record of the visit alone."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.consultation import ARRIVE_AFTER, ConsultationState
from domain.facts import EntryKind
from domain.payment import RefundReason
from domain.refund_policy import Decision, Evidence, RefundPolicy, VisitEntry, decide, evidence

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=20)
POLICY = RefundPolicy()


def entry(kind: EntryKind, seconds: int, *, patient: bool = True) -> VisitEntry:
    return VisitEntry(kind, START + timedelta(seconds=seconds), patient)


def facts(state: ConsultationState, *entries: VisitEntry) -> Evidence:
    return evidence(START, END, state, entries)


ARRIVED = entry(EntryKind.ARRIVED, -60)
JOINED = entry(EntryKind.JOINED, 0)
DOCTOR = entry(EntryKind.JOINED, 30, patient=False)
CLOSES = END + ARRIVE_AFTER
AFTER = CLOSES + timedelta(seconds=1)
MINUTE = 60


def test_both_are_connected_while_both_are_in_and_breaks_do_not_count() -> None:
    found = facts(
        ConsultationState.FINISHED,
        ARRIVED,
        JOINED,
        DOCTOR,
        entry(EntryKind.LEFT, 90),
        entry(EntryKind.JOINED, 200),
        entry(EntryKind.JOINED, 201),
        entry(EntryKind.LEFT, 260, patient=False),
    )
    assert found.connected_s == 60 + 60
    assert found.patient_came_at == START - timedelta(seconds=60)
    assert found.doctor_came_at == START + timedelta(seconds=30)


def test_the_end_of_the_visit_ends_the_connection() -> None:
    found = facts(ConsultationState.FINISHED, JOINED, DOCTOR, entry(EntryKind.FINISHED, 150, patient=False))
    assert found.connected_s == 120


@pytest.mark.parametrize(
    ("seconds", "decision"),
    [
        (119, Decision(100, RefundReason.CALL_TOO_SHORT)),
        (120, Decision(0, RefundReason.VISIT_HELD)),
    ],
)
def test_a_visit_that_was_too_short_goes_back(seconds: int, decision: Decision) -> None:
    end = entry(EntryKind.FINISHED, 30 + seconds, patient=False)
    assert decide(POLICY, facts(ConsultationState.FINISHED, JOINED, DOCTOR, end), END) == decision


def gone(minutes: int, *, patient: bool = True) -> VisitEntry:
    return entry(EntryKind.STEPPED_OUT if patient else EntryKind.LEFT, minutes * MINUTE, patient=patient)


def test_a_doctor_who_did_not_come_pays_it_back_once_the_waiting_room_closes() -> None:
    found = facts(ConsultationState.PLANNED, ARRIVED, gone(20))
    assert decide(POLICY, found, CLOSES) is None, "the patient may come back and be seen"
    assert decide(POLICY, found, AFTER) == Decision(100, RefundReason.DOCTOR_ABSENT)


def test_who_still_waits_may_still_be_seen() -> None:
    found = facts(ConsultationState.ARRIVED, ARRIVED)
    assert decide(POLICY, found, CLOSES) is None
    assert decide(POLICY, found, AFTER) == Decision(100, RefundReason.DOCTOR_ABSENT)


def test_a_doctor_who_looked_in_and_admitted_nobody_pays_it_back_to_who_waited_on() -> None:
    found = facts(ConsultationState.ARRIVED, ARRIVED, DOCTOR, gone(1, patient=False))
    assert decide(POLICY, found, AFTER) == Decision(100, RefundReason.DOCTOR_ABSENT)


def test_a_patient_who_did_not_come_gets_what_the_policy_says() -> None:
    found = facts(ConsultationState.PLANNED, DOCTOR)
    assert decide(POLICY, found, AFTER) == Decision(0, RefundReason.PATIENT_ABSENT)
    half = RefundPolicy(patient_absent_percent=50)
    assert decide(half, found, AFTER) == Decision(50, RefundReason.PATIENT_ABSENT)


@pytest.mark.parametrize(
    ("entries", "decision"),
    [
        pytest.param((entry(EntryKind.ARRIVED, -50 * 60), gone(-49)), 0, id="went-before-the-start"),
        pytest.param((entry(EntryKind.JOINED, -61 * 60),), 0, id="of-an-earlier-time"),
        pytest.param((ARRIVED, gone(1)), 100, id="waited-and-nobody-came"),
        pytest.param((ARRIVED, gone(10), DOCTOR), 0, id="did-not-stay-for-the-doctor"),
        pytest.param(
            (ARRIVED, gone(20), entry(EntryKind.JOINED, 21 * 60, patient=False)),
            100,
            id="doctor-after-the-end",
        ),
        pytest.param(
            (entry(EntryKind.JOINED, -600, patient=False), gone(-9, patient=False), ARRIVED, gone(5)),
            100,
            id="doctor-went-before-the-start",
        ),
        pytest.param(
            (entry(EntryKind.ARRIVED, 90 * 60), gone(95)), 100, id="came-late-and-the-doctor-never-did"
        ),
    ],
)
def test_who_is_absent_is_who_was_not_there_in_the_time_of_this_visit(
    entries: tuple[VisitEntry, ...], decision: int
) -> None:
    reason = RefundReason.DOCTOR_ABSENT if decision else RefundReason.PATIENT_ABSENT
    assert decide(POLICY, facts(ConsultationState.PLANNED, *entries), AFTER) == Decision(decision, reason)


@pytest.mark.parametrize("state", [ConsultationState.IN_PROGRESS, ConsultationState.CANCELLED])
def test_nothing_is_decided_about_what_goes_on_or_was_cancelled(state: ConsultationState) -> None:
    assert decide(POLICY, facts(state), END + timedelta(days=9)) is None


def test_what_is_shown_are_times_and_seconds() -> None:
    shown = facts(ConsultationState.FINISHED, ARRIVED, JOINED, DOCTOR).shown()
    assert set(shown) == {
        "starts_at",
        "ends_at",
        "state",
        "patient_came_at",
        "doctor_came_at",
        "connected_s",
    }
