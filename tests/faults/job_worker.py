"""A process that runs jobs and nothing else, for tests that kill it.

Arguments: the database's address, the mail server's port. It prints nothing and runs until it is killed.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from actions.context import UnitOfWork
from booking_api.invitations import House
from booking_api.notice_letters import handlers
from chat_archive.data_keys import KeyRing
from providers.mail import SmtpMailer
from providers.sms import ConsoleSms
from storage.job_runner import JobRunner, Pace
from storage.pool import Database

QUICK = Pace(poll_s=0.1, heartbeat_s=0.2, stalled_after_s=2, rescue_every_s=0.2)


def now() -> datetime:
    return datetime.now(UTC)


async def main(dsn: str, port: int) -> None:
    database = await Database.connect(dsn, size=2)
    mailer = SmtpMailer("127.0.0.1", port, clock=now, sender="no-reply@example.org", tls="off")
    work = UnitOfWork(database, now, os.urandom, KeyRing({"unused": os.urandom(32)}, "unused"))
    house = House("海滨医院", "https://visit.example.org", ZoneInfo("Asia/Shanghai"), "no-reply@example.org")
    runner = JobRunner(dsn, handlers(work, mailer, ConsoleSms(), house), clock=now, pace=QUICK)
    await runner.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
