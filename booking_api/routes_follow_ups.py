"""The part of the table of operations about follow-ups."""

from booking_api import follow_ups
from booking_api import models_follow_ups as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/consultations/{id}/follow-up", follow_ups.propose_follow_up,
        "Propose another visit, in a visit or after it", (Action.FOLLOW_UP_PROPOSE,), status=204,
        body=models.NewFollowUp,
        codes=(Code.FOLLOW_UP_PROPOSED, Code.CONSULTATION_WRONG_STATE, Code.CONVERSATION_CLOSED),
        thing="consultation",
    ),
    Route(
        "GET", "/api/follow-ups", follow_ups.list_follow_ups,
        "What was proposed to the patient and is not booked yet", (Action.FOLLOW_UP_READ_OWN,),
        models.FollowUps,
    ),
    Route(
        "POST", "/api/consultations/{id}/follow-up/dismiss", follow_ups.dismiss_follow_up,
        "Let go what was proposed", (Action.FOLLOW_UP_DISMISS,), status=204,
        codes=(Code.FOLLOW_UP_WRONG_STATE,),
        thing="follow-up",
    ),
)  # fmt: skip
