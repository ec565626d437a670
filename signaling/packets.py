"""Socket.IO packets as this edge speaks them: JSON text and nothing else.

Everything a client may send comes through `VisitPacket.decode`. What is not a well-formed event becomes an
event that no handler knows, so that its sender gets an answer instead of silence; binary attachments,
which the protocol would have us collect without a bound, are never waited for.
"""

import re
from typing import Any, Final

from pydantic_core import from_json, to_json
from socketio import packet

from signaling.guest_protocol import AS_GUEST

NOT_JSON: Final = "!not-json"
MALFORMED: Final = "!malformed"
BINARY: Final = "!binary"
"""Names that stand for what was no event. A client cannot send them: `_NAME` does not match them."""

_ID_DIGITS_MAX = 15
_HEAD = re.compile(r"([0-6])(?:(\d+)-)?(?:(/[^,]{0,100}),?)?(\d*)", re.ASCII)
_NAME = re.compile(r"[a-z][a-z_]{0,39}(?:\.[a-z_]{1,40})?")
# A client that sends these as events would run our own connect and disconnect handlers.
_RESERVED = frozenset({"connect", "disconnect"})


class VisitJson:
    """What Socket.IO needs of a JSON module, on the parser of pydantic: strict JSON, and fast."""

    @staticmethod
    def loads(text: str | bytes) -> Any:
        """Parse; raise ValueError for anything that is not JSON, NaN and Infinity included."""
        return from_json(text, allow_inf_nan=False)

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        """Write compactly."""
        return to_json(value).decode()


_AS_GUEST = VisitJson.dumps(AS_GUEST)


class VisitPacket(packet.Packet):  # type: ignore[misc]  # socketio ships no types
    """A packet whose decoding never raises and never waits for attachments."""

    uses_binary_events = False
    json = VisitJson

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An empty frame, or one that Engine.IO took for a JSON literal, is never decoded: it says nothing.
        if self.packet_type == packet.EVENT and self.data is None:
            self._ignore()

    def decode(self, encoded_packet: str | bytes | dict[str, Any] | list[Any]) -> int:
        """Read one frame; return how many binary attachments follow: always none."""
        self.namespace = None
        self.data: Any = None
        self.id = None
        if not isinstance(encoded_packet, str):
            self._ignore()
            return 0
        head = _HEAD.match(encoded_packet)
        if head is None or len(head[4]) > _ID_DIGITS_MAX:
            self._ignore()
            return 0
        self.packet_type = int(head[1])
        if head[3] is not None:
            self.namespace = head[3].partition("?")[0]
        if head[4]:
            self.id = int(head[4])
        payload = encoded_packet[head.end() :]
        if self.packet_type == packet.BINARY_EVENT or (self.packet_type == packet.EVENT and head[2]):
            self.packet_type = packet.EVENT
            self.data = [BINARY]
        elif self.packet_type == packet.EVENT:
            self.data = _event(payload)
        elif self.packet_type == packet.CONNECT:
            # The cookies say who it is; a client says at most which of the two counts.
            self.data = AS_GUEST if payload == _AS_GUEST else None
        elif self.packet_type != packet.DISCONNECT:
            self._ignore()
        return 0

    def _ignore(self) -> None:
        # An acknowledgement of something that was never asked has no effect at all.
        self.packet_type = packet.ACK
        self.id = -1
        self.data = []


def frame(namespace: str, event: str, body: bytes) -> str:
    """Return the text of an event whose one argument is already JSON."""
    return f'{packet.EVENT}{namespace},["{event}",{body.decode()}]'


def _event(payload: str) -> list[Any]:
    try:
        data = VisitJson.loads(payload)
    except ValueError:
        return [NOT_JSON]
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        return [MALFORMED]
    if data[0] in _RESERVED or not _NAME.fullmatch(data[0]):
        data[0] = MALFORMED
    return data
