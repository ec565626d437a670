"""Comparing what moved with the provider's own list: what is missing on either side, what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class MovementKind(StrEnum):
    """Money that came, and money that went back."""

    CAPTURE = "capture"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement at a provider: minor units, positive either way.

    `reference` is the provider's name of the payment or refund. `payment_id` is ours, None when unknown.
    `fee_minor` is what the provider kept, when it says so.
    """

    kind: MovementKind
    reference: str
    payment_id: UUID | None
    amount_minor: int
    currency: str
    fee_minor: int = 0


class DifferenceKind(StrEnum):
    """What is not as it should be."""

    MISSING_HERE = "missing-here"
    MISSING_THERE = "missing-there"
    OTHER_AMOUNT = "other-amount"


@dataclass(frozen=True, slots=True)
class Difference:
    """One movement about which the two lists differ. An amount is None on the side that lacks it."""

    kind: DifferenceKind
    movement: MovementKind
    reference: str
    payment_id: UUID | None
    ours_minor: int | None
    theirs_minor: int | None
    currency: str


def differences(ours: Iterable[Movement], theirs: Iterable[Movement]) -> list[Difference]:
    """Return where two lists of one day differ, in order of reference. The same list twice gives none.

    A movement is known by its kind and reference. Another currency is another amount.
    """
    mine = {(item.kind, item.reference): item for item in ours}
    its = {(item.kind, item.reference): item for item in theirs}
    found = []
    for key in sorted(mine.keys() | its.keys(), key=lambda item: (item[1], item[0].value)):
        here, there = mine.get(key), its.get(key)
        if here is None and there is not None:
            kind = DifferenceKind.MISSING_HERE
        elif there is None:
            kind = DifferenceKind.MISSING_THERE
        elif here is not None and (here.amount_minor, here.currency) != (there.amount_minor, there.currency):
            kind = DifferenceKind.OTHER_AMOUNT
        else:
            continue
        one = here or there
        assert one is not None, "a key is of one side at least"  # noqa: S101
        found.append(
            Difference(
                kind,
                key[0],
                key[1],
                one.payment_id,
                None if here is None else here.amount_minor,
                None if there is None else there.amount_minor,
                one.currency,
            )
        )
    return found
