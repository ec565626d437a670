import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.rtcp import (
    NACKS_MAX,
    REPORTS_MAX,
    BitrateLimit,
    Description,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
    read_reports,
    write_report,
)
from media.rtp import MalformedPacket
from media.transport_feedback import STATUSES_MAX

U32 = st.integers(0, 0xFFFFFFFF)
BLOCKS = st.lists(
    st.builds(ReportBlock, U32, st.integers(0, 255), st.integers(-0x800000, 0x7FFFFF), U32, U32, U32, U32),
    max_size=31,
).map(tuple)
REPORTS = st.one_of(
    st.builds(SenderReport, U32, st.integers(0, 2**64 - 1), U32, U32, U32, BLOCKS),
    st.builds(ReceiverReport, U32, BLOCKS),
    st.builds(
        Description,
        st.lists(st.tuples(U32, st.binary(min_size=1, max_size=255)), min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Goodbye, st.lists(U32, min_size=1, max_size=31).map(tuple)),
    st.builds(KeyframeRequest, U32, U32, st.none() | st.integers(0, 255)),
    st.builds(
        Nack, U32, U32, st.sets(st.integers(0, 0xFFFF), min_size=1, max_size=60).map(sorted).map(tuple)
    ),
)


def read(data: bytes) -> list[object]:
    return list(read_reports(data, len(data)))


@given(st.lists(REPORTS, min_size=1, max_size=3))
def test_what_is_written_is_read_back(reports: list[SenderReport]) -> None:
    data = b"".join(write_report(report) for report in reports)
    if len(data) <= 2048:
        assert read(data) == reports


def test_a_receiver_report_is_laid_out_as_in_the_standard() -> None:
    # RFC 3550 6.4.2: one block; a quarter lost of late, 5 in all; LSR and DLSR in 1/65536 s.
    block = ReportBlock(0x0A0B0C0D, 64, 5, 0x00011234, 9, 0xB44DB705, 0x00054000)
    data = bytes.fromhex("81c9000701020304 0a0b0c0d 40000005 00011234 00000009 b44db705 00054000")
    assert write_report(ReceiverReport(0x01020304, (block,))) == data
    assert read(data) == [ReceiverReport(0x01020304, (block,))]


def test_more_received_than_sent_is_a_negative_loss() -> None:
    block = ReportBlock(1, 0, -3, 0, 0, 0, 0)
    assert read(write_report(ReceiverReport(2, (block,)))) == [ReceiverReport(2, (block,))]


def test_a_nack_names_a_packet_and_a_mask_of_those_after_it() -> None:
    # RFC 4585 6.2.1: 10, then bits for 11 and 26 (the sixteenth after it); 27 needs an entry of its own.
    data = bytes.fromhex("81cd0004 00000001 00000002 000a8001 001b0000")
    assert read(data) == [Nack(1, 2, (10, 11, 26, 27))]
    assert write_report(Nack(1, 2, (10, 11, 26, 27))) == data
    assert read(write_report(Nack(1, 2, (65535, 0, 1)))) == [Nack(1, 2, (65535, 0, 1))]


def test_keyframe_requests_are_laid_out_as_in_the_standards() -> None:
    # RFC 4585 6.3.1 (PLI), RFC 5104 4.3.1 (FIR: the media source is in the entry).
    assert write_report(KeyframeRequest(1, 2)) == bytes.fromhex("81ce0002 00000001 00000002")
    assert write_report(KeyframeRequest(1, 2, 7)) == bytes.fromhex(
        "84ce0004 00000001 00000000 00000002 07000000"
    )


def test_a_bitrate_limit_has_a_mantissa_and_an_exponent() -> None:
    data = bytes.fromhex("8fce0005 00000001 00000000 52454d42 010bffff 00000002")
    assert read(data) == [BitrateLimit(1, 0x3FFFF << 2, (2,))]
    assert write_report(BitrateLimit(1, 0x3FFFF << 2, (2,))) == data


def test_reduced_size_and_unknown_packets_pass() -> None:
    # RFC 5506: feedback alone; an unknown type (207, XR) beside it; application feedback that is no REMB.
    unknown = bytes.fromhex("80cf0001 00000001")
    other = bytes.fromhex("8fce0003 00000001 00000000 41424344")
    assert read(unknown + write_report(KeyframeRequest(1, 2)) + other) == [KeyframeRequest(1, 2)]


def test_padding_ends_the_packet() -> None:
    data = bytes.fromhex("a1cb0002 00000005 00000004")
    assert read(data) == [Goodbye((5,))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "80c9",
        "40c90001 00000001",
        "80c90002 00000001",
        "80c90001 00000001 80c9",
        "82c90001 00000001",
        "80c80001 00000001",
        "a0c90001 00000000",
        "a0c90001 000000ff",
        "81ca0001 00000001",
        "81ca0002 00000001 01ff0000",
        "82cb0001 00000001",
        "81cd0001 00000001",
        "8fce0003 00000001 00000000 52454d42",
        "8fce0004 00000001 00000000 52454d42 05000000",
    ],
)
def test_what_says_more_than_it_holds_is_malformed(text: str) -> None:
    with pytest.raises(MalformedPacket):
        read(bytes.fromhex(text))


# A few octets name thousands of packets; every one is looked for.
_FEEDBACK = bytes.fromhex("8fcd0005 00000001 00000002 0000") + STATUSES_MAX.to_bytes(2, "big") + b"\0\0\0\0"
_FEEDBACK += bytes.fromhex("1fff 0000")
_NACK = write_report(Nack(1, 2, tuple(range(NACKS_MAX // 2))))
_PLI = write_report(KeyframeRequest(1, 2))


@pytest.mark.parametrize(
    ("most", "more"),
    [
        (_FEEDBACK, _FEEDBACK),
        (_NACK * 2, write_report(Nack(1, 2, (9,)))),
        (_PLI * REPORTS_MAX, _PLI),
        (b"\x80\xcf\x00\x00" * REPORTS_MAX, b"\x80\xcf\x00\x00"),
    ],
    ids=["feedback", "nacks", "keyframes", "unknown"],
)
def test_what_asks_for_too_much_at_once_is_malformed(most: bytes, more: bytes) -> None:
    read(most)
    with pytest.raises(MalformedPacket):
        read(most + more)


def test_a_nack_or_a_fir_for_everything_is_refused() -> None:
    with pytest.raises(MalformedPacket):
        read(write_report(Nack(1, 2, tuple(range(NACKS_MAX + 18)))))
    entries = bytes.fromhex("00000002 07000000") * (REPORTS_MAX + 1)
    with pytest.raises(MalformedPacket):
        read(b"\x84\xce" + (2 + len(entries) // 4).to_bytes(2, "big") + bytes(8) + entries)


@given(
    st.lists(
        st.tuples(
            st.integers(0x80, 0xBF),
            st.sampled_from([200, 201, 202, 203, 205, 206, 207]),
            st.binary(max_size=60),
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_garbage_raises_nothing_else(packets: list[tuple[int, int, bytes]], whole: bool) -> None:
    data = b""
    for first, kind, body in packets:
        body += bytes(-len(body) % 4) if whole else b""
        data += bytes((first, kind, 0, len(body) // 4)) + body
    try:
        found = read(data)
    except MalformedPacket:
        return
    assert len(found) <= len(data)


@given(st.binary(max_size=200))
def test_noise_raises_nothing_else(data: bytes) -> None:
    try:
        read(data)
    except MalformedPacket:
        return
