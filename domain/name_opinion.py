"""What a name register says about a document: an opinion, by which nobody is verified. Reads no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.identity import DocumentKind

FIRST_WAIT: Final = timedelta(minutes=40)
"""How long after the first question without an answer the next is asked: its job has had all attempts."""
DAY: Final = timedelta(days=1)
"""The longest wait, and the wait after a register has spent its questions of the day."""
ASKED_MAX: Final = 10
"""How often a document is asked about: after that the staff decides without an opinion."""


class RegisterName(StrEnum):
    """Who can be asked whether a name belongs to a document's number."""

    DEMO = "demo"
    TENCENT = "tencent"


HELD_KINDS: Final[Mapping[RegisterName, frozenset[DocumentKind]]] = MappingProxyType(
    {
        RegisterName.DEMO: frozenset({DocumentKind.RESIDENT_ID}),
        RegisterName.TENCENT: frozenset({DocumentKind.RESIDENT_ID}),
    }
)
"""Which kinds of document each register holds. Of another kind nothing is sent to it."""


def held_kinds(register: RegisterName | None) -> frozenset[DocumentKind]:
    """Return which kinds of document are compared; none where no register is asked."""
    return frozenset() if register is None else HELD_KINDS[register]


def wait_to_ask(asked_times: int) -> timedelta | None:
    """Return how long to wait after so many questions without an answer; None when no other is asked."""
    return None if asked_times >= ASKED_MAX else min(FIRST_WAIT * 4 ** max(asked_times - 1, 0), DAY)


class Opinion(StrEnum):
    """agrees and differs are about the person; unknown: it has no such document; unavailable: no answer."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class NameClaim:
    """What is compared, and nothing more of the person. Never logged."""

    kind: DocumentKind
    name: str = field(repr=False)
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What a register said. `reference` is its own name for the question, for asking it about that."""

    opinion: Opinion
    reference: str | None


@dataclass(frozen=True, slots=True)
class NameOpinion:
    """An opinion as it is kept: whose, what, and when. It holds nothing of the person."""

    register: RegisterName
    opinion: Opinion
    reference: str | None
    given_at: datetime
