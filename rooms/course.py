"""The course of a consultation: its state as the room knows it, and the moves that the room causes."""

from collections.abc import Callable
from functools import partial

from actions.consultations import Moved
from domain.consultation import Consultation, ConsultationState
from domain.errors import Code, Fault, PartnerDown, Throttled, WrongState
from rooms.appender import Recorder
from rooms.inputs import Admit, Finish, Join, Leave, Move, MoveMade, Reloaded, TurnAway
from rooms.participants import Asker
from rooms.replies import Reply


class Course:
    """The consultation of one room. Only the room's task calls it.

    The database decides; this is a copy. `post` brings outcomes, from another task, into the room's queue;
    `on_change` is told every new state.
    """

    def __init__(
        self,
        consultation: Consultation,
        recorder: Recorder,
        post: Callable[[MoveMade | Reloaded], None],
        on_change: Callable[[Consultation], None],
    ) -> None:
        self.consultation = consultation
        self.epoch = 0
        """Grows with every change that this room knows of."""
        self._recorder = recorder
        self._post = post
        self._on_change = on_change
        self._under_way = 0

    @property
    def state(self) -> ConsultationState:
        """The state as far as it is known."""
        return self.consultation.state

    @property
    def settled(self) -> bool:
        """Whether no move is under way."""
        return not self._under_way

    def move(self, move: Move, cause: Join | Leave | Admit | Finish, reply: Reply) -> None:
        """Have a move made; its outcome comes back as MoveMade."""
        self._recorder.move(move, self.consultation.id, cause.asker, partial(self._made, cause, reply))
        self._under_way += 1

    def turn_away(self, cause: TurnAway, reply: Reply) -> None:
        """Have the visit ended as not suitable online; its outcome comes back as MoveMade."""
        self._recorder.turn_away(self.consultation.id, cause, partial(self._made, cause, reply))
        self._under_way += 1

    def move_made(self, made: MoveMade) -> Fault | None:
        """Take a move's outcome; return why it was not made, or None when it was.

        An arrival, or a stepping out, that found the consultation moved on already counts as made: a twin
        of it was quicker, or the doctor was.
        """
        self._under_way -= 1
        outcome = made.outcome
        if isinstance(outcome, Moved):
            self._adopt(outcome.consultation)
            return None
        if isinstance(outcome, WrongState | PartnerDown):
            # Someone else moved it, or it was moved although we were not told.
            self.reload(made.cause.asker)
        twin = isinstance(outcome, WrongState) and outcome.code is Code.CONSULTATION_WRONG_STATE
        if twin and isinstance(made.cause, Join) and self.state is not ConsultationState.PLANNED:
            return None
        if twin and isinstance(made.cause, Leave):
            return None
        return outcome

    def reload(self, asker: Asker) -> None:
        """Ask the database where the consultation stands; the answer comes back as Reloaded."""
        try:
            self._recorder.load(self.consultation.id, asker, partial(self._loaded, self.epoch))
        except (Throttled, PartnerDown):
            # Not now: the next join reads it anyway.
            return

    def reloaded(self, reloaded: Reloaded) -> None:
        """Take what the database has, unless this room has learnt something newer since."""
        if reloaded.epoch == self.epoch and reloaded.consultation != self.consultation:
            self._adopt(reloaded.consultation)

    def _adopt(self, consultation: Consultation) -> None:
        self.consultation = consultation
        self.epoch += 1
        self._on_change(consultation)

    def _made(
        self, cause: Join | Leave | Admit | Finish | TurnAway, reply: Reply, outcome: Moved | Fault
    ) -> None:
        self._post(MoveMade(cause, outcome, reply))

    def _loaded(self, epoch: int, outcome: Consultation | Fault) -> None:
        if isinstance(outcome, Consultation):
            self._post(Reloaded(outcome, epoch))
