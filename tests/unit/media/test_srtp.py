import os

import pylibsrtp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import srtp
from media.srtp import CAPACITY, SSRC_MAX, TRAILER_MAX, PacketBuffer, SrtpContext, buffer_of

PROFILES = [
    (pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_128_GCM, 28),
    (pylibsrtp.Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 30),
    (pylibsrtp.Policy.SRTP_PROFILE_AEAD_AES_256_GCM, 44),
]


def session(key: bytes, profile: int, kind: int) -> pylibsrtp.Session:
    policy = pylibsrtp.Policy(key=key, ssrc_type=kind, srtp_profile=profile)
    policy.allow_repeat_tx = True
    policy.window_size = 1024
    return pylibsrtp.Session(policy)


def pair(profile: tuple[int, int] = PROFILES[0]) -> tuple[SrtpContext, SrtpContext]:
    kind, size = profile
    there, back = os.urandom(size), os.urandom(size)
    inbound, outbound = pylibsrtp.Policy.SSRC_ANY_INBOUND, pylibsrtp.Policy.SSRC_ANY_OUTBOUND
    ours = SrtpContext(session(back, kind, inbound), session(there, kind, outbound))
    theirs = SrtpContext(session(there, kind, inbound), session(back, kind, outbound))
    return ours, theirs


def rtp(sequence: int, ssrc: int = 1, size: int = 100) -> bytes:
    return bytes((0x80, 96)) + sequence.to_bytes(2, "big") + bytes(4) + ssrc.to_bytes(4, "big") + b"p" * size


def rtcp(ssrc: int = 1) -> bytes:
    return bytes((0x80, 201, 0, 1)) + ssrc.to_bytes(4, "big")


def put(packet: bytes) -> PacketBuffer:
    buffer = PacketBuffer()
    buffer.array[: len(packet)] = packet
    return buffer


def protected(context: SrtpContext, packet: bytes) -> tuple[PacketBuffer, int]:
    buffer = put(packet)
    return buffer, context.protect(buffer, len(packet))


@pytest.mark.parametrize("profile", PROFILES)
def test_packets_come_through_in_place(profile: tuple[int, int]) -> None:
    ours, theirs = pair(profile)
    buffer, length = protected(ours, rtp(1))
    assert length > len(rtp(1)) and bytes(buffer.view[12:length]) != rtp(1)[12:]
    assert theirs.unprotect(buffer, length) == len(rtp(1))
    assert bytes(buffer.view[: len(rtp(1))]) == rtp(1)

    report = put(rtcp())
    length = ours.protect_rtcp(report, 8)
    assert theirs.unprotect_rtcp(report, length) == 8
    assert bytes(report.view[:8]) == rtcp()


def test_the_longest_datagram_has_room_for_what_protection_adds() -> None:
    ours, theirs = pair()
    longest = rtp(1, size=srtp.DATAGRAM_MAX - 12)
    buffer, length = protected(ours, longest)
    assert theirs.unprotect(buffer, length) == len(longest)
    assert ours.protect(PacketBuffer(), CAPACITY - TRAILER_MAX + 1) == 0
    assert ours.protect_rtcp(PacketBuffer(bytearray(100)), 80) == 0
    assert ours.counters.refused == 2


def test_a_replay_is_dropped_and_a_late_packet_within_the_window_is_not() -> None:
    ours, theirs = pair()
    packets = [protected(ours, rtp(number)) for number in (1, 900, 1100)]
    for buffer, length in (packets[1], packets[0], packets[2]):
        copy = put(bytes(buffer.view[:length]))
        assert theirs.unprotect(copy, length)
    for buffer, length in packets:
        assert theirs.unprotect(put(bytes(buffer.view[:length])), length) == 0
    assert theirs.counters.replayed == 3


def test_the_same_packet_may_be_sent_again() -> None:
    ours, _ = pair()
    assert protected(ours, rtp(5))[1]
    assert protected(ours, rtp(5))[1]
    assert ours.counters.replayed == 0


def test_damage_is_counted_and_never_raised() -> None:
    ours, theirs = pair()
    buffer, length = protected(ours, rtp(1))
    buffer.array[20] ^= 1
    assert theirs.unprotect(buffer, length) == 0
    assert theirs.unprotect(buffer, 11) == theirs.unprotect_rtcp(buffer, 7) == 0
    assert (theirs.counters.auth_failures, theirs.counters.refused) == (1, 2)


def test_one_sender_has_only_so_many_sources() -> None:
    ours, theirs = pair()
    for ssrc in range(SSRC_MAX):
        assert theirs.unprotect(*protected(ours, rtp(1, ssrc)))
    assert theirs.unprotect(*protected(ours, rtp(1, SSRC_MAX))) == 0
    report = put(rtcp(SSRC_MAX))
    assert theirs.unprotect_rtcp(report, ours.protect_rtcp(report, 8)) == 0
    assert theirs.counters.too_many_ssrc == 2
    assert theirs.unprotect(*protected(ours, rtp(2, 7)))


def test_forged_sources_do_not_use_up_the_number() -> None:
    ours, theirs = pair()
    for ssrc in range(2 * SSRC_MAX):
        assert theirs.unprotect(put(rtp(1, ssrc)), 112) == 0
    assert theirs.unprotect(*protected(ours, rtp(1)))


_OURS, _THEIRS = pair()


@given(st.binary(max_size=1500))
def test_random_packets_raise_nothing(packet: bytes) -> None:
    for change in (_THEIRS.unprotect, _THEIRS.unprotect_rtcp, _OURS.protect, _OURS.protect_rtcp):
        assert change(put(packet), len(packet)) >= 0


@given(st.binary(min_size=1, max_size=64))
def test_random_heads_on_protected_packets_raise_nothing(head: bytes) -> None:
    buffer, length = protected(_OURS, rtp(1))
    buffer.array[: len(head)] = head
    assert _THEIRS.unprotect(buffer, length) >= 0


def test_an_array_keeps_its_buffer_and_cannot_be_moved() -> None:
    array = bytearray(200)
    buffer = buffer_of(array)
    assert buffer_of(array) is buffer
    with pytest.raises(BufferError):
        array.extend(b"more")
    assert buffer_of(bytearray(200)) is not buffer


def test_the_bindings_names_are_there() -> None:
    srtp.check_native_names()


def test_another_pylibsrtp_is_told_at_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(srtp, "_FUNCTIONS", ("srtp_protect", "srtp_of_tomorrow"))
    with pytest.raises(Exception, match="srtp_of_tomorrow"):
        srtp.check_native_names()


def test_what_was_sent_under_an_ssrc_can_be_forgotten() -> None:
    ours, _ = pair()
    assert protected(ours, rtp(30_000, ssrc=5))[1]
    assert protected(ours, rtp(30_000, ssrc=6))[1]
    ours.forget(5)
    ours.forget(7)
    # A number far behind is refused where the stream is known, and begins one where it is not.
    assert protected(ours, rtp(10, ssrc=5))[1]
    assert not protected(ours, rtp(10, ssrc=6))[1]
