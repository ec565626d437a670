"""One operation of the HTTP API: its address, its bodies, who may use it and what can go wrong."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from booking_api.edge import Call
from booking_api.models import Model
from domain.accounts import ACCOUNT_ROLES, Role
from domain.errors import Code
from domain.permissions import PERMISSIONS, Action

Method = Literal["GET", "POST", "DELETE"]
READING = ("GET", "HEAD")
"""What reads: HEAD is GET without the body (RFC 9110 section 9.3.2)."""
IdKind = Literal["uuid", "integer", "word"]
"""What stands for {id} in a path; a word is one of the operation's `words`."""
Handler = Callable[[Call], Awaitable[Model | web.Response | None]]
"""Answers with a model, with a response of its own making, or with nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """One operation.

    `who` is None for anyone, empty for everyone who is signed in, else the actions of which one must be
    permitted: the actions check it, the table tells. `answer` is None for 204 and for documents that are no
    model, whose `media_type` is said. `takes_bytes` says that the handler reads the body itself;
    `is_idempotent` that it needs an Idempotency-Key (booking_api/idempotency.py). `thing` is what the id
    names. `codes` are those that only this operation can answer with. `while_pending` lets in sessions whose
    second factor is pending.
    """

    method: Method
    path: str
    handler: Handler
    summary: str
    who: tuple[Action, ...] | None
    answer: type[Model] | None = None
    status: int = 200
    body: type[Model] | None = None
    query: type[Model] | None = None
    thing: str = "thing"
    id_kind: IdKind = "uuid"
    words: tuple[str, ...] = ()
    media_type: str = "application/json"
    takes_bytes: bool = False
    is_idempotent: bool = False
    codes: tuple[Code, ...] = ()
    while_pending: bool = False

    @property
    def name(self) -> str:
        """The operation's name, also for clients that are generated."""
        return self.handler.__name__

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that this operation answers to."""
        return (self.method,) if self.writes else READING

    @property
    def writes(self) -> bool:
        """Whether it changes something, and so needs the CSRF token and our own origin."""
        return self.method != "GET"

    @property
    def has_id(self) -> bool:
        """Whether the path names one thing."""
        return "{id}" in self.path

    @property
    def has_seq(self) -> bool:
        """Whether the path names an entry of that thing by its number."""
        return "{seq}" in self.path

    @property
    def tag(self) -> str:
        """The resource: the first word of the path."""
        return re.split(r"/", self.path.removeprefix("/api"))[1]

    def is_at(self, path: str) -> bool:
        """Whether this operation's address is of this path."""
        pattern = re.sub(r"\\{(id|seq)\\}", "[^{}/]+", re.escape(self.path))
        return re.fullmatch(pattern, path) is not None

    def roles(self) -> frozenset[Role]:
        """The roles that the permission table lets through; all of them when no action is named."""
        if not self.who:
            return ACCOUNT_ROLES
        return frozenset(role for role in ACCOUNT_ROLES if PERMISSIONS[role] & set(self.who))

    def all_codes(self) -> frozenset[Code]:
        """Every code that this operation can answer with."""
        codes = {Code.INTERNAL, Code.PARTNER_DOWN, *self.codes}
        if self.who is not None:
            codes |= {Code.AUTH_REQUIRED}
            if not self.while_pending:
                codes |= {Code.AUTH_SECOND_FACTOR}
            if self.roles() != ACCOUNT_ROLES:
                codes |= {Code.FORBIDDEN}
        if self.writes:
            codes |= {Code.AUTH_ORIGIN}
            if self.who is not None:
                codes |= {Code.AUTH_CSRF}
        if self.body:
            codes |= {Code.INPUT_NOT_JSON, Code.INPUT_TOO_LARGE, Code.INPUT_INVALID}
        if self.query:
            codes |= {Code.INPUT_INVALID}
        if self.is_idempotent:
            codes |= {Code.INPUT_INVALID, Code.IDEMPOTENCY_REUSED}
        if self.has_id:
            codes |= {Code.NOT_FOUND}
        return frozenset(codes)
