"""The relay's rooms, without media: what it offers to whom, and what it refuses."""

import random
import re
import secrets
import time

import pytest

from domain.errors import Code, InvalidInput, NotFound, TooMany, WrongState
from media.dtls import Certificate, Fingerprint
from media.negotiation import Offer, Publication
from media.port import open_port
from media.relay import GRACE_S, Relay, open_relay
from media.relay_events import RelayLimits
from media.transport import EndReason, TransportState
from tests.integration.media.answering import answer_to
from tests.integration.media.relay_client import V4
from tests.unit.media.test_relay_sdp import FIXTURES, changed, fixture

MEDIA = (Publication("audio", "microphone"), Publication("video", "camera", simulcast=True))
FINGERPRINT = next(one for one in fixture("chromium_layers").split("\n") if one.startswith("a=fingerprint:"))

KNOWN = Fingerprint("sha-256", ":".join(["AB"] * 32))


class Told:
    """Keeps what participants are told."""

    def __init__(self) -> None:
        self.offers: list[tuple[str, Offer]] = []
        self.without_path: list[str] = []
        self.ends: list[tuple[str, EndReason]] = []

    def offered(self, participant: str, offer: Offer) -> None:
        self.offers.append((participant, offer))

    def connected(self, participant: str) -> None:
        raise AssertionError("nobody connects here")

    def lost(self, participant: str) -> None:
        self.without_path.append(participant)

    def ended(self, participant: str, reason: EndReason) -> None:
        self.ends.append((participant, reason))


def join(relay: Relay, name: str, room: str = "visit") -> Offer:
    return relay.join(room, name, MEDIA)


async def test_what_one_publishes_is_offered_to_the_others_and_taken_back_when_it_leaves() -> None:
    told = Told()
    async with open_relay(V4, told) as relay:
        offer = join(relay, "ann")
        assert "a=sendonly" not in offer.sdp
        relay.answer("ann", offer.revision, fixture("chromium_layers"))
        # Whoever comes later has the others in its first offer.
        assert join(relay, "ben").sdp.count("a=sendonly") == 2
        relay.answer("ben", 1, fixture("firefox_layers_and_watched"))
        ((name, second),) = told.offers
        assert name == "ann"
        assert "a=msid:ben ben.camera" in second.sdp
        # The codecs of its publisher, which has no H.264.
        assert second.sdp.count("a=rtpmap:108 ") == 1
        relay.leave("ben")
        # ann's answer to the open offer comes first; what changed meanwhile makes the next.
        assert len(told.offers) == 1
        own = changed("chromium_layers_and_watched", "^a=fingerprint:.*$", FINGERPRINT)
        relay.answer("ann", second.revision, own)
        name, third = told.offers[-1]
        assert name == "ann"
        assert third.sdp.count("a=inactive") == 2
        assert relay.rooms() == {"visit": ("ann",)}
        relay.leave("ann")
        assert relay.rooms() == {}


async def test_rooms_do_not_see_each_other() -> None:
    told = Told()
    async with open_relay(V4, told) as relay:
        join(relay, "ann", "one")
        join(relay, "ben", "two")
        relay.answer("ann", 1, fixture("chromium_layers"))
        assert told.offers == []


async def test_rooms_and_participants_are_bounded_and_names_are_known_once() -> None:
    async with open_relay(V4, Told(), limits=RelayLimits(rooms=1, participants=2)) as relay:
        join(relay, "ann")
        with pytest.raises(WrongState):
            join(relay, "ann")
        with pytest.raises(TooMany) as full:
            join(relay, "ben", "other")
        assert full.value.code is Code.ROOM_BUSY
        with pytest.raises(InvalidInput):
            relay.join("visit", "not a name", ())
        with pytest.raises(InvalidInput):
            relay.join("visit", "ben", (Publication("audio", "my voice"),))
        join(relay, "ben")
        with pytest.raises(TooMany):
            join(relay, "cai")
        assert relay.rooms() == {"visit": ("ann", "ben")}


async def test_nobody_publishes_more_than_the_limit() -> None:
    async with open_relay(V4, Told()) as relay:
        join(relay, "ann")
        with pytest.raises(TooMany):
            relay.publish("ann", [Publication("video", f"screen_{letter}") for letter in "abc"])
        relay.answer("ann", 1, fixture("chromium_layers"))


