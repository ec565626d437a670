"""The demo's name register: it holds the resident identity cards of a few invented people."""

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from domain.identity import DocumentKind
from domain.name_opinion import HELD_KINDS, NameClaim, Opinion, RegisterAnswer, RegisterName
from providers.names.port import down

HELD: Final[Mapping[str, str]] = MappingProxyType(
    {"110101195603120029": "李晓兰", "110105198411020030": "王建军", "110105199907250045": "赵子涵"}
)
"""Number -> name."""


class DemoRegister:
    """See NameRegister."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down

    @property
    def name(self) -> RegisterName:
        """See NameRegister."""
        return RegisterName.DEMO

    def holds(self, kind: DocumentKind) -> bool:
        """See NameRegister."""
        return kind in HELD_KINDS[self.name]

    async def compare(self, claim: NameClaim) -> RegisterAnswer:
        """See NameRegister."""
        if self.is_down:
            raise down()
        held = HELD.get(claim.number) if self.holds(claim.kind) else None
        if held is None:
            return RegisterAnswer(Opinion.UNKNOWN, None)
        reference = "demo-" + sha256(f"{claim.number} {claim.name}".encode()).hexdigest()[:12]
        return RegisterAnswer(Opinion.AGREES if held == claim.name else Opinion.DIFFERS, reference)
