"""The ledger balances, whatever happens to money, and in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import (
    AMOUNT_MAX,
    Journal,
    JournalKind,
    LedgerAccount,
    LedgerEntry,
    balances,
    journal,
    sums,
)

_HAPPENING = st.tuples(
    st.sampled_from(JournalKind), st.integers(1, AMOUNT_MAX), st.sampled_from(["CNY", "USD", "JPY"])
)


@given(st.lists(_HAPPENING, max_size=60))
def test_after_any_sequence_the_books_sum_to_zero_in_each_currency(
    happenings: list[tuple[JournalKind, int, str]],
) -> None:
    journals = [
        journal(kind, str(index), amount, currency)
        for index, (kind, amount, currency) in enumerate(happenings)
    ]
    assert set(sums(entry for item in journals for entry in item.entries).values()) <= {0}
    by_currency: dict[str, int] = {}
    for (_, currency), amount in balances(journals).items():
        by_currency[currency] = by_currency.get(currency, 0) + amount
    assert set(by_currency.values()) <= {0}


@given(st.integers(1, AMOUNT_MAX), st.data())
def test_what_was_captured_and_all_given_back_leaves_nothing(amount: int, data: st.DataObject) -> None:
    journals = [journal(JournalKind.CAPTURE, "c", amount, "CNY")]
    left = amount
    while left:
        part = data.draw(st.integers(1, left)) if len(journals) < 5 else left
        journals.append(journal(JournalKind.REFUND, str(len(journals)), part, "CNY"))
        left -= part
    assert balances(journals) == {}


@given(st.integers(1, AMOUNT_MAX))
def test_a_refund_that_came_back_is_as_if_it_had_never_gone(amount: int) -> None:
    kinds = [JournalKind.CAPTURE, JournalKind.REFUND, JournalKind.REFUND_FAILED]
    found = balances(journal(kind, kind.value, amount, "CNY") for kind in kinds)
    assert found == {(LedgerAccount.PROVIDER, "CNY"): amount, (LedgerAccount.VISITS, "CNY"): -amount}


@given(st.integers(1, AMOUNT_MAX), st.booleans())
def test_a_dispute_ends_where_it_began_or_as_a_loss(amount: int, won: bool) -> None:
    kinds = [
        JournalKind.CAPTURE,
        JournalKind.DISPUTE_OPENED,
        JournalKind.DISPUTE_WON if won else JournalKind.DISPUTE_LOST,
    ]
    found = balances(journal(kind, kind.value, amount, "CNY") for kind in kinds)
    kept = LedgerAccount.PROVIDER if won else LedgerAccount.DISPUTE_LOSSES
    assert found == {(kept, "CNY"): amount, (LedgerAccount.VISITS, "CNY"): -amount}


@pytest.mark.parametrize("amount", [0, -1, AMOUNT_MAX + 1])
def test_a_journal_of_no_or_any_amount_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        journal(JournalKind.CAPTURE, "x", amount, "CNY")


def test_entries_that_do_not_balance_are_refused() -> None:
    debit = LedgerEntry(LedgerAccount.PROVIDER, 5, "CNY")
    for entries in (
        (debit,),
        (debit, LedgerEntry(LedgerAccount.VISITS, -4, "CNY")),
        (debit, LedgerEntry(LedgerAccount.VISITS, -5, "USD")),
        (LedgerEntry(LedgerAccount.PROVIDER, 0, "CNY"), LedgerEntry(LedgerAccount.VISITS, 0, "CNY")),
    ):
        with pytest.raises(ValueError, match="journal"):
            Journal(JournalKind.CAPTURE, "x", entries)
