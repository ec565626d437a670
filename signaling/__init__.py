"""The Socket.IO edge: authenticate, parse, tell the room, answer. The wire protocol is defined here once."""

from signaling.edge import LiveEdge, LiveSettings, attach

__all__ = ["LiveEdge", "LiveSettings", "attach"]
