"""What the plane says of how it goes for somebody, when little is known of it."""

from domain.call_quality import Quality
from media.rtcp import ReceiverReport, ReportBlock
from media.track import RouteSpec
from tests.unit.media.call import SECOND, Call


def test_what_is_not_measured_is_neither_good_nor_bad() -> None:
    call = Call()
    nobody = call.plane.stats("patient", call.now_ns)
    assert (nobody.quality, nobody.loss, nobody.jitter_ns, nobody.rtt_ns) == (None, None, None, -1)
    call.route("voice", "patient", RouteSpec(900))
    call.voice(range(4))
    assert call.plane.stats("doctor", call.now_ns).quality is Quality.EXCELLENT
    # Who sends no more may be muted: without anything that must be answered nobody can tell.
    later_ns = call.now_ns + 20 * SECOND
    assert call.plane.stats("doctor", later_ns).quality is None
    # An old report says nothing of now.
    call.report("patient", ReceiverReport(1, (ReportBlock(900, 128, 1, 0, 480, 0, 0),)))
    assert call.plane.stats("patient", call.now_ns).quality is Quality.POOR
    assert call.plane.stats("patient", later_ns).quality is None


def test_who_answers_nothing_of_what_it_is_sent_is_lost() -> None:
    call = Call()
    call.route("voice", "patient", RouteSpec(900))
    for second in range(7):
        call.voice(range(50 * second, 50 * second + 50))
        call.wait(SECOND)
    assert call.plane.stats("patient", call.now_ns).quality is Quality.LOST
    call.report("patient", ReceiverReport(1, (ReportBlock(900, 0, 0, 0, 0, 0, 0),)))
    assert call.plane.stats("patient", call.now_ns).quality is Quality.EXCELLENT
