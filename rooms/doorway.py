"""Coming and going: who is in the room, by which page, and who is told. Losing a socket is not leaving."""

from collections.abc import Callable
from uuid import UUID

from domain.consultation import Consultation
from domain.errors import Code, TooMany, UserFault
from domain.facts import (
    EntryKind,
    LeaveReason,
    guest_joined_body,
    guest_left_body,
    guest_media_body,
    left_body,
    media_body,
)
from domain.ids import AccountId
from rooms.inputs import GraceEnded, Join, SetMedia
from rooms.outputs import PresenceChanged, RoomMessage, RoomOutput, Superseded
from rooms.participants import Asker, GuestPass, Presence, Side, Sides
from rooms.record import Record
from rooms.timings import Timers, Timings


class Doorway:
    """The presence of both sides and of a guest. Only the room's task calls it.

    `open` says whether coming and going is still recorded: the closing entry is the last one. `seen` is told
    of a side whenever it came, went or lost its connection.
    """

    def __init__(
        self,
        consultation: Consultation,
        record: Record,
        output: RoomOutput,
        timers: Timers,
        timings: Timings,
        tell: Callable[[GraceEnded], None],
        seen: Callable[[Side], None],
    ) -> None:
        self.sides = Sides(consultation)
        self.open = True
        self._consultation_id = consultation.id
        self._practitioner_id = consultation.practitioner_id
        self._record = record
        self._output = output
        self._timers = timers
        self._timings = timings
        self._tell = tell
        self._seen = seen

    @property
    def empty(self) -> bool:
        """Whether nobody is here or expected back."""
        return all(side.presence is Presence.AWAY for side in self.sides)

    def expect_both(self) -> None:
        """Give both sides the grace to come back: the visit is in progress, but this room is new.

        So it is after a restart of the server, which neither page shall take for the other's leaving.
        """
        for side in (self.sides.patient, self.sides.practitioner):
            self._begin_grace(side)

    def here(self, asker: Asker) -> Side:
        """Return the asker's side; raise UserFault unless the asker is here by this connection."""
        side = self.sides.of(asker.actor.account_id)
        if side is not None and side.connection == asker.connection:
            return side
        self.refuse_superseded(asker)
        raise UserFault(Code.ROOM_NOT_JOINED, "Join the room first.")

    def refuse_superseded(self, asker: Asker) -> None:
        """Raise UserFault when a newer page of the same account took over from the asker's."""
        side = self.sides.of(asker.actor.account_id)
        if side is not None and asker.connection in side.superseded:
            raise UserFault(Code.ROOM_SUPERSEDED, "The visit was opened on another page.")

    def enter(self, side: Side, join: Join) -> None:
        """Let a side in. A page that comes back after a lost socket has not been away.

        TooMany (room.busy) for a guest without a place at the relay: then nobody came.
        """
        came_back = side.endpoint_id == join.endpoint_id and side.presence is not Presence.AWAY
        devices_changed = (side.microphone, side.camera) != (join.microphone, join.camera)
        replaced = side.enter(join.asker, join.endpoint_id, microphone=join.microphone, camera=join.camera)
        if side is self.sides.guest:
            self._take_place(side)
        if replaced is not None:
            self._output.to_connections([replaced], Superseded(self._consultation_id))
        if not came_back:
            self._note(side, EntryKind.JOINED)
        elif devices_changed:
            self._note(side, EntryKind.MEDIA)
        self._presence_changed(side)

    def seat_guest(self, guest_id: AccountId, admitted: GuestPass) -> Side:
        """Return this guest's side. Who had the place before is over: one is invited at a time."""
        before = self.sides.guest
        if before is not None and before.account_id != guest_id:
            self._depart(before, LeaveReason.REMOVED)
        return self.sides.seat_guest(guest_id, admitted)

    def leave(self, side: Side) -> None:
        """Let a side go that said so."""
        self._depart(side, LeaveReason.LEFT)

    def send_away(self, guest_id: UUID, reason: LeaveReason) -> None:
        """Let this guest go, whose part is over; another one may be here by now."""
        side = self.sides.guest
        if side is not None and side.account_id == guest_id:
            self._depart(side, reason)

    def connection_lost(self, connection: str) -> None:
        """Notice that a connection is gone: its side has the grace to come back."""
        for side in self.sides:
            side.superseded.discard(connection)
        lost = self.sides.by_connection(connection)
        if lost is None:
            return
        if self.open:
            self._begin_grace(lost)
        else:
            lost.leave()
        self._presence_changed(lost)

    def grace_ended(self, ended: GraceEnded) -> None:
        """Take a side that did not come back for gone, unless this is about an earlier loss."""
        side = self.sides.of(ended.account_id)
        if side is None or side.presence is not Presence.RECONNECTING or side.losses != ended.grace:
            return
        self._depart(side, LeaveReason.CONNECTION_LOST)

    def set_media(self, asker: Asker, media: SetMedia) -> None:
        """Remember what a side sends now; record and tell it when it changed."""
        side = self.here(asker)
        if (side.microphone, side.camera) == (media.microphone, media.camera):
            return
        side.microphone, side.camera = media.microphone, media.camera
        side.last_asker = asker
        self._note(side, EntryKind.MEDIA)
        self._tell_others(side)

    def close(self) -> None:
        """Record nothing from now on, and wait for nobody."""
        self.open = False
        for side in self.sides:
            if side.presence is Presence.RECONNECTING:
                side.leave()
                self._presence_changed(side)

    def to_both(self, message: RoomMessage, *, but: str | None = None) -> None:
        """Tell both sides, as far as here, but for one connection that learns of it otherwise."""
        connections = [connection for connection in self.sides.connections() if connection != but]
        if connections:
            self._output.to_connections(connections, message)

    def to_all(self, message: RoomMessage) -> None:
        """Tell everyone who is here, a guest too."""
        connections = self.sides.connections(guest=True)
        if connections:
            self._output.to_connections(connections, message)

    def end(self) -> None:
        """Stop all timers: the room ends."""
        for side in self.sides:
            side.end_grace()

    def _begin_grace(self, side: Side) -> None:
        ended = GraceEnded(side.account_id, side.lose_connection())
        side.begin_grace(self._timers.after(self._timings.grace_s, lambda: self._tell(ended)))

    def _depart(self, side: Side, reason: LeaveReason) -> None:
        # A side that this room only expected back has not joined it, so it cannot leave it.
        if self.open and side.last_asker is not None and side.presence is not Presence.AWAY:
            if side.guest is None:
                self._record.note(side.last_asker, EntryKind.LEFT, left_body(reason))
            else:
                body = guest_left_body(side.guest.name, reason)
                self._record.note(side.last_asker, EntryKind.GUEST_LEFT, body)
        side.leave()
        self._presence_changed(side)
        if side is self.sides.guest:
            self.sides.guest = None

    def _take_place(self, guest: Side) -> None:
        try:
            self._seen(guest)
        except TooMany:
            guest.leave()
            self.sides.guest = None
            raise

    def _note(self, side: Side, kind: EntryKind) -> None:
        if not self.open or side.last_asker is None:
            return
        media = media_body(microphone=side.microphone, camera=side.camera)
        if side.guest is None:
            self._record.note(side.last_asker, kind, media)
            return
        name, consent = side.guest.name, side.guest.consent
        if kind is EntryKind.JOINED:
            body = guest_joined_body(name, consent.version, consent.digest)
            self._record.note(side.last_asker, EntryKind.GUEST_JOINED, body)
        elif kind is EntryKind.MEDIA:
            body = guest_media_body(name, microphone=side.microphone, camera=side.camera)
            self._record.note(side.last_asker, EntryKind.GUEST_MEDIA, body)

    def _presence_changed(self, side: Side) -> None:
        self._tell_others(side)
        self._seen(side)
        # The queue shows whether a patient is there, the waiting room whether the doctor is.
        if side is self.sides.patient:
            self._output.queue_changed(self._practitioner_id)
        elif side is self.sides.practitioner:
            self._output.waiting_changed(self._practitioner_id)

    def _tell_others(self, side: Side) -> None:
        connections = [one.connection for one in self.sides.others(side) if one.connection is not None]
        if connections:
            self._output.to_connections(connections, PresenceChanged(self._consultation_id, side.view()))
