import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.call_quality import Quality
from media.rtcp import (
    BitrateLimit,
    Description,
    Goodbye,
    KeyframeRequest,
    Nack,
    ReceiverReport,
    ReportBlock,
    SenderReport,
)
from media.rtp import span
from media.track import Limits, RouteSpec, TrackSpec
from tests.unit.media.call import LAYERS, MS, OPUS, SECOND, VP8, Call
from tests.unit.media.packets import elements, rtp, vp8

pytestmark = pytest.mark.usefixtures("loop")


def test_voice_is_known_by_its_mid_and_goes_to_all_who_hear_it() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900, mid="7"))
    call.route("voice", "guest", RouteSpec(800))
    call.voice(range(5))
    for name, ssrc, mid in (("patient", 900, b"7"), ("guest", 800, b"")):
        sent = call.wires[name].read()
        assert [payload for _, payload in sent] == [b"opus%d" % index for index in range(5)]
        first = sent[0][0]
        assert [packet.sequence - first.sequence for packet, _ in sent] == list(range(5))
        assert [packet.timestamp - first.timestamp for packet, _ in sent] == [
            960 * index for index in range(5)
        ]
        assert {packet.ssrc for packet, _ in sent} == {ssrc}
        assert [packet.transport_sequence - first.transport_sequence for packet, _ in sent] == list(range(5))
        assert (first.audio_level, first.voice, first.payload_type) == (30, True, 111)
        assert first.sequence < 0x8000
        data = call.wires[name].packets[0]
        assert (span(data, first.mid) if first.mid else b"") == mid
    assert call.wires["doctor"].packets == []


def test_video_begins_with_a_keyframe_which_is_asked_for() -> None:
    call = Call()
    call.frame(1, keyframe=True)
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(2)
    call.wait(10 * MS)
    assert call.wires["doctor"].reports(KeyframeRequest)[0].ssrc == 50  # type: ignore[union-attr]
    assert call.wires["patient"].packets == []
    call.frame(3, keyframe=True)
    call.frame(4)
    assert [payload[3] for _, payload in call.wires["patient"].read()] == [3, 4]


def test_what_was_lost_on_its_way_in_is_asked_for_and_takes_its_place() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(1, keyframe=True)
    call.frame(3)
    call.wait(20 * MS)
    (nack,) = call.wires["doctor"].reports(Nack)
    assert nack == Nack(nack.sender, 50, (2,))  # type: ignore[union-attr]
    original = vp8(2, 1, keyframe=False, begins=True, fill=20)
    call.send(
        rtp(51, 9, 6000, struct.pack("!H", 2) + original, payload_type=97, extension=elements((3, b"ab")))
    )
    sent = call.wires["patient"].read()
    assert [packet.sequence - sent[0][0].sequence for packet, _ in sent] == [0, 2, 1]
    assert (sent[2][0].payload_type, sent[2][0].ssrc, sent[2][1]) == (96, 900, original)
    # The same once more, or for what never was missed, is nothing new.
    call.send(rtp(51, 10, 6000, struct.pack("!H", 2) + original, payload_type=97))
    call.send(rtp(51, 11, 6000, b"", payload_type=97, padding=200))
    assert len(call.wires["patient"].packets) == 3


def test_what_was_lost_on_its_way_out_is_repeated_from_the_cache() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.route("voice", "patient", RouteSpec(910))
    for sequence in range(1, 4):
        call.frame(sequence, keyframe=sequence == 1)
    call.voice([1])
    wire = call.wires["patient"]
    lost, payload = wire.read()[1]
    voice, spoken = wire.read()[3]
    call.report("patient", Nack(1, 900, (lost.sequence, 5)), Nack(1, 910, (voice.sequence,)))
    (again, repeated), (said, words) = wire.read()[4:]
    assert (again.ssrc, again.payload_type, again.timestamp) == (901, 97, lost.timestamp)
    assert (again.marker, repeated) == (lost.marker, struct.pack("!H", lost.sequence) + payload)
    # Without a retransmission stream the packet itself goes again.
    assert (said.ssrc, said.sequence, words) == (910, voice.sequence, spoken)
    assert said.transport_sequence == again.transport_sequence + 1


