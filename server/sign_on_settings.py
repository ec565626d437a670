"""Settings of single sign-on: who the provider is, what its word is good for, and what contradicts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from server.payment_settings import Contradiction


@dataclass(frozen=True, slots=True)
class SignOnSettings:
    """The provider, who we are to it, and what its word is good for."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    match_email: bool
    strong: frozenset[str]


def sign_on_settings(found: Mapping[str, Any]) -> SignOnSettings | None:
    """Return what is set; None where there is no single sign-on."""
    if not found["OIDC_ISSUER"]:
        return None
    return SignOnSettings(
        found["OIDC_ISSUER"],
        found["OIDC_CLIENT_ID"],
        found["OIDC_CLIENT_SECRET"],
        found["OIDC_NAME"] or urlsplit(found["OIDC_ISSUER"]).hostname or "",
        found["OIDC_MATCH_EMAIL"],
        frozenset((found["OIDC_STRONG_ACR"] or "").split()),
    )


def sign_on_contradictions(found: Mapping[str, Any]) -> list[Contradiction]:
    """Return what can be wrong together about single sign-on."""
    account = ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    given = [bool(found.get(name)) for name in account]
    issuer = bool(found.get("OIDC_ISSUER"))
    return [
        (
            ("OIDC_ISSUER", *account),
            issuer and not all(given),
            "OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.",
        ),
        (
            ("OIDC_ISSUER", *account),
            not issuer and any(given),
            "OIDC_ settings are set without OIDC_ISSUER: say who the provider is.",
        ),
    ]
