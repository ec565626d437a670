"""Handlers of the jobs that send notices: each is written when it is sent, from what is true then.

A job runs at least once; the notice's own row makes it go once. The row is written after the provider took
the notice, as the two cannot be done in one step. A process that dies in the moment between leaves a notice
taken and a row that says nothing of it, and the next run sends it again under the same Message-ID (or OutId),
by which the receiver's side drops the repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.context import UnitOfWork
from actions.deliveries import Letter, letter, not_sent, sent
from actions.notices import told_before
from booking_api.invitations import House, calendar_visit
from booking_api.notice_times import moment_words, money_words, short_moment_words
from booking_api.notice_words import WORDS, cancelled_by
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from domain.jobs import RETRY_WAITS_S, Handler, JobCall, JobName
from domain.notices import OF_THE_CALENDAR, Notice, NoticeChannel, Reason
from providers.calendar import Method, Person, calendar_object
from providers.mail import Invite, Mail, Mailer, MailRefused, message_id
from providers.sms import Sms, SmsKind, SmsRefused, SmsSender

PREFERENCES_PATH = "/me/notices"
_RECORDS_PATH = "/records"


def handlers(
    work: UnitOfWork,
    mailer: Mailer,
    sms: SmsSender,
    house: House,
    *,
    tries_max: int = len(RETRY_WAITS_S) + 1,
) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs. `tries_max` is how often the queue runs a job."""
    return {
        JobName.SEND_NOTICE: _SendNotice(work, mailer, sms, house, tries_max),
        JobName.MAIL_VISIT_ENDED: _VisitEndedBefore(work),
    }


@dataclass(frozen=True, slots=True)
class _SendNotice:
    """Sends one notice by one channel, unless it is not to be sent any more."""

    work: UnitOfWork
    mailer: Mailer
    sms: SmsSender
    house: House
    tries_max: int

    async def __call__(self, call: JobCall) -> None:
        notice_id, request_id = UUID(call.args["notice_id"]), f"job:{call.key}"
        async with self.work.begin(SYSTEM, request_id) as ctx:
            found = await letter(ctx, notice_id, self.house.zone)
        if found is None:
            return
        provider_id: str | None = None
        try:
            if found.channel is NoticeChannel.EMAIL:
                mail = written(found, self.house, call.key)
                provider_id = mail.message_id if await self.mailer.send(mail) else None
            else:
                provider_id = await self.sms.send(message(found, call.key))
        except (MailRefused, SmsRefused) as refused:
            # Not the job's failure: it did what there was to do, and the notice says what became of it.
            await self._keep(notice_id, request_id, refused.reason, final=True)
            return
        except PartnerDown:
            last = call.attempt >= self.tries_max
            await self._keep(notice_id, request_id, Reason.PARTNER_DOWN.value, final=last)
            if last:
                return
            raise
        async with self.work.begin(SYSTEM, request_id) as ctx:
            await sent(ctx, notice_id, provider_id)

    async def _keep(self, notice_id: UUID, request_id: str, reason: str, *, final: bool) -> None:
        async with self.work.begin(SYSTEM, request_id) as ctx:
            await not_sent(ctx, notice_id, reason, final=final)


@dataclass(frozen=True, slots=True)
class _VisitEndedBefore:
    """Does a job that an earlier version queued: makes the notice in its place."""

    work: UnitOfWork

    async def __call__(self, call: JobCall) -> None:
        async with self.work.begin(SYSTEM, f"job:{call.key}") as ctx:
            await told_before(ctx, UUID(call.args["consultation_id"]), call.key)


def written(found: Letter, house: House, key: str) -> Mail:
    """Return a notice as a letter; `key` is the same whenever it is written again."""
    locale = found.locale if found.locale in WORDS else "en"
    words = WORDS[locale][found.kind]
    values = _values(found, house, locale)
    invite = None
    if found.kind in OF_THE_CALENDAR:
        gone = found.kind in (Notice.APPOINTMENT_CANCELLED, Notice.REBOOKING_OFFER)
        method = Method.CANCEL if gone else Method.REQUEST
        visit = calendar_visit(
            house,
            locale,
            appointment_id=found.appointment_id,
            doctor=found.practitioner_name,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            sequence=found.calendar_sequence,
            changed_at=found.calendar_changed_at,
            attendee=Person(found.to, found.patient_name),
        )
        invite = Invite(method.value, calendar_object(visit, method))
    return Mail(
        kind=found.kind.value,
        to=found.to,
        subject=words.subject.format_map(values),
        text=words.text.format_map(values),
        message_id=message_id(key, house.host),
        invite=invite,
    )


def message(found: Letter, key: str) -> Sms:
    """Return a notice as a text message: a kind and the few values that its template takes."""
    values = {"time": short_moment_words(found.starts_at, found.zone, found.locale)}
    match found.kind:
        case Notice.APPOINTMENT_CHANGED:
            was = datetime.fromisoformat(found.facts["was_starts_at"])
            values["was"] = short_moment_words(was, found.zone, found.locale)
        case Notice.REFUND_MADE:
            values["amount"] = money_words(found.facts["amount_minor"], found.facts["currency"])
        case _:
            pass
    return Sms(SmsKind(found.kind.value), found.to, values, key, found.locale)


def _values(found: Letter, house: House, locale: str) -> dict[str, str]:
    def moment(name: str) -> str:
        text = found.facts.get(name)
        return "" if text is None else moment_words(datetime.fromisoformat(text), found.zone, locale)

    facts = found.facts
    return {
        "hospital": house.name,
        "patient": found.patient_name,
        "doctor": found.practitioner_name,
        "time": moment_words(found.starts_at, found.zone, locale),
        "was": moment("was_starts_at"),
        "offer_ends": moment("offer_ends_at"),
        "cancelled": cancelled_by(locale, facts["by"]) if "by" in facts else "",
        "amount": money_words(facts["amount_minor"], facts["currency"]) if "currency" in facts else "",
        "visit": house.visit(found.appointment_id),
        "home": house.link("/"),
        "records": house.link(_RECORDS_PATH),
        "preferences": house.link(PREFERENCES_PATH),
    }
