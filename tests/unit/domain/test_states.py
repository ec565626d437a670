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
from domain.his_slots import SLOT_REQUEST, SlotRequestEvent, SlotRequestState
from domain.keyword import SEARCH, SearchEvent, SearchState
from domain.notices import DELIVERY, DeliveryEvent, DeliveryState
from domain.patient_index import LINK, LinkEvent, LinkState
from domain.payment import PAYMENT, REFUND, PaymentEvent, PaymentState, RefundEvent, RefundState
from domain.practitioner import PROFILE, ProfileEvent, ProfileState
from domain.rebooking import OFFER, OfferEvent, OfferState
from domain.retention import DESTRUCTION, LIVE_STATES, DestructionEvent, DestructionState
from domain.transitions import TransitionTable
from domain.waitlist import WAITLIST, WaitlistEvent, WaitlistState

_REFUSED = "refused"
_APPOINTMENT = """
            confirm    request  accept   expire     fulfil     cancel     miss     come     rebook
held        booked     pending  refused  expired    refused    cancelled  refused  refused  refused
pending     refused    refused  booked   refused    refused    cancelled  refused  refused  refused
booked      refused    refused  refused  refused    fulfilled  cancelled  noshow   refused  refused
fulfilled   refused    refused  refused  refused    refused    refused    refused  refused  refused
cancelled   refused    pending  refused  refused    refused    refused    refused  refused  booked
noshow      refused    refused  refused  refused    refused    refused    refused  booked   refused
expired     booked     pending  refused  refused    refused    refused    refused  refused  refused
"""
_CONSULTATION = """
             arrive   step-out  admit        finish    turn-away  cancel     replan
planned      arrived  refused   refused      refused   refused    cancelled  refused
arrived      refused  planned   in-progress  refused   finished   cancelled  refused
in-progress  refused  refused   refused      finished  finished   refused    refused
finished     refused  refused   refused      refused   refused    refused    refused
cancelled    refused  refused   refused      refused   refused    refused    planned
"""
_OFFER = """
          accept    decline
open      rebooked  refunded
rebooked  refused   refused
refunded  refused   refused
"""
_SLOT_REQUEST = """
           confirm    refuse   withdraw   lapse
open       confirmed  refused  withdrawn  lapsed
confirmed  -          refused  withdrawn  -
refused    -          -        -          -
withdrawn  -          -        -          -
lapsed     -          -        -          -
"""
_LINK = """
           link    miss       leave
open       linked  unmatched  left
linked     refused refused    refused
unmatched  linked  refused    left
left       linked  refused    refused
"""
_WAITLIST = """
         offer    take     miss     leave    end
waiting  offered  refused  refused  left     over
offered  refused  booked   waiting  left     refused
booked   refused  refused  refused  refused  refused
left     refused  refused  refused  refused  refused
over     refused  refused  refused  refused  refused
"""
_DESTRUCTION = """
               approve        destroy-keys   complete  refuse   withdraw   expire   spare
requested      approved-once  -              -         refused  withdrawn  expired  refused
approved-once  approved       -              -         refused  withdrawn  expired  refused
approved       -              key-destroyed  -         refused  withdrawn  expired  refused
key-destroyed  -              -              complete  -        -          -        -
complete       -              -              -         -        -          -        -
refused        -              -              -         -        -          -        -
expired        -              -              -         -        -          -        -
withdrawn      -              -              -         -        -          -        -
"""
_SEARCH = """
           finish   cancel     fail     expire
running    done     cancelled  failed   expired
done       refused  refused    refused  expired
cancelled  refused  refused    refused  expired
failed     refused  refused    refused  expired
expired    refused  refused    refused  refused
"""
_DELIVERY = """
           queue    put-off  send     fail     give-up   drop     send-again
waiting    queued   refused  refused  refused  refused   dropped  refused
queued     refused  waiting  sent     failed   given-up  dropped  refused
failed     refused  waiting  sent     failed   given-up  dropped  refused
sent       refused  refused  refused  refused  refused   refused  refused
given-up   refused  refused  refused  refused  refused   refused  queued
dropped    refused  refused  refused  refused  refused   refused  refused
"""
_PAYMENT = """
            process     capture   fail     cancel
created     processing  captured  failed   cancelled
processing  refused     captured  failed   cancelled
captured    refused     refused   refused  refused
failed      refused     captured  refused  refused
cancelled   refused     captured  refused  refused
"""
_REFUND = """
           send     finish   fail     retry
requested  sent     done     failed   refused
sent       refused  done     failed   refused
done       refused  refused  failed   refused
failed     refused  done     refused  requested
"""
_PROFILE = """
           submit     approve   return    suspend
draft      submitted  refused   refused   refused
submitted  refused    approved  returned  refused
approved   refused    refused   refused   suspended
returned   submitted  refused   refused   refused
suspended  refused    approved  refused   refused
"""


