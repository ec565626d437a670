"""Single sign-on by OpenID Connect: what a provider says of a person, and what of it counts here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

ATTEMPT_LIFE: Final = timedelta(minutes=10)
"""From the button to the way back from the provider."""
LEEWAY: Final = timedelta(seconds=60)
"""How far the provider's clock may be off."""
SUBJECT_MAX: Final = 255


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of whom the provider says: it is this one, at the moment `authenticated_at` if it is told.

    `email` is there only when the provider has verified it. `both_factors` says that more than a password
    was given.
    """

    issuer: str
    subject: str
    email: str | None
    both_factors: bool
    authenticated_at: datetime | None


class ClaimRefused(Exception):
    """A claim of an ID token that does not hold: its name."""


def person_of(
    claims: Mapping[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    strong: frozenset[str],
    now: datetime,
) -> Person:
    """Return who an ID token speaks of, its signature being verified; raise ClaimRefused.

    OpenID Connect Core 1.0 section 3.1.3.7. `strong` are values of `acr` that stand for two factors; so does
    "mfa" among `amr` (RFC 8176).
    """
    at = now.timestamp()
    leeway = LEEWAY.total_seconds()
    audience = claims.get("aud")
    listed = [audience] if isinstance(audience, str) else audience
    _demand(claims.get("iss") == issuer, "iss")
    _demand(isinstance(listed, list) and client_id in listed, "aud")
    party = claims.get("azp")
    _demand(party == client_id or (party is None and listed == [client_id]), "azp")
    _demand(_number(claims, "exp") > at - leeway, "exp")
    _demand(_number(claims, "iat") <= at + leeway, "iat")
    _demand("nbf" not in claims or _number(claims, "nbf") <= at + leeway, "nbf")
    _demand(claims.get("nonce") == nonce, "nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
        raise ClaimRefused("sub")
    moment = None
    if "auth_time" in claims:
        moment = min(now, datetime.fromtimestamp(_number(claims, "auth_time"), UTC))
    email = claims.get("email")
    proved = isinstance(email, str) and claims.get("email_verified") is True
    methods = claims.get("amr")
    both = (isinstance(methods, list) and "mfa" in methods) or claims.get("acr") in strong
    return Person(issuer, subject, email if proved else None, both, moment)


def _demand(holds: bool, name: str) -> None:
    if not holds:
        raise ClaimRefused(name)


def _number(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**40:
        raise ClaimRefused(name)
    return float(value)