async def test_strangers_and_wrong_answers_are_refused() -> None:
    async with open_relay(V4, Told()) as relay:
        with pytest.raises(NotFound):
            relay.answer("nobody", 1, fixture("chromium_layers"))
        with pytest.raises(NotFound):
            relay.leave("nobody")
        join(relay, "ann")
        with pytest.raises(WrongState):
            relay.answer("ann", 7, fixture("chromium_layers"))
        with pytest.raises(InvalidInput):
            relay.answer("ann", 1, changed("chromium_layers", "a=setup:active", "a=setup:passive"))
        relay.answer("ann", 1, fixture("chromium_layers"))
        with pytest.raises(NotFound):
            relay.wish("ann", "ben.camera", ceiling=0)
        with pytest.raises(NotFound):
            relay.pause("ann", "ben.camera", True)


async def test_what_is_taken_back_ends_for_the_others() -> None:
    told = Told()
    async with open_relay(V4, told) as relay:
        join(relay, "ann")
        relay.answer("ann", 1, fixture("chromium_layers"))
        join(relay, "ben")
        relay.answer("ben", 1, fixture("firefox_layers_and_watched"))
        relay.unpublish("ben", "camera")
        offers = dict(told.offers)
        assert "a=inactive" in offers["ben"].sdp
        with pytest.raises(WrongState):
            relay.unpublish("ben", "camera")


async def test_a_restart_offers_new_credentials() -> None:
    told = Told()
    async with open_relay(V4, told) as relay:
        before = join(relay, "ann")
        relay.answer("ann", 1, fixture("chromium_layers"))
        relay.restart("ann")
        ((_, after),) = told.offers
        assert ufrag(after) != ufrag(before)
        assert relay.stats("ann").state is TransportState.NEW


async def test_whoever_finds_no_path_may_restart_for_a_while_and_then_has_left() -> None:
    told, now_s = Told(), time.monotonic()
    late_s = now_s + 60
    async with open_port(V4, Certificate()) as port:
        times = [now_s]
        relay = Relay(port, told, RelayLimits(), lambda: int(times[-1] * 1e9), secrets.randbits, 0)
        join(relay, "ann")
        relay.answer("ann", 1, fixture("chromium_layers"))
        times.append(late_s)
        port.sweep(late_s)
        assert told.without_path == ["ann"]
        relay.restart("ann")
        assert [name for name, _ in told.offers] == ["ann"]
        times.append(late_s + GRACE_S - 1)
        relay.tick()
        assert told.ends == []
        times.append(late_s + GRACE_S + 1)
        relay.tick()
        assert told.ends == [("ann", EndReason.NO_PATH)]
        assert relay.rooms() == {}


async def test_answers_damaged_in_any_way_are_refused_or_taken_and_the_relay_goes_on() -> None:
    told = Told()
    chance = random.Random(5)  # noqa: S311
    recorded = [path.read_bytes().decode() for path in sorted(FIXTURES.rglob("*.sdp"))]
    taken = 0
    async with open_relay(V4, told) as relay:
        good = join(relay, "ben")
        relay.answer("ben", good.revision, fixture("firefox_layers"))
        for _ in range(600):
            offer = join(relay, "eve")
            answer = damaged(
                answer_to(offer.sdp, KNOWN) if chance.random() < 0.5 else chance.choice(recorded), chance
            )
            try:
                relay.answer("eve", offer.revision, answer)
                taken += 1
            except InvalidInput as refused:
                assert refused.code is Code.SIGNAL_BAD_SDP
                # The offer is open still.
                relay.answer("eve", offer.revision, answer_to(offer.sdp, KNOWN))
            relay.tick()
            relay.leave("eve")
            told.offers.clear()
        assert 20 < taken < 580
        assert relay.rooms() == {"visit": ("ben",)}


def damaged(answer: str, chance: random.Random) -> str:
    """Return a description with lines cut, repeated, moved, or with other letters in them."""
    lines = answer.splitlines(keepends=True)
    for _ in range(chance.randrange(3)):
        if not lines:
            break
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2:
                lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
            case 3:
                place = chance.randrange(len(lines[at]) + 1)
                letters = "".join(
                    chr(chance.choice((0, 9, 32, 48, 61, 178, 65279, 128512))) for _ in range(2)
                )
                lines[at] = lines[at][:place] + letters + lines[at][place:]
            case _:
                lines[at] = re.sub(
                    r"[0-9]+", str(chance.choice((0, 1, 65536, 2**32, 10**30))), lines[at], count=1
                )
    return "".join(lines)


def ufrag(offer: Offer) -> str:
    return next(line for line in offer.sdp.splitlines() if line.startswith("a=ice-ufrag:"))
