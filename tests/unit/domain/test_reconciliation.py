"""Two lists of one day: the same gives nothing, and each way to differ is named."""

from uuid import uuid4

from domain.reconciliation import Difference, DifferenceKind, Movement, MovementKind, differences

PAYMENT = uuid4()


def capture(reference: str, amount: int, currency: str = "CNY") -> Movement:
    return Movement(MovementKind.CAPTURE, reference, PAYMENT, amount, currency)


def test_the_same_list_twice_differs_in_nothing() -> None:
    ours = [capture("a", 1), capture("b", 2)]
    assert differences(ours, [capture("b", 2), capture("a", 1)]) == []


def test_each_difference_is_named_with_both_amounts() -> None:
    found = differences([capture("a", 1), capture("c", 3)], [capture("b", 2), capture("c", 4)])
    kind = MovementKind.CAPTURE
    assert found == [
        Difference(DifferenceKind.MISSING_THERE, kind, "a", PAYMENT, 1, None, "CNY"),
        Difference(DifferenceKind.MISSING_HERE, kind, "b", PAYMENT, None, 2, "CNY"),
        Difference(DifferenceKind.OTHER_AMOUNT, kind, "c", PAYMENT, 3, 4, "CNY"),
    ]


def test_another_currency_is_another_amount_and_another_kind_another_movement() -> None:
    (found,) = differences([capture("a", 1)], [capture("a", 1, "USD")])
    assert found.kind is DifferenceKind.OTHER_AMOUNT
    refund = Movement(MovementKind.REFUND, "a", PAYMENT, 1, "CNY")
    assert [item.kind for item in differences([capture("a", 1)], [refund])] == [
        DifferenceKind.MISSING_THERE,
        DifferenceKind.MISSING_HERE,
    ]