def test_layers_switch_on_a_keyframe_and_everything_runs_on() -> None:
    call = Call(TrackSpec("face", "1", "video", (VP8,), LAYERS))
    call.route("face", "patient", RouteSpec(900, 901))
    for layer, rid in enumerate(LAYERS):
        call.frame(100 * (layer + 1), keyframe=True, ssrc=60 + layer, rid=rid.encode(), layer=layer)
    call.wait(300 * MS)
    shown: list[int] = []
    for step in range(1, 4):
        for layer, rid in enumerate(LAYERS):
            keyframe = step == 2 and layer == 2
            call.frame(
                100 * (layer + 1) + step, keyframe=keyframe, ssrc=60 + layer, rid=rid.encode(), layer=layer
            )
    sent = call.wires["patient"].read()
    shown = [payload[6] for _, payload in sent]
    assert shown == [0, 0, 0, 2, 2]
    assert [packet.sequence - sent[0][0].sequence for packet, _ in sent] == [0, 1, 2, 3, 4]
    pictures = [(payload[2] & 0x7F) << 8 | payload[3] for _, payload in sent]
    assert [picture - pictures[0] for picture in pictures] == [0, 1, 2, 3, 4]
    times = [packet.timestamp for packet, _ in sent]
    assert times == sorted(times)
    assert {report.ssrc for report in call.wires["doctor"].reports(KeyframeRequest)} >= {62}  # type: ignore[union-attr]


def test_a_repaired_packet_of_a_switched_layer_is_repeated_as_it_was_sent() -> None:
    call = Call(TrackSpec("face", "1", "video", (VP8,), LAYERS[:2]))
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(100, keyframe=True, ssrc=60, rid=b"q")
    call.frame(700, keyframe=True, ssrc=61, rid=b"h")
    call.wait(300 * MS)
    call.frame(101, ssrc=60, rid=b"q")
    call.frame(701, keyframe=True, ssrc=61, rid=b"h")
    packet, payload = call.wires["patient"].read()[-1]
    assert payload[3] != 701 & 0xFF
    call.report("patient", Nack(1, 900, (packet.sequence,)))
    assert call.wires["patient"].read()[-1][1][2:] == payload


def test_a_keyframe_that_was_repaired_is_too_late_to_begin_with() -> None:
    call = Call()
    call.frame(1)
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(3)
    beginning = vp8(2, 1, keyframe=True, begins=True, fill=20)
    call.send(rtp(51, 1, 6000, struct.pack("!H", 2) + beginning, payload_type=97))
    call.frame(4)
    assert call.wires["patient"].packets == []
    call.frame(5, keyframe=True)
    assert len(call.wires["patient"].packets) == 1


def test_a_paused_route_goes_on_without_a_hole() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    call.voice(range(3))
    call.plane.pause_route("voice", "patient", True, now_ns=call.now_ns)
    call.voice(range(3, 6))
    call.wait(60 * MS)
    call.plane.pause_route("voice", "patient", False, now_ns=call.now_ns)
    call.voice(range(6, 8))
    sent = call.wires["patient"].read()
    assert [payload for _, payload in sent] == [b"opus0", b"opus1", b"opus2", b"opus6", b"opus7"]
    assert [packet.sequence - sent[0][0].sequence for packet, _ in sent] == [0, 1, 2, 3, 4]
    assert 2 * 960 < sent[3][0].timestamp - sent[0][0].timestamp < 7 * 960


def test_padding_leaves_no_hole() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(1, keyframe=True)
    call.send(rtp(50, 2, 3000, b"", padding=200))
    call.frame(3)
    sent = call.wires["patient"].read()
    assert [packet.sequence - sent[0][0].sequence for packet, _ in sent] == [0, 1]


def test_subscribers_requests_are_throttled_to_one_in_half_a_second() -> None:
    call = Call()
    for name, ssrc in (("patient", 900), ("guest", 800)):
        call.route("face", name, RouteSpec(ssrc, ssrc + 1))
    call.frame(1, keyframe=True)
    for index in range(100):
        call.frame(index + 2)
        call.report("patient", KeyframeRequest(1, 900))
        call.report("guest", KeyframeRequest(1, 800, index))
        call.wait(20 * MS)
    assert 4 <= len(call.wires["doctor"].reports(KeyframeRequest)) <= 5


def test_reports_flow_both_ways_on_one_clock() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    call.voice([0, 1, 2, 4])
    call.report("doctor", SenderReport(40, 1 << 32, 0, 1, 1))
    call.wait(2 * SECOND)
    (told, *_) = call.wires["doctor"].reports(ReceiverReport)
    assert isinstance(told, ReceiverReport)
    assert (told.blocks[0].ssrc, told.blocks[0].lost, told.blocks[0].last_report) == (40, 1, 1 << 16)
    (report, *_) = call.wires["patient"].reports(SenderReport)
    assert isinstance(report, SenderReport)
    assert (report.ssrc, report.packets) == (900, 4)
    assert call.wires["patient"].reports(Description)[0] == Description(((900, b"doctor"),))
    delay = ReportBlock(900, 128, 1, 0, 480, report.ntp >> 16 & 0xFFFFFFFF, 0)
    call.report("patient", ReceiverReport(1, (delay,)))
    stats = call.plane.stats("patient", call.now_ns)
    assert (stats.gets[0].loss, stats.gets[0].jitter_ns) == (0.5, 10 * MS)
    assert 0 <= stats.rtt_ns < 3 * SECOND
    assert stats.quality is Quality.POOR


