"""Every pair of state and event of a call's path: what it leads to, or that it cannot happen."""

from itertools import product

import pytest

from domain.errors import Code, WrongState
from rooms.media_path import (
    PATH,
    MediaPath,
    PathEvent,
    PathReason,
    PathState,
    first_state,
    way,
)

E, S = PathEvent, PathState

EXPECTED = {
    S.ONLY_P2P: {E.THIRD_CAME: S.ONLY_P2P, E.THIRD_LEFT: S.ONLY_P2P, E.DISTURBED: S.ONLY_P2P,
                 E.ALL_LEFT: S.ONLY_P2P},
    S.FIRST: {E.NOT_CONNECTED: S.NOT_CONNECTED, E.LOST: S.LOST, E.THIRD_CAME: S.THIRD_PERSON,
              E.DISTURBED: S.FIRST, E.ALL_LEFT: S.FIRST},
    S.TWO_AGAIN: {E.NOT_CONNECTED: S.NOT_CONNECTED, E.LOST: S.LOST, E.THIRD_CAME: S.THIRD_PERSON,
                  E.DISTURBED: S.TWO_AGAIN, E.ALL_LEFT: S.FIRST},
    S.POLICY: {E.THIRD_CAME: S.POLICY, E.THIRD_LEFT: S.POLICY, E.DISTURBED: S.POLICY, E.ALL_LEFT: S.POLICY},
    S.NOT_CONNECTED: {E.THIRD_CAME: S.NOT_CONNECTED, E.THIRD_LEFT: S.NOT_CONNECTED,
                      E.DISTURBED: S.NOT_CONNECTED, E.ALL_LEFT: S.FIRST},
    S.LOST: {E.THIRD_CAME: S.LOST, E.THIRD_LEFT: S.LOST, E.DISTURBED: S.LOST, E.ALL_LEFT: S.FIRST},
    S.THIRD_PERSON: {E.THIRD_LEFT: S.QUIET, E.DISTURBED: S.THIRD_PERSON, E.ALL_LEFT: S.FIRST},
    S.QUIET: {E.THIRD_CAME: S.THIRD_PERSON, E.DISTURBED: S.QUIET, E.STAYED_QUIET: S.TWO_AGAIN,
              E.ALL_LEFT: S.FIRST},
}  # fmt: skip


@pytest.mark.parametrize(("state", "event"), list(product(S, E)))
def test_every_pair_leads_where_it_should_or_cannot_happen(state: PathState, event: PathEvent) -> None:
    expected = EXPECTED[state].get(event)
    if expected is not None:
        assert PATH.next(state, event) is expected
        return
    with pytest.raises(WrongState) as refused:
        PATH.next(state, event)
    assert refused.value.code is Code.SIGNAL_WRONG_STATE


@pytest.mark.parametrize(
    ("state", "path", "reason"),
    [
        (S.ONLY_P2P, MediaPath.P2P, PathReason.FIRST),
        (S.FIRST, MediaPath.P2P, PathReason.FIRST),
        (S.TWO_AGAIN, MediaPath.P2P, PathReason.TWO_AGAIN),
        (S.POLICY, MediaPath.RELAY, PathReason.POLICY),
        (S.NOT_CONNECTED, MediaPath.RELAY, PathReason.NOT_CONNECTED),
        (S.LOST, MediaPath.RELAY, PathReason.LOST),
        (S.THIRD_PERSON, MediaPath.RELAY, PathReason.THIRD_PERSON),
        (S.QUIET, MediaPath.RELAY, PathReason.THIRD_PERSON),
    ],
)
def test_every_state_means_one_way_and_says_why(
    state: PathState, path: MediaPath, reason: PathReason
) -> None:
    assert way(state) == (path, reason)


def test_a_call_begins_as_policy_and_the_process_have_it() -> None:
    assert first_state(relay=True, p2p_allowed=True) is S.FIRST
    assert first_state(relay=True, p2p_allowed=False) is S.POLICY
    assert first_state(relay=False, p2p_allowed=True) is S.ONLY_P2P
    with pytest.raises(ValueError, match="relay"):
        first_state(relay=False, p2p_allowed=False)


def test_back_to_p2p_leads_only_the_third_persons_leaving() -> None:
    ways = {
        (state, event)
        for (state, event), after in PATH.rows.items()
        if way(state)[0] is MediaPath.RELAY and way(after)[0] is MediaPath.P2P and event is not E.ALL_LEFT
    }
    assert ways == {(S.QUIET, E.STAYED_QUIET)}
