"""The second factor: who needs one, one-time passwords by time (RFC 6238), recovery codes. No row is here."""

import base64
import hmac
import re
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

from domain.accounts import Role

STEP_S: Final = 30
DIGITS: Final = 6
PROOF_MAX_AGE: Final = timedelta(hours=4)
"""How long ago a doctor may have signed in, or proved it again, when a consultation begins; a setting."""
WINDOW: Final = 1
"""How many time steps a device's clock may be off, each way (RFC 6238 section 5.2 asks for at most one)."""
PENDING_LIFE: Final = timedelta(minutes=10)
"""How long a session waits for the second factor; setting one up is within it."""
RECOVERY_CODES: Final = 10
RECOVERY_CODE_SIZE: Final = 10
"""Random bytes of a recovery code: nobody finds 80 bits from their hash."""

_SECRET_SIZE = 20
_SECRET_LABEL = b"televisit/totp/v1"


def needs_second_factor(role: Role) -> bool:
    """Say whether this role signs in with a second factor: all of the staff do, patients need not."""
    return role is not Role.PATIENT


def proof_holds(proved_at: datetime | None, now: datetime, max_age: timedelta) -> bool:
    """Say whether all that signing in asks for was given recently enough to begin care (ID-2)."""
    return proved_at is not None and now - proved_at < max_age


def totp_secret(key: bytes) -> bytes:
    """Return the 20 bytes that an authenticator app keeps (RFC 4226 section 4), made of a kept key."""
    return hmac.digest(key, _SECRET_LABEL, "sha256")[:_SECRET_SIZE]


def step_at(moment: datetime) -> int:
    """Return the number of the time step of a moment."""
    return int(moment.timestamp()) // STEP_S


def code_of_step(secret: bytes, step: int) -> str:
    """Return the code of a time step: HOTP of its number (RFC 6238 section 4.2)."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303  # What apps know.


def matching_step(secret: bytes, typed: str, now: datetime, last_step: int | None) -> int | None:
    """Return the time step whose code was typed, within the window and after `last_step`; None when none.

    Every step of the window is compared, each in the same time wherever the codes differ.
    """
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
    digits = plain.encode("utf-8", "surrogatepass")
    found = None
    for step in range(step_at(now) - WINDOW, step_at(now) + WINDOW + 1):
        same = hmac.compare_digest(code_of_step(secret, step).encode(), digits)
        if same and (last_step is None or step > last_step):
            found = step
    return found


def secret_text(secret: bytes) -> str:
    """Return the secret as one types it into an app: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def provisioning_uri(secret: bytes, issuer: str, login: str) -> str:
    """Return what an authenticator app reads from a QR code (the Key Uri Format of such apps)."""
    label = quote(f"{issuer}:{login}", safe=":")
    query = urlencode(
        {"secret": secret_text(secret), "issuer": issuer, "digits": DIGITS, "period": STEP_S},
        quote_via=quote,
    )
    return f"otpauth://totp/{label}?{query}"


def recovery_code(random: bytes) -> str:
    """Return ten random bytes as a person writes them down: abcd-efgh-ijkl-mnop."""
    text = base64.b32encode(random).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def recovery_hash(typed: str) -> bytes | None:
    """Return what is kept of a recovery code, however it was typed; None when it cannot be one."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).lower()
    # What looks alike on paper means the same: there is no 0, 1 or 8 in base32.
    plain = plain.translate(str.maketrans("018", "olb"))
    if not re.fullmatch(r"[a-z2-7]{16}", plain):
        return None
    return sha256(plain.encode()).digest()
