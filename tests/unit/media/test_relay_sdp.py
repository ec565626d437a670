"""The relay's offers, and what browsers answer to them.

The answers of `chromium_*` and `firefox_*` were recorded from these browsers, to offers of the relay. Those
of `safari_*` were put together by hand from public descriptions of its dialect: codecs in an order of its
own, profile-level-ids of its own, SSRCs named with msid. In `damaged/` are recorded answers, broken
afterwards.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, InvalidInput
from media.candidate import Candidate
from media.dtls import Fingerprint
from media.ice_lite import Credentials
from media.relay_answer import read_answer
from media.relay_line import Line, Published, Watched
from media.relay_offer import Ends, write_offer
from media.relay_profile import EXTENSIONS, OFFERED
from media.sdp import check_description
from media.track import Codec

FIXTURES = Path(__file__).parent / "fixtures" / "sdp"
ENDS = Ends(
    Credentials("ufragufr", "passwordpasswordpassword"),
    Fingerprint("sha-256", ":".join(["AB"] * 32)),
    (Candidate("1", 1, "udp", 2130706431, "192.0.2.1", 3478, "host", None, None, ()),),
)
VIDEO = tuple(one.codec for one in OFFERED["video"])
AUDIO = tuple(one.codec for one in OFFERED["audio"])
VOICE = Line("0", "audio", Published("microphone"))
CAMERA = Line("1", "video", Published("camera"))
LAYERS = Line("1", "video", Published("camera", simulcast=True))
HEARD = Line("2", "audio", Watched("ben.microphone", "ben", 11, 0, AUDIO))
SEEN = Line("3", "video", Watched("ben.camera", "ben", 12, 13, VIDEO))


def fixture(name: str) -> str:
    return (FIXTURES / f"{name}.sdp").read_bytes().decode()


def changed(name: str, pattern: str, to: str, count: int = 0) -> str:
    sdp, found = re.subn(pattern, to, fixture(name), count=count, flags=re.MULTILINE)
    assert found
    return sdp


def test_an_offer_keeps_to_the_grammar_of_descriptions() -> None:
    offer = check_description("offer", write_offer(1, 1, ENDS, [VOICE, LAYERS, HEARD, SEEN]))
    assert offer is not None
    assert [section.media for section in offer.sections] == ["audio", "video", "audio", "video"]
    assert ("group", "BUNDLE 0 1 2 3") in offer.attributes
    assert ("ice-lite", None) in offer.attributes


def test_an_offer_asks_for_layers_lowest_first_and_names_what_it_sends() -> None:
    published, watched = write_offer(1, 1, ENDS, [LAYERS, SEEN]).split("m=")[1:]
    assert "a=recvonly" in published
    assert "a=simulcast:recv l;m;h" in published
    assert f"a=extmap:{EXTENSIONS.rid} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id" in published
    assert "a=sendonly" in watched
    assert "a=msid:ben ben.camera" in watched
    assert "a=ssrc-group:FID 12 13" in watched
    assert "simulcast" not in watched


@pytest.mark.parametrize(
    "unwanted",
    [
        "video-orientation",
        "playout-delay",
        "dependency-descriptor",
        "goog-remb",
        "abs-send-time",
        "red/",
        "ulpfec",
    ],
)
def test_what_is_not_forwarded_is_not_offered(unwanted: str) -> None:
    assert unwanted not in write_offer(1, 1, ENDS, [VOICE, LAYERS, HEARD, SEEN])


def test_a_watched_track_is_offered_in_the_codecs_that_its_publisher_has() -> None:
    use = Watched("ben.camera", "ben", 12, 13, (Codec("vp8", 96, 90_000, 97),))
    offer = write_offer(1, 1, ENDS, [replace(SEEN, use=use)])
    assert "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n" in offer


def test_a_free_line_is_offered_inactive() -> None:
    assert "a=inactive" in write_offer(1, 1, ENDS, [replace(SEEN, use=None)])


def test_chromium_sends_three_layers() -> None:
    answer = read_answer(fixture("chromium_layers"), [VOICE, LAYERS])
    voice, camera = answer.lines
    assert [one.algorithm for one in answer.fingerprints] == ["sha-256"]
    assert camera.rids == ("l", "m", "h")
    assert camera.streams == ()
    assert camera.nack
    assert [one.name for one in camera.codecs] == ["vp8", "h264", "vp9", "av1"]
    assert all(one.rtx_payload_type for one in camera.codecs)
    assert voice.codecs == AUDIO
    assert len(voice.streams) == 1


def test_chromium_names_the_streams_of_a_single_encoding() -> None:
    # The first answer of whoever came second: it publishes on two lines and watches on two.
    voice, camera, heard, seen = read_answer(fixture("chromium_single"), [VOICE, CAMERA, HEARD, SEEN]).lines
    assert camera.rids == ()
    ((ssrc, rtx_ssrc),) = camera.streams
    assert ssrc != rtx_ssrc
    assert rtx_ssrc
    assert voice.active
    assert heard.active
    assert seen.active
    assert seen.streams == ()


def test_chromium_watches_what_came_later() -> None:
    answer = read_answer(fixture("chromium_layers_and_watched"), [VOICE, LAYERS, HEARD, SEEN])
    assert all(one.active for one in answer.lines)


def test_chromium_without_a_microphone_leaves_its_line_inactive() -> None:
    lines = [
        VOICE,
        replace(HEARD, mid="1"),
        replace(SEEN, mid="2"),
        replace(HEARD, mid="3"),
        replace(SEEN, mid="4"),
    ]
    answer = read_answer(fixture("chromium_watching_only"), lines)
    assert [one.active for one in answer.lines] == [False, True, True, True, True]
    free = [*lines[:3], replace(lines[3], use=None), replace(lines[4], use=None)]
    freed = read_answer(fixture("chromium_freed"), free)
    assert [one.active for one in freed.lines] == [False, True, True, False, False]


def test_firefox_sends_three_layers_and_watches() -> None:
    # It names SSRCs beside its layers, and lines it only watches on, and knows no H.264 without its plugin.
    voice, camera = read_answer(fixture("firefox_layers"), [VOICE, LAYERS]).lines
    assert camera.rids == ("l", "m", "h")
    assert camera.streams == ()
    assert [one.name for one in camera.codecs] == ["vp8", "vp9", "av1"]
    assert voice.codecs == AUDIO
    both = read_answer(fixture("firefox_layers_and_watched"), [VOICE, LAYERS, HEARD, SEEN])
    assert all(one.active for one in both.lines)


def test_firefox_names_the_streams_of_a_single_encoding() -> None:
    camera = read_answer(fixture("firefox_single"), [VOICE, CAMERA, HEARD, SEEN]).lines[1]
    assert camera.rids == ()
    assert camera.streams == ((1125520927, 3869493114),)


def test_safari_without_layers_sends_one_encoding() -> None:
    answer = read_answer(fixture("safari_single"), [VOICE, LAYERS, HEARD, SEEN])
    camera = answer.lines[1]
    assert camera.rids == ()
    assert camera.streams == ((2231627014, 632943048),)
    assert [one.name for one in camera.codecs] == ["h264", "vp8"]
    assert answer.lines[3].active


def test_safari_sends_three_layers_and_frees_lines() -> None:
    camera = read_answer(fixture("safari_layers"), [VOICE, LAYERS]).lines[1]
    assert (camera.rids, camera.streams) == (("l", "m", "h"), ())
    assert [one.name for one in camera.codecs] == ["h264", "vp8"]
    free = [VOICE, LAYERS, replace(HEARD, use=None, last=HEARD.use), replace(SEEN, use=None, last=SEEN.use)]
    freed = read_answer(fixture("safari_freed"), free)
    assert [one.active for one in freed.lines] == [True, True, False, False]


ALONE = Line("0", "audio", Published("silence"))
ANNS = (replace(HEARD, mid="1"), replace(SEEN, mid="2"))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("chromium_rejected", [ALONE, *ANNS]),
        ("firefox_rejected", [VOICE, LAYERS, HEARD, SEEN]),
        ("safari_rejected", [VOICE, LAYERS, HEARD, SEEN]),
    ],
)
def test_a_line_that_a_browser_rejects_takes_no_other_along(name: str, lines: list[Line]) -> None:
    # Browsers differ in what a rejected section still says, and leave it out of the bundle.
    *others, seen = read_answer(fixture(name), lines).lines
    assert seen.rejected
    assert not seen.active
    assert not any(one.rejected for one in others)
    assert others[-1].active


def test_browsers_take_a_line_that_came_again_under_a_new_mid() -> None:
    (_, voice, seen) = read_answer(
        fixture("chromium_after_rejected"), [ALONE, ANNS[0], replace(SEEN, mid="3")]
    ).lines
    assert voice.active and seen.active
    free = [VOICE, LAYERS, replace(HEARD, use=None, last=HEARD.use), Line("4", "video")]
    freed = read_answer(fixture("firefox_freed"), free)
    assert [one.active for one in freed.lines] == [True, True, False, False]
    again = [VOICE, LAYERS, HEARD, Line("4", "video"), replace(SEEN, mid="5")]
    after = read_answer(fixture("firefox_after_rejected"), again)
    assert [one.active for one in after.lines] == [True, True, True, False, True]


DAMAGED = sorted((FIXTURES / "damaged").glob("*.sdp"))


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.stem)
def test_damaged_answers_are_refused(path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_answer(path.read_bytes().decode(), [VOICE, LAYERS])
    assert refused.value.code is Code.SIGNAL_BAD_SDP
    assert len(DAMAGED) >= 20


@pytest.mark.parametrize(
    ("pattern", "to"),
    [
        (r"^a=setup:active", "a=setup:passive"),
        (r"^a=mid:1", "a=mid:7"),
        (r"^m=video 9", "m=audio 9"),
        (r"^a=rtcp-mux\r\n", ""),
        (r"^a=group:BUNDLE 0 1", "a=group:BUNDLE 0"),
        (r"^a=fingerprint:.*\r\n", ""),
        (r"^a=sendonly", "a=sendrecv"),
        (r"^a=sendonly", "a=recvonly"),
        (r"^a=rtpmap:96 VP8/90000", "a=rtpmap:96 H264/90000"),
        (r"^m=video 9 UDP/TLS/RTP/SAVPF .*", "m=video 9 UDP/TLS/RTP/SAVPF 35\r"),
        (r"UDP/TLS/RTP/SAVPF 96", "RTP/AVP 96"),
        (r"^a=simulcast:send l;m;h", "a=simulcast:send l;m;x"),
        (r"^a=simulcast:send l;m;h", "a=simulcast:recv l;m;h"),
        (r"^a=simulcast:send l;m;h", "a=simulcast:send l;l"),
        (r"^(a=ssrc:)[0-9]+ ", r"\g<1>0 "),
        (r"^(a=ssrc:)[0-9]+ ", r"\g<1>4294967296 "),
        (r"^a=mid:1", "a=mid:1\r\na=mid:1"),
        (r"^m=(audio|video) 9 ", r"m=\g<1> 0 "),
    ],
)
def test_an_answer_that_does_not_fit_its_offer_is_refused(pattern: str, to: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_answer(changed("chromium_layers", pattern, to), [VOICE, LAYERS])
    assert refused.value.code is Code.SIGNAL_BAD_SDP


def test_layers_that_were_not_offered_are_refused() -> None:
    with pytest.raises(InvalidInput):
        read_answer(fixture("chromium_layers"), [VOICE, CAMERA])


def test_a_section_more_or_less_is_refused() -> None:
    for lines in ([VOICE], [VOICE, LAYERS, HEARD]):
        with pytest.raises(InvalidInput):
            read_answer(fixture("chromium_layers"), lines)


def test_a_rejected_section_is_no_fault() -> None:
    answer = read_answer(changed("chromium_layers", r"^m=video 9 ", "m=video 0 "), [VOICE, LAYERS])
    assert answer.lines[0].active
    assert answer.lines[1].rejected


def test_repairs_that_the_browser_does_not_want_are_left_out() -> None:
    sdp = changed("chromium_layers", r"^a=fmtp:97 apt=96\r\n", "")
    codecs = read_answer(sdp, [VOICE, LAYERS]).lines[1].codecs
    assert codecs[0] == Codec("vp8", 96, 90_000, 0)


def test_lost_packets_of_a_section_without_nack_are_not_asked_for() -> None:
    sdp = changed("chromium_layers", r"^a=rtcp-fb:96 nack\r\n", "")
    assert not read_answer(sdp, [VOICE, LAYERS]).lines[1].nack


_LINES = fixture("chromium_layers").splitlines(keepends=True)


@given(st.data())
def test_no_damaged_answer_brings_another_error(data: st.DataObject) -> None:
    lines = list(_LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        index = data.draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        at = data.draw(st.integers(0, len(line)))
        match data.draw(st.sampled_from(["cut", "twice", "text", "swap"])):
            case "cut":
                lines[index] = ""
            case "twice":
                lines[index] = line * 2
            case "text":
                end = data.draw(st.integers(at, len(line)))
                lines[index] = line[:at] + data.draw(st.text(max_size=8)) + line[end:]
            case _:
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[index], lines[other] = lines[other], line
    try:
        answer = read_answer("".join(lines), [VOICE, LAYERS])
    except InvalidInput as refused:
        assert refused.code is Code.SIGNAL_BAD_SDP
    else:
        assert len(answer.lines) == 2
