"""The invited guest: what can become of an invitation, and what a name may be."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.accounts import Role
from domain.errors import FieldFault, InvalidInput, WrongState
from domain.guests import (
    GUEST,
    LIVE_STATES,
    NAME_MAX,
    GuestEvent,
    GuestState,
    Invitation,
    guest_actor,
    guest_name,
)
from domain.ids import ConsultationId, GuestId

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_NEXT = {
    (GuestState.OPEN, GuestEvent.USE): GuestState.USED,
    (GuestState.OPEN, GuestEvent.WITHDRAW): GuestState.WITHDRAWN,
    (GuestState.OPEN, GuestEvent.EXPIRE): GuestState.EXPIRED,
    (GuestState.USED, GuestEvent.END): GuestState.ENDED,
}


@pytest.mark.parametrize("event", GuestEvent)
@pytest.mark.parametrize("state", GuestState)
def test_every_pair_leads_where_it_is_said_or_nowhere(state: GuestState, event: GuestEvent) -> None:
    if (state, event) in _NEXT:
        assert GUEST.next(state, event) is _NEXT[state, event]
        assert state in LIVE_STATES
    else:
        with pytest.raises(WrongState):
            GUEST.next(state, event)


@pytest.mark.parametrize("state", [state for state in GuestState if state not in LIVE_STATES])
def test_what_is_over_stays_over(state: GuestState) -> None:
    for event in GuestEvent:
        with pytest.raises(WrongState):
            GUEST.next(state, event)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王芳 ", "王芳"),
        ("Anna  Lee", "Anna  Lee"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("王" * NAME_MAX, "王" * NAME_MAX),
        ("O'Neil-Müller", "O'Neil-Müller"),
    ],
)
def test_a_name_has_one_spelling(typed: str, name: str) -> None:
    assert guest_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", FieldFault.TOO_SHORT),
        ("   ", FieldFault.TOO_SHORT),
        ("王" * (NAME_MAX + 1), FieldFault.TOO_LONG),
        ("a\nb", FieldFault.BAD_FORMAT),
        ("a\x00b", FieldFault.BAD_FORMAT),
        ("\u202eevil", FieldFault.BAD_FORMAT),
        ("zero\u200bwidth", FieldFault.BAD_FORMAT),
        ("<b>", FieldFault.BAD_FORMAT),
        ("\ud800", FieldFault.BAD_FORMAT),
    ],
)
def test_what_is_no_name_is_refused(typed: str, fault: FieldFault) -> None:
    with pytest.raises(InvalidInput) as refused:
        guest_name(typed)
    assert refused.value.fields == {"guest_name": fault}


def test_a_guest_acts_by_the_invitation_in_one_visit_until_its_time_runs_out() -> None:
    visit = ConsultationId(UUID(int=1))
    invitation = Invitation(
        GuestId(UUID(int=9)), visit, "王芳", GuestState.USED, NOW, NOW + timedelta(hours=1), NOW
    )
    actor = guest_actor(invitation)
    assert (actor.account_id, actor.role, actor.guest_of) == (UUID(int=9), Role.GUEST, visit)
    assert actor.session_id is None and actor.patient_id is None
    assert not invitation.is_due(NOW + timedelta(minutes=59))
    assert invitation.is_due(NOW + timedelta(hours=1))
