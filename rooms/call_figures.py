"""From the relay's figures of one seat to what the people in the call are told of it."""

from uuid import UUID

from media.relay_events import MemberStats
from media.stats import Quality
from media.transport import TransportState
from rooms.outputs import Figures


def figures(who: UUID, stats: MemberStats) -> Figures:
    """Return how it goes for somebody. A connection that is not up is `lost`, whatever was measured."""
    media = stats.media
    quality = media.quality if stats.state is TransportState.CONNECTED else Quality.LOST
    losses = [one.loss for one in media.sends] + [one.loss for one in media.gets]
    jitters = [one.jitter_ns for one in media.sends] + [one.jitter_ns for one in media.gets]
    layers = [one.layer for one in media.gets if one.track.endswith(".camera") and one.layer >= 0]
    return Figures(
        account_id=who,
        quality=quality.value,
        round_trip_ms=round(media.rtt_ns / 1e6) if media.rtt_ns > 0 else None,
        loss=min(1.0, max((*losses, media.downlink_loss), default=0.0)),
        jitter_ms=round(max(jitters, default=0) / 1e6),
        sends_bps=sum(one.rate_bps for one in media.sends),
        gets_bps=media.sent_bps,
        layer=min(layers, default=None),
    )
