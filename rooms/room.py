"""The room of one consultation: one task owns its state; everything else sends it values.

The task awaits nothing but its queue. What has to be durable is handed to the recorder and comes back as a
value, so signals and presence go on while the database is slow. A question that finds CAPACITY inputs
waiting is refused with room.busy; news (a lost connection, an outcome) is always taken, its number being
bounded by what was asked before. An input that fails is logged and answered; the room goes on.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

import structlog

from actions.consultations import Moved
from actions.guests import GuestTold
from chat_archive.entry import Entry
from domain.consultation import OPEN_STATES, Consultation, ConsultationState
from domain.errors import Code, Fault, Forbidden, PartnerDown, Throttled, UserFault, WrongState
from domain.facts import EntryKind, LeaveReason
from domain.files import consent_body
from rooms.appender import Recorder
from rooms.call import Call
from rooms.call_inputs import CallNews, CallQuestion
from rooms.course import Course
from rooms.doorway import Doorway
from rooms.inputs import (
    Admit,
    Close,
    ConnectionLost,
    Finish,
    GraceEnded,
    IdleEnded,
    Join,
    KeepFile,
    Leave,
    Move,
    MoveMade,
    News,
    Question,
    Reloaded,
    RetryDue,
    Say,
    SayingKept,
    SetMedia,
    Signal,
    TurnAway,
)
from rooms.outputs import EntryAdded, GuestChanged, RoomOutput, SignalRelayed, StateChanged
from rooms.participants import Asker, Presence, Side
from rooms.record import Record
from rooms.replies import Reply, reject, resolve, settle
from rooms.room_view import RoomView, room_view
from rooms.switchboard import Switchboard
from rooms.timings import Timer, Timers, Timings

_log = structlog.get_logger("rooms")

CAPACITY = 256
_BUSY_RETRY_S = 1


class Room:
    """One live consultation. `run` is its task; the rest may be called by anyone, and never waits."""

    def __init__(
        self,
        consultation: Consultation,
        *,
        recorder: Recorder,
        output: RoomOutput,
        timers: Timers,
        timings: Timings,
        new_id: Callable[[], UUID],
        on_idle: Callable[["Room"], None],
        switchboard: Switchboard | None = None,
    ) -> None:
        self.id = consultation.id
        self._output = output
        self._timers = timers
        self._idle_s = timings.idle_s
        self._on_idle = on_idle
        self._queue: asyncio.Queue[tuple[Question | News, Reply | None]] = asyncio.Queue()
        self._closed = False
        self._idle: Timer | None = None
        # Joins that wait for the arrival to be kept, by connection; a lost one is taken out.
        self._entering: Counter[str] = Counter()
        self._course = Course(consultation, recorder, self.tell, self._changed)
        self._record = Record(self.id, recorder, new_id, self.tell, self._kept, timers, timings.retry_s)
        self._doorway = Doorway(consultation, self._record, output, timers, timings, self.tell, self._seen)
        board = switchboard or Switchboard()
        note = partial(recorder.note_path, self.id)
        self._call = Call(self.id, board, output, timers, timings, self.tell, new_id, note)
        if consultation.state is ConsultationState.IN_PROGRESS:
            self._call.begin()
            self._doorway.expect_both()
        elif consultation.state not in OPEN_STATES:
            self._doorway.close()
        self._watch_idle()

    # --- from outside ---------------------------------------------------------------------------------------

    @property
    def epoch(self) -> int:
        """Grows with every change of the consultation that this room knows of."""
        return self._course.epoch

    def ask(self, question: Question) -> Reply:
        """Put a question; await the answer. Raise Throttled (room.busy) when too much waits already.

        The answer to Say and KeepFile is a Kept, to the others None. It may be a Fault as well.
        """
        if self._closed:
            raise UserFault(Code.ROOM_NOT_JOINED, "Join the room first.")
        if self._queue.qsize() >= CAPACITY:
            raise Throttled(_BUSY_RETRY_S, Code.ROOM_BUSY)
        reply: Reply = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((question, reply))
        return reply

    def tell(self, news: News) -> None:
        """Bring news. After the end nobody is interested but those who still wait for an answer."""
        if not self._closed:
            self._queue.put_nowait((news, None))
        elif isinstance(news, SayingKept) and news.reply is not None:
            settle(news.reply, news.outcome)
        elif isinstance(news, MoveMade):
            settle(news.reply, None if isinstance(news.outcome, Moved) else news.outcome)

    def view(self, account_id: UUID | None) -> RoomView:
        """Return the room as this participant sees it now; raise Forbidden for anyone else."""
        return room_view(self._doorway.sides, account_id, self._course.consultation, self._call.view)

    def presence(self, account_id: UUID) -> Presence:
        """Return whether this participant is here; AWAY for anyone else."""
        side = self._doorway.sides.of(account_id)
        return Presence.AWAY if side is None else side.presence

    def in_visit(self, connection: str) -> bool:
        """Say whether a page is here by this connection, in a visit that is not over."""
        return self._course.state in OPEN_STATES and self.is_here(connection)

    def is_here(self, connection: str) -> bool:
        """Say whether a page is here by this connection."""
        return self._doorway.sides.by_connection(connection) is not None

    def require_here(self, asker: Asker) -> None:
        """Raise UserFault (room.not_joined, room.superseded) unless the asker is here by this connection."""
        self._doorway.here(asker)

    # --- the task -------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Own the room until it is told to close, or nobody was here for a while."""
        try:
            while not self._closed:
                item, reply = await self._queue.get()
                try:
                    self._handle(item, reply)
                except Exception as error:
                    self._failed(item, reply, error)
        finally:
            self._end()

    def _handle(self, item: Question | News, reply: Reply | None) -> None:
        if reply is None:
            self._hear(item)
        else:
            self._answer(item, reply)

    def _answer(self, item: Question | News, reply: Reply) -> None:
        """Handle a question. Those that need the database are answered when it has answered."""
        match item:
            case Signal():
                self._signal(item)
            case Say():
                self._doorway.here(item.asker)
                return self._record.say(item, reply)
            case KeepFile():
                return self._record.keep(item.saying, item.asker, reply)
            case SetMedia():
                self._doorway.set_media(item.asker, item)
            case Join():
                return self._join(item, reply)
            case Leave():
                return self._leave(item, reply)
            case Admit():
                self._doorway.refuse_superseded(item.asker)
                return self._course.move(Move.ADMIT, item, reply)
            case Finish():
                self._doorway.refuse_superseded(item.asker)
                return self._course.move(Move.FINISH, item, reply)
            case TurnAway():
                self._doorway.refuse_superseded(item.asker)
                return self._course.turn_away(item, reply)
            case _ if isinstance(item, CallQuestion):
                self._call.answer(item, self._doorway.here(item.asker).account_id)
        resolve(reply, None)
        return None

    def _hear(self, item: Question | News) -> None:
        """Handle news."""
        if isinstance(item, CallNews):
            self._call.hear(item)
            return
        match item:
            case SayingKept():
                self._record.came_back(item)
                if isinstance(item.outcome, WrongState) and item.outcome.code is Code.CONVERSATION_CLOSED:
                    self._course.reload(item.asker)
            case MoveMade():
                self._move_made(item)
            case Reloaded():
                self._course.reloaded(item)
            case ConnectionLost():
                del self._entering[item.connection]
                self._doorway.connection_lost(item.connection)
                self._watch_idle()
            case GraceEnded():
                self._doorway.grace_ended(item)
                self._watch_idle()
            case GuestTold():
                self._guest_told(item)
            case RetryDue():
                self._record.retry()
            case IdleEnded():
                self._idle_ended()
            case Close():
                self._closed = True
            case _:
                raise TypeError("a question has someone who waits for its answer")

    def _failed(self, item: Question | News, reply: Reply | None, error: Exception) -> None:
        waiting = item.reply if isinstance(item, SayingKept | MoveMade) else reply
        if waiting is not None:
            # Whoever asked maps it for the client, and logs it when it is a fault of ours.
            reject(waiting, error)
        else:
            _log.error("room input failed", input=type(item).__name__, exc_info=error)

    def _end(self) -> None:
        self._closed = True
        self._doorway.end()
        self._call.end()
        self._record.end()
        if self._idle is not None:
            self._idle.cancel()
        while not self._queue.empty():
            item, reply = self._queue.get_nowait()
            if reply is None:
                self.tell(item)  # type: ignore[arg-type]  # without a reply it is news
            else:
                reject(reply, PartnerDown("room", "The server is restarting. Nothing was lost; try again."))

    # --- coming and going -----------------------------------------------------------------------------------

    def _join(self, join: Join, reply: Reply) -> None:
        sides, who = self._doorway.sides, join.asker.actor.account_id
        side = sides.of(who)
        if join.guest is not None and who is not None:
            side = self._doorway.seat_guest(who, join.guest)
        if side is None:
            raise Forbidden
        if self._course.state is ConsultationState.PLANNED and side is self._doorway.sides.patient:
            self._course.move(Move.ARRIVE, join, reply)
            self._entering[join.asker.connection] += 1
        else:
            self._let_in(side, join, reply)

    def _arrived(self, join: Join, fault: Fault | None, reply: Reply) -> None:
        lost = not self._entering[join.asker.connection]
        self._entering -= Counter([join.asker.connection])
        side = self._doorway.sides.of(join.asker.actor.account_id)
        if fault is not None:
            reject(reply, fault)
        elif lost or side is None:
            # Nobody is there any more to be let in.
            reject(reply, UserFault(Code.ROOM_NOT_JOINED, "The connection was lost."))
        else:
            self._let_in(side, join, reply)

    def _let_in(self, side: Side, join: Join, reply: Reply) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        consent = join.consent
        if consent is not None and side is self._doorway.sides.patient and self._doorway.open:
            body = consent_body(consent.version, consent.digest)
            self._record.note(join.asker, EntryKind.CONSENT, body, consent.message_id)
        self._doorway.enter(side, join)
        resolve(reply, None)

    def _leave(self, leave: Leave, reply: Reply) -> None:
        side = self._leaving(leave)
        if side is self._doorway.sides.patient and self._course.state is ConsultationState.ARRIVED:
            self._course.move(Move.STEP_OUT, leave, reply)
            return
        # Who is gone already may say so again: it changes nothing.
        self._depart(leave)
        resolve(reply, None)

    def _depart(self, leave: Leave) -> None:
        side = self._leaving(leave)
        if side is not None:
            self._doorway.leave(side)
        self._watch_idle()

    def _leaving(self, leave: Leave) -> Side | None:
        """Return the side that goes, or None when its page is not the one that is here."""
        side = self._doorway.sides.by_connection(leave.asker.connection)
        if side is not None and leave.endpoint_id in (None, side.endpoint_id):
            return side
        return None

    def _signal(self, signal: Signal) -> None:
        side = self._doorway.here(signal.asker)
        state = self._course.state
        if state is not ConsultationState.IN_PROGRESS:
            raise WrongState(Code.CONSULTATION_WRONG_STATE, "consultation", state.value, "signal")
        self._call.refuse_p2p()
        if side is self._doorway.sides.guest:
            raise Forbidden
        other = self._doorway.sides.other(side)
        if other.connection is None or other.endpoint_id != signal.to_endpoint or side.endpoint_id is None:
            raise UserFault(Code.ROOM_PEER_GONE, "The other side is not there by that page now.")
        self._output.to_connections(
            [other.connection], SignalRelayed(self.id, signal.kind, side.endpoint_id, signal.payload)
        )

    def _seen(self, side: Side) -> None:
        """Have the call follow who is here. Nobody is called any more when the visit is over."""
        if side.connection is not None and side.endpoint_id is not None and self._doorway.open:
            guest, figures = side.guest is not None, side.reads_figures
            self._call.here(
                side.account_id, side.endpoint_id, side.connection, guest=guest, reads_figures=figures
            )
        elif side.presence is Presence.AWAY:
            self._call.gone(side.account_id)
        else:
            self._call.lost(side.account_id)

    # --- outcomes -------------------------------------------------------------------------------------------

    def _move_made(self, made: MoveMade) -> None:
        fault = self._course.move_made(made)
        if isinstance(made.outcome, Moved):
            if made.outcome.said is not None:
                self._kept(made.outcome.said)
            self._kept(made.outcome.entry)
        if isinstance(made.cause, Join):
            self._arrived(made.cause, fault, made.reply)
            return
        if fault is None and isinstance(made.cause, Leave):
            self._depart(made.cause)
        settle(made.reply, fault)

    def _kept(self, entry: Entry, said_by: str | None = None) -> None:
        self._doorway.to_both(EntryAdded(self.id, entry), but=said_by)
        if entry.kind == EntryKind.SAFETY.value:
            # Red flags stand in the doctor's queue.
            self._output.queue_changed(self._course.consultation.practitioner_id)

    def _guest_told(self, told: GuestTold) -> None:
        if told.entry is not None:
            self._kept(told.entry)
        if told.gone is not None:
            self._doorway.send_away(told.gone, LeaveReason.REMOVED if told.removed else LeaveReason.LEFT)
            self._watch_idle()
        self._doorway.to_both(GuestChanged(self.id))

    def _changed(self, consultation: Consultation) -> None:
        self._doorway.to_all(StateChanged(consultation))
        if consultation.state is ConsultationState.IN_PROGRESS:
            self._call.begin()
        elif consultation.state not in OPEN_STATES:
            self._call.end()
            self._doorway.close()
            self._watch_idle()
        self._output.queue_changed(consultation.practitioner_id)
        self._output.waiting_changed(consultation.practitioner_id)

    # --- the end --------------------------------------------------------------------------------------------

    def _watch_idle(self) -> None:
        if self._doorway.empty and self._idle is None and not self._closed:
            self._idle = self._timers.after(self._idle_s, lambda: self.tell(IdleEnded()))

    def _idle_ended(self) -> None:
        self._idle = None
        if not self._doorway.empty:
            return
        if self._entering or not (self._course.settled and self._record.settled and self._queue.empty()):
            self._watch_idle()
            return
        self._closed = True
        self._on_idle(self)
