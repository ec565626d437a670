"""Payment providers behind one port: demo, Stripe, WeChat Pay and Alipay, each in a file of its own.

Never called inside a transaction. No card number and no payer ever passes through here: people pay on the
provider's own page or in the provider's own app.
"""

from providers.payments.port import (
    BadSignature,
    Order,
    PaymentProvider,
    PaymentRefused,
    RefundOrder,
    Way,
    WayKind,
)

__all__ = ["BadSignature", "Order", "PaymentProvider", "PaymentRefused", "RefundOrder", "Way", "WayKind"]
