"""From what the call of a room says to what the wire says."""

from rooms import outputs
from signaling import call_protocol
from signaling.wire import Wire


def call_view(call: outputs.CallView) -> call_protocol.CallView:
    """Return the call as every page sees it."""
    return call_protocol.CallView(
        path=call.path, reason=call.reason, generation=call.generation, relay=call.relay
    )


def call_event(message: outputs.CallMessage) -> tuple[str, Wire]:
    """Return the event's name and its body."""
    consultation_id = message.consultation_id
    match message:
        case outputs.PathChosen(call=call):
            return "call.path", call_protocol.PathChosen(
                consultation_id=consultation_id, call=call_view(call)
            )
        case outputs.PathSettled(generation=generation):
            return "call.settled", call_protocol.PathSettled(
                consultation_id=consultation_id, generation=generation
            )
        case outputs.RelayOffer():
            return "relay.offer", call_protocol.RelayOffer(
                consultation_id=consultation_id,
                seat=message.seat,
                revision=message.revision,
                sdp=message.sdp,
                sources=dict(message.sources),
                publishers=dict(message.publishers),
            )
        case outputs.SeatOver(seat=seat, reason=reason):
            return "relay.ended", call_protocol.RelayEnded(
                consultation_id=consultation_id, seat=seat, reason=reason
            )
        case outputs.CallFigures(figures=figures):
            return "call.figures", call_protocol.CallFigures(
                consultation_id=consultation_id, figures=[_figures(one) for one in figures]
            )


def _figures(figures: outputs.Figures) -> call_protocol.Figures:
    measured = figures.measured
    return call_protocol.Figures(
        account_id=figures.account_id,
        quality=figures.quality,
        measured=None
        if measured is None
        else call_protocol.Measured(
            round_trip_ms=measured.round_trip_ms,
            loss=measured.loss,
            jitter_ms=measured.jitter_ms,
            sends_bps=measured.sends_bps,
            gets_bps=measured.gets_bps,
            layer=measured.layer,
            layers=measured.layers,
        ),
    )
