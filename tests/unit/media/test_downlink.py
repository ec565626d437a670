import random

from media.downlink import CEILING_BPS, FLOOR_BPS, START_BPS, Downlink
from media.transport_feedback import TICK_NS, Feedback

MS = 1_000_000
SECOND = 1_000_000_000


class Path:
    """Sends 1000 octets every 10 ms (800 kbit/s) and tells of them every 100 ms."""

    def __init__(self) -> None:
        self.downlink = Downlink()
        self.chance = random.Random(3)  # noqa: S311
        self.now_ns = 0
        self.arrivals: list[int] = []
        self.first = self.downlink.sent.next

    def go(
        self, length_s: float, *, grows: float = 0.0, jitter_ms: int = 0, loss: float = 0.0, tell: bool = True
    ) -> int:
        queue_ns = 0.0
        for _ in range(int(length_s * 100)):
            self.now_ns += 10 * MS
            self.downlink.sent.add(1000, self.now_ns)
            queue_ns += grows * 10 * MS
            late_ns = 20 * MS + int(queue_ns) + self.chance.randrange(jitter_ms * MS + 1)
            lost = self.chance.random() < loss
            self.arrivals.append(-1 if lost else (self.now_ns + late_ns) // TICK_NS)
            if len(self.arrivals) == 10:
                report = Feedback(1, 2, self.first & 0xFFFF, 0, tuple(self.arrivals))
                if tell:
                    self.downlink.feedback(report, self.now_ns)
                self.first += 10
                self.arrivals = []
            self.downlink.tick(self.now_ns)
        return self.downlink.estimate_bps


def test_a_quiet_path_is_trusted_with_half_more_than_arrives_and_no_further() -> None:
    path = Path()
    assert path.downlink.estimate_bps == START_BPS
    assert 1_100_000 < path.go(20) < 1_300_000
    assert path.downlink.loss == 0


def test_jitter_is_no_congestion() -> None:
    path = Path()
    before = path.go(15, jitter_ms=8)
    assert path.go(10, jitter_ms=8) >= before * 0.85


def test_a_queue_that_grows_lowers_the_estimate_below_what_arrives() -> None:
    path = Path()
    path.go(10)
    # A quarter more is sent than the path takes.
    assert path.go(2, grows=0.25) < 700_000


def test_a_few_lost_are_borne_and_many_are_not() -> None:
    path = Path()
    before = path.go(15)
    assert path.go(10, loss=0.05) >= before * 0.85
    assert path.go(10, loss=0.3) < 700_000


def test_without_feedback_the_estimate_falls_and_recovers_with_it() -> None:
    path = Path()
    before = path.go(15)
    assert path.go(1.4, tell=False) == before
    assert path.go(8, tell=False) <= before // 16
    assert path.downlink.estimate_bps >= FLOOR_BPS
    assert path.go(30) > FLOOR_BPS * 4


def test_who_never_tells_anything_is_not_held_back() -> None:
    path = Path()
    assert path.go(1.9, tell=False) == START_BPS
    assert path.go(0.2, tell=False) == CEILING_BPS
    # Once it tells, what it tells counts.
    assert path.go(1) < 1_500_000


def test_a_limit_the_receiver_names_holds() -> None:
    path = Path()
    path.go(10)
    path.downlink.limit(300_000)
    assert path.go(5) == 300_000
