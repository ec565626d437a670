"""The Socket.IO edge: authenticate, parse, tell the room, answer. The wire protocol is defined here once."""

from signaling.edge import LiveEdge, LiveSettings, attach
from signaling.limits import Limits

__all__ = ["Limits", "LiveEdge", "LiveSettings", "attach"]
