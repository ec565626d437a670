"""The plane between simulated browsers: what loss, narrow paths and a stalled loop do to a call."""

import itertools

import pytest

from domain.call_quality import Quality
from tests.unit.media.browser import LAYERS_BPS, Browser
from tests.unit.media.network import MS, SECOND, Network

DOCTOR, PATIENT = 10_000, 20_000


def one_way(seed: int = 1, *, video: int = 3) -> tuple[Network, Browser, Browser]:
    """Return a network in which the patient watches the doctor (SSRCs 900: voice, 901: video)."""
    network = Network(seed)
    doctor = Browser("doctor", DOCTOR, video=video)
    patient = Browser("patient", PATIENT, audio=False, video=0)
    network.join(doctor)
    network.join(patient)
    patient.watch(doctor, 900)
    return network, doctor, patient


def test_a_call_rises_to_its_best_layer_and_loses_nothing() -> None:
    network, doctor, patient = one_way()
    network.run(10 * SECOND)
    video, voice = patient.received[901], patient.received[900]
    assert [layer for _, layer in video.layers] == [0, 1, 2]
    assert video.layers[-1][0] < 3 * SECOND
    assert (video.missing(), voice.missing()) == (0, 0)
    assert voice.packets > 490
    # Pictures count on by one, whichever layer they are of; times never turn back.
    pictures = list(dict.fromkeys(video.pictures))
    assert [after - before & 0x7FFF for before, after in itertools.pairwise(pictures)] == [1] * (
        len(pictures) - 1
    )
    steps = [
        after - before & 0xFFFFFFFF
        for before, after in zip(video.timestamps, video.timestamps[1:], strict=False)
    ]
    assert max(steps) < 90000 // 5
    # Sender reports told how the layers' clocks lie: frames stay a thirtieth of a second apart across
    # switches (or the same picture comes once more, as the other layer has it).
    assert {step for step in steps if step} <= {1, *range(2990, 3010)}
    assert network.plane.stats("patient", network.now_ns).quality is Quality.EXCELLENT
    assert all(layer.keyframes <= 3 for layer in doctor.layers)


@pytest.mark.parametrize("seed", [1, 2])
def test_five_percent_loss_each_way_is_repaired(seed: int) -> None:
    network, _, patient = one_way(seed)
    network.run(2 * SECOND)
    for link in (*network.up.values(), *network.down.values()):
        link.loss = 0.05
    network.run(20 * SECOND)
    video = patient.received[901]
    # What is under way, or asked for at this moment, is not missing yet.
    assert video.packets > 3000
    assert video.missing(before=100) / video.packets < 0.005
    assert network.up["doctor"].dropped > 200
    assert network.down["patient"].dropped > 100
    assert video.layer == 2
    voice = patient.received[900]
    assert voice.missing(before=20) / voice.packets < 0.005


