"""The hospital's own system (HIS) while the server runs: who answers for it, and who is not in it yet.

No rule is here.
"""

import asyncio

import structlog

from actions import patient_index as links
from actions.context import UnitOfWork
from providers.his import DemoAnswers, DemoPatients, DemoSlots, HospitalSlots, PatientIndex
from server.config import Config

OPEN_EVERY_S = 24 * 3600.0
AFTER_FAILURE_S = 300.0
BATCH_EVERY_S = 5.0

_log = structlog.get_logger(__name__)


def hospital_slots(config: Config) -> HospitalSlots | None:
    """Return who can be asked for slots of the HIS: the demo's, or nobody."""
    if config.demo_his is None:
        return None
    return DemoSlots(config.data_dir / "demo" / "his-slots.jsonl", config.demo_his)


def patient_index(config: Config) -> PatientIndex | None:
    """Return who can be asked for patients of the HIS: the demo's, or nobody."""
    if config.demo_his is None:
        return None
    return DemoPatients(down=config.demo_his is DemoAnswers.DOWN)


async def keep_links(work: UnitOfWork) -> None:
    """Have patients be looked for who were verified while the HIS was not connected; until cancelled.

    As it starts, a batch at a time so that its index is not flooded, and once a day from then on;
    after a failure minutes later.
    """
    while True:
        pause = OPEN_EVERY_S
        try:
            opened = await links.open_missing(work, "his")
            if opened:
                pause = BATCH_EVERY_S
                _log.info("his.links_opened", patients=opened)
        except Exception as error:
            # Nothing waits for it: the next time does what this one did not.
            pause = AFTER_FAILURE_S
            _log.warning("his.links_not_opened", error=type(error).__name__)
        await asyncio.sleep(pause)
