"""What a room says, as values, and the port through which it says it. The wire is not known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from chat_archive.entry import Entry
from domain.call_quality import Quality
from domain.consultation import Consultation
from domain.ids import ConsultationId, PractitionerId
from rooms.media_path import MediaPath, PathReason
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


@dataclass(frozen=True, slots=True)
class GuestChanged:
    """Something about the visit's invitation changed: whoever shows it reads it again."""

    consultation_id: ConsultationId


@dataclass(frozen=True, slots=True)
class CallView:
    """Which way the call goes and why. `generation` grows with each change. `relay`: is there one?"""

    path: MediaPath
    reason: PathReason
    generation: int
    relay: bool


@dataclass(frozen=True, slots=True)
class PathChosen:
    """The call goes another way from now on: make it before the old one is broken."""

    consultation_id: ConsultationId
    call: CallView


@dataclass(frozen=True, slots=True)
class PathSettled:
    """Everybody gets sound and picture by the path of this generation: the old one may be closed."""

    consultation_id: ConsultationId
    generation: int


@dataclass(frozen=True, slots=True)
class RelayOffer:
    """The relay's offer for a page's connection. `sources`: mid -> what to send there.

    `publishers`: the name of a stream in the offer -> whose it is.
    """

    consultation_id: ConsultationId
    seat: str
    revision: int
    sdp: str
    sources: Mapping[str, str]
    publishers: Mapping[str, UUID]


@dataclass(frozen=True, slots=True)
class SeatOver:
    """A page's connection to the relay has ended; `reason` is the relay's word for it."""

    consultation_id: ConsultationId
    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What the relay measured of one connection. Rates in bit/s, `loss` in 0..1, None what nobody could tell.

    `layer` of so many `layers` is the size of the picture that it gets: 0 is the smallest; None without one.
    """

    round_trip_ms: int | None
    loss: float | None
    jitter_ms: int | None
    sends_bps: int
    gets_bps: int
    layer: int | None
    layers: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How it goes for one of those in the call, as the relay sees it: a word, None where nothing is known.

    `measured` is for that person and for who may read everybody's.
    """

    account_id: UUID
    quality: Quality | None
    measured: Measured | None


@dataclass(frozen=True, slots=True)
class CallFigures:
    """How it goes for everybody in the call, every few seconds, as far as this page may know it."""

    consultation_id: ConsultationId
    figures: tuple[Figures, ...]


CallMessage = PathChosen | PathSettled | RelayOffer | SeatOver | CallFigures
RoomMessage = (
    PresenceChanged | StateChanged | EntryAdded | SignalRelayed | Superseded | GuestChanged | CallMessage
)


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
