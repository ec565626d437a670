"""The call of one room: who takes part, by which way sound and picture go, and the seats at the relay.

Only the room's task calls it. It knows people by their ids and pages, not by their parts in the visit, so
that a third person is one caller more. Which way it goes is `media_path`'s table; this acts upon it: it makes
before it breaks. A seat is taken before the pages are told, and given back when everybody has settled.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import assert_never
from uuid import UUID

import structlog

from domain.errors import Code, TooMany, WrongState
from domain.ids import ConsultationId
from media.token_bucket import TokenBucket
from rooms.call_figures import figures, for_reader
from rooms.call_inputs import (
    AnswerOffer,
    CallNews,
    CallQuestion,
    FiguresDue,
    OfferDue,
    QuietDue,
    ReportTrouble,
    RestartSeat,
    SeatEnded,
    SeatLost,
    SeatOffered,
    Settle,
    Trouble,
)
from rooms.media_path import PATH, MediaPath, PathEvent, PathState, first_state, way
from rooms.outputs import (
    CallFigures,
    CallMessage,
    CallView,
    PathChosen,
    PathSettled,
    RoomOutput,
)
from rooms.seats import Caller, Seats
from rooms.switchboard import Switchboard
from rooms.timings import Timer, Timers, Timings

RESTARTS_PER_S, RESTARTS_AT_ONCE = 0.5, 4
_TROUBLE = {Trouble.NOT_CONNECTED: PathEvent.NOT_CONNECTED, Trouble.LOST: PathEvent.LOST}
_log = structlog.get_logger("rooms")


class Call:
    """See the top of this file. Before `begin` and after `end` nobody is called; pages may come and go.

    `note` is told, for the audit trail, of every other way that people were sent, and how many they were.
    """

    def __init__(
        self,
        consultation_id: ConsultationId,
        switchboard: Switchboard,
        output: RoomOutput,
        timers: Timers,
        timings: Timings,
        tell: Callable[[CallNews], None],
        new_id: Callable[[], UUID],
        note: Callable[[CallView, int], None] = lambda view, people: None,
    ) -> None:
        self._id = consultation_id
        self._note = note
        self._board = switchboard
        self._output = output
        self._timers = timers
        self._timings = timings
        self._tell = tell
        self._callers: dict[UUID, Caller] = {}
        self._seats = Seats(
            consultation_id, self._callers, switchboard, output, timers, timings, tell, new_id
        )
        self._state = first_state(relay=switchboard.available, p2p_allowed=switchboard.p2p_allowed)
        self._generation = 1
        self._begun = False
        self._third = False
        self._quiet = 0
        self._quiet_timer: Timer | None = None
        self._figures_timer: Timer | None = None

    @property
    def view(self) -> CallView:
        """The call as every page sees it."""
        path, reason = way(self._state)
        return CallView(path, reason, self._generation, self._board.available)

    @property
    def people(self) -> tuple[UUID, ...]:
        """Who is in the call, or expected back."""
        return tuple(self._callers)

    # --- who is there ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin to call: the visit is in progress."""
        if not self._begun:
            self._begun = True
            try:
                self._count()
                if self._by_relay:
                    self._take_seats()
            except TooMany:
                # The pages ask for their seats again.
                _log.warning("the relay is full", consultation_id=str(self._id))

    def end(self) -> None:
        """End the call for everybody."""
        self._begun = False
        for caller in self._callers.values():
            self._seats.leave(caller)
        self._callers.clear()
        for timer in (self._quiet_timer, self._figures_timer):
            if timer is not None:
                timer.cancel()
        self._quiet_timer = self._figures_timer = None

    def here(
        self,
        who: UUID,
        endpoint: UUID,
        connection: str,
        *,
        guest: bool = False,
        reads_figures: bool = False,
    ) -> None:
        """Let a page in, or take it for back. The same page keeps its seat, another one has its own.

        A guest is the third person, however many are here: guests are never met p2p. For one who comes:
        TooMany (room.busy) when the relay is full or there is none; then nobody came. Those whose visit it is
        come in all the same, and ask for their seats again.
        """
        caller = self._callers.get(who)
        comes = caller is None and guest
        if comes and not self._board.available:
            raise TooMany(Code.ROOM_BUSY, "people without a relay", len(self._callers) + 1, 2)
        if caller is not None and caller.endpoint == endpoint:
            if caller.connection != connection:
                caller.connection = connection
                self._happened(PathEvent.DISTURBED)
                if caller.offer is not None:
                    self._seats.offer(caller, caller.offer)
            return
        if caller is not None:
            self._seats.leave(caller)
        bucket = TokenBucket(RESTARTS_PER_S, RESTARTS_AT_ONCE, self._board.monotonic())
        self._callers[who] = Caller(who, endpoint, connection, bucket, guest, reads_figures)
        try:
            self._count()
            if self._begun and self._by_relay and self._callers[who].seat is None:
                self._take_seats()
        except TooMany:
            if comes:
                del self._callers[who]
                raise
            _log.warning("the relay is full", consultation_id=str(self._id))

    def lost(self, who: UUID) -> None:
        """Notice that a page's connection is lost. What goes by the relay goes on."""
        caller = self._callers.get(who)
        if caller is not None and caller.connection is not None:
            caller.connection = None
            caller.wait(None)
            self._happened(PathEvent.DISTURBED)

    def gone(self, who: UUID) -> None:
        """Let somebody go."""
        caller = self._callers.pop(who, None)
        if caller is not None:
            self._seats.leave(caller)
            try:
                self._count()
            except TooMany:
                # A third person waits for a place; that holds nobody who goes.
                _log.warning("the relay is full", consultation_id=str(self._id))
            self._settle_if_all()

    # --- what is asked --------------------------------------------------------------------------------------

    def answer(self, question: CallQuestion, who: UUID) -> None:
        """Act upon a question of somebody who is here. Raise UserFault as docs/protocol.md says."""
        caller = self._callers.get(who)
        if caller is None or not self._begun:
            raise WrongState(Code.CONSULTATION_WRONG_STATE, "call", "not begun", "its events")
        match question:
            case ReportTrouble():
                self._trouble(caller, question)
            case Settle():
                if question.generation == self._generation:
                    caller.settled = question.generation
                    self._settle_if_all()
            case AnswerOffer():
                self._seats.answer(caller, question)
            case RestartSeat():
                if not self._by_relay:
                    raise WrongState(Code.SIGNAL_WRONG_STATE, "call", "p2p", "a restart of the relay")
                self._seats.restart(caller, question)
                self._watch_figures()
            case _:
                assert_never(question)

    def refuse_p2p(self) -> None:
        """Raise WrongState (signal.wrong_state) when policy does not let two people meet directly."""
        if self._state is PathState.POLICY:
            raise WrongState(Code.SIGNAL_WRONG_STATE, "call", "through the relay alone", "a signal")

    def hear(self, news: CallNews) -> None:
        """Take news. What is about a seat or a quiet of earlier is passed over."""
        match news:
            case SeatOffered(seat=seat, offer=offer):
                caller = self._seats.at(seat)
                if caller is not None:
                    self._seats.offer(caller, offer)
            case SeatLost(seat=seat):
                caller = self._seats.at(seat)
                if caller is not None:
                    self._happened(PathEvent.DISTURBED)
                    # One that ended meanwhile is told of next.
                    with suppress(WrongState):
                        self._board.restart(seat)
            case SeatEnded(seat=seat, reason=reason):
                self._seats.ended(seat, reason)
            case OfferDue():
                self._seats.offer_due(news)
            case QuietDue(quiet=quiet):
                if quiet == self._quiet and self._state is PathState.QUIET:
                    self._happened(PathEvent.STAYED_QUIET)
            case FiguresDue():
                self._tell_figures()
            case _:
                assert_never(news)

    def _trouble(self, caller: Caller, report: ReportTrouble) -> None:
        if report.generation != self._generation:
            # The page learns of the present path by itself.
            return
        event = _TROUBLE[report.trouble]
        after = PATH.next(self._state, event)
        others = [one for one in self._callers.values() if one is not caller]
        if all(one.connection is None for one in others):
            # Nobody to talk to: that is no fault of the path.
            return
        if way(after)[0] is MediaPath.RELAY:
            # Before anybody is told: with a full relay the path stays what it is.
            self._take_seats()
        self._happened(event)

    # --- the path -------------------------------------------------------------------------------------------

    @property
    def _by_relay(self) -> bool:
        return way(self._state)[0] is MediaPath.RELAY

    def _count(self) -> None:
        """Have the path follow from how many there are."""
        if not self._callers:
            self._third = False
            self._happened(PathEvent.ALL_LEFT)
            return
        third = len(self._callers) > 2 or any(one.guest for one in self._callers.values())
        if third == self._third or not self._begun:
            self._happened(PathEvent.DISTURBED)
            return
        if third:
            self._take_seats()
        self._third = third
        self._happened(PathEvent.THIRD_CAME if third else PathEvent.THIRD_LEFT)

    def _happened(self, event: PathEvent) -> None:
        before = way(self._state)[0]
        self._state = PATH.next(self._state, event)
        self._watch_quiet()
        path, reason = way(self._state)
        if path is before:
            return
        self._generation += 1
        _log.info("call.path", path=path.value, reason=reason.value, people=len(self._callers))
        if self._callers:
            self._note(self.view, len(self._callers))
        self._say(PathChosen(self._id, self.view))

    def _watch_quiet(self) -> None:
        if self._quiet_timer is not None:
            self._quiet_timer.cancel()
            self._quiet_timer = None
        if self._state is PathState.QUIET:
            self._quiet += 1
            due = QuietDue(self._quiet)
            self._quiet_timer = self._timers.after(self._timings.quiet_s, lambda: self._tell(due))

    def _settle_if_all(self) -> None:
        callers = self._callers.values()
        if len(callers) < 2 or any(one.settled != self._generation for one in callers):
            return
        for one in callers:
            one.settled = 0
        self._say(PathSettled(self._id, self._generation))
        if not self._by_relay:
            for one in callers:
                self._seats.leave(one)

    def _take_seats(self) -> None:
        """See to it that everybody has a seat. TooMany: nobody has got one."""
        self._seats.take_all()
        self._watch_figures()

    # --- figures --------------------------------------------------------------------------------------------

    def _watch_figures(self) -> None:
        if self._figures_timer is None:
            self._figures_timer = self._timers.after(
                self._timings.figures_s, lambda: self._tell(FiguresDue())
            )

    def _tell_figures(self) -> None:
        self._figures_timer = None
        seated = [(one, one.seat) for one in self._callers.values() if one.seat is not None]
        if not seated:
            return
        told = []
        for caller, seat in seated:
            stats = self._board.stats(seat)
            if stats is not None:
                told.append(figures(caller.who, stats))
        for caller in self._callers.values():
            if caller.connection is not None:
                mine = tuple(for_reader(one, caller.who, reads_all=caller.reads_figures) for one in told)
                self._output.to_connections([caller.connection], CallFigures(self._id, mine))
        self._watch_figures()

    def _say(self, message: CallMessage) -> None:
        connections = [one.connection for one in self._callers.values() if one.connection is not None]
        if connections:
            self._output.to_connections(connections, message)
