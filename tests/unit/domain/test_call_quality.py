from pathlib import Path

import pytest

from domain import call_quality
from domain.call_quality import Measured, Quality, judge

COMMITTED = Path(__file__).parents[3] / "web" / "schema" / "call-quality.json"


@pytest.mark.parametrize(
    ("loss", "round_trip_ms", "jitter_ms", "silent_ms", "word"),
    [
        (0.0, 20, 2, 0, Quality.EXCELLENT),
        (0.0199, 299, 29, 4999, Quality.EXCELLENT),
        (0.02, 20, 2, 0, Quality.GOOD),
        (0.0, 300, 2, 0, Quality.GOOD),
        (0.0, 20, 30, 0, Quality.GOOD),
        (0.0799, 599, 99, 0, Quality.GOOD),
        (0.08, 20, 2, 0, Quality.POOR),
        (0.0, 600, 2, 0, Quality.POOR),
        (0.0, 20, 100, 0, Quality.POOR),
        (1.0, 90_000, 9_000, 0, Quality.POOR),
        (0.0, 20, 2, 5000, Quality.LOST),
    ],
)
def test_the_worst_figure_gives_the_word(
    loss: float, round_trip_ms: int, jitter_ms: int, silent_ms: int, word: Quality
) -> None:
    assert judge(Measured(loss, round_trip_ms, jitter_ms, silent_ms)) is word


@pytest.mark.parametrize(
    ("measured", "word"),
    [
        (Measured(), None),
        (Measured(silent_ms=5000), Quality.LOST),
        (Measured(loss=0.0), Quality.EXCELLENT),
        (Measured(round_trip_ms=700), Quality.POOR),
        (Measured(loss=0.01, jitter_ms=40), Quality.GOOD),
        (Measured(loss=0.0, round_trip_ms=0, jitter_ms=0), Quality.EXCELLENT),
    ],
)
def test_what_is_missing_is_left_out_and_nothing_at_all_has_no_word(
    measured: Measured, word: Quality | None
) -> None:
    assert judge(measured) is word


def test_pages_judge_by_the_same_limits() -> None:
    """Write them again with scripts/write-schema."""
    assert COMMITTED.read_text(encoding="utf-8") == call_quality.document()
