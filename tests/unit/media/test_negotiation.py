import secrets

import pytest

from domain.errors import Code, InvalidInput, TooMany, WrongState
from media.negotiation import LINES_MAX, Negotiation, Publication
from media.relay_line import Watched
from tests.unit.media.test_relay_sdp import AUDIO, ENDS, VIDEO, changed, fixture

MEDIA = (Publication("audio", "microphone"), Publication("video", "camera", simulcast=True))


def negotiation() -> Negotiation:
    made = Negotiation(secrets.randbits)
    for one in MEDIA:
        made.publish(one)
    return made


def watched(made: Negotiation) -> list[str | None]:
    return [line.use.track if isinstance(line.use, Watched) else None for line in made.lines]


def test_one_offer_is_open_at_a_time_and_what_changes_meanwhile_makes_the_next() -> None:
    made = negotiation()
    first = made.offer(ENDS)
    made.watch("video", "ben.camera", "ben", VIDEO)
    assert not made.wanted
    with pytest.raises(WrongState):
        made.offer(ENDS)
    made.answer(first.revision, fixture("chromium_layers"))
    assert made.wanted
    second = made.offer(ENDS)
    assert second.revision == first.revision + 1
    assert "a=msid:ben ben.camera" in second.sdp
    assert second.sources == {"0": "microphone", "1": "camera"}
    assert not made.wanted


def test_an_answer_to_another_offer_is_refused() -> None:
    made = negotiation()
    for revision in (0, 2):
        with pytest.raises(WrongState) as refused:
            made.answer(revision, fixture("chromium_layers"))
        assert refused.value.code is Code.SIGNAL_WRONG_STATE
    offer = made.offer(ENDS)
    made.answer(offer.revision, fixture("chromium_layers"))
    with pytest.raises(WrongState):
        made.answer(offer.revision, fixture("chromium_layers"))


def test_a_bad_answer_leaves_its_offer_open() -> None:
    made = negotiation()
    offer = made.offer(ENDS)
    with pytest.raises(InvalidInput):
        made.answer(offer.revision, "nonsense")
    made.answer(offer.revision, fixture("chromium_layers"))


def test_another_certificate_than_before_is_refused() -> None:
    made = negotiation()
    made.answer(made.offer(ENDS).revision, fixture("chromium_layers"))
    made.restart()
    offer = made.offer(ENDS)
    other = changed("chromium_layers", r"sha-256 [0-9A-F]{2}", "sha-256 00")
    with pytest.raises(InvalidInput):
        made.answer(offer.revision, other)


def test_lines_keep_their_place_and_a_free_one_is_used_again() -> None:
    made = negotiation()
    made.watch("audio", "ben.microphone", "ben", AUDIO)
    made.watch("video", "ben.camera", "ben", VIDEO)
    made.offer(ENDS)
    before = [line.mid for line in made.lines]
    made.answer(1, fixture("firefox_layers_and_watched"))
    made.unwatch("ben.camera")
    assert watched(made) == [None, None, "ben.microphone", None]
    made.watch("video", "cai.camera", "cai", VIDEO)
    made.watch("audio", "cai.microphone", "cai", AUDIO)
    assert watched(made) == [None, None, "ben.microphone", "cai.camera", "cai.microphone"]
    assert [line.mid for line in made.lines] == [*before, "4"]


def test_a_line_of_the_open_offer_is_not_used_for_something_else_before_its_answer() -> None:
    made = negotiation()
    made.watch("video", "ben.camera", "ben", VIDEO)
    made.offer(ENDS)
    made.unwatch("ben.camera")
    made.watch("video", "cai.camera", "cai", VIDEO)
    assert watched(made) == [None, None, None, "cai.camera"]


def test_a_publications_line_is_never_used_for_watching() -> None:
    made = negotiation()
    made.unpublish("camera")
    made.watch("video", "ben.camera", "ben", VIDEO)
    assert watched(made) == [None, None, "ben.camera"]
    made.publish(MEDIA[1])
    assert len(made.lines) == 3


def test_a_rejected_line_is_given_up_and_comes_again_under_a_new_mid() -> None:
    made = negotiation()
    offer = made.offer(ENDS)
    made.answer(offer.revision, changed("chromium_layers", r"^m=video 9 ", "m=video 0 "))
    assert made.lines[1].use is None
    made.watch("video", "ben.camera", "ben", VIDEO)
    assert watched(made) == [None, "ben.camera"]
    made.offer(ENDS)
    assert [line.mid for line in made.lines] == ["0", "2"]


def test_a_line_that_came_again_for_nothing_is_there_for_the_next_track() -> None:
    made = negotiation()
    made.offer(ENDS)
    made.watch("video", "ben.camera", "ben", VIDEO)
    made.answer(1, fixture("chromium_layers"))
    made.offer(ENDS)
    rejected = (
        fixture("chromium_layers") + "m=video 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\n"
    )
    made.answer(2, rejected)
    made.restart()
    offer = made.offer(ENDS)
    assert "a=mid:3\r\na=inactive" in offer.sdp
    made.answer(3, rejected)
    made.watch("video", "cai.camera", "cai", VIDEO)
    assert watched(made) == [None, None, "cai.camera"]


def test_a_source_is_published_once() -> None:
    made = negotiation()
    with pytest.raises(WrongState):
        made.publish(MEDIA[0])
    made.unpublish("microphone")
    with pytest.raises(WrongState):
        made.unpublish("microphone")


def test_lines_are_bounded() -> None:
    made = negotiation()
    for number in range(LINES_MAX - len(MEDIA)):
        made.watch("audio", f"p{number}.microphone", f"p{number}", AUDIO)
    with pytest.raises(TooMany) as refused:
        made.watch("audio", "late.microphone", "late", AUDIO)
    assert refused.value.code is Code.ROOM_BUSY
