"""Who brings mails and text messages while the server runs. No rule is here."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from providers.mail import ConsoleMailer, Mailer, SmtpMailer
from providers.sms import AliyunSms, ConsoleSms, SmsSender
from server.config import Config
from server.database import now


def mailer(config: Config) -> Mailer:
    """Return who brings mails: the mail server that is set, or nobody."""
    if config.smtp is None:
        return ConsoleMailer()
    return SmtpMailer(
        config.smtp.host,
        config.smtp.port,
        clock=now,
        sender=config.smtp.sender,
        username=config.smtp.username,
        password=config.smtp.password,
        tls=config.smtp.tls,
    )


@asynccontextmanager
async def sms_sender(config: Config) -> AsyncIterator[SmsSender]:
    """Yield who brings text messages: the provider that is set, or nobody."""
    if config.sms is None:
        yield ConsoleSms()
        return
    async with aiohttp.ClientSession() as session:
        yield AliyunSms(
            session,
            clock=now,
            random=os.urandom,
            endpoint=config.sms.endpoint,
            access_key=config.sms.access_key,
            secret_key=config.sms.secret_key,
            sign_name=config.sms.sign_name,
            templates=config.sms.templates,
        )
