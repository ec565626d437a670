"""What is kept of a room: chat, joins, leaves, devices. Handed in here, told to both sides once durable.

A person's message that could not be kept is that person's to send again. The room's own entries have
nobody who waits for them, so they are tried again here.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from uuid import UUID

import structlog

from actions.conversation import Kept, Saying
from chat_archive.entry import Entry
from domain.errors import Fault, PartnerDown, Throttled
from domain.facts import Body, EntryKind, chat_body
from domain.ids import ConsultationId
from rooms.appender import Recorder
from rooms.inputs import RetryDue, Say, SayingKept
from rooms.participants import Asker
from rooms.replies import Reply, settle
from rooms.timings import Timer, Timers

_log = structlog.get_logger("rooms")

UNKEPT_MAX = 256
"""Entries that may wait for a database that is down. The oldest is given up, and logged, beyond it."""


class Record:
    """The room's way to the archive. Only the room's task calls it.

    `post` brings outcomes, from another task, into the room's queue; `on_kept` is told every entry that is
    durable now, and by which connection it was said when that one gets an answer anyway.
    """

    def __init__(
        self,
        consultation_id: ConsultationId,
        recorder: Recorder,
        new_id: Callable[[], UUID],
        post: Callable[[SayingKept | RetryDue], None],
        on_kept: Callable[[Entry, str | None], None],
        timers: Timers,
        retry_s: float,
    ) -> None:
        self._consultation_id = consultation_id
        self._recorder = recorder
        self._new_id = new_id
        self._post = post
        self._on_kept = on_kept
        self._timers = timers
        self._retry_s = retry_s
        self._unkept: deque[tuple[Saying, Asker]] = deque()
        self._under_way = 0
        self._retry: Timer | None = None

    @property
    def settled(self) -> bool:
        """Whether everything that was handed in has been kept, or refused for good."""
        return not self._unkept and not self._under_way

    def say(self, say: Say, reply: Reply) -> None:
        """Have a chat message kept; `reply` gets the Kept. Raise UserFault for a text that cannot be one.

        The consultation's state is not asked: only the database knows a resend of what was kept earlier.
        """
        asker = say.asker
        saying = Saying(
            asker.actor,
            asker.request_id,
            self._consultation_id,
            say.message_id,
            EntryKind.CHAT,
            chat_body(say.text),
        )
        self.keep(saying, asker, reply)

    def keep(self, saying: Saying, asker: Asker, reply: Reply) -> None:
        """Have what a person says kept; `reply` gets the Kept."""
        self._recorder.say(saying, partial(self._done, saying, asker, reply))
        self._under_way += 1

    def note(self, asker: Asker, kind: EntryKind, body: Body, message_id: UUID | None = None) -> None:
        """Have an entry kept in this person's name, after those that still wait. Nobody waits for it.

        `message_id` is the page's own, when it may say the same again.
        """
        own_id = message_id or self._new_id()
        saying = Saying(asker.actor, asker.request_id, self._consultation_id, own_id, kind, body)
        if self._unkept:
            # The record must not have somebody leave before that somebody joined.
            self._wait(saying, asker)
        else:
            self._hand_in(saying, asker)

    def came_back(self, kept: SayingKept) -> None:
        """Take the outcome of what was handed in: answer whoever waits, have both sides told."""
        self._under_way -= 1
        outcome = kept.outcome
        if kept.reply is not None:
            # First, so that it is answered whatever becomes of telling the others.
            settle(kept.reply, outcome)
        if isinstance(outcome, Kept):
            # Also for a resend: the first time may have been kept without anybody learning of it.
            self._on_kept(outcome.entry, None if kept.reply is None else kept.asker.connection)
        elif kept.reply is None:
            if isinstance(outcome, PartnerDown | Throttled):
                self._wait(kept.saying, kept.asker)
            else:
                # The conversation was closed meanwhile, or our own fault, which was logged.
                _log.info("entry not kept", kind=kept.saying.kind.value, code=outcome.code.value)

    def retry(self) -> None:
        """Hand in again, in order, what waits. The message ids are the same, so nothing is kept twice."""
        self._retry = None
        waiting, self._unkept = self._unkept, deque()
        for saying, asker in waiting:
            self._hand_in(saying, asker)

    def end(self) -> None:
        """Forget what waits: the room ends."""
        if self._retry is not None:
            self._retry.cancel()
        if self._unkept:
            _log.error("entries lost", count=len(self._unkept))
            self._unkept.clear()

    def _hand_in(self, saying: Saying, asker: Asker) -> None:
        try:
            self._recorder.say(saying, partial(self._done, saying, asker, None))
        except (Throttled, PartnerDown):
            self._wait(saying, asker)
        else:
            self._under_way += 1

    def _done(self, saying: Saying, asker: Asker, reply: Reply | None, outcome: Kept | Fault) -> None:
        self._post(SayingKept(saying, outcome, asker, reply))

    def _wait(self, saying: Saying, asker: Asker) -> None:
        if len(self._unkept) >= UNKEPT_MAX:
            self._unkept.popleft()
            _log.error("entries lost", count=1)
        self._unkept.append((saying, asker))
        if self._retry is None:
            self._retry = self._timers.after(self._retry_s, lambda: self._post(RetryDue()))