def test_who_speaks_is_known() -> None:
    call = Call()
    call.voice(range(50), level=20)
    assert call.speakers.current(call.now_ns) == "doctor"


def test_what_nobody_agreed_on_goes_nowhere() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.send(rtp(1, 1, 1, b"who?"))
    call.send(rtp(2, 1, 1, b"which?", extension=elements((4, b"9"))))
    call.send(rtp(50, 1, 1, b"\x10\x00type", payload_type=101))
    call.send(rtp(51, 1, 1, b"x", payload_type=97))
    call.send(b"\x80")
    call.plane.receive_rtcp("doctor", bytearray(b"\x80\xc8\x00\x09" + bytes(4)), 8, 0)
    assert call.wires["patient"].packets == []
    assert call.plane.stats("doctor", 0).malformed == 2


def test_one_participant_cannot_publish_more_than_its_share() -> None:
    call = Call(limits=Limits(tracks=2, streams=4))
    call.route("voice", "patient", RouteSpec(900))
    with pytest.raises(ValueError, match="too many"):
        call.plane.add_track("doctor", TrackSpec("more", "2", "audio", (OPUS,)), now_ns=0)
    for ssrc in range(140, 240):
        call.voice(range(3), ssrc=ssrc)
    # Each that took the track over was heard; nothing but the last is kept.
    assert len(call.wires["patient"].packets) == 300
    assert len(call.plane.stats("doctor", 0).sends) == 2


def test_sound_without_measure_is_cut_to_what_a_voice_can_be() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    for sequence in range(3000):
        extension = elements((4, b"0"))
        call.send(rtp(40, sequence, sequence * 960, bytes(1000), payload_type=111, extension=extension))
        call.now_ns += MS
    octets = sum(len(packet) for packet in call.wires["patient"].packets)
    # A second's worth at once, and then what Opus makes at most.
    assert 3.5 * 70_000 < octets < 4.2 * 75_000


