"""What the verification of a whole log can find, and how far it is."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class LogFindingKind(StrEnum):
    """What can be wrong with a log. Kinds are added, never renamed."""

    LOG_MISSING = "log-missing"
    LEAF_MISSING = "leaf-missing"
    LEAF_BEYOND = "leaf-beyond"
    ENTRY_MISSING = "entry-missing"
    ENTRY_DIFFERS = "entry-differs"
    TILE_MISSING = "tile-missing"
    TILE_DIFFERS = "tile-differs"
    TILE_BEYOND = "tile-beyond"
    EDGE_DIFFERS = "edge-differs"
    TREE_DIFFERS = "tree-differs"
    CHECKPOINT_INVALID = "checkpoint-invalid"
    CHECKPOINT_MISSING = "checkpoint-missing"
    COSIGNATURE_INVALID = "cosignature-invalid"
    OUTSIDE_DIFFERS = "outside-differs"
    LOG_BEHIND = "log-behind"
    CONTINUED = "continued"
    GIVEN_UP = "given-up"
    CONVERSATION_BROKEN = "conversation-broken"
    AFTER_CLOSING = "after-closing"
    CLOSING_DIFFERS = "closing-differs"
    OUT_OF_ORDER = "out-of-order"
    UNSEALED = "unsealed"
    BACKDATED = "backdated"
    POSTDATED = "postdated"


@dataclass(frozen=True, slots=True)
class LogFinding:
    """One thing that was found. Where: an entry (conversation, seq), and leaves [first, end), as far as
    known.

    `broken` is False for what has honest reasons too, such as a sealer that stood still: a person decides.
    """

    kind: LogFindingKind
    message: str
    conversation_id: UUID | None = None
    seq: int | None = None
    leaves: tuple[int, int] | None = None
    broken: bool = True


@dataclass(frozen=True, slots=True)
class LogProgress:
    """How far a verification is: `stage` is "leaves" or "conversations", in this order.

    `done` of `total`, in entries; the total of "conversations" is that of the tree, and `done` may pass it by
    what was not sealed yet. `checkpoints` and `cosignatures` were verified so far.
    """

    stage: str
    done: int
    total: int
    checkpoints: int
    cosignatures: int
