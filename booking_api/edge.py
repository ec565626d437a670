"""What the edge is made of, and one call of it: what every handler is given. No rule, no parsing here."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web

from actions.context import Context, UnitOfWork
from actions.files import Keep
from actions.guests import GuestDesk
from actions.passwords import PasswordHasher
from actions.sealing_status import SealingStatus
from actions.sessions import ActiveSession
from booking_api.models import DemoLogin, Locale, Model
from domain.accounts import Actor
from domain.changes import ChangePolicy
from domain.client_address import Network
from domain.errors import FieldFault, InvalidInput, NotAuthenticated
from domain.practitioner import DEFAULT_CURRENCY
from domain.retention import RetentionPolicy
from providers.his import PatientIndex
from providers.object_store import ObjectStore
from providers.openid import OpenIdProvider
from providers.passkeys import RelyingParty
from providers.payments import PaymentProvider
from providers.throttle import Throttle

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class HospitalSettings:
    """What anyone may know of the hospital. `demo_logins` is empty outside demo.

    `organizer` is the mail address that invitations come from, where there is a mail server.
    """

    name: str
    demo: bool
    demo_logins: tuple[DemoLogin, ...]
    emergency_number: str
    default_locale: Locale
    time_zone: str
    currency: str = DEFAULT_CURRENCY
    organizer: str | None = None
    changes: ChangePolicy = field(default_factory=ChangePolicy)


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Where files are put, and how their entries are kept and told to whoever is in the visit."""

    store: ObjectStore
    keep: Keep


@dataclass(frozen=True, slots=True)
class SignOn:
    """The OpenID provider of the staff, what people call it, and whether a verified address is enough."""

    provider: OpenIdProvider
    name: str
    match_email: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """What the handlers stand on. One for each server."""

    work: UnitOfWork
    passwords: PasswordHasher
    throttle: Throttle
    hospital: HospitalSettings
    zone: ZoneInfo
    public_url: str
    version: str
    openapi: str
    trusted_proxies: tuple[Network, ...]
    sealing: SealingStatus
    witness_keys: tuple[str, ...]
    retention: RetentionPolicy
    files: FileDesk | None
    guests: GuestDesk | None
    calling_code: str
    payments: PaymentProvider | None
    relying_party: RelyingParty | None
    sign_on: SignOn | None
    patients: PatientIndex | None

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS, so that cookies may demand it."""
        return self.public_url.startswith("https://")

    def today(self) -> date:
        """Return the hospital's present day."""
        return self.work.now().astimezone(self.zone).date()

    def begin_of(self, day: date) -> datetime:
        """Return the first moment of a day of the hospital."""
        return datetime.combine(day, time.min, self.zone)

    def end_of(self, day: date) -> datetime:
        """Return the first moment after a day of the hospital."""
        return self.begin_of(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Call:
    """One request, parsed and authenticated, for one handler.

    `session` is None when nobody is signed in; the route table says whether that can be.
    """

    edge: Edge
    request: web.Request
    request_id: str
    address: str
    session: ActiveSession | None = None
    id_uuid: UUID | None = None
    id_number: int | None = None
    id_word: str | None = None
    id_seq: int | None = None
    parsed: Mapping[type[Model], Model] = field(default_factory=dict)

    @property
    def signed_in(self) -> ActiveSession:
        """Return the session; raise NotAuthenticated without one."""
        if self.session is None:
            raise NotAuthenticated
        return self.session

    @property
    def actor(self) -> Actor:
        """Return who calls; raise NotAuthenticated when nobody is signed in."""
        return self.signed_in.actor

    @property
    def user_agent(self) -> str:
        """Return what the browser calls itself, as it came."""
        return self.request.headers.get("User-Agent", "")

    def begin(self) -> AbstractAsyncContextManager[Context]:
        """Open the transaction of one action on behalf of who calls."""
        return self.edge.work.begin(self.actor, self.request_id)

    def given(self, model: type[M]) -> M:
        """Return the parsed body or query of this type, as the route table declares it."""
        found = self.parsed[model]
        assert isinstance(found, model), "what was parsed as a model is one"  # noqa: S101
        return found

    def uuid(self) -> UUID:
        """Return the id in the path, of a route whose ids are UUIDs."""
        assert self.id_uuid is not None, "the route has an id of this kind"  # noqa: S101
        return self.id_uuid

    def number(self) -> int:
        """Return the id in the path, of a route whose ids are integers."""
        assert self.id_number is not None, "the route has an id of this kind"  # noqa: S101
        return self.id_number

    def seq(self) -> int:
        """Return the entry's number in the path, of a route that names one."""
        assert self.id_seq is not None, "the route names an entry"  # noqa: S101
        return self.id_seq

    def word(self) -> str:
        """Return the word in the path, of a route that lists its words."""
        assert self.id_word is not None, "the route has an id of this kind"  # noqa: S101
        return self.id_word


def days_in_order(first: date | None, last: date | None) -> None:
    """Raise InvalidInput when the last day is before the first."""
    if first is not None and last is not None and last < first:
        raise InvalidInput("The last day is before the first.", {"to": FieldFault.OUT_OF_ORDER})
