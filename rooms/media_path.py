"""Which way sound and picture of a call go: straight between two people (p2p), or through the relay.

A table and nothing else. Two people are tried p2p first. The relay takes over by policy, when p2p does not
connect, when it is lost, or when a third person comes. Back to p2p leads only the third person's leaving,
once two people were undisturbed for a while: whoever could not talk p2p once is not made to try again.
"""

from enum import StrEnum

from domain.errors import Code
from domain.transitions import TransitionTable


class MediaPath(StrEnum):
    """The two ways."""

    P2P = "p2p"
    RELAY = "relay"


class PathReason(StrEnum):
    """Why it is this way, for the pages."""

    FIRST = "first"
    POLICY = "policy"
    NOT_CONNECTED = "not-connected"
    LOST = "lost"
    THIRD_PERSON = "third-person"
    TWO_AGAIN = "two-again"


class PathState(StrEnum):
    """Where a call stands. `quiet`: the third person left, and the relay goes on for a while.

    `only-p2p`: this process has no relay. `not-connected` and `lost`: p2p failed, and is not tried again.
    """

    ONLY_P2P = "only-p2p"
    FIRST = "first"
    TWO_AGAIN = "two-again"
    POLICY = "policy"
    NOT_CONNECTED = "not-connected"
    LOST = "lost"
    THIRD_PERSON = "third-person"
    QUIET = "quiet"


class PathEvent(StrEnum):
    """What can happen to a path. `disturbed`: somebody came, went or lost a connection."""

    NOT_CONNECTED = "not-connected"
    LOST = "lost"
    THIRD_CAME = "third-came"
    THIRD_LEFT = "third-left"
    DISTURBED = "disturbed"
    STAYED_QUIET = "stayed-quiet"
    ALL_LEFT = "all-left"


_S, _E = PathState, PathEvent
_P2P = (_S.FIRST, _S.TWO_AGAIN)
_FAILED = (_S.NOT_CONNECTED, _S.LOST)
_STAY = (_E.THIRD_CAME, _E.THIRD_LEFT, _E.DISTURBED, _E.ALL_LEFT)

PATH = TransitionTable[PathState, PathEvent](
    "media path",
    Code.SIGNAL_WRONG_STATE,
    {
        **{(state, _E.NOT_CONNECTED): _S.NOT_CONNECTED for state in _P2P},
        **{(state, _E.LOST): _S.LOST for state in _P2P},
        **{(state, _E.THIRD_CAME): _S.THIRD_PERSON for state in (*_P2P, _S.QUIET)},
        **{(state, _E.DISTURBED): state for state in (*_P2P, _S.THIRD_PERSON, _S.QUIET)},
        (_S.THIRD_PERSON, _E.THIRD_LEFT): _S.QUIET,
        (_S.QUIET, _E.STAYED_QUIET): _S.TWO_AGAIN,
        # A relay that failed people is not known: they stay with it, whoever comes and goes.
        **{
            (state, event): state
            for state in _FAILED
            for event in (_E.THIRD_CAME, _E.THIRD_LEFT, _E.DISTURBED)
        },
        **{(state, _E.ALL_LEFT): _S.FIRST for state in (*_P2P, *_FAILED, _S.THIRD_PERSON, _S.QUIET)},
        **{(state, event): state for state in (_S.POLICY, _S.ONLY_P2P) for event in _STAY},
    },
)
"""What is not in it cannot happen: whoever reports it is answered signal.wrong_state."""

_REASONS = {
    _S.ONLY_P2P: (MediaPath.P2P, PathReason.FIRST),
    _S.FIRST: (MediaPath.P2P, PathReason.FIRST),
    _S.TWO_AGAIN: (MediaPath.P2P, PathReason.TWO_AGAIN),
    _S.POLICY: (MediaPath.RELAY, PathReason.POLICY),
    _S.NOT_CONNECTED: (MediaPath.RELAY, PathReason.NOT_CONNECTED),
    _S.LOST: (MediaPath.RELAY, PathReason.LOST),
    _S.THIRD_PERSON: (MediaPath.RELAY, PathReason.THIRD_PERSON),
    _S.QUIET: (MediaPath.RELAY, PathReason.THIRD_PERSON),
}


def first_state(*, relay: bool, p2p_allowed: bool) -> PathState:
    """Return where a call begins. ValueError when neither way is there."""
    if not p2p_allowed:
        if not relay:
            raise ValueError("without p2p there must be a relay")
        return PathState.POLICY
    return PathState.FIRST if relay else PathState.ONLY_P2P


def way(state: PathState) -> tuple[MediaPath, PathReason]:
    """Return the way that a state means, and why."""
    return _REASONS[state]
