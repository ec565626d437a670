"""What a room says, as values, and the port through which it says it. The wire is not known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from chat_archive.entry import Entry
from domain.consultation import Consultation
from domain.ids import ConsultationId, PractitionerId
from rooms.participants import Participant


class SignalKind(StrEnum):
    """What one page may send to the other through the room."""

    DESCRIPTION = "description"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """The other side came, went, reconnects or changed its devices."""

    consultation_id: ConsultationId
    participant: Participant


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The consultation moved on."""

    consultation: Consultation


@dataclass(frozen=True, slots=True)
class EntryAdded:
    """One more entry of the record: durable already."""

    consultation_id: ConsultationId
    entry: Entry


@dataclass(frozen=True, slots=True)
class SignalRelayed:
    """A description or a candidate, with the page it comes from. `payload` is JSON that was checked."""

    consultation_id: ConsultationId
    kind: SignalKind
    from_endpoint: UUID
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Superseded:
    """The same account opened the visit by another page."""

    consultation_id: ConsultationId


RoomMessage = PresenceChanged | StateChanged | EntryAdded | SignalRelayed | Superseded


class RoomOutput(Protocol):
    """Where a room's words go. No method waits or raises: whoever cannot be reached is none of the room's."""

    def to_connections(self, connections: Sequence[str], message: RoomMessage) -> None:
        """Tell these connections, in the order of calls. Those that are gone are skipped."""
        ...

    def queue_changed(self, practitioner_id: PractitionerId) -> None:
        """Hint, wherever the doctor is connected, that the queue looks different now."""
        ...

    def waiting_changed(self, practitioner_id: PractitionerId) -> None:
        """Hint, to the doctor's waiting patients, that their places may be different now."""
        ...
