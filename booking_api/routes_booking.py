"""The part of the table of operations about booking."""

from booking_api import booking
from booking_api import models_booking as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "POST", "/api/bookings", booking.hold_slot, "Hold a slot for five minutes", (Action.BOOKING_HOLD,),
        models.BookingView, 201,
        body=models.NewBooking,
        is_idempotent=True,
        codes=(
            Code.BOOKING_SLOT_TAKEN, Code.BOOKING_OWN_OVERLAP, Code.BOOKING_TOO_MANY_HOLDS,
            Code.RATE_LIMITED, Code.NOT_FOUND, Code.FAMILY_OF_AGE, Code.HIS_NOT_CONNECTED,
        ),
    ),
    Route(
        "GET", "/api/bookings", booking.list_bookings, "Own holds and visits", (Action.BOOKING_READ_OWN,),
        models.Bookings,
    ),
    Route(
        "GET", "/api/bookings/{id}", booking.read_booking, "One of the own bookings",
        (Action.BOOKING_READ_OWN,), models.BookingView,
        thing="booking",
    ),
    Route(
        "POST", "/api/bookings/{id}/answers", booking.answer_booking,
        "Answer what is asked before a seat offered from the waitlist is booked",
        (Action.BOOKING_ANSWER,), models.BookingView,
        body=models.BookingAnswers,
        codes=(Code.APPOINTMENT_WRONG_STATE,),
        thing="booking",
    ),
    Route(
        "POST", "/api/bookings/{id}/confirm", booking.confirm_booking,
        "Book a slot that is held and costs nothing", (Action.BOOKING_CONFIRM,), models.BookingView,
        codes=(Code.BOOKING_HOLD_ENDED, Code.BOOKING_ANSWERS_NEEDED, Code.PAYMENT_REQUIRED),
        thing="booking",
    ),
    Route(
        "POST", "/api/bookings/{id}/release", booking.release_booking,
        "Give a slot up that is held or requested", (Action.BOOKING_RELEASE,), status=204,
        codes=(Code.APPOINTMENT_WRONG_STATE,),
        thing="booking",
    ),
)  # fmt: skip
