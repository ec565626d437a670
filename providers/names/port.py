"""The port of name registers: what every adapter promises."""

from typing import Final, Protocol

from domain.errors import PartnerDown
from domain.identity import DocumentKind
from domain.name_opinion import NameClaim, RegisterAnswer, RegisterName

TIMEOUT_S: Final = 10.0
"""How long a register is waited for."""


class RegisterRefused(Exception):
    """The register does not take the hospital's questions: the account, its rights or its money.

    `reason` is the register's stable word, without personal data.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class QuestionsSpent(Exception):
    """The register answers no more about this document today. Asking again within the day is in vain."""


class NameRegister(Protocol):
    """Says whether a name belongs to a document's number."""

    @property
    def name(self) -> RegisterName:
        """Which one it is."""
        ...

    def holds(self, kind: DocumentKind) -> bool:
        """Say whether it holds documents of this kind. Of another kind it is not asked."""
        ...

    async def compare(self, claim: NameClaim) -> RegisterAnswer:
        """Return agrees, differs or unknown. Of a kind of document that it does not hold, unknown.

        What it does not hold is not sent to it. Raise PartnerDown when it does not answer or asks to come
        back later, QuestionsSpent when it does not before tomorrow, RegisterRefused when it takes no question
        of the hospital's.
        """
        ...


def down() -> PartnerDown:
    """Return what is raised when a register does not answer."""
    return PartnerDown("name_register", "The name register does not answer.")
