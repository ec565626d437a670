"""The invited third person of a visit: what an invitation is, how long it lives, what a name may be.

A guest has no account. The link is used once and opens one visit's call, nothing else: no record, no chat.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.accounts import Actor, Role
from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import AccountId, ConsultationId, GuestId
from domain.transitions import TransitionTable


class GuestState(StrEnum):
    """open: the link waits to be used; used: its guest may be in the call; the others are over."""

    OPEN = "open"
    USED = "used"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class GuestEvent(StrEnum):
    """What can happen to an invitation. `expire`: its time ran out, or the visit was over before."""

    USE = "use"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    END = "end"


GUEST = TransitionTable(
    "invitation",
    Code.GUEST_WRONG_STATE,
    {
        (GuestState.OPEN, GuestEvent.USE): GuestState.USED,
        (GuestState.OPEN, GuestEvent.WITHDRAW): GuestState.WITHDRAWN,
        (GuestState.OPEN, GuestEvent.EXPIRE): GuestState.EXPIRED,
        (GuestState.USED, GuestEvent.END): GuestState.ENDED,
    },
)

LIVE_STATES: Final = frozenset({GuestState.OPEN, GuestState.USED})
"""A visit has at most one invitation in these."""
LINK_LIFE: Final = timedelta(minutes=60)
"""How long a link waits for its guest, unless the visit ends before."""
STAY_MAX: Final = timedelta(hours=4)
"""How long a guest may stay at most, for visits that nobody ends."""
INVITATIONS_MAX: Final = 6
"""Invitations of one visit, used or not: wrong numbers are typed, but nobody invites a crowd."""
TOKEN_BYTES: Final = 32
NAME_MAX: Final = 40
GUEST_COOKIE: Final = "televisit_guest"
"""The cookie that carries a guest's token to the HTTP and the live edge; who is signed in stays so."""

_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>]")


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that is not over. `expires_at` is the link's end while open, the stay's once used."""

    id: GuestId
    consultation_id: ConsultationId
    guest_name: str
    state: GuestState
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Say whether its time has run out."""
        return now >= self.expires_at


@dataclass(frozen=True, slots=True)
class GuestConsent:
    """What a guest agreed to before entering: a text's version, and the SHA-256 of it as it was shown."""

    version: str
    digest: bytes


def guest_name(text: str) -> str:
    """Return the one spelling of a guest's name; raise InvalidInput when it cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", text).split(" ")).strip()
    if not name:
        raise InvalidInput("Say who is invited.", {"guest_name": FieldFault.TOO_SHORT})
    if len(name) > NAME_MAX:
        raise InvalidInput(
            f"A guest's name has at most {NAME_MAX} characters.", {"guest_name": FieldFault.TOO_LONG}
        )
    if _BROKEN.search(name):
        raise InvalidInput("This cannot be a name.", {"guest_name": FieldFault.BAD_FORMAT})
    return name


def guest_actor(invitation: Invitation) -> Actor:
    """Return the guest as someone who acts: by the invitation's id, in this one visit."""
    return Actor(AccountId(invitation.id), Role.GUEST, guest_of=invitation.consultation_id)
