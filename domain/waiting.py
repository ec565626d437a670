"""How long a waiting patient may expect to wait. A range, rounded outward: honest rather than exact."""

from dataclasses import dataclass

_STEP_MIN = 5


@dataclass(frozen=True, slots=True)
class WaitingEstimate:
    """`before` patients come first; the wait is between the two, in minutes."""

    before: int
    from_min: int
    to_min: int


def estimate_wait(before: int, visit_min: int, *, busy: bool) -> WaitingEstimate:
    """Estimate the wait from the place in the queue.

    `before` patients who arrived earlier, `visit_min` the planned length of one visit, `busy` when the
    doctor is in a consultation now. The lower bound takes visits at half their planned length, the
    upper one at one and a half, both rounded outward to five minutes.
    """
    if before < 0 or visit_min <= 0:
        raise ValueError("before >= 0 and visit_min > 0")
    visits = before + (0.5 if busy else 0)
    low = int(visits * visit_min * 0.5 // _STEP_MIN) * _STEP_MIN
    high = -int(-visits * visit_min * 1.5 // _STEP_MIN) * _STEP_MIN
    return WaitingEstimate(before, low, max(high, _STEP_MIN))
