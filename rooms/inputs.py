"""What a room is told, as values. Questions have an answer; the other inputs do not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from actions.consultations import Moved
from actions.conversation import Kept, Saying
from actions.guests import GuestTold
from domain.consultation import Consultation
from domain.errors import Fault
from domain.ids import AccountId
from domain.unsuitable import Unsuitable
from rooms.call_inputs import CallNews, CallQuestion
from rooms.outputs import SignalKind
from rooms.participants import Asker, GuestPass
from rooms.replies import Reply


class Move(StrEnum):
    """The moves of a consultation that a room causes."""

    ARRIVE = "arrive"
    STEP_OUT = "step-out"
    ADMIT = "admit"
    FINISH = "finish"


# --- questions ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consent:
    """What the patient agreed to by entering: a text's version, and the SHA-256 of it as it was shown.

    `message_id` is the page's own and makes a resend harmless.
    """

    message_id: UUID
    version: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Join:
    """Enter, or come back. Only a patient's `consent` is kept; a `guest` brings what was agreed to before."""

    asker: Asker
    endpoint_id: UUID
    microphone: bool
    camera: bool
    consent: Consent | None = None
    guest: GuestPass | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Go on purpose. With an `endpoint_id` only that page goes: a newer one on the same connection stays."""

    asker: Asker
    endpoint_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A chat message. The answer is a Kept, after the commit."""

    asker: Asker
    message_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class KeepFile:
    """A file whose bytes are in their store already. The answer is a Kept, after the commit.

    It came by another way than the asker's connection, so every page here is told of it.
    """

    asker: Asker
    saying: Saying


@dataclass(frozen=True, slots=True)
class SetMedia:
    """What this side sends now."""

    asker: Asker
    microphone: bool
    camera: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """A description or a candidate for the other side's page."""

    asker: Asker
    kind: SignalKind
    to_endpoint: UUID
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Admit:
    """The doctor lets the patient in."""

    asker: Asker


@dataclass(frozen=True, slots=True)
class Finish:
    """The doctor ends the visit."""

    asker: Asker


@dataclass(frozen=True, slots=True)
class TurnAway:
    """The doctor ends the visit as not suitable online. `message_id` is the page's own, for a resend."""

    asker: Asker
    message_id: UUID
    why: Unsuitable


Question = Join | Leave | Say | KeepFile | SetMedia | Signal | Admit | Finish | TurnAway | CallQuestion


# --- news -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConnectionLost:
    """A connection ended without saying goodbye."""

    connection: str


@dataclass(frozen=True, slots=True)
class GraceEnded:
    """A side did not come back in time. `grace` tells this loss of the connection from later ones."""

    account_id: AccountId
    grace: int


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The consultation as the database has it, read while the room was at `epoch`."""

    consultation: Consultation
    epoch: int


@dataclass(frozen=True, slots=True)
class SayingKept:
    """What became of a saying: a person's when somebody waits for `reply`, else one of the room's own."""

    saying: Saying
    outcome: Kept | Fault
    asker: Asker
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class MoveMade:
    """What became of a move, and the question that caused it."""

    cause: Join | Leave | Admit | Finish | TurnAway
    outcome: Moved | Fault
    reply: Reply


@dataclass(frozen=True, slots=True)
class RetryDue:
    """It is time to hand in again what the database did not take."""


@dataclass(frozen=True, slots=True)
class IdleEnded:
    """Nobody came for a while."""


@dataclass(frozen=True, slots=True)
class Close:
    """End the room's task after everything that came before."""


News = (
    ConnectionLost
    | GraceEnded
    | Reloaded
    | SayingKept
    | MoveMade
    | RetryDue
    | IdleEnded
    | Close
    | GuestTold
    | CallNews
)
