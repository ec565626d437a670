"""The sending half of one transport: a subscriber's routes, its path's estimate, its feedback answered."""

from collections.abc import Callable

from media.downlink import Downlink
from media.incoming import AUDIO_MAX_BPS
from media.layers import VideoDemand, choose
from media.receiver_report import round_trip_ns, sender_report
from media.route import Route
from media.rtcp import Description, ReportBlock, write_report
from media.token_bucket import TokenBucket

_STEP_NS = 15_000_000
_DECIDE_NS = 200_000_000
_REPORT_NS = 1_000_000_000
_FIRST_REPORT_NS = 100_000_000
_DEFAULT_RTT_NS = 100_000_000
# Repairs of video get what the media leave of the estimate, this part of it at least, and so much at once.
_REPAIR_SHARE = 6
_REPAIR_BURST_NS = 250_000_000
_REPAIR_BURST_MIN = 8_000
# Datagrams of RTCP from one participant: a browser that loses much on the way of five others' pictures sends
# some 300 a second, and what each may ask for is bounded.
REPORTS_PER_S, REPORTS_AT_ONCE = 500, 250
# A probe's part of one tick: more at once would be a burst that no path is like.
_PROBES_MAX = 8


class SendingSide:
    """What one participant is sent. `tick` every 10-50 ms; routes are added and removed by the plane."""

    __slots__ = (
        "_decided_ns",
        "_demands",
        "_earned_ns",
        "_media_bps",
        "_media_octets",
        "_name",
        "_octets_before",
        "_rate_ns",
        "_repair_octets",
        "_repaired",
        "_reported_ns",
        "_ticked_ns",
        "allowance",
        "downlink",
        "layer_changed",
        "rate_bps",
        "round_trip_ns",
        "routes",
        "rtt_ns",
    )

    def __init__(self, name: str, downlink: Downlink, layer_changed: Callable[[str, str, int], None]) -> None:
        self._name = name
        self.downlink = downlink
        self.layer_changed = layer_changed
        # By the track's name.
        self.routes: dict[str, Route] = {}
        self._demands: dict[str, VideoDemand] = {}
        # By the SSRC under which the subscriber knows it, and that of its retransmissions.
        self._repaired: dict[int, Route] = {}
        self.allowance = TokenBucket(REPORTS_PER_S, REPORTS_AT_ONCE, 0.0)
        # What is reckoned with before there is a report, and what was reported (-1: nothing yet).
        self.rtt_ns = _DEFAULT_RTT_NS
        self.round_trip_ns = -1
        self.rate_bps = 0
        self._earned_ns = self._media_bps = self._media_octets = 0
        self._repair_octets = _REPAIR_BURST_MIN
        self._ticked_ns = -_STEP_NS
        self._decided_ns = self._reported_ns = self._rate_ns = self._octets_before = 0

    def add(self, name: str, route: Route, now_ns: int) -> None:
        """Begin a route: it shows what there is at once."""
        self.routes[name] = route
        self._repaired[route.spec.ssrc] = route
        if route.spec.rtx_ssrc:
            self._repaired[route.spec.rtx_ssrc] = route
        if route.track.video:
            self._demands[name] = VideoDemand([], route.spec.ceiling, route.spec.priority)
        elif route.track.streams[0] is not None:
            route.show(0)
        # A first report soon lets the receiver lay voice and picture together.
        self._reported_ns = min(self._reported_ns, now_ns - _REPORT_NS + _FIRST_REPORT_NS)
        self.decide(now_ns)

    def remove(self, name: str) -> Route:
        """End a route and return it."""
        route = self.routes.pop(name)
        self._demands.pop(name, None)
        self._repaired.pop(route.spec.ssrc, None)
        self._repaired.pop(route.spec.rtx_ssrc, None)
        return route

    def pause(self, name: str, paused: bool, now_ns: int) -> None:
        """Hold a route, or let it go on (a video from its next keyframe)."""
        route = self.routes[name]
        if route.paused == paused:
            return
        route.paused = paused
        if paused:
            route.show(-1)
        elif not route.track.video and route.track.streams[0] is not None:
            route.show(0)
        demand = self._demands.get(name)
        if demand is not None:
            demand.layer = -1
        self.decide(now_ns)

    def wish(self, name: str, ceiling: int, priority: int, now_ns: int) -> None:
        """Change the highest layer of use and the priority of a video."""
        demand = self._demands[name]
        demand.ceiling = ceiling
        demand.priority = priority
        self.decide(now_ns)

    def decide(self, now_ns: int) -> None:
        """Choose layers under the estimate and show them."""
        audio_bps = 0
        demands = []
        octets = sum(route.octets for route in self.routes.values())
        elapsed_ns = now_ns - self._decided_ns
        if elapsed_ns >= _DECIDE_NS:
            self._media_bps = 8_000_000_000 * max(0, octets - self._media_octets) // elapsed_ns
            self._media_octets = octets
        for name, route in self.routes.items():
            demand = self._demands.get(name)
            if demand is None:
                stream = route.track.streams[0]
                if stream is not None and not route.paused:
                    audio_bps += min(stream.rate_bps, AUDIO_MAX_BPS)
                continue
            demand.rates_bps = [] if route.paused else route.track.rates_bps(now_ns)
            if demand.layer >= len(demand.rates_bps):
                demand.layer = -1
            demands.append(demand)
        self._decided_ns = now_ns
        if not demands:
            self.downlink.want(0)
            return
        before = [demand.layer for demand in demands]
        self.downlink.want(choose(self.estimate_bps, audio_bps, demands, now_ns))
        names = [name for name in self.routes if name in self._demands]
        for name, demand, layer in zip(names, demands, before, strict=True):
            route = self.routes[name]
            if demand.layer < 0:
                # Where nothing comes at all there is nothing to hold back: what appears is shown.
                if demand.steps():
                    route.show(-1)
            elif demand.layer != layer or route.source is None:
                route.show(demand.layer)
            if demand.layer != layer:
                self.layer_changed(self._name, name, demand.layer)

    @property
    def estimate_bps(self) -> int:
        """What may be sent to this subscriber, bit/s."""
        return self.downlink.estimate_bps

    def missed(self, ssrc: int, sequences: tuple[int, ...], now_ns: int) -> None:
        """Answer a NACK."""
        route = self._repaired.get(ssrc)
        if route is None or route.spec.ssrc != ssrc:
            return
        self._earn_repairs(now_ns)
        # What the reports tell may be old; where a queue has grown since, feedback knows.
        rtt_ns = max(self.rtt_ns, self.downlink.rtt_ns)
        for sequence in sequences:
            if not route.track.video:
                route.repeat(sequence, now_ns, rtt_ns)
            elif self._repair_octets > 0:
                self._repair_octets -= route.repeat(sequence, now_ns, rtt_ns)

    def keyframe_wanted(self, ssrc: int) -> None:
        """Pass on a PLI or FIR."""
        route = self._repaired.get(ssrc)
        if route is not None:
            route.keyframe_wanted()

    def reported(self, blocks: tuple[ReportBlock, ...], unix_ns: int) -> None:
        """Take in how the subscriber receives what we send."""
        for block in blocks:
            route = self._repaired.get(block.ssrc)
            if route is None or route.spec.ssrc != block.ssrc:
                continue
            route.reported_ns = unix_ns
            route.loss = block.fraction_lost / 256
            route.jitter_ns = block.jitter * 1_000_000_000 // route.track.clock_rate
            rtt_ns = round_trip_ns(block, unix_ns)
            if rtt_ns >= 0:
                self.rtt_ns = (3 * self.rtt_ns + rtt_ns) // 4
                known_ns = self.round_trip_ns
                self.round_trip_ns = rtt_ns if known_ns < 0 else (3 * known_ns + rtt_ns) // 4

    def tick(self, now_ns: int, unix_ns: int, send: Callable[[bytes], None]) -> None:
        """Let time pass: probes, layer choice and sender reports that are due.

        Only a probe, which is sent evenly, needs every call: the rest may wait for `_STEP_NS`.
        """
        if now_ns - self._ticked_ns < _STEP_NS and not self.downlink.probing:
            return
        self._ticked_ns = now_ns
        downlink = self.downlink
        if downlink.was_away:
            downlink.was_away = False
            self._begin_again()
        due = downlink.tick(now_ns)
        if due > 0:
            self._probe(due, now_ns)
        if now_ns - self._decided_ns >= _DECIDE_NS:
            self.decide(now_ns)
        if now_ns - self._reported_ns >= _REPORT_NS:
            self._reported_ns = now_ns
            elapsed_ns = max(1, now_ns - self._rate_ns)
            self.rate_bps = 8_000_000_000 * (downlink.sent.octets - self._octets_before) // elapsed_ns
            self._rate_ns = now_ns
            self._octets_before = downlink.sent.octets
            self._report(unix_ns, send)

    def _begin_again(self) -> None:
        """Go on from here on a path that was away: what was lost there is too old to be repaired."""
        for route in self.routes.values():
            route.cache.clear()
            route.keyframe_wanted()

    def _earn_repairs(self, now_ns: int) -> None:
        # A path that loses what is too much for it must not get the lost once more on top.
        elapsed_ns = min(_REPAIR_BURST_NS, now_ns - self._earned_ns)
        self._earned_ns = now_ns
        estimate_bps = self.downlink.estimate_bps
        rate_bps = max(estimate_bps // _REPAIR_SHARE, estimate_bps - self._media_bps)
        most = max(_REPAIR_BURST_MIN, rate_bps * _REPAIR_BURST_NS // 8_000_000_000)
        self._repair_octets = min(most, self._repair_octets + rate_bps * elapsed_ns // 8_000_000_000)

    def _probe(self, due: int, now_ns: int) -> None:
        videos = [route for name, route in self.routes.items() if name in self._demands]
        for _ in range(_PROBES_MAX):
            sent = next((size for size in (route.probe(now_ns) for route in videos) if size), 0)
            if not sent:
                self.downlink.nothing_to_probe_with()
                return
            due -= sent
            if due <= 0:
                return

    def _report(self, unix_ns: int, send: Callable[[bytes], None]) -> None:
        for route in self.routes.values():
            source = route.source
            if source is None or not route.packets:
                continue
            report = sender_report(
                route.spec.ssrc,
                unix_ns,
                source.clock,
                route.track.time,
                route.track.clock_rate,
                route.rewriter.timestamp_offset,
                route.packets,
                route.octets,
            )
            if report is not None:
                # One name for all that one publisher sends: its streams belong together (RFC 3550 6.5.1).
                name = Description(((route.spec.ssrc, route.track.publisher.encode()[:64]),))
                send(write_report(report) + write_report(name))
