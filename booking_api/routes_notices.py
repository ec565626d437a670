"""The part of the table of operations that is about notices and calendars."""

from booking_api import invitations, notices
from booking_api import models_notices as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/appointments/{id}/calendar", invitations.read_calendar,
        "An appointment for the own calendar (RFC 5545); of a cancelled one what takes it away",
        (Action.APPOINTMENT_READ_OWN, Action.APPOINTMENT_READ_ANY),
        media_type="text/calendar",
        thing="appointment",
    ),
    Route(
        "GET", "/api/notice-preferences", notices.read_preferences,
        "How the patient wants to be told of visits",
        (Action.NOTICE_PREFERENCES_READ,), models.NoticePreferencesView,
    ),
    Route(
        "POST", "/api/notice-preferences", notices.change_preferences,
        "Say how to be told; reminders that wait follow it",
        (Action.NOTICE_PREFERENCES_CHANGE,), models.NoticePreferencesView,
        body=models.NewNoticePreferences,
    ),
    Route(
        "GET", "/api/notices", notices.list_notices, "Deliveries of notices, newest first",
        (Action.NOTICE_LIST,), models.DeliveriesView,
        query=models.DeliveriesQuery,
    ),
    Route(
        "GET", "/api/notice-figures", notices.read_notice_figures,
        "How the notices of the last days went", (Action.NOTICE_LIST,), models.DeliveryFiguresView,
    ),
    Route(
        "POST", "/api/notices/{id}/send-again", notices.send_notice_again,
        "Send a notice that was given up once more", (Action.NOTICE_SEND_AGAIN,), status=204,
        codes=(Code.NOTICE_WRONG_STATE,),
        thing="notice",
    ),
)  # fmt: skip
