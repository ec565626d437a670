"""The m-lines of one connection to the relay. Values only.

A line never goes away and never moves (RFC 8829 section 5.2.2). One that is free waits as `inactive` for the
next track of its kind; one that the browser rejected gets a new mid when it is used again.
"""

from dataclasses import dataclass

from media.track import Codec, Kind


@dataclass(frozen=True, slots=True)
class Published:
    """What the participant may send on a line: "camera", "microphone" or the like, with layers or without."""

    source: str
    simulcast: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """A track of somebody else, sent on this line under SSRCs of ours. `codecs`: those its publisher has."""

    track: str
    publisher: str
    ssrc: int
    rtx_ssrc: int
    codecs: tuple[Codec, ...]


Use = Published | Watched


@dataclass(frozen=True, slots=True)
class Line:
    """One m-line. `use` is what it carries, `last` what it carried before it became free, `rejected` says
    that the last answer had port 0.
    """

    mid: str
    kind: Kind
    use: Use | None = None
    last: Use | None = None
    rejected: bool = False

    def takes(self, use: Use) -> bool:
        """Return whether a free line can carry this.

        The browser's transceiver keeps the direction and the encodings that it had, so that a line stays on
        its side and with its layers; a rejected one begins anew.
        """
        if self.use is not None:
            return False
        match self.last, use:
            case (Published(simulcast=before), Published(simulcast=now)):
                return self.rejected or before == now
            # Without anything before it came under a new mid, and has a transceiver that sends nothing.
            case (None | Watched(), Watched()):
                return True
            case _:
                return self.rejected

    @property
    def direction(self) -> str:
        """The direction attribute as seen by the relay (RFC 8866 section 6.7)."""
        match self.use:
            case Published():
                return "recvonly"
            case Watched():
                return "sendonly"
            case None:
                return "inactive"
