"""What the relay and its caller tell each other: limits, events, figures. Values and one interface."""

from dataclasses import dataclass, field
from typing import Protocol

from media.negotiation import Offer
from media.path import TransportCounters
from media.stats import ParticipantStats
from media.track import Limits
from media.transport import EndReason, ReceiveLimits, TransportState


@dataclass(frozen=True, slots=True)
class RelayLimits:
    """The most that one process takes on: rooms, participants of one room, and what each may send."""

    rooms: int = 200
    participants: int = 6
    publishing: Limits = field(default_factory=lambda: Limits(tracks=4))
    receiving: ReceiveLimits = field(default_factory=ReceiveLimits)


class RelayEvents(Protocol):
    """What participants must be told by whoever signals. Called on the loop's thread: take note, return."""

    def offered(self, participant: str, offer: Offer) -> None:
        """Send this offer; its answer comes back through `Relay.answer`."""
        ...

    def connected(self, participant: str) -> None:
        """Media can flow, for the first time or again."""
        ...

    def lost(self, participant: str) -> None:
        """The path is lost: a restart within `relay.GRACE_S` may bring it back."""
        ...

    def ended(self, participant: str, reason: EndReason) -> None:
        """The participant has left, without having been told to by `Relay.leave`."""
        ...


@dataclass(frozen=True, slots=True)
class MemberStats:
    """How it goes for one participant: state of the connection, media, datagrams."""

    state: TransportState
    media: ParticipantStats
    datagrams: TransportCounters
