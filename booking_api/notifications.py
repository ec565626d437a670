"""Handlers of the jobs that tell people something by mail, and the letters' words.

A job runs at least once; its effect row makes the letter go once. The row is written after the mail server
took the letter, as the two cannot be done in one step. A process that dies in the moment between leaves a
letter taken and no row, and the next run sends it again: with the same Message-ID, by which the receiver's
mail server drops the repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from actions.context import UnitOfWork
from actions.jobs import effect_done
from actions.notifications import VisitEndedNotice, visit_ended_notice, visit_ended_told
from domain.accounts import SYSTEM
from domain.jobs import Handler, JobCall, JobGivenUp, JobName
from providers.mail import Mail, Mailer, MailRefused, message_id

_RECORDS_PATH = "/records"


def handlers(
    work: UnitOfWork, mailer: Mailer, public_url: str, hospital_name: str
) -> Mapping[JobName, Handler]:
    """Return the handlers of this edge's jobs. `public_url` is the site's address, without a path."""
    return {
        JobName.MAIL_VISIT_ENDED: _VisitEnded(work, mailer, public_url.rstrip("/"), hospital_name),
    }


@dataclass(frozen=True, slots=True)
class _VisitEnded:
    """Tells a patient that the visit ended and where its record is. Says nothing about health."""

    work: UnitOfWork
    mailer: Mailer
    public_url: str
    hospital_name: str

    async def __call__(self, call: JobCall) -> None:
        request_id = f"job:{call.key}"
        consultation_id = UUID(call.args["consultation_id"])
        async with self.work.begin(SYSTEM, request_id) as ctx:
            if await effect_done(ctx, call.key):
                return
            notice = await visit_ended_notice(ctx, consultation_id)
        if notice.email is None:
            return
        try:
            taken = await self.mailer.send(self._letter(notice, notice.email, call.key))
        except MailRefused as refused:
            raise JobGivenUp(f"mail.refused ({refused.reason})") from None
        async with self.work.begin(SYSTEM, request_id) as ctx:
            await visit_ended_told(ctx, consultation_id, call.key, taken=taken)

    def _letter(self, notice: VisitEndedNotice, email: str, key: str) -> Mail:
        words = _VISIT_ENDED.get(notice.locale, _VISIT_ENDED["en"])
        return Mail(
            kind=JobName.MAIL_VISIT_ENDED.value,
            to=email,
            subject=words.subject.format(hospital=self.hospital_name),
            text=words.text.format(
                hospital=self.hospital_name,
                patient=notice.patient_name,
                doctor=notice.practitioner_name,
                link=self.public_url + _RECORDS_PATH,
            ),
            message_id=message_id(key, urlsplit(self.public_url).hostname or "localhost"),
        )


@dataclass(frozen=True, slots=True)
class _Words:
    subject: str
    text: str


_VISIT_ENDED = {
    "zh-CN": _Words(
        subject="{hospital}：您的就诊已结束",
        text="""\
{patient}，您好：

您与{doctor}医生的视频就诊已经结束，谢谢您的信任。

这次就诊的记录已为您保存。登录后随时可以查看：
{link}

为保护您的隐私，邮件里不写任何病情。
这封邮件由系统自动发出，回复无人查收。

祝您安好。
{hospital}
""",
    ),
    "en": _Words(
        subject="{hospital}: your visit has ended",
        text="""\
Hello {patient},

Your video visit with {doctor} has ended. Thank you for your trust.

The record of this visit is kept for you. Sign in to read it at any time:
{link}

To protect your privacy, this mail says nothing about your health.
It was sent automatically, and nobody reads replies to it.

We wish you well.
{hospital}
""",
    ),
}
