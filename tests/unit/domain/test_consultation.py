"""A consultation moves by its table alone, sets its times, and opens its waiting room in time."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from domain.consultation import (
    ARRIVE_AFTER,
    ARRIVE_BEFORE,
    CONSULTATION,
    Consultation,
    ConsultationEvent,
    ConsultationState,
    check_arrival,
    moved,
)
from domain.errors import Code, WrongState
from domain.ids import AccountId, AppointmentId, ConsultationId, PatientId, PractitionerId

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
END = START + timedelta(minutes=30)
ALLOWED = {
    ("planned", "arrive"): "arrived",
    ("planned", "cancel"): "cancelled",
    ("arrived", "step-out"): "planned",
    ("arrived", "admit"): "in-progress",
    ("arrived", "cancel"): "cancelled",
    ("in-progress", "finish"): "finished",
    ("arrived", "turn-away"): "finished",
    ("in-progress", "turn-away"): "finished",
    ("cancelled", "replan"): "planned",
}


def consultation(state: ConsultationState = ConsultationState.PLANNED) -> Consultation:
    return Consultation(
        ConsultationId(UUID(int=1)),
        AppointmentId(UUID(int=2)),
        PatientId(UUID(int=3)),
        AccountId(UUID(int=4)),
        "李晓兰",
        PractitionerId(UUID(int=5)),
        AccountId(UUID(int=6)),
        "王建国",
        state,
        START,
        END,
        START if state is not ConsultationState.PLANNED else None,
        None,
        None,
    )


@pytest.mark.parametrize(("state", "event"), list(product(ConsultationState, ConsultationEvent)))
def test_every_pair_of_state_and_event(state: ConsultationState, event: ConsultationEvent) -> None:
    after = ALLOWED.get((state.value, event.value))
    assert CONSULTATION.allows(state, event) == (after is not None)
    if after is None:
        with pytest.raises(WrongState) as refusal:
            moved(consultation(state), event, START)
        assert refusal.value.code is Code.CONSULTATION_WRONG_STATE
    else:
        assert moved(consultation(state), event, START).state == after


def test_each_event_sets_its_time_and_stepping_out_clears_the_arrival() -> None:
    later = START + timedelta(minutes=5)
    arrived = moved(consultation(), ConsultationEvent.ARRIVE, START)
    assert arrived.arrived_at == START
    assert moved(arrived, ConsultationEvent.STEP_OUT, later).arrived_at is None
    admitted = moved(arrived, ConsultationEvent.ADMIT, later)
    assert (admitted.arrived_at, admitted.admitted_at) == (START, later)
    assert moved(admitted, ConsultationEvent.FINISH, END).ended_at == END
    assert moved(arrived, ConsultationEvent.CANCEL, later).ended_at == later


def test_the_waiting_room_opens_and_closes_to_the_second() -> None:
    check_arrival(consultation(), START - ARRIVE_BEFORE)
    check_arrival(consultation(), END + ARRIVE_AFTER)
    second = timedelta(seconds=1)
    with pytest.raises(WrongState, match="opens 60 minutes before") as early:
        check_arrival(consultation(), START - ARRIVE_BEFORE - second)
    assert early.value.code is Code.CONSULTATION_TOO_EARLY
    with pytest.raises(WrongState, match="has passed") as late:
        check_arrival(consultation(), END + ARRIVE_AFTER + second)
    assert late.value.code is Code.CONSULTATION_TOO_LATE


def test_someone_who_has_arrived_is_told_the_state_rather_than_the_time() -> None:
    with pytest.raises(WrongState) as refusal:
        moved(
            consultation(ConsultationState.FINISHED),
            ConsultationEvent.ARRIVE,
            END + ARRIVE_AFTER + timedelta(days=1),
        )
    assert refusal.value.code is Code.CONSULTATION_WRONG_STATE


def test_only_the_two_sides_take_part() -> None:
    it = consultation()
    assert it.has_participant(it.patient_account_id, START)
    assert it.has_participant(it.practitioner_account_id, START)
    assert not it.has_participant(AccountId(UUID(int=9)), START)
