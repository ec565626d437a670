"""One function for each event that a client may send, and the table of them. They decide nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import socketio

from actions.context import UnitOfWork
from actions.conversation import Kept, read_entries
from actions.safety import red_flags
from actions.waiting import doctor_queue, urgent_first, waiting_place
from chat_archive.entry import Entry
from domain.errors import Code, UserFault
from domain.unsuitable import unsuitable
from media.turn import IceServer, TurnSettings, ice_servers
from rooms.call_inputs import AnswerOffer, ReportTrouble, RestartSeat, Settle
from rooms.inputs import Admit, Consent, Finish, Join, Leave, Say, SetMedia, Signal, TurnAway
from rooms.outputs import SignalKind
from rooms.participants import Asker, GuestPass
from rooms.registry import Registry
from rooms.room import Room
from signaling import call_protocol, protocol, views
from signaling.connections import Connection, Connections
from signaling.hints import queue_room, waiting_room


@dataclass(frozen=True, slots=True)
class Desk:
    """What handlers work with."""

    server: socketio.AsyncServer
    work: UnitOfWork
    registry: Registry
    connections: Connections
    turn: TurnSettings
    time_zone: ZoneInfo

    def ice_servers(self, account_id: UUID) -> list[IceServer]:
        """Return the ICE servers for one person, with fresh credentials."""
        return ice_servers(self.turn, account_id, self.work.now())

    def today(self) -> tuple[datetime, datetime]:
        """Return where the hospital's present day begins and ends."""
        day = self.work.now().astimezone(self.time_zone).date()
        start = datetime.combine(day, time.min, self.time_zone)
        return start, datetime.combine(day + timedelta(days=1), time.min, self.time_zone)


async def _join(desk: Desk, connection: Connection, body: protocol.JoinRequest) -> protocol.Wire:
    asker = connection.asker()
    room = await desk.registry.enter(body.consultation_id, asker)
    if connection.closed or connection.ended:
        # Ended meanwhile, a guest's too: whoever was sent away is not let in again.
        raise UserFault(Code.ROOM_NOT_JOINED, "The connection was lost.")
    # Before asking: a connection lost from here on has to be told to the room.
    connection.rooms[body.consultation_id] = room
    join = Join(
        asker, body.endpoint_id, body.microphone, body.camera, _consent(body.consent), _guest(connection)
    )
    await room.ask(join)
    entries: list[Entry] = []
    more = False
    # What is kept is for both sides alone.
    if connection.guest is None:
        entries, more = await _entries(
            desk, asker, body.consultation_id, body.after_seq, protocol.HISTORY_LIMIT_MAX
        )
    # The room is looked at last: what it says after this goes out after the answer. Another page may have
    # taken over while the entries were read.
    room.require_here(asker)
    view = room.view(asker.actor.account_id)
    return views.snapshot(view, entries, more, desk.ice_servers(connection.account.id), desk.work.now())


def _consent(given: protocol.ConsentGiven | None) -> Consent | None:
    if given is None:
        return None
    return Consent(given.message_id, given.version, bytes.fromhex(given.digest))


def _guest(connection: Connection) -> GuestPass | None:
    guest = connection.guest
    return None if guest is None else GuestPass(guest.invitation.guest_name, guest.consent)


async def _leave(desk: Desk, connection: Connection, body: protocol.LeaveRequest) -> protocol.Wire:
    room = connection.rooms.get(body.consultation_id)
    if room is not None:
        try:
            await room.ask(Leave(connection.asker(), body.endpoint_id))
        except UserFault as fault:
            # A room that has closed has nobody in it; in one that is busy this page still is.
            if fault.code is not Code.ROOM_NOT_JOINED:
                raise
            stays = False
        else:
            # With the name of an earlier page the one that is here by now has not left.
            stays = room.is_here(connection.sid)
        if not stays:
            connection.rooms.pop(body.consultation_id, None)
    return protocol.Done()


async def _chat(desk: Desk, connection: Connection, body: protocol.ChatSend) -> protocol.Wire:
    room = _joined(connection, body.consultation_id)
    kept: Kept = await room.ask(Say(connection.asker(), body.message_id, body.text))
    return protocol.ChatKept(seq=kept.entry.seq, recorded_at=kept.entry.recorded_at)


async def _read(desk: Desk, connection: Connection, body: protocol.EntriesRequest) -> protocol.Wire:
    asker = connection.asker()
    _joined(connection, body.consultation_id).require_here(asker)
    entries, more = await _entries(desk, asker, body.consultation_id, body.after_seq, body.limit)
    return protocol.EntriesReply(entries=[views.entry_view(entry) for entry in entries], more_entries=more)


async def _description(desk: Desk, connection: Connection, body: protocol.SignalDescription) -> protocol.Wire:
    return await _signal(
        connection, body.consultation_id, SignalKind.DESCRIPTION, body.to_endpoint, body.description
    )


async def _candidate(desk: Desk, connection: Connection, body: protocol.SignalCandidate) -> protocol.Wire:
    return await _signal(
        connection, body.consultation_id, SignalKind.CANDIDATE, body.to_endpoint, body.candidate
    )


async def _media(desk: Desk, connection: Connection, body: protocol.MediaSet) -> protocol.Wire:
    room = _joined(connection, body.consultation_id)
    await room.ask(SetMedia(connection.asker(), body.microphone, body.camera))
    return protocol.Done()


async def _trouble(desk: Desk, connection: Connection, body: call_protocol.CallTrouble) -> protocol.Wire:
    room = _joined(connection, body.consultation_id)
    await room.ask(ReportTrouble(connection.asker(), body.trouble, body.generation))
    return protocol.Done()


