"""Registering and forgotten passwords: for people who are not signed in."""

from aiohttp import web

from actions import one_time_codes, registration
from booking_api.edge import Call
from booking_api.models_registration import (
    CodeGiven,
    CodeRequest,
    CodeSent,
    NewPasswordGiven,
    NewPatientAccount,
    NoticeQuery,
    PrivacyNoticeView,
    TicketView,
)
from booking_api.models_session import SessionView
from booking_api.session import with_cookie
from booking_api.views import view
from domain.privacy_notice import NOTICES
from domain.registration import CodePurpose, destination_of


async def read_privacy_notice(call: Call) -> PrivacyNoticeView:
    """GET /api/privacy-notice."""
    notice = NOTICES[call.given(NoticeQuery).locale]
    return PrivacyNoticeView(
        version=notice.version,
        locale=call.given(NoticeQuery).locale,
        paragraphs=list(notice.paragraphs),
        digest=notice.digest.hex(),
    )


async def begin_registration(call: Call) -> CodeSent:
    """POST /api/registrations."""
    return await _ask(call, CodePurpose.REGISTER)


async def check_registration_code(call: Call) -> TicketView:
    """POST /api/registrations/{id}/code."""
    return await _check(call, CodePurpose.REGISTER)


async def finish_registration(call: Call) -> web.Response:
    """POST /api/registrations/{id}/account: the account is made and signed in."""
    given = call.given(NewPatientAccount)
    signed_in = await registration.register(
        call.edge.work,
        call.edge.passwords,
        code_id=call.uuid(),
        ticket=given.ticket,
        newcomer=registration.Newcomer(
            given.display_name,
            given.birth_date,
            given.password,
            given.locale,
            given.notice_version,
            given.notice_digest,
        ),
        zone=call.edge.zone,
        client_address=call.address,
        user_agent=call.user_agent,
        request_id=call.request_id,
    )
    return with_cookie(call, view(SessionView, signed_in.active), signed_in.token)


async def begin_password_reset(call: Call) -> CodeSent:
    """POST /api/password-resets."""
    return await _ask(call, CodePurpose.RESET)


async def check_reset_code(call: Call) -> TicketView:
    """POST /api/password-resets/{id}/code."""
    return await _check(call, CodePurpose.RESET)


async def finish_password_reset(call: Call) -> None:
    """POST /api/password-resets/{id}/password."""
    given = call.given(NewPasswordGiven)
    await registration.reset_password(
        call.edge.work,
        call.edge.passwords,
        code_id=call.uuid(),
        ticket=given.ticket,
        password=given.password,
        client_address=call.address,
        request_id=call.request_id,
    )


async def _ask(call: Call, purpose: CodePurpose) -> CodeSent:
    given = call.given(CodeRequest)
    asked = await one_time_codes.ask(
        call.edge.work,
        call.edge.throttle,
        purpose=purpose,
        destination=destination_of(given.destination, call.edge.calling_code),
        locale=given.locale,
        client_address=call.address,
        request_id=call.request_id,
    )
    return CodeSent(
        id=asked.id,
        channel=asked.channel,
        expires_at=asked.expires_at,
        resend_after_s=asked.resend_after_s,
        demo_code=asked.code if call.edge.hospital.demo else None,
    )


async def _check(call: Call, purpose: CodePurpose) -> TicketView:
    ticket = await one_time_codes.check(
        call.edge.work,
        call.edge.throttle,
        purpose=purpose,
        code_id=call.uuid(),
        code=call.given(CodeGiven).code,
        client_address=call.address,
        request_id=call.request_id,
    )
    return TicketView(ticket=ticket)
