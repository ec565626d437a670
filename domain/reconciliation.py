"""Comparing what moved with the provider's own list: what is missing on either side, what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class MovementKind(StrEnum):
    """Money that came, money that went back, and what of it was not taken and is here again."""

    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_FAILED = "refund-failed"


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


def differences(
    ours: Iterable[Movement],
    theirs: Iterable[Movement],
    ours_of_other_days: Iterable[Movement] = (),
    theirs_of_other_days: Iterable[Movement] = (),
) -> list[Difference]:
    """Return where two lists of one day differ, in order of reference. The same list twice gives none.

    A movement is known by its kind and reference. Another currency is another amount. What one side has on
    another day, because it was heard of after midnight, is not missing there.
    """
    mine, its = _by_key(ours), _by_key(theirs)
    mine_elsewhere, its_elsewhere = _by_key(ours_of_other_days), _by_key(theirs_of_other_days)
    found = []
    for key in sorted(mine.keys() | its.keys(), key=lambda item: (item[1], item[0].value)):
        here = mine.get(key) or mine_elsewhere.get(key)
        there = its.get(key) or its_elsewhere.get(key)
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


def _by_key(movements: Iterable[Movement]) -> dict[tuple[MovementKind, str], Movement]:
    return {(item.kind, item.reference): item for item in movements}
