"""The part of the table of operations that is about registering and forgotten passwords."""

from booking_api import models_registration as models
from booking_api import registration
from booking_api.models_session import SessionView
from booking_api.route import Route
from domain.errors import Code

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/privacy-notice", registration.read_privacy_notice,
        "The privacy notice in force", None, models.PrivacyNoticeView,
        query=models.NoticeQuery,
    ),
    Route(
        "POST", "/api/registrations", registration.begin_registration,
        "Have a code sent to register with; never tells whether there is an account", None,
        models.CodeSent, 201,
        body=models.CodeRequest,
        codes=(Code.RATE_LIMITED,),
    ),
    Route(
        "POST", "/api/registrations/{id}/code", registration.check_registration_code,
        "Give the code, get a ticket", None, models.TicketView,
        body=models.CodeGiven,
        codes=(Code.CODE_WRONG, Code.CODE_VOID, Code.RATE_LIMITED),
        thing="code",
    ),
    Route(
        "POST", "/api/registrations/{id}/account", registration.finish_registration,
        "Make the account that the ticket allows, and sign in", None, SessionView, 201,
        body=models.NewPatientAccount,
        codes=(Code.CODE_VOID, Code.REGISTRATION_TAKEN, Code.AUTH_THROTTLED),
        thing="code",
    ),
    Route(
        "POST", "/api/password-resets", registration.begin_password_reset,
        "Have a code sent to choose a new password with; never tells whether there is an account", None,
        models.CodeSent, 201,
        body=models.CodeRequest,
        codes=(Code.RATE_LIMITED,),
    ),
    Route(
        "POST", "/api/password-resets/{id}/code", registration.check_reset_code,
        "Give the code, get a ticket", None, models.TicketView,
        body=models.CodeGiven,
        codes=(Code.CODE_WRONG, Code.CODE_VOID, Code.RATE_LIMITED),
        thing="code",
    ),
    Route(
        "POST", "/api/password-resets/{id}/password", registration.finish_password_reset,
        "Choose the new password; every session of the account ends", None, status=204,
        body=models.NewPasswordGiven,
        codes=(Code.CODE_VOID, Code.AUTH_THROTTLED),
        thing="code",
    ),
)  # fmt: skip
