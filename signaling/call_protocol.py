"""The bodies of events about the way that a call goes, and about the connection to the relay."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from domain.call_quality import Quality
from rooms.call_inputs import Trouble
from rooms.media_path import MediaPath, PathReason
from signaling.wire import SDP_MAX, ToRoom, Wire

CANDIDATE_MAX = 1024
Generation = Annotated[int, Field(ge=1, le=2**31)]
Seat = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Sdp = Annotated[str, StringConstraints(min_length=1, max_length=SDP_MAX)]


class CallView(Wire):
    """Which way the call goes, and why. `generation` names this choice; `relay` says whether there is one."""

    path: MediaPath
    reason: PathReason
    generation: int
    relay: bool


# --- how two pages reach each other ---------------------------------------------------------------------


class IceServer(Wire):
    """RTCIceServer of W3C WebRTC. Credentials of TURN expire; ask again before they do."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class SessionDescription(Wire):
    """RTCSessionDescriptionInit."""

    type: Literal["offer", "answer", "rollback"]
    sdp: Annotated[str, StringConstraints(max_length=SDP_MAX)] = ""


class IceCandidate(Wire):
    """RTCIceCandidateInit, spelled as the browser spells it. An empty candidate ends a generation."""

    candidate: Annotated[str, StringConstraints(max_length=CANDIDATE_MAX)]
    sdpMid: Annotated[str, StringConstraints(max_length=64)] | None = None
    sdpMLineIndex: Annotated[int, Field(ge=0, le=64)] | None = None
    usernameFragment: Annotated[str, StringConstraints(max_length=256)] | None = None


# --- from the client, each answered -----------------------------------------------------------------------


class CallTrouble(ToRoom):
    """call.trouble: p2p did not connect within 2.5 s, or nothing comes by it any more."""

    trouble: Trouble
    generation: Generation


class CallSettled(ToRoom):
    """call.settled: sound and picture come by the path of this generation."""

    generation: Generation


class RelayAnswer(ToRoom):
    """relay.answer: the answer to the relay's offer of that seat and revision."""

    seat: Seat
    revision: Annotated[int, Field(ge=1, le=2**31)]
    sdp: Sdp


class RelayRestart(ToRoom):
    """relay.restart: another way for this seat, or another seat. The offer follows."""

    seat: Seat | None = None


# --- from the server --------------------------------------------------------------------------------------


class PathChosen(ToRoom):
    """call.path: the call goes another way. Make it before the old one is broken."""

    call: CallView


class PathSettled(ToRoom):
    """call.settled, to everybody: all get sound and picture by this path, the old one may be closed."""

    generation: int


class RelayOffer(ToRoom):
    """relay.offer: the relay's offer for this page's connection; the same one may come again.

    A new `seat` is a new RTCPeerConnection. `sources`: mid -> `microphone` or `camera`, to be sent there.
    `publishers`: the id of a stream in the offer -> the account whose sound and picture it is.
    """

    seat: str
    revision: int
    sdp: str
    sources: dict[str, str]
    publishers: dict[str, UUID]


class RelayEnded(ToRoom):
    """relay.ended: this seat is over. While the path is the relay, ask for another by relay.restart."""

    seat: str
    reason: str


class Measured(Wire):
    """What the relay measured of one connection. Rates in bit/s, `loss` in 0..1, null what nobody could tell.

    `layer` of so many `layers` is the size of the picture that it gets: 0 the smallest, null without one.
    """

    round_trip_ms: int | None
    loss: float | None
    jitter_ms: int | None
    sends_bps: int
    gets_bps: int
    layer: int | None
    layers: int | None


class Figures(Wire):
    """How it goes for one of those in the call, as the relay sees it; null while nothing is known.

    `measured` of others is for the doctor alone.
    """

    account_id: UUID
    quality: Quality | None
    measured: Measured | None


class CallFigures(ToRoom):
    """call.figures: how it goes for everybody who is at the relay, every few seconds."""

    figures: list[Figures]
