"""The double-entry ledger of payments: journals that sum to zero in each currency. Nothing here is kept.

Amounts are whole numbers of the currency's smallest unit (ISO 4217). A debit is positive, a credit negative.
What happened is never taken back: what undoes it is a journal of its own.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

AMOUNT_MAX = 10**12
"""No single amount is larger: what is larger was typed or sent wrongly."""


class LedgerAccount(StrEnum):
    """Where money is, and why."""

    PROVIDER = "provider"
    """What the payment provider holds for the hospital."""
    VISITS = "visits"
    """What visits have brought in; refunds take from it."""
    PROVIDER_FEES = "provider-fees"
    """What the provider keeps for its service."""
    DISPUTED = "disputed"
    """What the provider holds back while a patient's bank disputes it."""
    DISPUTE_LOSSES = "dispute-losses"
    """What lost disputes have cost."""


class JournalKind(StrEnum):
    """What can happen to money."""

    CAPTURE = "capture"
    REFUND = "refund"
    REFUND_FAILED = "refund-failed"
    """A refund that was done came back: the patient's bank did not take it."""
    FEE = "fee"
    DISPUTE_OPENED = "dispute-opened"
    DISPUTE_WON = "dispute-won"
    DISPUTE_LOST = "dispute-lost"


_SIDES: dict[JournalKind, tuple[LedgerAccount, LedgerAccount]] = {
    JournalKind.CAPTURE: (LedgerAccount.PROVIDER, LedgerAccount.VISITS),
    JournalKind.REFUND: (LedgerAccount.VISITS, LedgerAccount.PROVIDER),
    JournalKind.REFUND_FAILED: (LedgerAccount.PROVIDER, LedgerAccount.VISITS),
    JournalKind.FEE: (LedgerAccount.PROVIDER_FEES, LedgerAccount.PROVIDER),
    JournalKind.DISPUTE_OPENED: (LedgerAccount.DISPUTED, LedgerAccount.PROVIDER),
    JournalKind.DISPUTE_WON: (LedgerAccount.PROVIDER, LedgerAccount.DISPUTED),
    JournalKind.DISPUTE_LOST: (LedgerAccount.DISPUTE_LOSSES, LedgerAccount.DISPUTED),
}
"""Kind -> the account that is debited, the account that is credited."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a journal: minor units, positive for a debit, negative for a credit."""

    account: LedgerAccount
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Journal:
    """One happening. `reference` names it for good: the same one is never written twice."""

    kind: JournalKind
    reference: str
    entries: tuple[LedgerEntry, ...]

    def __post_init__(self) -> None:
        """Raise ValueError unless there are entries, none is empty, and each currency sums to zero."""
        if len(self.entries) < 2 or any(entry.amount_minor == 0 for entry in self.entries):
            raise ValueError("a journal has at least two entries, and none of nothing")
        if any(sums(self.entries).values()):
            raise ValueError("a journal's entries sum to zero in each currency")


def journal(kind: JournalKind, reference: str, amount_minor: int, currency: str) -> Journal:
    """Return the journal of one happening. Raise ValueError unless the amount is 1 to AMOUNT_MAX."""
    if not 1 <= amount_minor <= AMOUNT_MAX:
        raise ValueError("an amount is positive and not beyond all measure")
    debit, credit = _SIDES[kind]
    return Journal(
        kind,
        reference,
        (LedgerEntry(debit, amount_minor, currency), LedgerEntry(credit, -amount_minor, currency)),
    )


def sums(entries: Iterable[LedgerEntry]) -> dict[str, int]:
    """Return the sum of the entries in each currency. Of whole journals it is zero everywhere."""
    found: Counter[str] = Counter()
    for entry in entries:
        found[entry.currency] += entry.amount_minor
    return dict(found)


def balances(journals: Iterable[Journal]) -> dict[tuple[LedgerAccount, str], int]:
    """Return what stands on each account in each currency, in minor units; zero is left out."""
    found: Counter[tuple[LedgerAccount, str]] = Counter()
    for item in journals:
        for entry in item.entries:
            found[entry.account, entry.currency] += entry.amount_minor
    return {key: amount for key, amount in found.items() if amount}
