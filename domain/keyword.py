"""Keyword search in records: what a word is, when a text contains it, how wide and long a search may be."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.errors import Code, FieldFault, InvalidInput
from domain.facts import Body, EntryKind
from domain.transitions import TransitionTable

WORD_MAX: Final = 100
REASON_MAX: Final = 500
RANGE_MAX: Final = timedelta(days=31)
"""The longest range of planned starts that is searched without naming a patient or a doctor."""
CONSULTATIONS_MAX: Final = 5_000
HITS_MAX: Final = 10_000
"""A word that stands everywhere finds nothing: the search ends there and says so."""
RUNNING_MAX: Final = 3
"""How many searches of one auditor run at a time."""
SEARCHES_KEPT: Final = timedelta(days=30)
"""After this the word, the hits and the list of conversations are gone."""

_SUMMER_TIME: Final = timedelta(hours=1)
"""Days are calendar days, and one of 31 may have an hour more."""


class SearchState(StrEnum):
    """running until every conversation was searched; expired when what it found is gone."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"


class SearchEvent(StrEnum):
    """What can happen to a search."""

    FINISH = "finish"
    CANCEL = "cancel"
    FAIL = "fail"
    EXPIRE = "expire"


SEARCH = TransitionTable(
    "search",
    Code.ARCHIVE_SEARCH_WRONG_STATE,
    {
        (SearchState.RUNNING, SearchEvent.FINISH): SearchState.DONE,
        (SearchState.RUNNING, SearchEvent.CANCEL): SearchState.CANCELLED,
        (SearchState.RUNNING, SearchEvent.FAIL): SearchState.FAILED,
        (SearchState.RUNNING, SearchEvent.EXPIRE): SearchState.EXPIRED,
        (SearchState.DONE, SearchEvent.EXPIRE): SearchState.EXPIRED,
        (SearchState.CANCELLED, SearchEvent.EXPIRE): SearchState.EXPIRED,
        (SearchState.FAILED, SearchEvent.EXPIRE): SearchState.EXPIRED,
    },
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is searched: one patient's, one doctor's, or all planned in [begins_at, ends_at)."""

    patient_id: UUID | None = None
    practitioner_id: UUID | None = None
    begins_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """One search: who asked, why, where, and how far it is. The word is not in it.

    `done` of `total` consultations were searched. `destroyed` counts those whose text is lawfully gone,
    `damaged` entries that could not be read. `capped` says that it ended at HITS_MAX.
    """

    id: UUID
    account_id: UUID
    account_name: str
    session_id: UUID | None
    reason: str
    scope: Scope
    patient_name: str | None
    practitioner_name: str | None
    state: SearchState
    total: int
    done: int
    hits: int
    capped: bool
    destroyed: int
    damaged: int
    created_at: datetime
    ended_at: datetime | None

    @property
    def expires_at(self) -> datetime:
        """When the word and what was found are dropped."""
        return self.created_at + SEARCHES_KEPT

    def state_at(self, now: datetime) -> SearchState:
        """Return the state at `now`: a search past its time is expired before anybody tidied it away."""
        return SearchState.EXPIRED if now >= self.expires_at else self.state


def folded(text: str) -> str:
    """Return a text as it is compared: compatible forms and upper and lower case alike, gaps as one space.

    Unicode NFKC, full case folding, NFKC again (Unicode 3.13, R5 with compatibility).
    """
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(normal.split())


def keyword(text: str, field: str = "word") -> str:
    """Return a word as it is looked for; raise InvalidInput naming `field`.

    It has at least two characters, or one that is Chinese, Japanese or Korean, and at most WORD_MAX.
    """
    if len(text) > WORD_MAX:
        raise InvalidInput("This is too long to look for.", {field: FieldFault.TOO_LONG})
    if any(unicodedata.category(ch) in ("Cc", "Cs", "Co", "Cn") and ch not in "\t\n" for ch in text):
        raise InvalidInput("This is no text to look for.", {field: FieldFault.BAD_FORMAT})
    word = folded(text)
    if len(word) < 2 and not (word and _is_a_word_alone(word)):
        raise InvalidInput("Give at least two characters.", {field: FieldFault.TOO_SHORT})
    return word


def contains(body: Body, kind: str, word: str) -> bool:
    """Say whether what a person wrote in an entry contains the word, which `keyword` returned."""
    return any(word in folded(text) for text in written(kind, body))


def written(kind: str, body: Body) -> list[str]:
    """Return the texts of an entry that people wrote: of a message, and the name of a file."""
    names = {EntryKind.CHAT.value: ("text",), "file": ("name",)}.get(kind, ())
    return [value for name in names if isinstance(value := body.get(name), str)]


def check_scope(scope: Scope) -> None:
    """Raise InvalidInput unless this may be searched, naming every wrong field at once."""
    fields: dict[str, FieldFault] = {}
    begins, ends = scope.begins_at, scope.ends_at
    for name, moment in (("from", begins), ("to", ends)):
        if moment is not None and moment.tzinfo is None:
            fields[name] = FieldFault.BAD_FORMAT
    named = scope.patient_id is not None or scope.practitioner_id is not None
    if (begins is None) != (ends is None) or (begins is None and not named):
        for name, moment in (("from", begins), ("to", ends)):
            if moment is None:
                fields[name] = FieldFault.MISSING
    if not fields and begins is not None and ends is not None:
        if ends <= begins:
            fields["to"] = FieldFault.OUT_OF_ORDER
        elif not named and ends - begins > RANGE_MAX + _SUMMER_TIME:
            fields["to"] = FieldFault.TOO_LARGE
    if fields:
        raise InvalidInput("Choose a patient, a doctor, or a range of at most 31 days.", fields)


def _is_a_word_alone(word: str) -> bool:
    return unicodedata.east_asian_width(word) == "W" and unicodedata.category(word) == "Lo"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text that contains a word: the word itself, or what stands around it."""

    text: str
    found: bool


def parts(text: str, word: str) -> list[Part]:
    """Split a text at the places where the word stands, so that a page can mark them.

    Joined they are the text. Each character is folded alone, so that a word whose characters only combine to
    what is looked for is found by `contains` and not marked here.
    """
    plain, origin = "", []
    for index, char in enumerate(text):
        piece = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
        piece = " " if piece.isspace() else piece
        if piece == " " and plain.endswith(" "):
            continue
        plain += piece
        origin += [index] * len(piece)
    pieces: list[Part] = []
    shown, at = 0, plain.find(word)
    while at >= 0:
        start, end = origin[at], origin[at + len(word) - 1] + 1
        if start >= shown:
            if start > shown:
                pieces.append(Part(text[shown:start], False))
            pieces.append(Part(text[start:end], True))
            shown = end
        at = plain.find(word, at + len(word))
    if shown < len(text):
        pieces.append(Part(text[shown:], False))
    return pieces