async def _settled(desk: Desk, connection: Connection, body: call_protocol.CallSettled) -> protocol.Wire:
    await _joined(connection, body.consultation_id).ask(Settle(connection.asker(), body.generation))
    return protocol.Done()


async def _relay_answer(desk: Desk, connection: Connection, body: call_protocol.RelayAnswer) -> protocol.Wire:
    room = _joined(connection, body.consultation_id)
    await room.ask(AnswerOffer(connection.asker(), body.seat, body.revision, body.sdp))
    return protocol.Done()


async def _relay_restart(
    desk: Desk, connection: Connection, body: call_protocol.RelayRestart
) -> protocol.Wire:
    await _joined(connection, body.consultation_id).ask(RestartSeat(connection.asker(), body.seat))
    return protocol.Done()


async def _admit(desk: Desk, connection: Connection, body: protocol.AdmitRequest) -> protocol.Wire:
    asker = connection.asker()
    room = await _room(desk, connection, body.consultation_id, asker)
    await room.ask(Admit(asker))
    return protocol.Done()


async def _finish(desk: Desk, connection: Connection, body: protocol.FinishRequest) -> protocol.Wire:
    asker = connection.asker()
    room = await _room(desk, connection, body.consultation_id, asker)
    await room.ask(Finish(asker))
    return protocol.Done()


async def _turn_away(desk: Desk, connection: Connection, body: protocol.TurnAwayRequest) -> protocol.Wire:
    asker = connection.asker()
    why = unsuitable(body.reason, body.referral, body.place, body.words)
    room = await _room(desk, connection, body.consultation_id, asker)
    await room.ask(TurnAway(asker, body.message_id, why))
    return protocol.Done()


async def _ice(desk: Desk, connection: Connection, body: protocol.IceServersRequest) -> protocol.Wire:
    _joined(connection, body.consultation_id).require_here(connection.asker())
    servers = desk.ice_servers(connection.account.id)
    return protocol.IceServersReply(ice_servers=views.ice_views(servers))


async def _waiting(desk: Desk, connection: Connection, body: protocol.WaitingRequest) -> protocol.Wire:
    asker = connection.asker()
    async with desk.work.begin(asker.actor, asker.request_id) as ctx:
        place = await waiting_place(ctx, body.consultation_id)
    practitioner_id = place.consultation.practitioner_id
    await _subscribe(desk, connection, waiting_room(practitioner_id))
    return views.waiting_view(place, desk.connections.practitioner_present(practitioner_id))


async def _queue(desk: Desk, connection: Connection, body: protocol.QueueRequest) -> protocol.Wire:
    asker = connection.asker()
    practitioner_id = asker.actor.practitioner_id
    if practitioner_id is not None:
        # Before reading: what changes meanwhile is hinted at, and read again.
        await _subscribe(desk, connection, queue_room(practitioner_id))
    start, end = desk.today()
    async with desk.work.begin(asker.actor, asker.request_id) as ctx:
        queue = await doctor_queue(ctx, start, end)
        flags = await red_flags(ctx, (item.id for item in queue))
    return protocol.QueueView(
        entries=[
            views.queue_entry(
                item, desk.registry.presence(item.id, item.patient_account_id), flags.get(item.id, ())
            )
            for item in urgent_first(queue, flags)
        ],
        at=desk.work.now(),
    )


async def _entries(
    desk: Desk, asker: Asker, consultation_id: UUID, after_seq: int, limit: int
) -> tuple[list[Entry], bool]:
    async with desk.work.begin(asker.actor, asker.request_id) as ctx:
        found = await read_entries(ctx, consultation_id, after_seq, limit + 1)
    return found[:limit], len(found) > limit


async def _signal(
    connection: Connection,
    consultation_id: UUID,
    kind: SignalKind,
    to_endpoint: UUID,
    payload: protocol.SessionDescription | protocol.IceCandidate,
) -> protocol.Wire:
    room = _joined(connection, consultation_id)
    await room.ask(Signal(connection.asker(), kind, to_endpoint, payload.model_dump(mode="json")))
    return protocol.Done()


async def _subscribe(desk: Desk, connection: Connection, name: str) -> None:
    # Who is gone meanwhile is known to nobody any more and must not be remembered here.
    if not connection.closed:
        await desk.server.enter_room(connection.sid, name, namespace=protocol.NAMESPACE)


async def _room(desk: Desk, connection: Connection, consultation_id: UUID, asker: Asker) -> Room:
    """Return a room, joined or not: the doctor may admit from the queue."""
    joined = connection.rooms.get(consultation_id)
    return joined if joined is not None else await desk.registry.enter(consultation_id, asker)


def _joined(connection: Connection, consultation_id: UUID) -> Room:
    room = connection.rooms.get(consultation_id)
    if room is None:
        raise UserFault(Code.ROOM_NOT_JOINED, "Join the room first.")
    return room


Handler = Callable[[Desk, Connection, Any], Awaitable[protocol.Wire]]

HANDLERS: dict[str, Handler] = {
    "room.join": _join,
    "room.leave": _leave,
    "chat.send": _chat,
    "entries.read": _read,
    "signal.description": _description,
    "signal.candidate": _candidate,
    "media.set": _media,
    "call.trouble": _trouble,
    "call.settled": _settled,
    "relay.answer": _relay_answer,
    "relay.restart": _relay_restart,
    "consultation.admit": _admit,
    "consultation.finish": _finish,
    "consultation.unsuitable": _turn_away,
    "ice.read": _ice,
    "waiting.read": _waiting,
    "queue.read": _queue,
}
"""Event name -> handler. Its keys are those of protocol.CLIENT_EVENTS."""
