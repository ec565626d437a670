"""Which simulcast layer each subscriber gets of each video, under the estimate of its path.

Audio is taken off first and is never given up. What is left goes to the videos, each its lowest layer first,
then step by step in order of priority. Down at once; up only with headroom and after a rest, which grows when
going up proved wrong.
"""

from dataclasses import dataclass, field

PAUSED = -1
# Room that must be there above the next layer's rate before it is taken.
_HEADROOM = 1.1
# A layer's measured rate may exceed the budget by so much before it is left: rates swing from second to
# second.
_TOLERANCE = 1.08
_REST_NS = 1_000_000_000
_REST_MAX_NS = 8_000_000_000
# The lowest layer is held through a dip of the estimate: so long, if it stays above so much of its rate.
_DIP_NS = 2_000_000_000
_DIP_SHARE = 0.5
# Whoever falls so soon after a rise rose too early.
_REGRET_NS = 5_000_000_000


@dataclass(slots=True)
class VideoDemand:
    """One video of one subscriber: what there is, what is wanted, and what is decided.

    `rates_bps`: measured rate per layer, lowest quality first; 0 is a layer that does not come. `ceiling`:
    the highest layer of use (its size on the screen). `priority`: lower is served first. `layer`: the
    decision, -1 for nothing.
    """

    rates_bps: list[int]
    ceiling: int
    priority: int = 0
    layer: int = PAUSED
    _raised_ns: int = field(default=-_REGRET_NS)
    _dipped_ns: int = field(default=-1)
    _rest_ns: int = field(default=_REST_NS)
    _rest_until_ns: int = field(default=-1)

    def steps(self) -> list[int]:
        """Return the layers that come and may be chosen, lowest first."""
        return [index for index, rate in enumerate(self.rates_bps[: self.ceiling + 1]) if rate > 0]

    def wanted_bps(self) -> int:
        """Return the rate of the best layer."""
        steps = self.steps()
        return self.rates_bps[steps[-1]] if steps else 0

    def least_bps(self) -> int:
        """Return the rate of the lowest layer."""
        steps = self.steps()
        return self.rates_bps[steps[0]] if steps else 0

    def settle(self, layer: int, now_ns: int) -> None:
        """Take the decision, and learn from it when a rise must be taken back."""
        if layer < self.layer:
            # A layer that its publisher stopped sending was no mistake of ours.
            if self.layer in self.steps():
                regretted = now_ns - self._raised_ns < _REGRET_NS
                self._rest_ns = min(_REST_MAX_NS, 2 * self._rest_ns) if regretted else _REST_NS
                self._rest_until_ns = now_ns + self._rest_ns
        elif layer > self.layer:
            self._raised_ns = now_ns
        if layer < 0:
            self._dipped_ns = -1
        self.layer = layer

    def holds(self, fits: bool, cost: int, left: float, now_ns: int) -> bool:
        """Return whether the lowest layer, which is shown, stays: it fits, or is short of room briefly."""
        if fits:
            self._dipped_ns = -1
            return True
        if self._dipped_ns < 0:
            self._dipped_ns = now_ns
        return left >= cost * _DIP_SHARE and now_ns - self._dipped_ns < _DIP_NS

    def resting(self, now_ns: int) -> bool:
        """Return whether a rise would come too soon after a fall."""
        return now_ns < self._rest_until_ns


def choose(estimate_bps: int, audio_bps: int, demands: list[VideoDemand], now_ns: int) -> int:
    """Decide the layer of each demand; return what all of them together would want (audio too), bit/s."""
    left = float(max(0, estimate_bps - audio_bps))
    # Of equals the cheapest first: one that sends a single large picture takes nobody else's place.
    ordered = sorted(demands, key=lambda demand: (demand.priority, demand.least_bps()))
    decided = [PAUSED] * len(ordered)
    ladders = [demand.steps() for demand in ordered]
    moved = True
    # In each round every video may take one step: none gets its second before all got their first.
    while moved:
        moved = False
        for index, demand in enumerate(ordered):
            higher = [step for step in ladders[index] if step > decided[index]]
            if not higher:
                continue
            step = higher[0]
            before = demand.rates_bps[decided[index]] if decided[index] >= 0 else 0
            cost = max(0, demand.rates_bps[step] - before)
            if _affordable(demand, step, cost, left, now_ns):
                decided[index] = step
                left -= cost
                moved = True
    for demand, layer in zip(ordered, decided, strict=True):
        demand.settle(layer, now_ns)
    return audio_bps + int(_HEADROOM * sum(demand.wanted_bps() for demand in demands))


def _affordable(demand: VideoDemand, step: int, cost: int, left: float, now_ns: int) -> bool:
    if step <= demand.layer:
        fits = cost <= left * _TOLERANCE
        return fits if step != demand.steps()[0] else demand.holds(fits, cost, left, now_ns)
    return cost * _HEADROOM <= left and not demand.resting(now_ns)
