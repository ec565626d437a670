"""Registration: where a code can be sent, the code itself, and who may have an account of one's own."""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import FieldFault, InvalidInput

CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_RESEND_AFTER_S = 60
TICKET_LIFE = timedelta(minutes=30)
"""How long after a right code the rest of the form may take."""
CODES_KEPT = timedelta(days=1)
ADULT_YEARS = 18
OLDEST_YEARS = 130
"""Nobody is older: whoever seems to be has mistyped a year."""
"""Who is younger is registered by a guardian (PI-1), never alone."""

DESTINATION_MAX = 254
_CODE_LABEL = b"televisit/one-time-code/v1\n"
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_BETWEEN_DIGITS = re.compile(r"[\s().\-\u2010-\u2015/]+")
_NATIONAL = {"86": re.compile(r"1[3-9][0-9]{9}"), "1": re.compile(r"[2-9][0-9]{9}")}
"""What a mobile number looks like after the calling code, where we know it."""


class Channel(StrEnum):
    """How a code reaches a person."""

    EMAIL = "email"
    PHONE = "phone"


class CodePurpose(StrEnum):
    """What a code is for. A code of one purpose is no code of another."""

    REGISTER = "register"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Destination:
    """A person's address in its one spelling: a lower-case e-mail address, or E.164 with its plus."""

    channel: Channel
    value: str


def destination_of(text: str, calling_code: str) -> Destination:
    """Return the one spelling of an e-mail address or a mobile number; raise InvalidInput when it is neither.

    `calling_code` is the hospital's own country (digits, ITU E.164), for numbers typed without one.
    Letters of the full width that a Chinese keyboard writes are understood.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if "@" in plain:
        email = plain.lower()
        if len(email) <= DESTINATION_MAX and _EMAIL.fullmatch(email):
            return Destination(Channel.EMAIL, email)
    else:
        number = _number(_BETWEEN_DIGITS.sub("", plain), calling_code)
        if number is not None:
            return Destination(Channel.PHONE, number)
    raise InvalidInput(
        "This is neither an e-mail address nor a mobile number.", {"destination": FieldFault.BAD_FORMAT}
    )


def destination_or_none(text: str, calling_code: str) -> Destination | None:
    """Return what destination_of does, or None where it would raise."""
    try:
        return destination_of(text, calling_code)
    except InvalidInput:
        return None


def code_of(secret: bytes, purpose: CodePurpose, destination: Destination) -> str:
    """Return the six digits that belong to a secret, a purpose and a destination, and to nothing else.

    The digits are never kept: who has the secret can make them again, as with HOTP (RFC 4226). Sixty-four
    bits are reduced, so that no code is noticeably more likely than another.
    """
    bound = _CODE_LABEL + f"{purpose}\n{destination.channel}\n{destination.value}".encode()
    number = int.from_bytes(hmac.digest(secret, bound, "sha256")[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def same_code(one: str, other: str) -> bool:
    """Say whether two codes are the same, in the same time wherever they differ. Full-width digits count."""
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", one))
    return hmac.compare_digest(typed.encode(), other.encode())


def is_adult(born: date, today: date) -> bool:
    """Say whether somebody born then has the 18th birthday behind, or today. Of 29 February it is 1 March."""
    return (born.year + ADULT_YEARS, born.month, born.day) <= (today.year, today.month, today.day)


def birth_date_fault(born: date, today: date) -> FieldFault | None:
    """Return what is wrong with the birth date of somebody who acts alone; None when nothing is."""
    if born > today:
        return FieldFault.IN_THE_FUTURE
    if not is_adult(born, today):
        return FieldFault.TOO_YOUNG
    return FieldFault.IN_THE_PAST if born.year < today.year - OLDEST_YEARS else None


def _number(typed: str, calling_code: str) -> str | None:
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    if typed.startswith("+"):
        return typed if _E164.fullmatch(typed) and _is_mobile(typed) else None
    candidates: tuple[str, ...] = (f"+{calling_code}{typed.removeprefix('0')}", f"+{typed}")
    if not typed.startswith(calling_code):
        candidates = candidates[:1]
    for candidate in candidates:
        if _E164.fullmatch(candidate) and _is_mobile(candidate):
            return candidate
    return None


def _is_mobile(number: str) -> bool:
    for code, shape in _NATIONAL.items():
        if number.startswith(f"+{code}"):
            return shape.fullmatch(number, len(code) + 1) is not None
    return True