@pytest.mark.parametrize(("queue_ms", "burst"), [(40, 0), (600, 0), (40, 8000), (200, 8000)])
def test_a_narrow_path_gets_a_lower_layer_and_its_own_again_when_it_widens(queue_ms: int, burst: int) -> None:
    network, doctor, patient = one_way()
    other = Browser("guest", 30_000, audio=False, video=0)
    network.join(other)
    other.watch(doctor, 700)
    network.run(8 * SECOND)
    assert patient.received[901].layer == 2
    network.down["patient"].rate_bps = 300_000
    network.down["patient"].queue_ns = queue_ms * MS
    network.down["patient"].burst = burst
    limited_ns = network.now_ns
    video, voice = patient.received[901], patient.received[900]
    for _ in range(20):
        packets = video.packets
        network.run(SECOND // 2)
        assert video.packets > packets
    # The voice is hurt while the path is found too narrow, and repaired for the most part.
    assert voice.missing(before=20) < 20
    down_ns = next(at for at, layer in video.layers if at > limited_ns and layer == 0)
    assert down_ns - limited_ns < 5 * SECOND
    # A burst that is let through is not taken for room: from there on it stays small.
    assert [layer for at, layer in video.layers if at > down_ns] == []
    # Video goes on, and the publisher sends all its layers to whoever has room.
    packets = video.packets
    network.run(5 * SECOND)
    assert video.packets - packets > 100
    assert network.now_ns - video.last_ns < SECOND // 2
    assert other.received[701].layer == 2
    assert other.received[701].missing() == 0
    assert [layer.active for layer in doctor.layers] == [True] * 3
    network.down["patient"].rate_bps = None
    freed_ns = network.now_ns
    network.run(15 * SECOND)
    assert video.layer == 2
    assert video.layers[-1][0] - freed_ns < 15 * SECOND
    assert doctor.layers[2].keyframes < 12


def test_a_path_that_was_away_begins_anew_at_once() -> None:
    network, doctor, patient = one_way(video=1)
    network.run(8 * SECOND)
    video = patient.received[901]
    links = (network.up["patient"], network.down["patient"])
    for link in links:
        link.loss = 1.0
    network.run(2 * SECOND)
    packets, keyframes = video.packets, doctor.layers[0].keyframes
    for link in links:
        link.loss = 0.0
    network.run(SECOND // 2)
    # A keyframe came, and with it the picture; nothing of the old is repeated, nothing is held back.
    assert doctor.layers[0].keyframes > keyframes
    assert video.packets - packets > 20
    assert network.plane.stats("patient", network.now_ns).downlink_loss < 0.05
    network.run(5 * SECOND)
    gets = network.plane.stats("patient", network.now_ns).gets
    assert [one.layer for one in gets] == [0, 0]
    assert video.packets - packets > 300


def test_on_a_path_for_little_more_than_voice_the_voice_is_whole() -> None:
    network, _, patient = one_way()
    network.run(5 * SECOND)
    network.down["patient"].rate_bps = 100_000
    network.run(8 * SECOND)
    voice = patient.received[900]
    before, missing = voice.packets, voice.missing()
    network.run(10 * SECOND)
    assert voice.packets - before > 490
    assert voice.missing(before=20) - missing <= 3
    assert network.plane.stats("patient", network.now_ns).gets[1].layer == -1
    network.down["patient"].rate_bps = None
    network.run(15 * SECOND)
    assert patient.received[901].layer == 2


def test_a_stalled_loop_does_not_lower_what_publishers_send() -> None:
    network, doctor, _ = one_way(video=1)
    doctor.adapt = True
    network.run(20 * SECOND)
    before = doctor.uplink.estimate_bps
    assert before > 800_000
    for _ in range(3):
        network.stall(200 * MS)
        network.run(2 * SECOND)
        assert doctor.uplink.estimate_bps >= before


def test_a_muted_publisher_is_silent_and_comes_back_at_once() -> None:
    network, doctor, patient = one_way()
    network.run(5 * SECOND)
    video, voice = patient.received[901], patient.received[900]
    doctor.muted = True
    network.run(SECOND // 10)
    packets = (video.packets, voice.packets)
    network.run(5 * SECOND)
    assert (video.packets, voice.packets) == packets
    doctor.muted = False
    network.run(SECOND // 5)
    assert video.packets > packets[0] + 10
    assert voice.packets > packets[1] + 5
    assert video.layer == 2
    network.run(2 * SECOND)
    assert (video.missing(), voice.missing()) == (0, 0)


def test_a_publisher_that_stops_a_layer_leaves_its_subscribers_the_next() -> None:
    network, doctor, patient = one_way()
    network.run(5 * SECOND)
    doctor.layers[2].active = False
    network.run(3 * SECOND)
    video = patient.received[901]
    assert video.layer == 1
    doctor.layers[2].active = True
    doctor.layers[2].keyframe = True
    network.run(3 * SECOND)
    assert video.layer == 2


def test_three_see_each_other() -> None:
    network = Network(5)
    bases = {"doctor": DOCTOR, "patient": PATIENT, "guest": 30_000}
    people = [Browser(name, base) for name, base in bases.items()]
    for browser in people:
        network.join(browser)
    for browser in people:
        for index, other in enumerate(people):
            if other is not browser:
                browser.watch(other, browser.base + 9_000 + index * 10)
    network.run(5 * SECOND)
    for browser in people:
        assert len(browser.received) == 4
        for received in browser.received.values():
            assert received.missing() == 0
            assert network.now_ns - received.last_ns < SECOND // 5
            assert received.layer == (2 if received.video else -1)


def test_keyframes_are_asked_for_no_more_than_twice_a_second_whatever_is_lost() -> None:
    network, doctor, _patient = one_way()
    network.run(3 * SECOND)
    network.down["patient"].loss = 0.3
    network.run(10 * SECOND)
    by_source: dict[int, list[int]] = {}
    for at, ssrc in doctor.requests:
        by_source.setdefault(ssrc, []).append(at)
    for times in by_source.values():
        assert all(after - before > 490 * MS for before, after in itertools.pairwise(times))
    assert LAYERS_BPS[0] < network.plane.stats("patient", network.now_ns).estimate_bps
