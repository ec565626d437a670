"""State machines as tables: (state, event) -> next state. Nothing here knows a particular machine."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from domain.errors import Code, WrongState

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


class TransitionTable(Generic[S, E]):
    """One machine. Pairs that are not in the table cannot happen."""

    def __init__(self, what: str, code: Code, rows: Mapping[tuple[S, E], S]) -> None:
        self.what = what
        self.code = code
        self.rows = dict(rows)

    def next(self, state: S, event: E) -> S:
        """Return the state after `event`; raise WrongState when the pair is not in the table."""
        try:
            return self.rows[state, event]
        except KeyError:
            raise WrongState(self.code, self.what, state.value, event.value) from None

    def allows(self, state: S, event: E) -> bool:
        """Say whether `event` can happen in `state`."""
        return (state, event) in self.rows

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram, rows in their order."""
        lines = ["stateDiagram-v2"]
        lines += [
            f"    {_label(state)} --> {_label(after)}: {event.value}"
            for (state, event), after in self.rows.items()
        ]
        return "\n".join(lines)


def _label(state: StrEnum) -> str:
    return state.value.replace("-", "_")
