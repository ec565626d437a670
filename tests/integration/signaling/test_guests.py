"""An invited guest over the wire: seated at the real relay, and let near nothing else."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from hashlib import sha256
from uuid import uuid4

import pytest
import socketio

from actions.context import UnitOfWork
from actions.guests import Entered, enter, invite, take_back
from domain.accounts import actor_of
from domain.guests import GuestConsent
from providers.throttle import MemoryThrottle
from signaling.connections import account_of_guest
from signaling.guest_protocol import GUEST_EVENTS
from signaling.protocol import CLIENT_EVENTS, NAMESPACE
from tests.integration.signaling.test_relay import Stage, visit_with_relay
from tests.live import LiveServer, Page, chat

CONSENT = GuestConsent("2026-11", sha256(b"words").digest())


async def a_guest(work: UnitOfWork, it: Stage) -> Entered:
    """Have the doctor invite somebody, who uses the link."""
    async with work.begin(actor_of(it.visit.doctor), "invite") as ctx:
        invited = await invite(ctx, it.visit.id, "王芳", relay=True)
    it.server.edge.registry.guest_told(invited.told)
    return await enter(work, MemoryThrottle(work.now), invited.token, CONSENT, "192.0.2.1", "enter")


@asynccontextmanager
async def guest_page(server: LiveServer, entered: Entered) -> AsyncIterator[Page]:
    opened = Page(server, account_of_guest(entered.guest))
    try:
        await opened.connect_as_guest(entered.token)
        yield opened
    finally:
        await opened.close()


async def refusal(opened: Page, connecting: Awaitable[None]) -> str:
    """Return why a page was not let in."""
    reasons: list[dict[str, str]] = []
    opened.client.on("connect_error", reasons.append, namespace=NAMESPACE)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await connecting
    await opened.close()
    (reason,) = reasons
    return reason["message"]


async def test_a_guest_joins_the_call_and_all_three_go_by_the_relay(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        entered = await a_guest(work, it)
        invited = await it.patient.until("entry.added", lambda body: body["entry"]["kind"] == "guest-invited")
        assert invited["entry"]["detail"] == {"name": "王芳"}
        assert await it.patient.next("guest.changed") == it.visit.room
        async with guest_page(it.server, entered) as guest:
            snapshot = await guest.join(it.visit.id)
            assert snapshot["entries"] == [] and snapshot["more_entries"] is False
            assert snapshot["me"]["role"] == "guest"
            assert snapshot["me"]["display_name"] == "王芳"
            assert snapshot["other"]["role"] == "doctor"
            assert snapshot["third"]["role"] == "patient"
            for side in (it.patient, it.doctor):
                told = await side.until("room.presence", lambda body: body["participant"]["role"] == "guest")
                assert told["participant"]["presence"] == "here"
                assert (await side.next("call.path"))["call"]["reason"] == "third-person"
            for side in (it.patient, it.doctor, guest):
                assert (await side.next("relay.offer"))["sources"] == {"0": "microphone", "1": "camera"}
            await it.patient.say(it.visit.id, "hello")
            await it.doctor.next("entry.added")
            assert not guest.has("entry.added")


async def test_a_guest_may_do_nothing_but_take_part_in_the_call(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it, guest_page(it.server, await a_guest(work, it)) as guest:
        await guest.join(it.visit.id)
        for event in sorted(CLIENT_EVENTS.keys() - GUEST_EVENTS):
            assert await guest.refused(event, it.visit.room) == "auth.forbidden", event
        assert await guest.refused("chat.send", chat(it.visit.id, "hello")) == "auth.forbidden"
        body = {**it.visit.room, "microphone": False, "camera": True}
        await guest.ok("media.set", body)
        told = await it.doctor.until("room.presence", lambda body: body["participant"]["microphone"] is False)
        assert told["participant"]["role"] == "guest"
        kept = await it.doctor.until("entry.added", lambda body: body["entry"]["kind"] == "guest-media")
        assert kept["entry"]["detail"] == {"name": "王芳", "microphone": False, "camera": True}
        assert not guest.has("entry.added")
        assert len((await guest.ok("ice.read", it.visit.room))["ice_servers"]) == 0
        # Another visit is not theirs, whatever they know of it.
        other = {"consultation_id": str(uuid4()), "endpoint_id": str(uuid4())}
        assert await guest.refused("room.join", other) in ("not_found", "auth.forbidden")


async def test_who_is_sent_away_is_gone_at_once_and_does_not_come_back(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        entered = await a_guest(work, it)
        async with guest_page(it.server, entered) as guest:
            await guest.join(it.visit.id)
            async with work.begin(actor_of(it.visit.patient), "remove") as ctx:
                told = await take_back(ctx, it.visit.id)
            it.server.edge.registry.guest_told(told)
            await guest.next("session.ended")
            left = await it.doctor.until("entry.added", lambda body: body["entry"]["kind"] == "guest-left")
            assert left["entry"]["detail"] == {"name": "王芳", "reason": "removed"}
            gone = await it.doctor.until(
                "room.presence", lambda body: body["participant"]["presence"] == "away"
            )
            assert gone["participant"]["role"] == "guest"
        again = Page(it.server, account_of_guest(entered.guest))
        assert await refusal(again, again.connect_as_guest(entered.token)) == "guest.ended"


async def test_a_guests_cookie_opens_nothing_as_who_is_signed_in(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        entered = await a_guest(work, it)
        page = Page(it.server, it.visit.patient)
        assert await refusal(page, page.connect(token=entered.token)) == "auth.required"
        token = await it.server.token(it.visit.patient)
        page = Page(it.server, it.visit.patient)
        assert await refusal(page, page.connect_as_guest(token)) == "auth.required"


async def test_a_session_that_ended_elsewhere_is_found_at_the_next_look(work: UnitOfWork) -> None:
    async with visit_with_relay(work) as it:
        entered = await a_guest(work, it)
        async with guest_page(it.server, entered) as guest:
            await guest.join(it.visit.id)
            await it.server.edge.dismissals.look()
            assert not guest.has("session.ended")
            await it.doctor.ok("consultation.finish", it.visit.room)
            assert (await guest.next("room.state"))["consultation"]["state"] == "finished"
            await it.server.edge.dismissals.look()
            await guest.next("session.ended")
