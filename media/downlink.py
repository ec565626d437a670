"""How much one subscriber's path bears: congestion control after draft-ietf-rmcat-gcc-02, from transport-wide
feedback.

Two judges, and the stricter one holds: delay (section 5; queues that grow lower the estimate before anything
is lost) and loss (section 6). Above what is forwarded only probes can see; they are asked for by `want`.
"""

from collections import deque
from collections.abc import Callable

from media.delay_trend import DelayTrend, Trend, Usage
from media.probe import Probes
from media.sent_packets import Outcome, SentPackets
from media.transport_feedback import Feedback

START_BPS = 500_000
FLOOR_BPS = 40_000
CEILING_BPS = 20_000_000
_RATE_WINDOW_NS = 500_000_000
_BACK_OFF = 0.85
_GROWTH_PER_S = 0.08
_LOSS_WINDOW_NS = 500_000_000
_LOSS_PACKETS_MIN = 20
_LOSS_HIGH, _LOSS_LOW = 0.10, 0.02
_PROBE_FACTOR = 2
# A receiver that has told nothing so long after the first packet gives no such feedback.
_DEAF_NS = 2_000_000_000
# Feedback is due every 100 ms or so: without any for so long, while we send, the path is worse than we know.
_SILENCE_NS = 1_500_000_000
# Nothing told for so long, and then again: the path was away, as when a phone changes its network.
_AWAY_NS = 700_000_000
# So long after that, what was lost meanwhile is still told of.
_BACK_NS = 500_000_000
# After a decrease its effect is awaited, for no longer than this.
_DECREASE_EVERY_NS = 200_000_000


