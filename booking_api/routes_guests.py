"""The part of the table of operations about the invited guest of a visit."""

from booking_api import guests
from booking_api import models_guests as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_LINK = (
    Code.GUEST_LINK_UNKNOWN,
    Code.GUEST_LINK_USED,
    Code.GUEST_LINK_WITHDRAWN,
    Code.GUEST_LINK_EXPIRED,
    Code.GUEST_VISIT_OVER,
    Code.RATE_LIMITED,
)
_SESSION = (Code.AUTH_REQUIRED, Code.GUEST_ENDED, Code.GUEST_VISIT_OVER)

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/consultations/{id}/guest", guests.invite_guest,
        "Invite a third person to a visit by a link that works once", (Action.GUEST_INVITE,),
        models.NewLink, 201,
        body=models.NewInvitation,
        codes=(
            Code.GUEST_NO_RELAY, Code.GUEST_INVITED, Code.GUEST_TOO_MANY, Code.CONSULTATION_WRONG_STATE,
        ),
        thing="consultation",
    ),
    Route(
        "GET", "/api/consultations/{id}/guest", guests.read_guest,
        "The visit's invitation that is not over", (Action.GUEST_READ,), models.VisitInvitation,
        thing="consultation",
    ),
    Route(
        "DELETE", "/api/consultations/{id}/guest", guests.remove_guest,
        "Take the invitation back, or send the guest away", (Action.GUEST_WITHDRAW,), status=204,
        codes=(Code.GUEST_WRONG_STATE,),
        thing="consultation",
    ),
    Route(
        "POST", "/api/guest/look", guests.look_at_link, "Whose visit a link leads to", None,
        models.GuestLookView,
        body=models.GuestLink,
        codes=_LINK,
    ),
    Route(
        "POST", "/api/guest", guests.enter_as_guest, "Use a link: come as the guest of a visit", None,
        models.GuestView, 201,
        body=models.GuestEntry,
        codes=_LINK,
    ),
    Route(
        "GET", "/api/guest", guests.read_own_guest, "Who the guest of this browser is", None,
        models.GuestSession,
    ),
    Route(
        "DELETE", "/api/guest", guests.hang_up_as_guest, "End the guest's own part for good", None,
        status=204,
        codes=_SESSION,
    ),
)  # fmt: skip
