from media.downlink import START_BPS
from media.incoming import IncomingStream, IncomingTrack
from media.layers import PAUSED, VideoDemand, choose
from media.receiver_report import PublisherTime
from media.token_bucket import TokenBucket
from media.track import Codec, TrackSpec

SECOND = 1_000_000_000

RATES = [150_000, 500_000, 1_500_000]
AUDIO = 40_000


def demand(layer: int = PAUSED, ceiling: int = 2, priority: int = 0) -> VideoDemand:
    return VideoDemand(list(RATES), ceiling, priority, layer)


def test_the_best_layer_that_fits_is_chosen() -> None:
    for estimate, layer in ((3_000_000, 2), (1_000_000, 1), (300_000, 0), (100_000, PAUSED)):
        video = demand()
        choose(estimate, AUDIO, [video], 0)
        assert video.layer == layer


def test_audio_is_taken_off_first() -> None:
    video = demand()
    choose(200_000, AUDIO, [video], 0)
    assert video.layer == PAUSED
    choose(210_000, AUDIO, [video], 0)
    assert video.layer == 0


def test_one_large_picture_takes_nobody_elses_place() -> None:
    large, small = VideoDemand([900_000], 2), demand()
    choose(1_000_000, 0, [large, small], 0)
    assert (large.layer, small.layer) == (-1, 1)


def test_no_more_is_sent_than_is_of_use() -> None:
    video = demand(ceiling=1)
    assert choose(9_000_000, AUDIO, [video], 0) == AUDIO + int(1.1 * RATES[1])
    assert video.layer == 1


def test_layers_that_do_not_come_are_not_chosen() -> None:
    video = demand()
    video.rates_bps = [150_000, 0, 0]
    choose(9_000_000, AUDIO, [video], 0)
    assert video.layer == 0
    video.rates_bps = []
    choose(9_000_000, AUDIO, [video], 0)
    assert video.layer == PAUSED


def test_everybody_is_seen_before_anybody_is_seen_well_and_the_speaker_first() -> None:
    videos = [demand(priority=1), demand(priority=0), demand(priority=1)]
    choose(600_000, AUDIO, videos, 0)
    assert [video.layer for video in videos] == [0, 0, 0]
    choose(1_000_000, AUDIO, videos, SECOND)
    assert [video.layer for video in videos] == [0, 1, 0]


def test_an_estimate_that_swings_does_not_swing_the_picture() -> None:
    video = demand(layer=1)
    for step in range(50):
        choose(AUDIO + (480_000 if step % 2 else 1_550_000), AUDIO, [video], step * SECOND // 5)
        assert video.layer == 1


def test_down_at_once_and_up_after_a_rest() -> None:
    video = demand(layer=2)
    choose(700_000, AUDIO, [video], 100 * SECOND)
    assert video.layer == 1
    choose(3_000_000, AUDIO, [video], 100 * SECOND + SECOND // 2)
    assert video.layer == 1
    choose(3_000_000, AUDIO, [video], 101 * SECOND)
    assert video.layer == 2


def test_who_rose_too_early_rests_longer_each_time() -> None:
    video = demand(layer=1)
    now = 100 * SECOND
    rests = []
    for _ in range(4):
        begun = now
        while video.layer < 2:
            now += SECOND // 10
            choose(3_000_000, AUDIO, [video], now)
        rests.append((now - begun) // SECOND)
        now += SECOND
        choose(700_000, AUDIO, [video], now)
        assert video.layer == 1
    assert rests == [0, 2, 4, 8]


def test_a_short_dip_does_not_take_the_last_picture() -> None:
    video = demand(layer=0)
    for tenth in range(19):
        choose(AUDIO + 100_000, AUDIO, [video], tenth * SECOND // 10)
        assert video.layer == 0
    choose(AUDIO + 200_000, AUDIO, [video], 2 * SECOND)
    choose(AUDIO + 100_000, AUDIO, [video], 3 * SECOND)
    assert video.layer == 0
    choose(AUDIO + 100_000, AUDIO, [video], 5 * SECOND)
    assert video.layer == PAUSED


def test_a_path_for_voice_alone_is_left_to_the_voice_at_once() -> None:
    video = demand(layer=0)
    choose(AUDIO + 50_000, AUDIO, [video], 0)
    assert video.layer == PAUSED


def test_a_layer_that_its_publisher_stopped_is_no_mistake_of_ours() -> None:
    video = demand(layer=2)
    video.rates_bps = [150_000, 500_000, 0]
    choose(3_000_000, AUDIO, [video], 0)
    assert video.layer == 1
    video.rates_bps = list(RATES)
    choose(3_000_000, AUDIO, [video], SECOND // 10)
    assert video.layer == 2


def test_a_single_encoding_that_was_not_measured_yet_is_shown_on_a_new_path() -> None:
    spec = TrackSpec("camera", "1", "video", (Codec("vp8", 96, 90_000),), streams=((1, 0),))
    track = IncomingTrack("ann", spec, PublisherTime(), TokenBucket(1, 1, 0.0))
    track.streams[0] = IncomingStream(track, 0, 1, 0, 0)
    demand = VideoDemand(track.rates_bps(0), ceiling=8)
    choose(START_BPS, 40_000, [demand], 0)
    assert demand.layer == 0
