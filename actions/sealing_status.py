"""How sealing goes in this process, for whoever asks: /healthz, the administration's figures."""

from dataclasses import dataclass
from enum import StrEnum


class SealingState(StrEnum):
    """starting: nothing is known yet; waiting: something that passes keeps it; stopped: a person has to
    look."""

    STARTING = "starting"
    SEALING = "sealing"
    WAITING = "waiting"
    STOPPED = "stopped"


@dataclass(slots=True)
class SealingStatus:
    """Written by the sealer alone. `why` says in a sentence what keeps it; `missing` are entries [from,
    to)."""

    state: SealingState = SealingState.STARTING
    why: str | None = None
    missing: tuple[int, int] | None = None
    size: int = 0
    """Entries in the tree, as far as this process knows."""

    def goes_on(self, size: int) -> None:
        """Sealing works; the tree has that many entries."""
        self.state, self.why, self.missing, self.size = SealingState.SEALING, None, None, size

    def waits(self, why: str) -> None:
        """Something keeps sealing that is expected to pass."""
        self.state, self.why, self.missing = SealingState.WAITING, why, None

    def stops(self, why: str, missing: tuple[int, int] | None) -> None:
        """Sealing stopped until a person has looked."""
        self.state, self.why, self.missing = SealingState.STOPPED, why, missing
