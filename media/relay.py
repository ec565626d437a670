"""The relay of one process: rooms, who is in them, and who sees whom. It rules over `port` and `plane`.

Everybody in a room is offered everything that the others publish there. Names of rooms and participants are
the caller's; what they mean is not known here. Everything happens on the loop's thread and nothing awaits, so
that no call finds a room half changed. What participants must be told goes to `RelayEvents`.

The life of a participant: `join` gives the first offer; `answer` brings what the browser agreed to; once
connected, media flow. Later offers come through `RelayEvents.offered`, one at a time. A path that is lost may
be had back by `restart` within `GRACE_S`; then, or when the browser says goodbye, the participant has left.
"""

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import structlog

from domain.errors import Code, InvalidInput, NotFound, TooMany, WrongState
from media.dtls import Certificate
from media.listening import PortSettings
from media.negotiation import Offer, Publication
from media.plane import Plane
from media.port import RelayPort, open_port
from media.relay_events import MemberStats, RelayEvents, RelayLimits
from media.relay_line import Published
from media.relay_member import Member, track_name
from media.relay_offer import Ends
from media.relay_profile import EXTENSIONS
from media.speaker import Speakers
from media.track import TrackSpec
from media.transport import EndReason, TransportState

TICK_S = 0.01
GRACE_S = 30.0
_NAME = re.compile(r"[0-9A-Za-z_-]{1,40}")
_SOURCE = re.compile(r"[a-z_]{1,20}")

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Room:
    speakers: Speakers = field(default_factory=Speakers)
    members: dict[str, Member] = field(default_factory=dict)


