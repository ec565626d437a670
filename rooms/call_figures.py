"""From the relay's figures of one seat to what the people in the call are told of it."""

from uuid import UUID

from domain.call_quality import Quality
from media.relay_events import MemberStats
from media.stats import ParticipantStats
from media.transport import TransportState
from rooms.outputs import Figures, Measured


def figures(who: UUID, stats: MemberStats) -> Figures:
    """Return how it goes for somebody. A connection that is not up is `lost`, whatever was measured."""
    quality = stats.media.quality if stats.state is TransportState.CONNECTED else Quality.LOST
    return Figures(who, quality, _measured(stats.media))


def for_reader(told: Figures, reader: UUID, *, reads_all: bool) -> Figures:
    """Return what this reader is told: of others without the right to more, their word alone."""
    if reads_all or told.account_id == reader:
        return told
    return Figures(told.account_id, told.quality, None)


def _measured(media: ParticipantStats) -> Measured:
    shown = [one for one in media.gets if one.track.endswith(".camera") and one.layer >= 0]
    smallest = min(shown, key=lambda one: one.layer, default=None)
    return Measured(
        round_trip_ms=round(media.rtt_ns / 1e6) if media.rtt_ns >= 0 else None,
        loss=media.loss,
        jitter_ms=None if media.jitter_ns is None else round(media.jitter_ns / 1e6),
        sends_bps=media.sends_bps,
        gets_bps=media.sent_bps,
        layer=None if smallest is None else smallest.layer,
        layers=None if smallest is None else smallest.layers,
    )