def _cells(text: str) -> dict[tuple[str, str], str]:
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {(row[0], event): after for row in rows for event, after in zip(head, row[1:], strict=True)}


def _pairs(
    table: TransitionTable[Any, Any], states: type[StrEnum], events: type[StrEnum], text: str, never: str
) -> list[Any]:
    cells = _cells(text)
    pairs = list(product(states, events))
    assert {(state.value, event.value) for state, event in pairs} == set(cells), "a pair is not written down"
    return [
        pytest.param(
            table,
            state,
            event,
            None if cells[state.value, event.value] == never else cells[state.value, event.value],
            id=f"{table.what}-{state}-{event}",
        )
        for state, event in pairs
    ]


@pytest.mark.parametrize(
    ("table", "state", "event", "after"),
    _pairs(APPOINTMENT, AppointmentState, AppointmentEvent, _APPOINTMENT, _REFUSED)
    + _pairs(CONSULTATION, ConsultationState, ConsultationEvent, _CONSULTATION, _REFUSED)
    + _pairs(PAYMENT, PaymentState, PaymentEvent, _PAYMENT, _REFUSED)
    + _pairs(REFUND, RefundState, RefundEvent, _REFUND, _REFUSED)
    + _pairs(PROFILE, ProfileState, ProfileEvent, _PROFILE, _REFUSED)
    + _pairs(DELIVERY, DeliveryState, DeliveryEvent, _DELIVERY, _REFUSED)
    + _pairs(OFFER, OfferState, OfferEvent, _OFFER, _REFUSED)
    + _pairs(WAITLIST, WaitlistState, WaitlistEvent, _WAITLIST, _REFUSED)
    + _pairs(LINK, LinkState, LinkEvent, _LINK, _REFUSED)
    + _pairs(SEARCH, SearchState, SearchEvent, _SEARCH, _REFUSED)
    # Here a state is called refused: what cannot happen is written as a dash.
    + _pairs(SLOT_REQUEST, SlotRequestState, SlotRequestEvent, _SLOT_REQUEST, "-")
    + _pairs(DESTRUCTION, DestructionState, DestructionEvent, _DESTRUCTION, "-"),
)
def test_every_pair_leads_where_it_must_or_is_refused(
    table: TransitionTable[Any, Any], state: StrEnum, event: StrEnum, after: str | None
) -> None:
    if after is not None:
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
    assert DESTRUCTION.code is Code.RETENTION_WRONG_STATE


def test_a_request_is_live_while_it_can_still_be_stopped() -> None:
    assert {state for state, event in DESTRUCTION.rows if event is DestructionEvent.WITHDRAW} == LIVE_STATES


def test_keys_are_destroyed_only_after_two_approvals() -> None:
    into = [
        state for (state, _), after in DESTRUCTION.rows.items() if after is DestructionState.KEY_DESTROYED
    ]
    assert into == [DestructionState.APPROVED]
    approvals = [pair for pair in DESTRUCTION.rows if pair[1] is DestructionEvent.APPROVE]
    assert approvals == [
        (DestructionState.REQUESTED, DestructionEvent.APPROVE),
        (DestructionState.APPROVED_ONCE, DestructionEvent.APPROVE),
    ]


def test_open_consultations_are_those_to_which_something_can_still_happen() -> None:
    # Replanning is choosing another time: it makes another visit of it.
    happening = {state for state, event in CONSULTATION.rows if event is not ConsultationEvent.REPLAN}
    assert happening == OPEN_STATES


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
