"""What every action is given, and how edges and rooms begin one. No action lives here."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from actions.session_endings import SessionEndings, SessionsEnded
from chat_archive.data_keys import KeyRing
from domain.accounts import Actor
from domain.errors import Code, Forbidden
from domain.ids import uuid7
from domain.name_opinion import RegisterName
from domain.permissions import Action, allowed
from storage import audit_trail
from storage.pool import Database, Tx

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Context:
    """One transaction on behalf of one actor at one moment."""

    tx: Tx
    actor: Actor
    now: datetime
    request_id: str
    random: Random
    keys: KeyRing
    """The key-encryption keys of the archive: in memory, so that no action waits for them."""
    identity_required: bool = False
    """Whether nobody may come to a visit before the own name was verified (ID-1)."""
    diagnosis_required: bool = False
    """Whether nobody may come to a visit before saying what there is of an earlier diagnosis (FU-1)."""
    proof_max_age: timedelta | None = None
    """How long ago a doctor who begins a consultation may have proved who it is (ID-2); None: ever."""
    his_connected: bool = False
    """Whether the hospital's own system can be asked for slots that it owns."""
    names_compared: RegisterName | None = None
    """Which name register is asked about the documents that patients submit, if one is."""
    ended: list[SessionsEnded] = field(default_factory=list)
    """Sessions that this action ends: passed on once that is durable."""

    def new_id(self) -> UUID:
        """Return a new time-ordered identifier."""
        return uuid7(self.now, self.random)


_SENTENCES = {
    Code.AUTH_SECOND_FACTOR: "Finish signing in first.",
    Code.AUTH_PROOF_NEEDED: "Prove once more that it is you.",
    Code.GUEST_LINK_UNKNOWN: "This link leads nowhere.",
    Code.GUEST_LINK_USED: "This link was used already.",
    Code.GUEST_LINK_WITHDRAWN: "This invitation was taken back.",
    Code.GUEST_LINK_EXPIRED: "The time of this link has run out.",
    Code.GUEST_VISIT_OVER: "The visit is over.",
}


_TABLE = (Code.FORBIDDEN, Code.AUTH_SECOND_FACTOR)
"""The permission table's own refusals say nothing more than that."""


class ActionRefused(Forbidden):
    """The permission table, or not being a participant, refuses an action. Becomes an audit line.

    With auth.proof_needed it is nobody else's, but its actor has to authenticate again first.
    """

    def __init__(
        self,
        action: Action,
        subject: tuple[str, UUID] | None = None,
        patient_id: UUID | None = None,
        *,
        code: Code = Code.FORBIDDEN,
    ) -> None:
        super().__init__(_SENTENCES.get(code, "You are not allowed to do this."), code)
        self.action = action
        self.subject = subject
        self.patient_id = patient_id


def permit(ctx: Context, action: Action) -> None:
    """Raise ActionRefused unless the permission table lets the actor do this. First line of every action."""
    if not allowed(ctx.actor, action):
        pending = ctx.actor.second_factor_pending
        raise ActionRefused(action, code=Code.AUTH_SECOND_FACTOR if pending else Code.FORBIDDEN)


async def record(
    ctx: Context,
    action: Action,
    subject: tuple[str, UUID] | None = None,
    *,
    patient_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write the action's audit line in its own transaction. `detail` carries no personal data, only facts."""
    await audit_trail.insert(
        ctx.tx,
        [
            audit_trail.line(
                ctx.actor, action, ctx.now, ctx.request_id, subject, patient_id, "done", detail or {}
            )
        ],
    )


async def record_patients(
    ctx: Context, action: Action, patient_ids: Iterable[UUID], *, detail: Mapping[str, Any] | None = None
) -> None:
    """Write the lines of reading several patients' data: one for each, or one without when there was none."""
    patients: list[UUID | None] = list(dict.fromkeys(patient_ids))
    await audit_trail.insert(
        ctx.tx,
        [
            audit_trail.line(
                ctx.actor, action, ctx.now, ctx.request_id, None, patient_id, "done", detail or {}
            )
            for patient_id in patients or [None]
        ],
    )


class UnitOfWork:
    """Begins actions: hands out contexts, commits them, keeps a line of every refusal.

    `keys` is the archive's ring of key-encryption keys, one object for the whole process. With
    `identity_required` nobody comes to a visit before the own name was verified, with `diagnosis_required`
    before saying what there is of an earlier diagnosis. Doctors begin none when
    their proof of who they are is older than `proof_max_age`. With `his_connected` slots that the hospital's
    own system owns can be asked for. `names_compared` is the name register that is asked about documents
    that patients submit. `session_endings` tells whoever subscribed what sessions the actions of this
    process have ended.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        random: Random,
        keys: KeyRing,
        *,
        identity_required: bool = False,
        diagnosis_required: bool = False,
        proof_max_age: timedelta | None = None,
        his_connected: bool = False,
        names_compared: RegisterName | None = None,
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._random = random
        self._identity_required = identity_required
        self._diagnosis_required = diagnosis_required
        self._proof_max_age = proof_max_age
        self._his_connected = his_connected
        self._names_compared = names_compared
        self.session_endings = SessionEndings()

    @property
    def keys(self) -> KeyRing:
        """The archive's ring of key-encryption keys."""
        return self._keys

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return self._clock()

    @asynccontextmanager
    async def begin(
        self, actor: Actor, request_id: str, *, each_alone: bool = False
    ) -> AsyncIterator[Context]:
        """Open a transaction for an action. Everything it did is durable on leaving.

        With `each_alone` each statement is durable by itself: for what reads and writes no two things that
        belong together. A refusal rolls the transaction back and is kept as an audit line of its own.
        """
        try:
            async with self._database.transaction(each_alone=each_alone) as tx:
                ctx = Context(
                    tx,
                    actor,
                    self._clock(),
                    request_id,
                    self._random,
                    self._keys,
                    self._identity_required,
                    self._diagnosis_required,
                    self._proof_max_age,
                    self._his_connected,
                    self._names_compared,
                )
                yield ctx
        except ActionRefused as refusal:
            async with self._database.transaction() as tx:
                refused = audit_trail.line(
                    actor,
                    refusal.action,
                    self._clock(),
                    request_id,
                    refusal.subject,
                    refusal.patient_id,
                    "refused",
                    {} if refusal.code in _TABLE else {"code": refusal.code.value},
                )
                await audit_trail.insert(tx, [refused])
            raise
        for ended in ctx.ended:
            self.session_endings.publish(ended)
