"""The two sides of a consultation and its guest: who is here, by which page, with which devices."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.accounts import Actor, Role
from domain.consultation import Consultation
from domain.guests import GuestConsent
from domain.ids import AccountId
from domain.permissions import Action, allowed
from rooms.timings import Timer


class Presence(StrEnum):
    """Whether a participant is in the room right now."""

    HERE = "here"
    RECONNECTING = "reconnecting"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks something of a room: a person, by one connection, in one request."""

    actor: Actor
    connection: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Participant:
    """One side as the other sees it. `endpoint_id` names the open page and outlives a lost socket."""

    account_id: AccountId
    role: Role
    display_name: str
    presence: Presence
    endpoint_id: UUID | None
    microphone: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class GuestPass:
    """What lets a guest in: the name that the doctor gave, and what the guest agreed to."""

    name: str
    consent: GuestConsent


@dataclass(slots=True)
class Side:
    """One side as its room knows it. Only the room's own task changes it."""

    account_id: AccountId
    role: Role
    display_name: str
    presence: Presence = Presence.AWAY
    endpoint_id: UUID | None = None
    connection: str | None = None
    microphone: bool = False
    camera: bool = False
    last_asker: Asker | None = None
    superseded: set[str] = field(default_factory=set)
    """Connections of this side that a newer page took over from."""
    losses: int = 0
    """How often the connection was lost: tells one grace from the next."""
    guest: GuestPass | None = None
    _grace: Timer | None = None

    def view(self) -> Participant:
        """Return what others may see."""
        return Participant(
            self.account_id,
            self.role,
            self.display_name,
            self.presence,
            self.endpoint_id,
            self.microphone,
            self.camera,
        )

    @property
    def reads_figures(self) -> bool:
        """Whether this side may know in figures how it goes for the others."""
        return self.last_asker is not None and allowed(self.last_asker.actor, Action.CALL_FIGURES)

    def enter(self, asker: Asker, endpoint_id: UUID, *, microphone: bool, camera: bool) -> str | None:
        """Be here by this page; return the connection that it took over from, if that was another page."""
        before, same_page = self.connection, self.endpoint_id == endpoint_id
        self.end_grace()
        self.presence = Presence.HERE
        self.endpoint_id = endpoint_id
        self.connection = asker.connection
        self.microphone, self.camera = microphone, camera
        self.last_asker = asker
        self.superseded.discard(asker.connection)
        if before is None or before == asker.connection or same_page:
            return None
        self.superseded.add(before)
        return before

    def lose_connection(self) -> int:
        """Be reconnecting. The page keeps its name: it may come back. Return the loss's number."""
        self.end_grace()
        self.connection = None
        self.presence = Presence.RECONNECTING
        self.losses += 1
        return self.losses

    def begin_grace(self, timer: Timer) -> None:
        """Wait for the lost connection until the timer ends."""
        self._grace = timer

    def leave(self) -> None:
        """Be away."""
        self.end_grace()
        self.presence = Presence.AWAY
        self.endpoint_id = None
        self.connection = None
        self.microphone = self.camera = False

    def end_grace(self) -> None:
        """Stop waiting for a lost connection."""
        if self._grace is not None:
            self._grace.cancel()
            self._grace = None


class Sides:
    """Both sides of one consultation, and the third person while there is one."""

    def __init__(self, consultation: Consultation) -> None:
        self.patient = Side(consultation.patient_account_id, Role.PATIENT, consultation.patient_name)
        self.practitioner = Side(
            consultation.practitioner_account_id, Role.DOCTOR, consultation.practitioner_name
        )
        self.guest: Side | None = None

    def __iter__(self) -> Iterator[Side]:
        both = (self.patient, self.practitioner)
        return iter(both if self.guest is None else (*both, self.guest))

    def of(self, account_id: UUID | None) -> Side | None:
        """Return the side of this account or guest, or None when it is no participant."""
        return next((side for side in self if side.account_id == account_id), None)

    def seat_guest(self, guest_id: AccountId, admitted: GuestPass) -> Side:
        """Return this guest's side. Another guest than before takes the place, which was left before."""
        if self.guest is None or self.guest.account_id != guest_id:
            self.guest = Side(guest_id, Role.GUEST, admitted.name, guest=admitted)
        return self.guest

    def other(self, side: Side) -> Side:
        """Return the one that `side` talks to: patient and doctor each other, a guest the doctor."""
        return self.patient if side is self.practitioner else self.practitioner

    def third(self, side: Side) -> Side | None:
        """Return whom `side` sees beside the other: the guest, or for the guest the patient."""
        return self.patient if side is self.guest else self.guest

    def others(self, side: Side) -> list[Side]:
        """Return everybody but `side`."""
        return [one for one in self if one is not side]

    def by_connection(self, connection: str) -> Side | None:
        """Return the side that is here by this connection."""
        return next((side for side in self if side.connection == connection), None)

    def connections(self, *, guest: bool = False) -> list[str]:
        """Return the connections of both sides that are here, and of the guest if asked for."""
        here = [side.connection for side in self if guest or side is not self.guest]
        return [connection for connection in here if connection is not None]
