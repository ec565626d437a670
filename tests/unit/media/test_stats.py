import pytest

from media.stats import Quality, judge

MS = 1_000_000


@pytest.mark.parametrize(
    ("loss", "rtt_ms", "jitter_ms", "silent_ms", "word"),
    [
        (0.0, 20, 2, 0, Quality.EXCELLENT),
        (0.009, 149, 29, 4999, Quality.EXCELLENT),
        (0.01, 20, 2, 0, Quality.GOOD),
        (0.0, 150, 2, 0, Quality.GOOD),
        (0.0, 20, 30, 0, Quality.GOOD),
        (0.03, 20, 2, 0, Quality.POOR),
        (0.0, 300, 2, 0, Quality.POOR),
        (0.0, 20, 100, 0, Quality.POOR),
        (0.2, 900, 200, 0, Quality.POOR),
        (0.0, 20, 2, 5000, Quality.LOST),
    ],
)
def test_the_worst_figure_gives_the_word(
    loss: float, rtt_ms: int, jitter_ms: int, silent_ms: int, word: Quality
) -> None:
    assert judge(loss, rtt_ms * MS, jitter_ms * MS, silent_ms * MS) is word
