"""The relay as rooms use it: gives each page a seat, and brings what the relay says to that seat's room.

There is one for the process. It is the relay's listener, so it is made first; `connect` gives it the relay.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol
from uuid import UUID

from domain.errors import Code, NotFound, OwnFault, TooMany, WrongState
from media.negotiation import Offer, Publication
from media.relay_events import MemberStats
from media.transport import EndReason
from rooms.call_inputs import SeatEnded, SeatLost, SeatOffered

PUBLICATIONS = (Publication("audio", "microphone"), Publication("video", "camera", simulcast=True))
"""What every page may send. A device that is off or missing sends nothing; its line is there all the same."""

SeatNews = SeatOffered | SeatLost | SeatEnded


class MediaRelay(Protocol):
    """What is used of media.relay.Relay."""

    def join(self, room: str, participant: str, publications: Sequence[Publication]) -> Offer:
        """Let a participant in; return its first offer. TooMany (room.busy) when there is no room left."""
        ...

    def answer(self, participant: str, revision: int, sdp: str) -> None:
        """Take an answer. InvalidInput (signal.bad_sdp), WrongState (signal.wrong_state)."""
        ...

    def restart(self, participant: str) -> None:
        """Restart ICE; the offer follows."""
        ...

    def leave(self, participant: str) -> None:
        """Let a participant go."""
        ...

    def stats(self, participant: str) -> MemberStats:
        """Return how it goes for a participant."""
        ...


class Switchboard:
    """Seats at the relay and the rooms they belong to. Everything happens on the loop's thread.

    A seat is one page's connection to the relay; its name is nobody's and says nothing. `p2p_allowed` is the
    hospital's policy: whether two people may see each other's network addresses.
    """

    def __init__(self, *, p2p_allowed: bool = True, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.p2p_allowed = p2p_allowed
        self.monotonic = monotonic
        self._relay: MediaRelay | None = None
        self._told: dict[str, Callable[[SeatNews], None]] = {}

    @property
    def available(self) -> bool:
        """Whether this process has a relay."""
        return self._relay is not None

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats that are taken."""
        return tuple(self._told)

    def connect(self, relay: MediaRelay) -> None:
        """Use this relay from now on: before the first room opens."""
        self._relay = relay

    def sit(self, room: UUID, seat: str, tell: Callable[[SeatNews], None]) -> Offer:
        """Take a seat in a room's conference; `tell` hears of it. Return its first offer.

        TooMany (room.busy) when the relay has no room left.
        """
        relay = self._required()
        self._told[seat] = tell
        try:
            return relay.join(str(room), seat, PUBLICATIONS)
        except (TooMany, WrongState):
            del self._told[seat]
            raise

    def answer(self, seat: str, revision: int, sdp: str) -> None:
        """Bring an answer. InvalidInput (signal.bad_sdp), WrongState (signal.wrong_state)."""
        try:
            self._required().answer(seat, revision, sdp)
        except NotFound:
            raise _gone() from None

    def restart(self, seat: str) -> None:
        """Have a new way looked for; its offer follows. WrongState when the seat cannot be had back."""
        try:
            self._required().restart(seat)
        except NotFound:
            raise _gone() from None

    def leave(self, seat: str) -> None:
        """Give a seat back. One that has ended meanwhile is given back already."""
        if self._told.pop(seat, None) is not None:
            with suppress(NotFound):
                self._required().leave(seat)

    def stats(self, seat: str) -> MemberStats | None:
        """Return how it goes for a seat; None when it has ended meanwhile."""
        try:
            return self._required().stats(seat)
        except NotFound:
            return None

    # --- what the relay says (RelayEvents) ------------------------------------------------------------------

    def offered(self, participant: str, offer: Offer) -> None:
        """See RelayEvents."""
        self._tell(participant, SeatOffered(participant, offer))

    def connected(self, participant: str) -> None:
        """See RelayEvents. The page says itself when it sees something."""

    def lost(self, participant: str) -> None:
        """See RelayEvents."""
        self._tell(participant, SeatLost(participant))

    def ended(self, participant: str, reason: EndReason) -> None:
        """See RelayEvents."""
        self._tell(participant, SeatEnded(participant, reason.value))
        self._told.pop(participant, None)

    def _tell(self, seat: str, news: SeatNews) -> None:
        tell = self._told.get(seat)
        if tell is not None:
            tell(news)

    def _required(self) -> MediaRelay:
        if self._relay is None:
            raise OwnFault("this process has no relay")
        return self._relay


def _gone() -> WrongState:
    return WrongState(Code.SIGNAL_WRONG_STATE, "seat", "ended", "its use")
