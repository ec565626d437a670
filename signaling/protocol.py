"""The wire protocol of the live room: every Socket.IO event, its body and its answer, once.

web/src/protocol/signaling.ts is generated from these models, docs/protocol.md explains them with examples.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from domain.accounts import Role
from domain.consultation import ConsultationState
from domain.errors import Code, FieldFault
from domain.facts import CHAT_TEXT_MAX, EntryKind
from domain.unsuitable import PLACE_MAX, WORDS_MAX, Referral, UnsuitableReason
from rooms.participants import Presence
from signaling import call_protocol as call
from signaling import guest_protocol as guest
from signaling.call_protocol import CANDIDATE_MAX as CANDIDATE_MAX
from signaling.call_protocol import IceCandidate as IceCandidate
from signaling.call_protocol import IceServer as IceServer
from signaling.call_protocol import SessionDescription as SessionDescription
from signaling.wire import ToRoom as ToRoom
from signaling.wire import Wire as Wire

NAMESPACE = "/visit"
EVENT_BYTES_MAX = 96 * 1024
HISTORY_LIMIT_MAX = 200


# --- what both directions share -------------------------------------------------------------------------


class Participant(Wire):
    """One side of a consultation. `endpoint_id` names the open page; it changes with a reload."""

    account_id: UUID
    role: Role
    display_name: str
    presence: Presence
    endpoint_id: UUID | None
    microphone: bool
    camera: bool


class Unreadable(StrEnum):
    """Why an entry comes without its body: `destroyed` by lawful decision, or `damaged` where it is kept."""

    DAMAGED = "damaged"
    DESTROYED = "destroyed"


class EntryView(Wire):
    """One entry of the record, as kept. `text` is set for chat, `detail` for everything else.

    Both are null when the body cannot be read any more; `unreadable` then says why.
    """

    seq: int
    message_id: UUID
    author_id: UUID | None
    kind: EntryKind
    recorded_at: datetime
    text: str | None = None
    detail: dict[str, str | int | bool | None] | None = None
    unreadable: Unreadable | None = None


class ConsultationView(Wire):
    """The consultation as both sides see it."""

    id: UUID
    appointment_id: UUID
    state: ConsultationState
    patient_name: str
    practitioner_name: str
    scheduled_start: datetime
    scheduled_end: datetime
    arrived_at: datetime | None
    admitted_at: datetime | None
    ended_at: datetime | None


# --- from the client, each answered -----------------------------------------------------------------------


class ConsentGiven(Wire):
    """What a patient agreed to by entering. `digest` is the SHA-256 of the text as shown, in hexadecimal."""

    message_id: UUID
    version: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{1,40}$")]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class JoinRequest(ToRoom):
    """room.join: enter, or come back. A patient who joins a planned consultation arrives by it.

    `endpoint_id` is made once per page load: the same one after a dropped socket keeps the peer connection,
    a new one tells the other side to start afresh. `after_seq` is the last entry the page already has.
    `consent` is kept in the record when a patient enters; the same one again adds nothing.
    """

    endpoint_id: UUID
    after_seq: Annotated[int, Field(ge=0)] = 0
    microphone: bool = True
    camera: bool = True
    consent: ConsentGiven | None = None


class RoomSnapshot(Wire):
    """Answer to room.join: all that a page needs to draw the room. `at` is the hospital's time.

    `third` is the guest, if one is here; to the guest it is the patient. A guest gets no entries.
    """

    at: datetime
    consultation: ConsultationView
    me: Participant
    other: Participant
    third: Participant | None = None
    polite: bool
    call: call.CallView
    ice_servers: list[IceServer]
    entries: list[EntryView]
    more_entries: bool


class LeaveRequest(ToRoom):
    """room.leave: go on purpose. A patient who still waits gives up the place in the queue.

    With `endpoint_id` only that page goes: one that joined since, on the same connection, stays.
    """

    endpoint_id: UUID | None = None


class ChatSend(ToRoom):
    """chat.send: the answer comes after the message is durable. Resend with the same message_id."""

    message_id: UUID
    text: Annotated[str, StringConstraints(max_length=CHAT_TEXT_MAX * 2)]


class ChatKept(Wire):
    """Answer to chat.send: where and when the message was kept."""

    seq: int
    recorded_at: datetime


class EntriesRequest(ToRoom):
    """entries.read: the record after a sequence number, to fill gaps."""

    after_seq: Annotated[int, Field(ge=0)]
    limit: Annotated[int, Field(ge=1, le=HISTORY_LIMIT_MAX)] = HISTORY_LIMIT_MAX


class EntriesReply(Wire):
    """Answer to entries.read, in order."""

    entries: list[EntryView]
    more_entries: bool


class SignalDescription(ToRoom):
    """signal.description: to the other side's page. Dropped with room.peer_gone when that page is gone."""

    to_endpoint: UUID
    description: SessionDescription


class SignalCandidate(ToRoom):
    """signal.candidate: to the other side's page."""

    to_endpoint: UUID
    candidate: IceCandidate


class MediaSet(ToRoom):
    """media.set: what this side sends now. The other side is told, the record keeps it."""

    microphone: bool
    camera: bool


class AdmitRequest(ToRoom):
    """consultation.admit: the doctor lets the waiting patient in."""


class FinishRequest(ToRoom):
    """consultation.finish: the doctor ends the visit for both."""


