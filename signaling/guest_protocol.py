"""What the wire says of a visit's invited guest, and what a guest may say."""

from signaling.wire import ToRoom

AS_GUEST = {"as": "guest"}
"""What a page says on connecting to come as an invited guest and not as who is signed in."""

GUEST_EVENTS = frozenset(
    {"room.join", "room.leave", "media.set", "call.settled", "relay.answer", "relay.restart", "ice.read"}
)
"""All that a guest may send."""


class GuestChanged(ToRoom):
    """guest.changed: a hint to read the visit's invitation again."""
