"""What a name register says about a document: an opinion, by which nobody is verified. Reads no clock."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.identity import DocumentKind


class RegisterName(StrEnum):
    """Who can be asked whether a name belongs to a document's number."""

    DEMO = "demo"
    TENCENT = "tencent"


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
