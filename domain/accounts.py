"""Accounts: roles, who acts, what a login and a password must look like."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import FieldFault, InvalidInput
from domain.guessed_passwords import is_common, normal_password
from domain.ids import AccountId, ConsultationId, PatientId, PractitionerId, SessionId


class Role(StrEnum):
    """What an account is here for. One account has one role; a guest has none and is invited to a visit."""

    PATIENT = "patient"
    DOCTOR = "doctor"
    PHARMACIST = "pharmacist"
    AUDITOR = "auditor"
    ADMIN = "admin"
    GUEST = "guest"


ACCOUNT_ROLES = frozenset(Role) - {Role.GUEST}
"""The roles that an account can have."""


class SessionState(StrEnum):
    """How far its owner has come: signed in, or only past the password."""

    OPEN = "open"
    SECOND_FACTOR_PENDING = "second-factor-pending"


SESSION_COOKIE = "televisit_session"
"""The cookie that carries a session's token to the HTTP and the live edge alike."""

SESSION_IDLE = timedelta(minutes=60)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_TOUCH_EVERY = timedelta(minutes=1)
"""A session's idle deadline is moved at most this often, so that reads do not become writes."""

PASSWORD_MIN = 10
PASSWORD_MAX = 200
LOGIN_MAX = 120
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._+@-]{1,118}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Account:
    """An account, without its secrets."""

    id: AccountId
    login: str
    role: Role
    display_name: str
    locale: str
    email: str | None
    demo: bool
    disabled_at: datetime | None
    patient_id: PatientId | None = None
    practitioner_id: PractitionerId | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something. `session_id` is None for the system and the command line.

    With `second_factor_pending` only a password was given yet: no permission passes but finishing or leaving.
    A guest has no account: the invitation's id stands in its place, and `guest_of` is the one visit it opens.
    """

    account_id: AccountId | None
    role: Role | None
    session_id: SessionId | None = None
    patient_id: PatientId | None = None
    practitioner_id: PractitionerId | None = None
    second_factor_pending: bool = False
    guest_of: ConsultationId | None = None

    @property
    def is_system(self) -> bool:
        """The hospital itself: jobs, ticks, the command line."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One open session of an account, as its owner sees it. `current` is the one that asks."""

    id: SessionId
    current: bool
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    idle_expires_at: datetime


SYSTEM = Actor(account_id=None, role=None)


def actor_of(
    account: Account,
    session_id: SessionId | None = None,
    state: SessionState = SessionState.OPEN,
) -> Actor:
    """Return the account as someone who acts, in this session when there is one."""
    pending = state is SessionState.SECOND_FACTOR_PENDING
    return Actor(account.id, account.role, session_id, account.patient_id, account.practitioner_id, pending)


def normal_login(text: str) -> str:
    """Return the one spelling of a login; raise InvalidInput when it cannot be one."""
    login = text.strip().lower()
    if len(login) > LOGIN_MAX or not _LOGIN.fullmatch(login):
        raise InvalidInput(
            "A login has 3 to 120 letters, digits, . _ + @ - and starts and ends with a letter or digit.",
            {"login": FieldFault.BAD_FORMAT},
        )
    return login


def check_password(password: str, *own: str) -> None:
    """Raise InvalidInput unless the password may be chosen (NIST SP 800-63B 5.1.1.2).

    It is long enough, none of the first that are tried, and none of the `own` login and addresses. What
    kinds of signs it has is nobody's business.
    """
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        short = len(password) < PASSWORD_MIN
        raise InvalidInput(
            f"A password has {PASSWORD_MIN} to {PASSWORD_MAX} characters.",
            {"password": FieldFault.TOO_SHORT if short else FieldFault.TOO_LONG},
        )
    if is_common(password):
        raise InvalidInput("This password is among the first that are tried.", _field(FieldFault.TOO_COMMON))
    plain = normal_password(password)
    for name in (normal_password(one) for one in own):
        if plain in (name, name.removeprefix("+"), name.partition("@")[0], name[::-1]):
            raise InvalidInput("A password is not the login or the address.", _field(FieldFault.AS_LOGIN))


def _field(fault: FieldFault) -> dict[str, FieldFault]:
    return {"password": fault}
