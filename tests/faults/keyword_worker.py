"""A process that runs keyword searches and nothing else, for tests that kill it.

Arguments: the database's address, the archive's ring of keys. It runs until it is killed.
"""

import asyncio
import os
import sys

from actions.context import UnitOfWork
from booking_api.keyword_searching import handlers
from chat_archive.data_keys import KeyRing
from storage.job_runner import JobRunner
from storage.pool import Database
from tests.faults.job_worker import QUICK, now


async def main(dsn: str, ring: str) -> None:
    database = await Database.connect(dsn, size=3)
    work = UnitOfWork(database, now, os.urandom, KeyRing.parse(ring))
    await JobRunner(dsn, handlers(work), clock=now, pace=QUICK).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
