"""Every pair of state and event, written down once more by hand: the tables must agree."""

from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.consultation import (
    CHAT_STATES,
    CONSULTATION,
    OPEN_STATES,
    ConsultationEvent,
    ConsultationState,
)
from domain.diagrams import states_page
from domain.errors import Code, WrongState
from domain.transitions import TransitionTable

_REFUSED = "refused"
_APPOINTMENT = """
            fulfil     cancel
booked      fulfilled  cancelled
fulfilled   refused    refused
cancelled   refused    refused
"""
_CONSULTATION = """
             arrive   step-out  admit        finish    cancel
planned      arrived  refused   refused      refused   cancelled
arrived      refused  planned   in-progress  refused   cancelled
in-progress  refused  refused   refused      finished  refused
finished     refused  refused   refused      refused   refused
cancelled    refused  refused   refused      refused   refused
"""


def _cells(text: str) -> dict[tuple[str, str], str]:
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {(row[0], event): after for row in rows for event, after in zip(head, row[1:], strict=True)}


def _pairs(
    table: TransitionTable[Any, Any], states: type[StrEnum], events: type[StrEnum], text: str
) -> list[Any]:
    cells = _cells(text)
    pairs = list(product(states, events))
    assert {(state.value, event.value) for state, event in pairs} == set(cells), "a pair is not written down"
    return [
        pytest.param(table, state, event, cells[state.value, event.value], id=f"{table.what}-{state}-{event}")
        for state, event in pairs
    ]


@pytest.mark.parametrize(
    ("table", "state", "event", "after"),
    _pairs(APPOINTMENT, AppointmentState, AppointmentEvent, _APPOINTMENT)
    + _pairs(CONSULTATION, ConsultationState, ConsultationEvent, _CONSULTATION),
)
def test_every_pair_leads_where_it_must_or_is_refused(
    table: TransitionTable[Any, Any], state: StrEnum, event: StrEnum, after: str
) -> None:
    if after != _REFUSED:
        assert table.allows(state, event)
        assert table.next(state, event) == after
        return
    assert not table.allows(state, event)
    with pytest.raises(WrongState) as refusal:
        table.next(state, event)
    assert refusal.value.code is table.code
    assert (refusal.value.state, refusal.value.event) == (state.value, event.value)
    assert state.value in refusal.value.sentence


def test_each_machine_has_its_own_code() -> None:
    assert APPOINTMENT.code is Code.APPOINTMENT_WRONG_STATE
    assert CONSULTATION.code is Code.CONSULTATION_WRONG_STATE


def test_open_consultations_are_those_to_which_something_can_still_happen() -> None:
    assert {state for state, _ in CONSULTATION.rows} == OPEN_STATES


def test_one_can_write_while_the_other_side_is_or_may_come() -> None:
    assert {ConsultationState.ARRIVED, ConsultationState.IN_PROGRESS} == CHAT_STATES
    assert CHAT_STATES <= OPEN_STATES


def test_a_diagram_draws_each_row_of_the_table_once() -> None:
    lines = CONSULTATION.mermaid().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert "    arrived --> in_progress: admit" in lines
    assert len(lines) == 1 + len(CONSULTATION.rows)


def test_the_page_of_states_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == states_page(), (
        "run: python -m domain.diagrams > docs/states.md"
    )
