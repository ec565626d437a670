"""Settings of payments: who takes the money, what that needs, and what contradicts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.payment import ProviderName

_ACCOUNTS = {
    "stripe": ("STRIPE_SECRET_KEY", "STRIPE_PUBLIC_KEY", "STRIPE_WEBHOOK_SECRET"),
    "wechat": (
        "WECHAT_MERCHANT",
        "WECHAT_APP",
        "WECHAT_PRIVATE_KEY",
        "WECHAT_CERT_SERIAL",
        "WECHAT_API_KEY",
        "WECHAT_PUBLIC_KEY",
        "WECHAT_PUBLIC_KEY_ID",
    ),
    "alipay": ("ALIPAY_APP", "ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY"),
}

Contradiction = tuple[tuple[str, ...], bool, str]
"""The settings that are judged, whether they are wrong together, and the sentence that says so."""


@dataclass(frozen=True, slots=True)
class PaymentSettings:
    """Who takes the money, and the account there: the values of its settings by name."""

    provider: ProviderName
    account: Mapping[str, str] = field(repr=False)
    endpoint: str | None
    form: str
    """Where Stripe's form comes from: scheme, host and port."""


def payment_settings(found: Mapping[str, Any]) -> PaymentSettings | None:
    """Return who takes the money; None where nobody does."""
    provider = _provider(found)
    if provider == "off":
        return None
    account = {name: str(found[name]) for name in _ACCOUNTS.get(provider, ())}
    return PaymentSettings(
        ProviderName(provider), account, found["PAYMENT_ENDPOINT"], str(found["STRIPE_FORM"])
    )


def payment_contradictions(found: Mapping[str, Any]) -> list[Contradiction]:
    """Return what can be wrong together about payments."""

    def on(name: str) -> bool:
        return bool(found.get(name))

    given = _provider(found)
    return [
        (
            ("PAYMENT_PROVIDER", "DEMO"),
            given == "demo" and not on("DEMO"),
            "PAYMENT_PROVIDER is demo: without DEMO nobody would pay for anything.",
        ),
        *(
            (
                ("PAYMENT_PROVIDER", *names),
                given == provider and not all(map(on, names)),
                "PAYMENT_PROVIDER needs " + ", ".join(names) + ".",
            )
            for provider, names in _ACCOUNTS.items()
        ),
        *(
            (
                ("PAYMENT_PROVIDER", *names),
                given != provider and any(map(on, names)),
                f"{provider.upper()}_ settings are set without PAYMENT_PROVIDER={provider}: say who is paid.",
            )
            for provider, names in _ACCOUNTS.items()
        ),
        (
            ("PAYMENT_PROVIDER", "CURRENCY"),
            given in ("wechat", "alipay") and found.get("CURRENCY") != "CNY",
            "CURRENCY must be CNY: WeChat Pay and Alipay take no other here.",
        ),
        (
            ("WECHAT_API_KEY",),
            on("WECHAT_API_KEY") and len(str(found.get("WECHAT_API_KEY"))) != 32,
            "WECHAT_API_KEY must have 32 characters.",
        ),
    ]


def _provider(found: Mapping[str, Any]) -> str:
    given = found.get("PAYMENT_PROVIDER")
    return str(given or ("demo" if found.get("DEMO") else "off"))