class TurnAwayRequest(ToRoom):
    """consultation.unsuitable: the doctor ends a visit as not suitable online, before or after admitting.

    `place` names a department or a hospital; it may be empty for the emergency services alone. `words` tell
    the patient more; they may be empty but for the reason `other`. Resend with the same message_id.
    """

    message_id: UUID
    reason: UnsuitableReason
    referral: Referral
    place: Annotated[str, StringConstraints(max_length=PLACE_MAX * 2)] = ""
    words: Annotated[str, StringConstraints(max_length=WORDS_MAX * 2)] = ""


class IceServersRequest(ToRoom):
    """ice.read: fresh servers and credentials, for an ICE restart."""


class IceServersReply(Wire):
    """Answer to ice.read."""

    ice_servers: list[IceServer]


class WaitingRequest(ToRoom):
    """waiting.read: the patient's place."""


class WaitingView(Wire):
    """Answer to waiting.read. Minutes are a range; `before` counts patients who come first."""

    state: ConsultationState
    before: int
    wait_from_min: int
    wait_to_min: int
    doctor_present: bool


class QueueRequest(Wire):
    """queue.read: today's queue of the signed-in doctor. The page is subscribed to queue.changed by it."""


class QueueEntry(Wire):
    """One visit in the doctor's day. `red_flags` are the ids of questions that were answered with yes.

    `with_guardian`: the patient is a child, and it is the guardian who comes to the visit.
    """

    consultation_id: UUID
    appointment_id: UUID
    patient_name: str
    state: ConsultationState
    scheduled_start: datetime
    scheduled_end: datetime
    arrived_at: datetime | None
    admitted_at: datetime | None
    ended_at: datetime | None
    presence: Presence
    red_flags: list[str]
    with_guardian: bool = False


class QueueView(Wire):
    """Answer to queue.read: waiting first by arrival, then in progress, planned by time, then ended.

    Who waits with a red flag comes before all others.
    """

    entries: list[QueueEntry]
    at: datetime


class Done(Wire):
    """Answer to events that return nothing but success."""


# --- from the server --------------------------------------------------------------------------------------


class PresenceChanged(ToRoom):
    """room.presence: the other side came, went, reconnects or changed its devices."""

    participant: Participant


class StateChanged(ToRoom):
    """room.state: the consultation moved on."""

    consultation: ConsultationView


class EntryAdded(ToRoom):
    """entry.added: one more entry. Gaps in seq are filled with entries.read."""

    entry: EntryView


class DescriptionRelayed(ToRoom):
    """signal.description, relayed, with the page it comes from."""

    from_endpoint: UUID
    description: SessionDescription


class CandidateRelayed(ToRoom):
    """signal.candidate, relayed."""

    from_endpoint: UUID
    candidate: IceCandidate


class Superseded(ToRoom):
    """room.superseded: the same account opened the visit elsewhere; this page no longer takes part."""


class QueueChanged(Wire):
    """queue.changed: a hint to read the queue again. Carries nothing, so it may cross nodes."""


class WaitingChanged(Wire):
    """waiting.changed: a hint to read the place again."""


class SessionEnded(Wire):
    """session.ended: signed out or expired; the server closes the connection after it."""


# --- answers ----------------------------------------------------------------------------------------------

T = TypeVar("T", bound=BaseModel)


class ErrorView(Wire):
    """What went wrong. `code` is stable; `fields` says what is wrong where; `log_id` is for support."""

    code: Code
    message: str
    fields: dict[str, FieldFault] | None = None
    retry_after_s: int | None = None
    log_id: str | None = None


class Answer(Wire, Generic[T]):
    """Every acknowledgement: exactly one of `data` and `error` is set."""

    ok: bool
    data: T | None = None
    error: ErrorView | None = None


CLIENT_EVENTS: dict[str, tuple[type[Wire], type[Wire]]] = {
    "room.join": (JoinRequest, RoomSnapshot),
    "room.leave": (LeaveRequest, Done),
    "chat.send": (ChatSend, ChatKept),
    "entries.read": (EntriesRequest, EntriesReply),
    "signal.description": (SignalDescription, Done),
    "signal.candidate": (SignalCandidate, Done),
    "media.set": (MediaSet, Done),
    "call.trouble": (call.CallTrouble, Done),
    "call.settled": (call.CallSettled, Done),
    "relay.answer": (call.RelayAnswer, Done),
    "relay.restart": (call.RelayRestart, Done),
    "consultation.admit": (AdmitRequest, Done),
    "consultation.finish": (FinishRequest, Done),
    "consultation.unsuitable": (TurnAwayRequest, Done),
    "ice.read": (IceServersRequest, IceServersReply),
    "waiting.read": (WaitingRequest, WaitingView),
    "queue.read": (QueueRequest, QueueView),
}
"""Event name -> (body, answer's data)."""

SERVER_EVENTS: dict[str, type[Wire]] = {
    "room.presence": PresenceChanged,
    "room.state": StateChanged,
    "entry.added": EntryAdded,
    "signal.description": DescriptionRelayed,
    "signal.candidate": CandidateRelayed,
    "room.superseded": Superseded,
    "call.path": call.PathChosen,
    "call.settled": call.PathSettled,
    "call.figures": call.CallFigures,
    "relay.offer": call.RelayOffer,
    "relay.ended": call.RelayEnded,
    "guest.changed": guest.GuestChanged,
    "queue.changed": QueueChanged,
    "waiting.changed": WaitingChanged,
    "session.ended": SessionEnded,
}
"""Event name -> body."""
