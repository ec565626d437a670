"""The Socket.IO edge: authenticate, parse, tell the room, answer. The wire protocol is defined here once."""
