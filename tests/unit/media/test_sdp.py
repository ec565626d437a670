from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Code, InvalidInput
from media.sdp import LINES_MAX, SECTIONS_MAX, check_description, parse_sdp

FIXTURES = Path(__file__).parent / "fixtures"
REAL = {path.stem: path.read_bytes().decode() for path in sorted(FIXTURES.glob("*.sdp"))}
SMALL = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
AUDIO = SMALL + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:0\r\n"


def test_there_are_fixtures_of_both_browsers() -> None:
    assert {name.partition("_")[0] for name in REAL} == {"chromium", "firefox"}


@pytest.mark.parametrize("name", REAL)
def test_descriptions_of_real_browsers_pass(name: str) -> None:
    description = check_description("answer" if "answer" in name else "offer", REAL[name])
    assert description is not None
    assert description.sections
    assert all(dict(section.attributes)["mid"] is not None for section in description.sections)


def test_lines_may_end_in_a_bare_line_feed() -> None:
    assert parse_sdp(AUDIO.replace("\r\n", "\n")) == parse_sdp(AUDIO)


def test_a_media_section_is_read() -> None:
    (section,) = parse_sdp(AUDIO).sections
    assert (section.media, section.port, section.protocol) == ("audio", 9, "UDP/TLS/RTP/SAVPF")
    assert section.formats == ("111",)
    assert section.attributes == (("mid", "0"),)


def test_a_session_without_media_is_an_offer() -> None:
    description = check_description("offer", SMALL)
    assert description is not None and description.sections == ()


def test_a_rollback_says_nothing() -> None:
    assert check_description("rollback", "") is None
    with pytest.raises(InvalidInput) as refused:
        check_description("rollback", SMALL)
    assert refused.value.code is Code.SIGNAL_BAD_SDP


def test_an_offer_is_not_an_answer() -> None:
    with pytest.raises(InvalidInput):
        check_description("answer", REAL["chromium_offer"])


@pytest.mark.parametrize(
    "sdp",
    [
        "",
        "\r\n",
        "v=0",
        "v=0\r\n",
        "hello\r\n",
        SMALL[:-2],
        SMALL + "\r\n",
        SMALL.replace("v=0", "v=1"),
        SMALL.replace("s=-\r\n", ""),
        SMALL.replace("t=0 0\r\n", ""),
        SMALL.replace("t=0 0", "t=now later"),
        SMALL.replace("o=- 1 2", "o=- one 2"),
        SMALL.replace("IN IP4", "IN IP5"),
        SMALL.replace("o=- 1 2 IN IP4 127.0.0.1\r\n", "") + "o=- 1 2 IN IP4 127.0.0.1\r\n",
        SMALL + "v=0\r\n",
        SMALL + "a=\r\n",
        SMALL + "a=bad name\r\n",
        SMALL + "x=unknown\r\n",
        SMALL + "a=x\x00y\r\n",
        SMALL + "a=x:one\rtwo\r\n",
        SMALL + "a=candidate:nonsense\r\n",
        SMALL + "a=candidate:1 1 udp 1 tracker.example.com 1 typ host\r\n",
        SMALL + "a=ice-ufrag:a b\r\n",
        SMALL + "a=ice-pwd:short\r\n",
        SMALL + "a=fingerprint:sha-256 no\r\n",
        SMALL + "m=audio\r\n",
        SMALL + "m=audio 99999 UDP/TLS/RTP/SAVPF 111\r\n",
        SMALL + "m=smell 9 UDP/TLS/RTP/SAVPF 111\r\n",
        SMALL + "m=audio 9 UDP/TLS/RTP/SAVPF\r\n",
        AUDIO + "c=IN IP4 0.0.0.0\r\n",
        AUDIO + "s=-\r\n",
        SMALL + "a=" + "x" * 5000 + "\r\n",
        SMALL + "a=x\r\n" * (LINES_MAX + 1),
        SMALL + "m=audio 9 RTP/AVP 0\r\n" * (SECTIONS_MAX + 1),
        SMALL + "a=x:" + "é" * 40_000 + "\r\n",
        SMALL + "a=x:\ud800\r\n" * 10_000,
    ],
)
def test_broken_descriptions_are_refused(sdp: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_description("offer", sdp)
    assert refused.value.code in (Code.SIGNAL_BAD_SDP, Code.SIGNAL_BAD_CANDIDATE)


def test_a_refusal_repeats_nothing_of_the_description() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_description("offer", SMALL + "a=candidate:1 1 udp 1 secret.example.com 1 typ host\r\n")
    assert "secret" not in str(refused.value) + str(refused.value.fields)


@given(st.text(max_size=400))
def test_any_text_parses_or_is_refused(sdp: str) -> None:
    for text in (sdp, SMALL + sdp, SMALL + "a=" + sdp + "\r\n"):
        try:
            parse_sdp(text)
        except InvalidInput as refused:
            assert refused.code in (Code.SIGNAL_BAD_SDP, Code.SIGNAL_BAD_CANDIDATE)


@settings(max_examples=200)
@given(st.sampled_from(sorted(REAL)), st.data())
def test_damaged_descriptions_parse_or_are_refused(name: str, data: st.DataObject) -> None:
    sdp = REAL[name]
    at = data.draw(st.integers(0, len(sdp) - 1))
    length = data.draw(st.integers(0, 40))
    put = data.draw(st.text(max_size=8))
    try:
        parse_sdp(sdp[:at] + put + sdp[at + length :])
    except InvalidInput as refused:
        assert refused.code in (Code.SIGNAL_BAD_SDP, Code.SIGNAL_BAD_CANDIDATE)
