"""What the call of a room is told, as values: questions of pages, news of the relay and of timers."""

from dataclasses import dataclass
from enum import StrEnum

from media.negotiation import Offer
from rooms.participants import Asker


class Trouble(StrEnum):
    """What a page may say of p2p."""

    NOT_CONNECTED = "not-connected"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ReportTrouble:
    """P2p did not connect, or was lost, while the path was of this generation."""

    asker: Asker
    trouble: Trouble
    generation: int


@dataclass(frozen=True, slots=True)
class Settle:
    """The page gets sound and picture by the path of this generation."""

    asker: Asker
    generation: int


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """The answer to the relay's offer of that revision."""

    asker: Asker
    seat: str
    revision: int
    sdp: str


@dataclass(frozen=True, slots=True)
class RestartSeat:
    """The way to the relay broke: another one for this seat, or another seat when it is gone or None."""

    asker: Asker
    seat: str | None


CallQuestion = ReportTrouble | Settle | AnswerOffer | RestartSeat


@dataclass(frozen=True, slots=True)
class SeatOffered:
    """The relay has an offer for a seat."""

    seat: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class SeatLost:
    """The way between a seat's page and the relay is lost; it can be had back."""

    seat: str


@dataclass(frozen=True, slots=True)
class SeatEnded:
    """The relay has let a seat go by itself."""

    seat: str
    reason: str


@dataclass(frozen=True, slots=True)
class OfferDue:
    """This offer should have been answered by now."""

    seat: str
    revision: int


@dataclass(frozen=True, slots=True)
class QuietDue:
    """Nothing disturbed two people for a while, unless this is about an earlier quiet."""

    quiet: int


@dataclass(frozen=True, slots=True)
class FiguresDue:
    """It is time to tell how it goes."""


CallNews = SeatOffered | SeatLost | SeatEnded | OfferDue | QuietDue | FiguresDue
