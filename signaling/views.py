"""From what rooms and actions know to what the wire says."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from actions.waiting import WaitingPlace
from chat_archive.entry import Entry
from domain.consultation import Consultation
from domain.facts import Body, EntryKind, decode_body
from media.turn import IceServer
from rooms import outputs
from rooms.participants import Participant, Presence
from rooms.room_view import RoomView
from signaling import guest_protocol, protocol
from signaling.call_views import call_event, call_view


def consultation_view(consultation: Consultation) -> protocol.ConsultationView:
    """Return the consultation as both sides see it."""
    return protocol.ConsultationView(
        id=consultation.id,
        appointment_id=consultation.appointment_id,
        state=consultation.state,
        patient_name=consultation.patient_name,
        practitioner_name=consultation.practitioner_name,
        scheduled_start=consultation.scheduled_start,
        scheduled_end=consultation.scheduled_end,
        arrived_at=consultation.arrived_at,
        admitted_at=consultation.admitted_at,
        ended_at=consultation.ended_at,
    )


def participant_view(participant: Participant) -> protocol.Participant:
    """Return one side as the other may see it."""
    return protocol.Participant(
        account_id=participant.account_id,
        role=participant.role,
        display_name=participant.display_name,
        presence=participant.presence,
        endpoint_id=participant.endpoint_id,
        microphone=participant.microphone,
        camera=participant.camera,
    )


def entry_view(entry: Entry) -> protocol.EntryView:
    """Return an entry of the record. One whose body or author cannot be read any more comes without it, and
    says why the body is missing."""
    try:
        body: Body | None = None if entry.body is None else decode_body(entry.body)
    except ValueError:
        body = None
    chat = entry.kind == EntryKind.CHAT.value
    said = None if body is None else body.get("text")
    text = said if chat and isinstance(said, str) else None
    unreadable = None
    if body is None or (chat and text is None):
        unreadable = protocol.Unreadable.DESTROYED if entry.destroyed else protocol.Unreadable.DAMAGED
    return protocol.EntryView(
        seq=entry.seq,
        message_id=entry.message_id,
        author_id=_author(entry.author),
        kind=EntryKind(entry.kind),
        recorded_at=entry.recorded_at,
        text=text,
        detail=None if chat else body,
        unreadable=unreadable,
    )


def _author(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def ice_views(servers: Sequence[IceServer]) -> list[protocol.IceServer]:
    """Return the ICE servers as RTCPeerConnection takes them."""
    return [
        protocol.IceServer(urls=list(item.urls), username=item.username, credential=item.credential)
        for item in servers
    ]


def snapshot(
    view: RoomView, entries: Sequence[Entry], more: bool, servers: Sequence[IceServer], at: datetime
) -> protocol.RoomSnapshot:
    """Return all that a page needs to draw the room, at this moment."""
    return protocol.RoomSnapshot(
        at=at,
        consultation=consultation_view(view.consultation),
        me=participant_view(view.me),
        other=participant_view(view.other),
        third=None if view.third is None else participant_view(view.third),
        polite=view.polite,
        call=call_view(view.call),
        ice_servers=ice_views(servers),
        entries=[entry_view(entry) for entry in entries],
        more_entries=more,
    )


def waiting_view(place: WaitingPlace, doctor_present: bool) -> protocol.WaitingView:
    """Return a patient's place."""
    return protocol.WaitingView(
        state=place.consultation.state,
        before=place.estimate.before,
        wait_from_min=place.estimate.from_min,
        wait_to_min=place.estimate.to_min,
        doctor_present=doctor_present,
    )


def queue_entry(
    consultation: Consultation, presence: Presence, red_flags: Sequence[str] = ()
) -> protocol.QueueEntry:
    """Return one visit in the doctor's day."""
    return protocol.QueueEntry(
        consultation_id=consultation.id,
        appointment_id=consultation.appointment_id,
        patient_name=consultation.patient_name,
        state=consultation.state,
        scheduled_start=consultation.scheduled_start,
        scheduled_end=consultation.scheduled_end,
        arrived_at=consultation.arrived_at,
        admitted_at=consultation.admitted_at,
        ended_at=consultation.ended_at,
        presence=presence,
        red_flags=list(red_flags),
        with_guardian=consultation.right.of_guardian,
    )


def room_event(message: outputs.RoomMessage) -> tuple[str, bytes]:
    """Return the event's name and its body as JSON."""
    match message:
        case outputs.EntryAdded():
            return "entry.added", _json(
                protocol.EntryAdded(consultation_id=message.consultation_id, entry=entry_view(message.entry))
            )
        case outputs.SignalRelayed():
            return f"signal.{message.kind.value}", _relayed(message)
        case outputs.PresenceChanged():
            return "room.presence", _json(
                protocol.PresenceChanged(
                    consultation_id=message.consultation_id,
                    participant=participant_view(message.participant),
                )
            )
        case outputs.StateChanged():
            return "room.state", _json(
                protocol.StateChanged(
                    consultation_id=message.consultation.id,
                    consultation=consultation_view(message.consultation),
                )
            )
        case outputs.GuestChanged():
            return "guest.changed", _json(
                guest_protocol.GuestChanged(consultation_id=message.consultation_id)
            )
        case outputs.Superseded():
            return "room.superseded", _json(protocol.Superseded(consultation_id=message.consultation_id))
        case _:
            event, body = call_event(message)
            return event, _json(body)


def _relayed(message: outputs.SignalRelayed) -> bytes:
    # What was parsed by its model a moment ago needs no second model to be written.
    return json.dumps(
        {
            "consultation_id": str(message.consultation_id),
            "from_endpoint": str(message.from_endpoint),
            message.kind.value: message.payload,
        },
        separators=(",", ":"),
    ).encode()


def _json(body: protocol.Wire) -> bytes:
    return body.model_dump_json().encode()
