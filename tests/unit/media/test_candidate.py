import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Code, InvalidInput
from media.candidate import parse_candidate

FIXTURES = Path(__file__).parent / "fixtures"
REAL = json.loads((FIXTURES / "candidates.json").read_text())
HOST = "candidate:188452091 1 udp 2113937151 192.0.2.17 59225 typ host"


@pytest.mark.parametrize("text", REAL)
def test_candidates_of_real_browsers_pass(text: str) -> None:
    assert parse_candidate(text) is not None


def test_an_empty_candidate_ends_a_generation() -> None:
    assert parse_candidate("") is None


def test_every_part_is_read() -> None:
    candidate = parse_candidate(
        "candidate:Ab+/1 1 UDP 1686052607 2001:db8::1 50001 typ srflx raddr 10.0.0.1 rport 5000 generation 0"
    )
    assert candidate is not None
    assert (candidate.foundation, candidate.component, candidate.transport) == ("Ab+/1", 1, "udp")
    assert (candidate.priority, candidate.address, candidate.port) == (1686052607, "2001:db8::1", 50001)
    assert (candidate.kind, candidate.related_address, candidate.related_port) == ("srflx", "10.0.0.1", 5000)
    assert candidate.extensions == (("generation", "0"),)


@pytest.mark.parametrize(
    "text",
    [
        "candidate",
        "candidate:",
        "candidate:1 1 udp",
        "a=" + HOST,
        HOST.upper(),
        HOST + " ",
        HOST + " generation",
        HOST + " \x00 0",
        HOST + "\r\na=evil",
        HOST.replace("188452091", "x" * 33),
        HOST.replace("188452091", ""),
        HOST.replace("188452091", "é"),
        HOST.replace(" 1 udp", " 0 udp"),
        HOST.replace(" 1 udp", " 257 udp"),
        HOST.replace(" 1 udp", " ١ udp"),
        HOST.replace("udp", "quic"),
        HOST.replace("2113937151", "0"),
        HOST.replace("2113937151", "2147483648"),
        HOST.replace("2113937151", "-1"),
        HOST.replace("192.0.2.17", "192.0.2.300"),
        HOST.replace("192.0.2.17", "evil.example.com"),
        HOST.replace("192.0.2.17", ".local"),
        HOST.replace("192.0.2.17", "fe80::1%eth0"),
        HOST.replace("59225", "65536"),
        HOST.replace("typ host", "typ guest"),
        HOST.replace("typ host", "type host"),
        HOST + " raddr nowhere rport 1",
        HOST + " raddr 10.0.0.1 rport 99999",
        HOST + " x" * 34,
        HOST + " x y" * 400,
    ],
)
def test_broken_candidates_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_candidate(text)
    assert refused.value.code is Code.SIGNAL_BAD_CANDIDATE


@given(st.text(max_size=1200))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        parse_candidate(text)
    except InvalidInput as refused:
        assert refused.code is Code.SIGNAL_BAD_CANDIDATE


@given(st.sampled_from(REAL), st.data())
def test_damaged_candidates_parse_or_are_refused(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.text(max_size=3))
    try:
        parse_candidate(text[:at] + put + text[at + 1 :])
    except InvalidInput as refused:
        assert refused.code is Code.SIGNAL_BAD_CANDIDATE


@given(st.ip_addresses(), st.integers(0, 65535), st.integers(1, 2**31 - 1))
def test_every_address_is_read_back(address: object, port: int, priority: int) -> None:
    candidate = parse_candidate(f"candidate:1 1 udp {priority} {address} {port} typ host")
    assert candidate is not None
    assert (candidate.address, candidate.port, candidate.priority) == (str(address), port, priority)