class Downlink:
    """The estimate of one transport: `sent.add` per packet, `feedback` per report, `tick` every 10-50 ms.

    `was_away` is set when the path is back after nothing was told for long; who acts upon it clears it.
    """

    __slots__ = (
        "_arrivals",
        "_arrivals_octets",
        "_arrived_ns",
        "_back_ns",
        "_decreased_ns",
        "_delay_bps",
        "_feedback_ns",
        "_limit_bps",
        "_loss_bps",
        "_loss_lost",
        "_loss_ns",
        "_loss_total",
        "_make_trend",
        "_octets_told",
        "_probes",
        "_raised_ns",
        "_start_bps",
        "_steady_bps",
        "_trend",
        "_wanted_bps",
        "heard",
        "loss",
        "rtt_ns",
        "sent",
        "was_away",
    )

    def __init__(
        self,
        first: int = 0,
        start_bps: int = START_BPS,
        sent: SentPackets | None = None,
        trend: Callable[[], Trend] = DelayTrend,
    ) -> None:
        self.sent = sent or SentPackets(first)
        self._make_trend = trend
        self._trend = trend()
        self._probes = Probes()
        self._start_bps = self._delay_bps = start_bps
        self._loss_bps = CEILING_BPS
        self._limit_bps = CEILING_BPS
        self._wanted_bps = 0
        self._arrivals: deque[tuple[int, int]] = deque()
        self._arrivals_octets = 0
        self._loss_lost = self._loss_total = 0
        self._loss_ns = self._decreased_ns = self._raised_ns = self._feedback_ns = 0
        self._octets_told = 0
        # When the last report with arrivals came, and the estimate then; when one came after a long time.
        self._arrived_ns = self._steady_bps = 0
        self._back_ns = -_BACK_NS
        self.was_away = False
        self.heard = False
        self.loss = 0.0
        self.rtt_ns = 0

    @property
    def estimate_bps(self) -> int:
        """What may be sent altogether, bit/s."""
        return max(FLOOR_BPS, min(self._delay_bps, self._loss_bps, self._limit_bps))

    def acked_bps(self) -> int:
        """Return the rate at which packets arrived of late; 0 when unknown."""
        if len(self._arrivals) < 2:
            return 0
        length_ns = max(self._arrivals[-1][0] - self._arrivals[0][0], _RATE_WINDOW_NS // 2)
        return 8_000_000_000 * (self._arrivals_octets - self._arrivals[0][1]) // length_ns

    def want(self, rate_bps: int) -> None:
        """Say what would be sent if the path bore it; probes go no higher than a fifth above."""
        self._wanted_bps = rate_bps

    def limit(self, rate_bps: int) -> None:
        """Obey a receiver that names its limit (REMB); without other feedback that is the estimate."""
        self._limit_bps = max(FLOOR_BPS, rate_bps)
        if not self.heard:
            self._delay_bps = self._limit_bps

    def feedback(self, report: Feedback, now_ns: int) -> None:
        """Take in one transport-wide report."""
        self.told(*self.sent.take(report), now_ns)

    def told(self, arrived: list[Outcome], lost: int, now_ns: int) -> None:
        """Take in what one report told: see `SentPackets.take`."""
        if not arrived and not lost:
            return
        if not self.heard:
            self.heard = True
            self._delay_bps = min(self._delay_bps, max(self._start_bps, self.acked_bps()))
        self._feedback_ns = now_ns
        self._octets_told = self.sent.octets
        if arrived:
            self._note_return(now_ns)
        if now_ns - self._back_ns >= _BACK_NS:
            self._count_losses(len(arrived), lost, now_ns)
        self._trend.add(arrived)
        for arrival_ns, _, _, size in arrived:
            self._arrivals.append((arrival_ns, size))
            self._arrivals_octets += size
        self._forget_arrivals()
        if arrived:
            self._time(arrived, now_ns)
        self._control(now_ns)
        shown_bps = self._probes.add(arrived, now_ns)
        if shown_bps > self._delay_bps and self._trend.usage is not Usage.OVER:
            self._delay_bps = min(CEILING_BPS, shown_bps)
        if shown_bps > self._loss_bps:
            self._loss_bps = shown_bps

    def tick(self, now_ns: int) -> int:
        """Let time pass; return how many octets of repeats or padding should be sent now to probe."""
        if self.heard and now_ns - self._feedback_ns > _SILENCE_NS and self.sent.octets > self._octets_told:
            self._feedback_ns = now_ns
            self._octets_told = self.sent.octets
            self._delay_bps = max(FLOOR_BPS, self.estimate_bps // 2)
            self._probes.congested(now_ns)
        self._probes.expire(now_ns)
        if not self.heard:
            self._listen(now_ns)
            return 0
        estimate = self.estimate_bps
        if estimate < self._wanted_bps and self._trend.usage is Usage.NORMAL:
            rate = min(_PROBE_FACTOR * estimate, self._wanted_bps * 6 // 5, self._limit_bps)
            if rate > estimate:
                self._probes.start(rate, now_ns, self.sent.next, self.sent.octets)
        return self._probes.octets_due(now_ns, self.sent.next, self.sent.octets)

    def _note_return(self, now_ns: int) -> None:
        """Begin anew on a path that was away: that nothing arrived meanwhile says nothing of its width."""
        if self._arrived_ns and now_ns - self._arrived_ns > _AWAY_NS:
            self._back_ns = now_ns
            self.was_away = True
            self._trend = self._make_trend()
            self._arrivals.clear()
            self._arrivals_octets = 0
            self._loss_lost = self._loss_total = 0
            known_bps = min(self._steady_bps, self._start_bps)
            self._delay_bps = max(self._delay_bps, known_bps)
            self._loss_bps = max(self._loss_bps, known_bps)
        self._arrived_ns = now_ns
        self._steady_bps = self.estimate_bps

    def _listen(self, now_ns: int) -> None:
        if not self.sent.octets:
            self._feedback_ns = now_ns
        elif self._limit_bps == CEILING_BPS and now_ns - self._feedback_ns > _DEAF_NS:
            # Nothing will ever be known of this path: to hold back would be a guess against its user.
            self._delay_bps = CEILING_BPS

    @property
    def probing(self) -> bool:
        """Whether a probe sends now: `tick` then keeps its rate, the more often the more evenly."""
        return self._probes.sending

    def nothing_to_probe_with(self) -> None:
        """There is nothing to repeat: the probe ends with what was sent."""
        self._probes.finish_sending(self.sent.next)

    def _time(self, arrived: list[Outcome], now_ns: int) -> None:
        # Counts the wait for the feedback too: an upper bound, good for pacing our own reactions.
        seen_ns = now_ns - max(sent_ns for _, sent_ns, _, _ in arrived)
        self.rtt_ns = seen_ns if not self.rtt_ns else (7 * self.rtt_ns + seen_ns) // 8

    def _forget_arrivals(self) -> None:
        arrivals = self._arrivals
        while arrivals and arrivals[-1][0] - arrivals[0][0] > _RATE_WINDOW_NS:
            self._arrivals_octets -= arrivals.popleft()[1]

    def _control(self, now_ns: int) -> None:
        acked = self.acked_bps()
        usage = self._trend.usage
        if usage is Usage.OVER and acked:
            waited_ns = now_ns - self._decreased_ns
            if waited_ns >= min(_DECREASE_EVERY_NS, self.rtt_ns) or 0 < acked < self._delay_bps // 2:
                # Below what arrives, so that the queue empties; no further while that is so already.
                self._delay_bps = max(FLOOR_BPS, min(self._delay_bps, int(acked * _BACK_OFF)))
                self._decreased_ns = now_ns
                self._probes.congested(now_ns)
        elif usage is Usage.NORMAL and acked:
            elapsed_s = min(1.0, (now_ns - self._raised_ns) / 1e9)
            raised = int(self._delay_bps * (1 + _GROWTH_PER_S * elapsed_s)) + 1000
            # Without traffic to prove it the estimate does not drift away from what was seen to arrive.
            self._delay_bps = max(self._delay_bps, min(raised, acked * 3 // 2 + 10_000, CEILING_BPS))
        self._raised_ns = now_ns

    def _count_losses(self, arrived: int, lost: int, now_ns: int) -> None:
        self._loss_lost += lost
        self._loss_total += arrived + lost
        if self._loss_total < _LOSS_PACKETS_MIN or now_ns - self._loss_ns < _LOSS_WINDOW_NS:
            return
        self.loss = self._loss_lost / self._loss_total
        self._loss_lost = self._loss_total = 0
        self._loss_ns = now_ns
        if self.loss > _LOSS_HIGH:
            # What does arrive is borne: a queue that overflows is no reason to send next to nothing.
            lowered = self.estimate_bps * (1 - 0.5 * self.loss)
            self._loss_bps = max(FLOOR_BPS, int(max(lowered, self.acked_bps() * _BACK_OFF)))
            self._probes.congested(now_ns)
        elif self.loss < _LOSS_LOW:
            self._loss_bps = min(CEILING_BPS, int(self._loss_bps * (1 + _GROWTH_PER_S / 2)) + 1000)