def test_long_silence_between_packets_of_a_voice_leaves_no_hole() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    # While somebody is silent, Opus sends a packet each 400 ms (RFC 7587 section 3.1.3).
    times = [0, 960, 1920, 21_120, 40_320, 41_280]
    for sequence, time in enumerate(times):
        marker = sequence in (0, 5)
        packet = rtp(
            40,
            sequence,
            time,
            b"%d" % sequence,
            payload_type=111,
            marker=marker,
            extension=elements((4, b"0")),
        )
        call.send(packet)
        call.wait((times[min(sequence + 1, 5)] - time) * SECOND // 48_000)
    sent = call.wires["patient"].read()
    first = sent[0][0]
    assert [packet.sequence - first.sequence for packet, _ in sent] == list(range(6))
    assert [packet.timestamp - first.timestamp & 0xFFFFFFFF for packet, _ in sent] == times
    assert [packet.marker for packet, _ in sent] == [True, False, False, False, False, True]
    assert call.wires["doctor"].reports(Nack) == []
    assert call.plane.stats("doctor", call.now_ns).quality is not Quality.LOST


def test_nobody_is_asked_for_keyframes_that_nobody_waits_for() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(1, keyframe=True)
    call.report("patient", KeyframeRequest(1, 900))
    call.wait(10 * MS)
    call.plane.remove_route("face", "patient")
    asked = len(call.wires["doctor"].reports(KeyframeRequest))
    call.wait(5 * SECOND)
    assert len(call.wires["doctor"].reports(KeyframeRequest)) == asked == 1


def test_a_stream_that_ended_goes_on_without_naming_its_line_again() -> None:
    call = Call(TrackSpec("face", "1", "video", (VP8,)))
    call.route("face", "patient", RouteSpec(900, 901))

    def frame(sequence: int, mid: bytes = b"") -> None:
        named = [(4, mid)] if mid else []
        payload = vp8(sequence, 1, keyframe=sequence == 1, begins=True, fill=20)
        call.send(rtp(50, sequence, sequence * 3000, payload, extension=elements((3, b"ab"), *named)))

    frame(1, b"1")
    call.report("doctor", Goodbye((50,)))
    call.wait(10 * MS)
    assert call.plane.stats("doctor", call.now_ns).sends[0].rate_bps == 0
    # Whoever waits meanwhile asks for pictures, which must not end the time for all.
    call.report("patient", KeyframeRequest(1, 900))
    call.wait(SECOND)
    assert call.plane.stats("doctor", call.now_ns).unknown == 0
    frame(2)
    call.wait(10 * MS)
    assert [payload[3] for _, payload in call.wires["patient"].read()] == [1, 2]
    assert {report.ssrc for report in call.wires["doctor"].reports(KeyframeRequest)} == {50}  # type: ignore[union-attr]


def test_an_ssrc_that_another_track_takes_is_that_tracks_alone() -> None:
    call = Call(TrackSpec("face", "1", "video", (VP8,)))
    call.route("face", "patient", RouteSpec(900, 901))
    extension = elements((4, b"1"))
    call.send(rtp(50, 1, 0, vp8(1, 1, keyframe=True, begins=True, fill=20), extension=extension))
    call.plane.add_track("doctor", TrackSpec("more", "2", "audio", (OPUS,), (), ((50, 0),)), now_ns=0)
    assert [one.track for one in call.plane.stats("doctor", 0).sends] == ["more"]
    call.plane.remove_track("more")
    call.report("patient", KeyframeRequest(1, 900))
    call.wait(SECOND)
    # Nobody publishes it any more; that it is asked for must not end the time for all.
    assert [one.track for one in call.plane.stats("doctor", 0).sends] == []


def test_ended_streams_and_removed_participants_are_forgotten() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    call.voice([1])
    call.report("doctor", Goodbye((40,)))
    # The same participant begins anew, under another SSRC: its listener hears one stream.
    call.voice([7000], ssrc=41)
    sent = call.wires["patient"].read()
    assert [packet.sequence - sent[0][0].sequence for packet, _ in sent] == [0, 1]
    call.plane.remove_transport("doctor")
    with pytest.raises(KeyError):
        call.plane.remove_route("voice", "patient")
    call.wait(SECOND)
    assert call.plane.stats("patient", call.now_ns).gets == ()


def test_a_flood_of_nacks_is_answered_within_what_the_path_bears() -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.report("patient", BitrateLimit(1, 900_000, ()))
    wire = call.wires["patient"]
    for sequence in range(1, 200):
        call.frame(sequence, keyframe=sequence == 1, fill=1000)
        call.wait(10 * MS)
    for sequence in range(200, 300):
        call.frame(sequence, fill=1000)
        numbers = [packet.sequence for packet, _ in wire.read() if packet.ssrc == 900]
        call.report("patient", Nack(1, 900, tuple(numbers[-100:])))
        call.wait(10 * MS)
    # The media leave little of it: repairs get a sixth in that second (19,000 octets), and the burst.
    repairs = sum(len(payload) for packet, payload in wire.read() if packet.ssrc == 901)
    assert 10_000 < repairs < 30_000


def test_what_a_lower_layer_replaced_is_not_repeated() -> None:
    call = Call(TrackSpec("face", "1", "video", (VP8,), LAYERS[:2]))
    call.route("face", "patient", RouteSpec(900, 901))
    call.frame(100, keyframe=True, ssrc=60, rid=b"q")
    call.frame(700, keyframe=True, ssrc=61, rid=b"h")
    call.wait(300 * MS)
    call.frame(701, keyframe=True, ssrc=61, rid=b"h")
    old = call.wires["patient"].read()[-1][0]
    call.plane.wish("face", "patient", ceiling=0, priority=0, now_ns=call.now_ns)
    call.frame(101, keyframe=True, ssrc=60, rid=b"q")
    new = call.wires["patient"].read()[-1][0]
    assert new.sequence == old.sequence + 1
    sent = len(call.wires["patient"].packets)
    call.report("patient", Nack(1, 900, (old.sequence, new.sequence)))
    assert len(call.wires["patient"].packets) == sent + 1


def test_a_receivers_own_limit_is_obeyed_where_it_tells_nothing_else() -> None:
    call = Call()
    call.report("patient", BitrateLimit(1, 200_000, ()))
    assert call.plane.stats("patient", 0).estimate_bps == 200_000


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([40, 50, 51]), st.binary(max_size=90)), max_size=30))
def test_garbage_on_known_streams_is_survived(packets: list[tuple[bool, int, bytes]]) -> None:
    call = Call()
    call.route("face", "patient", RouteSpec(900, 901))
    call.route("voice", "patient", RouteSpec(910))
    call.voice([1])
    call.frame(1, keyframe=True)
    for rtcp, ssrc, data in packets:
        if rtcp:
            call.plane.receive_rtcp("patient", bytearray(data), len(data), call.now_ns)
        else:
            head = bytes((0x80 | data[0] & 0x3F, 96 + data[1] % 2)) if len(data) > 1 else b"\x80\x60"
            call.send(head + data[2:8].ljust(6, b"\0") + struct.pack("!I", ssrc) + data[8:])
        call.wait(10 * MS)
