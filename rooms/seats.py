"""The seats of one call at the relay: taken and given back, and each offer sent until it is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import Code, Throttled, TooMany, UserFault, WrongState
from domain.ids import ConsultationId
from media.negotiation import Offer
from media.token_bucket import TokenBucket
from rooms.call_inputs import AnswerOffer, CallNews, OfferDue, RestartSeat
from rooms.outputs import RelayOffer, RoomOutput, SeatOver
from rooms.switchboard import Switchboard
from rooms.timings import Timer, Timers, Timings

OFFER_TRIES = 3
"""How often an offer is sent before the seat of a page that never answers is given back."""
_RETRY_S = 2


@dataclass(slots=True)
class Caller:
    """One page in the call. `connection` is None while it reconnects. `offer` waits for its answer.

    `settled` is the generation of the path by which the page gets sound and picture, 0 before it said so.
    `reads_figures`: whether it may know in figures how it goes for the others.
    """

    who: UUID
    endpoint: UUID
    connection: str | None
    restarts: TokenBucket
    guest: bool = False
    reads_figures: bool = False
    seat: str | None = None
    offer: Offer | None = None
    tries: int = 0
    settled: int = 0
    timer: Timer | None = field(default=None, repr=False)

    def wait(self, timer: Timer | None) -> None:
        """Have this timer instead of the one before."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = timer


class Seats:
    """The callers are the call's; what they have of the relay is changed here alone."""

    def __init__(
        self,
        consultation_id: ConsultationId,
        callers: dict[UUID, Caller],
        switchboard: Switchboard,
        output: RoomOutput,
        timers: Timers,
        timings: Timings,
        tell: Callable[[CallNews], None],
        new_id: Callable[[], UUID],
    ) -> None:
        self._id = consultation_id
        self._callers = callers
        self._board = switchboard
        self._output = output
        self._timers = timers
        self._timings = timings
        self._tell = tell
        self._new_id = new_id

    def at(self, seat: str) -> Caller | None:
        """Return who has this seat; None when nobody has it any more."""
        return next((one for one in self._callers.values() if one.seat == seat), None)

    def take_all(self) -> None:
        """Take a seat for everybody who has none. TooMany: nobody has got one."""
        taken: list[Caller] = []
        try:
            for caller in self._callers.values():
                if caller.seat is None:
                    self._take(caller)
                    taken.append(caller)
        except TooMany:
            for caller in taken:
                self.leave(caller)
            raise

    def leave(self, caller: Caller) -> None:
        """Give a caller's seat back, if there is one."""
        caller.wait(None)
        caller.offer = None
        if caller.seat is not None:
            seat, caller.seat = caller.seat, None
            self._board.leave(seat)

    def restart(self, caller: Caller, question: RestartSeat) -> None:
        """Look for another way of the caller's seat, or take another seat. Throttled, TooMany (room.busy)."""
        if not caller.restarts.take(1, self._board.monotonic()):
            raise Throttled(_RETRY_S)
        if caller.seat is not None and caller.seat == question.seat:
            try:
                self._board.restart(caller.seat)
                return
            except WrongState:
                # It cannot be had back: another one.
                pass
        self.leave(caller)
        self._take(caller)

    def offer(self, caller: Caller, offer: Offer) -> None:
        """Send an offer, at first or again to a page that is back."""
        caller.offer = offer
        caller.tries = 0
        self._send(caller)

    def answer(self, caller: Caller, answer: AnswerOffer) -> None:
        """Bring an answer to the relay. signal.wrong_state, signal.bad_sdp."""
        if caller.seat != answer.seat:
            raise UserFault(Code.SIGNAL_WRONG_STATE, "There is no such seat.")
        self._board.answer(answer.seat, answer.revision, answer.sdp)
        if caller.offer is not None and caller.offer.revision == answer.revision:
            caller.wait(None)
            caller.offer = None

    def offer_due(self, due: OfferDue) -> None:
        """Send an offer again that was not answered, and give the seat back in the end."""
        caller = self.at(due.seat)
        if caller is None or caller.offer is None or caller.offer.revision != due.revision:
            return
        if caller.tries < OFFER_TRIES:
            self._send(caller)
            return
        self.leave(caller)
        self._over(caller, due.seat, "unanswered")

    def ended(self, seat: str, reason: str) -> None:
        """Notice that the relay has let a seat go."""
        caller = self.at(seat)
        if caller is not None:
            caller.wait(None)
            caller.seat = caller.offer = None
            self._over(caller, seat, reason)

    def _take(self, caller: Caller) -> None:
        seat = self._new_id().hex
        offer = self._board.sit(self._id, seat, self._tell)
        caller.seat = seat
        self.offer(caller, offer)

    def _send(self, caller: Caller) -> None:
        caller.wait(None)
        offer, seat = caller.offer, caller.seat
        if caller.connection is None or offer is None or seat is None:
            return
        caller.tries += 1
        publishers = {one.seat: one.who for one in self._callers.values() if one.seat is not None}
        told = RelayOffer(self._id, seat, offer.revision, offer.sdp, offer.sources, publishers)
        self._output.to_connections([caller.connection], told)
        due = OfferDue(seat, offer.revision)
        caller.wait(self._timers.after(self._timings.offer_s, lambda: self._tell(due)))

    def _over(self, caller: Caller, seat: str, reason: str) -> None:
        if caller.connection is not None:
            self._output.to_connections([caller.connection], SeatOver(self._id, seat, reason))
