"""Whether a path's queues grow: the delay-based half of congestion control (draft-ietf-rmcat-gcc-02 section
5).

Packets sent within 5 ms are one group; between groups, what the arrival takes longer than the sending is
queueing. A line through the smoothed sum of it says whether queues grow; the threshold adapts (section 5.4),
so that a flow of TCP beside us does not starve us.
"""

from collections import deque
from enum import Enum
from typing import Protocol

from media.sent_packets import Outcome

_GROUP_NS = 5_000_000
_WINDOW = 20
_SMOOTHING = 0.9
_GAIN = 4.0
_DELTAS_MAX = 60
_OVERUSE_MS = 10.0
_UP, _DOWN = 0.0087, 0.039
_THRESHOLD_START, _THRESHOLD_MIN, _THRESHOLD_MAX = 12.5, 6.0, 600.0
_JUMP_MS = 3000.0


class Usage(Enum):
    """What the delays say of the path."""

    UNDER = "under"
    NORMAL = "normal"
    OVER = "over"


class Trend(Protocol):
    """Feed `add` with packets in order of arrival; `usage` is the verdict."""

    @property
    def usage(self) -> Usage:
        """What the delays say."""
        ...

    def add(self, arrived: list[Outcome]) -> None:
        """Take in packets that arrived, in order of their arrival."""
        ...


class DelayTrend:
    """Feed `add` with packets in order of arrival; `usage` is the verdict."""

    __slots__ = (
        "_count",
        "_delays",
        "_first_arrival_ms",
        "_group",
        "_last_trend",
        "_over_count",
        "_over_ms",
        "_previous",
        "_smoothed",
        "_sum",
        "_threshold",
        "usage",
    )

    def __init__(self) -> None:
        self._threshold = _THRESHOLD_START
        self.usage = Usage.NORMAL
        self._reset()

    def _reset(self) -> None:
        # A group: first and last sending, last arrival, in nanoseconds.
        self._group: list[int] = []
        self._previous: list[int] = []
        self._delays: deque[tuple[float, float]] = deque(maxlen=_WINDOW)
        self._sum = self._smoothed = 0.0
        self._count = self._over_count = 0
        self._over_ms = self._last_trend = 0.0
        self._first_arrival_ms = 0.0

    def add(self, arrived: list[Outcome]) -> None:
        """Take in packets that arrived, in order of their arrival."""
        group = self._group
        for arrival_ns, sent_ns, _, _ in arrived:
            if not group:
                group = [sent_ns, sent_ns, arrival_ns]
                continue
            since_ns = sent_ns - group[0]
            if since_ns < 0:
                # Overtaken by a whole group: it tells nothing of the queue now.
                continue
            # What queued up somewhere and arrives at once is one group, whenever it was sent.
            apart_ns = arrival_ns - group[2]
            if since_ns <= _GROUP_NS or (apart_ns <= _GROUP_NS and apart_ns < sent_ns - group[1]):
                if sent_ns > group[1]:
                    group[1] = sent_ns
                if apart_ns > 0:
                    group[2] = arrival_ns
                continue
            previous = self._previous
            if previous:
                self._step((group[1] - previous[1]) / 1e6, (group[2] - previous[2]) / 1e6, group[2] / 1e6)
            self._previous = group
            group = [sent_ns, sent_ns, arrival_ns]
        self._group = group

    def _step(self, sent_ms: float, arrived_ms: float, arrival_ms: float) -> None:
        if abs(arrived_ms - sent_ms) > _JUMP_MS:
            # The receiver's clock was set, or the path changed: what was learnt is of another path.
            self._reset()
            self.usage = Usage.NORMAL
            return
        if not self._count:
            self._first_arrival_ms = arrival_ms
        self._count = min(self._count + 1, 1000)
        self._sum += arrived_ms - sent_ms
        self._smoothed = _SMOOTHING * self._smoothed + (1 - _SMOOTHING) * self._sum
        self._delays.append((arrival_ms - self._first_arrival_ms, self._smoothed))
        trend = self._last_trend
        if len(self._delays) == _WINDOW:
            trend = _slope(self._delays)
        self._judge(trend, sent_ms, arrived_ms)

    def _judge(self, trend: float, sent_ms: float, arrived_ms: float) -> None:
        scaled = min(self._count, _DELTAS_MAX) * trend * _GAIN
        if scaled > self._threshold:
            self._over_ms += sent_ms
            self._over_count += 1
            if self._over_ms > _OVERUSE_MS and self._over_count > 1 and trend >= self._last_trend:
                self._over_ms = 0.0
                self._over_count = 0
                self.usage = Usage.OVER
        else:
            self._over_ms = 0.0
            self._over_count = 0
            self.usage = Usage.UNDER if scaled < -self._threshold else Usage.NORMAL
        self._last_trend = trend
        distance = abs(scaled)
        # A sudden step of the delay, as when a phone changes its cell, does not teach.
        if distance <= self._threshold + 15:
            rate = _DOWN if distance < self._threshold else _UP
            change = rate * (distance - self._threshold) * min(max(arrived_ms, 0.0), 100.0)
            self._threshold = min(_THRESHOLD_MAX, max(_THRESHOLD_MIN, self._threshold + change))


def _slope(points: deque[tuple[float, float]]) -> float:
    """Return the slope of the least-squares line through the points, 0.0 where they stand at one time."""
    # From the first point on, which keeps the squares small; one pass, for this runs for every group of
    # packets.
    start_x, start_y = points[0]
    sum_x = sum_y = sum_xx = sum_xy = 0.0
    for x, y in points:
        x -= start_x
        y -= start_y
        sum_x += x
        sum_y += y
        sum_xx += x * x
        sum_xy += x * y
    count = len(points)
    spread = count * sum_xx - sum_x * sum_x
    return (count * sum_xy - sum_x * sum_y) / spread if spread > 0 else 0.0
