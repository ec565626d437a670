"""A room as one of those in it sees it."""

from dataclasses import dataclass
from uuid import UUID

from domain.consultation import Consultation
from domain.errors import Forbidden
from rooms.outputs import CallView
from rooms.participants import Participant, Sides


@dataclass(frozen=True, slots=True)
class RoomView:
    """The room as one participant sees it now. The patient is the polite one (W3C WebRTC section 10.7).

    `third` is a guest who is here or expected back; to the guest it is the patient.
    """

    consultation: Consultation
    me: Participant
    other: Participant
    polite: bool
    call: CallView
    third: Participant | None = None


def room_view(sides: Sides, who: UUID | None, consultation: Consultation, call: CallView) -> RoomView:
    """Return the room as this participant sees it now; raise Forbidden for anyone else."""
    me = sides.of(who)
    if me is None:
        raise Forbidden
    third = sides.third(me)
    return RoomView(
        consultation,
        me.view(),
        sides.other(me).view(),
        me is sides.patient,
        call,
        None if third is None else third.view(),
    )
