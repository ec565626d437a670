"""The part of the table of operations about changes of what is booked."""

from booking_api import changes
from booking_api import models_changes as models
from booking_api.models_booking import BookingView
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_NOT_NOW = (Code.APPOINTMENT_WRONG_STATE, Code.CONSULTATION_WRONG_STATE)
_SLOT = (Code.BOOKING_SLOT_TAKEN, Code.BOOKING_OWN_OVERLAP)
_HIS = (Code.HIS_CONFIRMS, Code.HIS_NOT_CONNECTED)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/bookings/{id}/terms", changes.read_booking_terms,
        "What cancelling or moving a visit means now", (Action.BOOKING_READ_OWN,), models.TermsView,
        codes=_NOT_NOW,
        thing="booking",
    ),
    Route(
        "POST", "/api/bookings/{id}/cancel", changes.cancel_booking, "Cancel one of the own visits",
        (Action.BOOKING_CANCEL,), models.CancellationView,
        body=models.NewCancellation,
        is_idempotent=True,
        codes=(*_NOT_NOW, Code.BOOKING_TERMS_CHANGED, Code.BOOKING_BEGUN),
        thing="booking",
    ),
    Route(
        "POST", "/api/bookings/{id}/move", changes.move_booking,
        "Move one of the own visits to another slot of the same doctor", (Action.BOOKING_MOVE,), BookingView,
        body=models.NewTime,
        is_idempotent=True,
        codes=(*_NOT_NOW, *_SLOT, Code.BOOKING_TOO_LATE, Code.FAMILY_OF_AGE, *_HIS),
        thing="booking",
    ),
    Route(
        "POST", "/api/appointments/{id}/call-off", changes.call_off_appointment,
        "Call a visit off, and offer its patient other times", (Action.APPOINTMENT_CALL_OFF,), status=204,
        body=models.NewCallOff,
        codes=_NOT_NOW,
        thing="appointment",
    ),
    Route(
        "GET", "/api/rebooking-offers", changes.list_rebooking_offers,
        "Own visits that the hospital called off, with other times", (Action.REBOOKING_READ_OWN,),
        models.RebookingOffers,
    ),
    Route(
        "POST", "/api/rebooking-offers/{id}/accept", changes.accept_rebooking_offer,
        "Choose another time for a visit that was called off", (Action.REBOOKING_ACCEPT,), BookingView,
        body=models.RebookingChoice,
        is_idempotent=True,
        codes=(Code.REBOOKING_WRONG_STATE, *_SLOT, Code.FAMILY_OF_AGE, Code.HIS_NOT_CONNECTED),
        thing="offer",
    ),
    Route(
        "POST", "/api/rebooking-offers/{id}/decline", changes.decline_rebooking_offer,
        "Have the whole fee back instead", (Action.REBOOKING_DECLINE,), status=204,
        codes=(Code.REBOOKING_WRONG_STATE,),
        thing="offer",
    ),
    Route(
        "POST", "/api/waitlist", changes.join_waitlist, "Wait for a slot of a doctor",
        (Action.WAITLIST_JOIN,), models.WaitlistEntryView, 201,
        body=models.NewWaitlistEntry,
        is_idempotent=True,
        codes=(Code.WAITLIST_TOO_MANY, Code.WAITLIST_TIMES_FREE, Code.FAMILY_OF_AGE, Code.NOT_FOUND),
    ),
    Route(
        "GET", "/api/waitlist", changes.list_waitlist, "Where the patient waits, and what is offered",
        (Action.WAITLIST_READ_OWN,), models.Waitlist,
    ),
    Route(
        "POST", "/api/waitlist/{id}/leave", changes.leave_waitlist, "Leave a waitlist",
        (Action.WAITLIST_LEAVE,), status=204,
        codes=(Code.WAITLIST_WRONG_STATE,),
        thing="place on the waitlist",
    ),
    Route(
        "GET", "/api/leave/visits", changes.count_visits_in_own_leave,
        "How many visits an own leave would call off", (Action.LEAVE_READ_OWN,), models.VisitsWithin,
        query=models.LeaveDays,
    ),
    Route(
        "GET", "/api/doctor-profiles/{id}/leave-visits", changes.count_visits_in_leave,
        "How many visits a doctor's leave would call off", (Action.SCHEDULE_READ,), models.VisitsWithin,
        query=models.LeaveDays,
        thing="doctor",
    ),
    Route(
        "GET", "/api/doctor-profiles/{id}/exception-visits", changes.count_visits_in_closed_hours,
        "How many visits closing some hours would call off", (Action.SCHEDULE_READ,), models.VisitsWithin,
        query=models.ClosedHours,
        thing="doctor",
    ),
)  # fmt: skip