class Relay:
    """The rooms of one process. Made by `open_relay`. Every method is the owner's of the room to call.

    Unknown participants are NotFound; names that are none, InvalidInput.
    """

    def __init__(
        self,
        port: RelayPort,
        events: RelayEvents,
        limits: RelayLimits,
        clock_ns: Callable[[], int],
        random_bits: Callable[[int], int],
        epoch_ns: int,
    ) -> None:
        self.port = port
        self.faults = 0
        self._events = events
        self._limits = limits
        self._clock_ns = clock_ns
        self._random_bits = random_bits
        self._plane = Plane(epoch_ns=epoch_ns, random_bits=random_bits)
        self._rooms: dict[str, _Room] = {}
        self._members: dict[str, Member] = {}

    def join(self, room: str, participant: str, publications: Sequence[Publication]) -> Offer:
        """Let a participant into a room and return the first offer for its one RTCPeerConnection.

        WrongState when it is in a room already; TooMany (room.busy) when the room or the process is full.
        """
        _check_name(room)
        _check_name(participant)
        if participant in self._members:
            raise WrongState(Code.SIGNAL_WRONG_STATE, "participant", "joined", "joining")
        if room not in self._rooms and len(self._rooms) >= self._limits.rooms:
            raise TooMany(Code.ROOM_BUSY, "rooms", len(self._rooms) + 1, self._limits.rooms)
        present = len(self._rooms[room].members) if room in self._rooms else 0
        if present >= self._limits.participants:
            raise TooMany(Code.ROOM_BUSY, "participants", present + 1, self._limits.participants)
        member = Member(participant, room, self._plane, self, self._clock_ns, self._random_bits)
        self._publish(member, publications)
        if not publications:
            # A transport needs a line: one that only watches has one for a voice that it may never raise.
            member.negotiation.publish(Publication("audio", "silence"))
        place = self._rooms.setdefault(room, _Room())
        for other in place.members.values():
            self._watch(member, other, other.tracks.values())
        member.transport = self.port.add_transport(member, self._limits.receiving)
        self._plane.add_transport(
            participant,
            member.transport,
            EXTENSIONS,
            now_ns=self._clock_ns(),
            limits=self._limits.publishing,
            speakers=place.speakers,
            lane=member.transport.lane,
        )
        place.members[participant] = self._members[participant] = member
        return self._offer(member)

    def answer(self, participant: str, revision: int, sdp: str) -> None:
        """Take the browser's answer to the offer of that revision, and act upon what it agrees to.

        InvalidInput (signal.bad_sdp) for one that does not fit: nothing changed and the offer stays open.
        WrongState (signal.wrong_state) for one to another offer.
        """
        member = self._member(participant)
        lines, answer = member.negotiation.answer(revision, sdp)
        if revision == 1 and member.transport.state is not TransportState.CLOSED:
            member.transport.set_remote_fingerprints(answer.fingerprints)
        self._take_tracks(member, member.agree(lines, answer))
        member.connect_routes(self._exists, self._clock_ns())
        self._offer_all(member.room)

    def publish(self, participant: str, publications: Sequence[Publication]) -> None:
        """Make room for more that a participant wants to send; the offer follows. TooMany, WrongState."""
        member = self._member(participant)
        self._publish(member, publications)
        self._offer_all(member.room)

    def unpublish(self, participant: str, source: str) -> None:
        """End what a participant sends of a source, for everybody. WrongState when it is not published."""
        member = self._member(participant)
        member.negotiation.unpublish(source)
        self._drop_track(member, track_name(participant, source))
        self._offer_all(member.room)

    def pause(self, participant: str, track: str, paused: bool) -> None:
        """Hold what a participant gets of a track, or let it go on. NotFound when it does not get it."""
        member = self._member(participant)
        self._check_route(member, track)
        member.pause(track, paused, self._clock_ns())

    def wish(self, participant: str, track: str, *, ceiling: int, priority: int = 0) -> None:
        """Say up to which layer a participant can use a video, and how much it matters (lower is more)."""
        self._check_route(self._member(participant), track)
        self._plane.wish(track, participant, ceiling=ceiling, priority=priority, now_ns=self._clock_ns())

    def restart(self, participant: str) -> None:
        """Restart ICE of a participant; the offer with the new credentials follows. WrongState when ended."""
        member = self._member(participant)
        member.transport.restart()
        member.negotiation.restart()
        self._offer_all(member.room)

    def leave(self, participant: str) -> None:
        """Let a participant go; the others are offered their lines without it."""
        member = self._member(participant)
        del self._members[participant]
        place = self._rooms[member.room]
        del place.members[participant]
        for track in list(member.tracks):
            self._drop_track(member, track)
        self._plane.remove_transport(participant)
        member.transport.close()
        if place.members:
            self._offer_all(member.room)
        else:
            del self._rooms[member.room]

    def rooms(self) -> dict[str, tuple[str, ...]]:
        """Return who is in which room."""
        return {name: tuple(room.members) for name, room in self._rooms.items()}

    def speaker(self, room: str) -> str | None:
        """Return who speaks in a room, None before anybody did or without such a room."""
        place = self._rooms.get(room)
        return None if place is None else place.speakers.current(self._clock_ns())

    def stats(self, participant: str) -> MemberStats:
        """Return how it goes for a participant."""
        member = self._member(participant)
        media = self._plane.stats(participant, self._clock_ns())
        return MemberStats(member.transport.state, media, member.transport.counters)

    def tick(self) -> None:
        """Let time pass, every `TICK_S`."""
        now_ns = self._clock_ns()
        self._plane.tick(now_ns)
        grace_ns = int(GRACE_S * 1e9)
        for member in [one for one in self._members.values() if 0 <= one.lost_ns <= now_ns - grace_ns]:
            self._end(member, member.transport.reason or EndReason.NO_PATH)

    async def run(self) -> None:
        """Keep the time until cancelled. A fault does not end everybody's calls: it is logged and counted."""
        while True:
            await asyncio.sleep(TICK_S)
            try:
                self.tick()
            except Exception:
                self.faults += 1
                if self.faults & (self.faults - 1) == 0:
                    _log.exception("relay.tick_fault", faults=self.faults)

    def changed(self, member: Member, state: TransportState, reason: EndReason | None) -> None:
        """Learn of the state of a participant's connection; the transport calls this."""
        if self._members.get(member.name) is not member:
            return
        if state is TransportState.CONNECTED:
            member.lost_ns = -1
            now_ns = self._clock_ns()
            member.hold_routes(False, now_ns)
            # New routes ask their publishers for a keyframe at once.
            member.connect_routes(self._exists, now_ns)
            self._events.connected(member.name)
        elif state is TransportState.FAILED and reason in (EndReason.NO_PATH, EndReason.CONSENT_LOST):
            member.lost_ns = self._clock_ns()
            member.hold_routes(True, member.lost_ns)
            self._events.lost(member.name)
        elif state in (TransportState.FAILED, TransportState.CLOSED):
            self._end(member, reason or EndReason.FAULT)

    def _end(self, member: Member, reason: EndReason) -> None:
        self.leave(member.name)
        self._events.ended(member.name, reason)

    def _member(self, participant: str) -> Member:
        member = self._members.get(participant)
        if member is None:
            raise NotFound("participant")
        return member

    def _exists(self, track: str) -> bool:
        publisher, _, _ = track.rpartition(".")
        member = self._members.get(publisher)
        return member is not None and track in member.tracks

    def _check_route(self, member: Member, track: str) -> None:
        if track not in member.routes:
            raise NotFound("track")

    def _publish(self, member: Member, publications: Sequence[Publication]) -> None:
        for one in publications:
            if not _SOURCE.fullmatch(one.source):
                raise InvalidInput("A source's name is 1 to 20 small letters.")
        lines = member.negotiation.lines
        count = sum(isinstance(line.use, Published) for line in lines) + len(publications)
        most = self._limits.publishing.tracks
        if count > most:
            raise TooMany(Code.ROOM_BUSY, "tracks", count, most)
        for one in publications:
            member.negotiation.publish(one)

    def _take_tracks(self, member: Member, tracks: dict[str, TrackSpec]) -> None:
        """Have the plane expect what the answer says, and the others be offered it."""
        for name, spec in list(member.tracks.items()):
            if tracks.get(name) != spec:
                self._drop_track(member, name)
        fresh = [spec for name, spec in tracks.items() if name not in member.tracks]
        for spec in fresh:
            self._plane.add_track(member.name, spec, now_ns=self._clock_ns())
            member.tracks[spec.track] = spec
        for other in self._rooms[member.room].members.values():
            if other is not member:
                self._watch(other, member, fresh)

    def _watch(self, member: Member, publisher: Member, tracks: Iterable[TrackSpec]) -> None:
        for spec in tracks:
            member.negotiation.watch(spec.kind, spec.track, publisher.name, spec.codecs)

    def _drop_track(self, member: Member, track: str) -> None:
        if member.tracks.pop(track, None) is None:
            return
        for other in self._rooms[member.room].members.values():
            other.forget(track)
        self._plane.remove_track(track)

    def _offer(self, member: Member) -> Offer:
        transport = member.transport
        ends = Ends(transport.credentials, transport.fingerprint, tuple(self.port.candidates))
        return member.negotiation.offer(ends)

    def _offer_all(self, room: str) -> None:
        for member in list(self._rooms[room].members.values()):
            if member.negotiation.wanted:
                self._events.offered(member.name, self._offer(member))


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidInput("A name is 1 to 40 letters, digits, - or _.")


@asynccontextmanager
async def open_relay(
    settings: PortSettings,
    events: RelayEvents,
    *,
    certificate: Certificate | None = None,
    limits: RelayLimits | None = None,
) -> AsyncIterator[Relay]:
    """Open the port and keep the time; on leaving everybody is told goodbye. Raises as `open_port` does."""
    async with open_port(settings, certificate or Certificate()) as port:
        clock_ns = time.monotonic_ns
        epoch_ns = time.time_ns() - clock_ns()
        relay = Relay(port, events, limits or RelayLimits(), clock_ns, secrets.randbits, epoch_ns)
        async with asyncio.TaskGroup() as tasks:
            ticking = tasks.create_task(relay.run())
            try:
                yield relay
            finally:
                ticking.cancel()
                for room in relay.rooms().values():
                    for participant in room:
                        with suppress(NotFound):
                            relay.leave(participant)
