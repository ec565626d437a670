"""Passkeys: what is known of one, what a challenge is for, under which name browsers know the hospital."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from domain.errors import FieldFault, InvalidInput

CHALLENGE_SIZE: Final = 32
CHALLENGE_LIFE: Final = timedelta(minutes=5)
PASSKEYS_MAX: Final = 20
"""Of one account."""
NAME_MAX: Final = 80


class Purpose(StrEnum):
    """What a challenge is signed for: it is good for nothing else."""

    ADD = "add"
    SIGN_IN = "sign-in"
    SECOND_FACTOR = "second-factor"
    PROVE = "prove"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


def rp_id_of(public_url: str) -> str | None:
    """Return the name that passkeys of this origin are bound to; None where browsers make none.

    It is the host (WebAuthn Level 3 section 5.1.2). An address is no name, and without TLS only this very
    machine is trusted.
    """
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        return None
    local = host == "localhost" or host.endswith(".localhost")
    return host if host and (parts.scheme == "https" or local) else None


def checked_name(name: str) -> str:
    """Return a passkey's name in order; raise InvalidInput when it cannot be one."""
    tidy = name.strip()
    if not tidy:
        raise InvalidInput("A passkey has a name.", {"name": FieldFault.MISSING})
    if len(tidy) > NAME_MAX:
        raise InvalidInput("The name is too long.", {"name": FieldFault.TOO_LONG})
    if not tidy.isprintable():
        raise InvalidInput("The name has signs that cannot be shown.", {"name": FieldFault.BAD_FORMAT})
    return tidy
