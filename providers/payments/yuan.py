"""What WeChat Pay and Alipay have in common: they take yuan alone, and their libraries raise anything."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

import structlog

from domain.errors import PartnerDown
from domain.payment import ProviderName
from providers.payments.port import PaymentRefused, down, in_thread

CURRENCY: Final = "CNY"
_LIBRARY_GIVES_UP_S: Final = 2.0
"""How much earlier the library gives up than we do, so that no thread is left behind."""

T = TypeVar("T")

_log = structlog.get_logger(__name__)


def demand_yuan(currency: str) -> None:
    """Raise PaymentRefused for any other currency."""
    if currency != CURRENCY:
        raise PaymentRefused("currency")


def fen_of(yuan: object) -> int:
    """Return an amount of a provider, such as "12.34", in minor units; nothing is 0. Raise PartnerDown."""
    try:
        return int(Decimal(str(yuan or "0")) * 100)
    except InvalidOperation:
        raise down() from None


def bill_day(start: datetime) -> str:
    """Return the day of a provider's bill in which most of the hospital's day lies that begins at `start`.

    Hospitals in China have the provider's day.
    """
    return (start + timedelta(hours=12)).date().isoformat()


async def answered(provider: ProviderName, call: Callable[[], T], timeout_s: float) -> T:
    """Run a call of the provider's library off the loop; return what it does.

    What it raises of its own accord is PartnerDown: it raises plain exceptions, also for answers that the
    provider did not sign, and what is not signed is not believed, a refusal neither. PartnerDown and
    PaymentRefused pass as they are.
    """

    def run() -> T:
        try:
            return call()
        except (PartnerDown, PaymentRefused):
            raise
        except Exception as error:
            # Its words may hold the body.
            _log.warning("payments.not_answered", provider=provider.value, error=type(error).__name__)
            raise down() from None

    return await in_thread(run, timeout_s + _LIBRARY_GIVES_UP_S)
