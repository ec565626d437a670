"""Payments while the server runs: the provider that is set, and what time does to money. No rule is here."""

import asyncio
import os
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from actions import payments, reconciliation, refunds
from actions.context import UnitOfWork
from booking_api.security_headers import CardForm
from domain.payment import ProviderName
from domain.refund_policy import RefundPolicy
from providers.payments import PaymentProvider, alipay, stripe, wechat
from providers.payments.alipay import AlipayProvider
from providers.payments.demo import DemoProvider
from providers.payments.stripe import StripeProvider
from providers.payments.wechat import WeChatProvider
from server.config import Config
from server.database import now

TICK_EVERY_S = 60.0
COMPARED_AT = time(10, 30)
"""The hospital's time from which yesterday is compared: in China a day's bill is there at 10."""

_log = structlog.get_logger(__name__)


def payment_provider(config: Config) -> PaymentProvider | None:
    """Return the provider that is set; None where nothing is paid."""
    given = config.payments
    if given is None:
        return None
    notices = f"{config.public_url}/api/payment-notices/{given.provider}"
    match given.provider:
        case ProviderName.DEMO:
            return DemoProvider(config.data_dir / "demo" / "payments.jsonl", clock=now, random=os.urandom)
        case ProviderName.STRIPE:
            return StripeProvider(
                secret_key=given.account["STRIPE_SECRET_KEY"],
                public_key=given.account["STRIPE_PUBLIC_KEY"],
                webhook_secret=given.account["STRIPE_WEBHOOK_SECRET"],
                clock=now,
                endpoint=given.endpoint or stripe.API,
                form=given.form,
            )
        case ProviderName.WECHAT:
            return WeChatProvider(
                merchant=given.account["WECHAT_MERCHANT"],
                app=given.account["WECHAT_APP"],
                private_key=given.account["WECHAT_PRIVATE_KEY"],
                serial=given.account["WECHAT_CERT_SERIAL"],
                api_key=given.account["WECHAT_API_KEY"],
                public_key=given.account["WECHAT_PUBLIC_KEY"],
                public_key_id=given.account["WECHAT_PUBLIC_KEY_ID"],
                notify_url=notices,
                clock=now,
                endpoint=given.endpoint or wechat.API,
            )
        case ProviderName.ALIPAY:
            return AlipayProvider(
                app=given.account["ALIPAY_APP"],
                private_key=given.account["ALIPAY_PRIVATE_KEY"],
                public_key=given.account["ALIPAY_PUBLIC_KEY"],
                notify_url=notices,
                endpoint=given.endpoint or alipay.API,
            )


def card_form(config: Config) -> CardForm | None:
    """Return where the provider's form in our page comes from; None when there is none."""
    given = config.payments
    if given is None or given.provider is not ProviderName.STRIPE:
        return None
    return CardForm(given.form, given.endpoint or stripe.API)


async def keep_payments(
    work: UnitOfWork, provider: PaymentProvider, time_zone: str, policy: RefundPolicy
) -> None:
    """See to what nobody tells us, now and every minute; until cancelled.

    Payments that nobody finished, refunds under way, paid visits that are over, and yesterday's comparison.
    """
    zone, asked = ZoneInfo(time_zone), date.min
    while True:
        for step in (_unfinished, _under_way):
            try:
                await step(work, provider)
            except Exception as error:
                # The provider is away, most likely: the next time asks again.
                _log.warning("payments.not_seen_to", error=type(error).__name__)
        try:
            decided = await refunds.decide_due(work, policy, "refunds")
            if decided:
                _log.info("refunds.decided", visits=decided)
            yesterday = _compared(work.now(), zone)
            if yesterday > asked:
                await reconciliation.queue_due(work, provider, yesterday, "reconciliation")
                asked = yesterday
        except Exception as error:
            _log.warning("payments.not_seen_to", error=type(error).__name__)
        await asyncio.sleep(TICK_EVERY_S)


async def _unfinished(work: UnitOfWork, provider: PaymentProvider) -> None:
    await payments.check_stale(work, provider, "payments")


async def _under_way(work: UnitOfWork, provider: PaymentProvider) -> None:
    await refunds.check_under_way(work, provider, "refunds")


def _compared(at: datetime, zone: ZoneInfo) -> date:
    """Return the latest day of the hospital that can be compared by now."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=1 if local.time() >= COMPARED_AT else 2)
