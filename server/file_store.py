"""Where this server's files lie, and the tidying of what nobody needs there any more."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import structlog

from actions.context import UnitOfWork
from actions.file_removal import delete_destroyed, sweep
from domain.jobs import Handler, JobCall, JobName
from providers.object_store import FolderObjectStore, ObjectStore, S3ObjectStore
from server.config import Config

SWEEP_EVERY_S = 3600.0

_log = structlog.get_logger(__name__)


def file_store(config: Config) -> ObjectStore:
    """Return the store that the configuration names. Nothing is asked of it yet."""
    if config.s3 is not None:
        return S3ObjectStore(config.s3)
    return FolderObjectStore(config.data_dir / "objects")


async def tidy_files(work: UnitOfWork, store: ObjectStore) -> None:
    """Remove files that came to nothing, now and every hour; until cancelled."""
    if isinstance(store, FolderObjectStore):
        await asyncio.to_thread(store.clear_unfinished)
    while True:
        try:
            removed = await sweep(work, store, "tidy")
            if removed:
                _log.info("files.swept", files=removed)
        except Exception as error:
            # Nothing waits for it: the next time does what this one did not.
            _log.warning("files.not_swept", error=type(error).__name__)
        await asyncio.sleep(SWEEP_EVERY_S)


def handlers(work: UnitOfWork, store: ObjectStore) -> Mapping[JobName, Handler]:
    """Return the handlers of the jobs about files."""
    return {JobName.DELETE_FILES: _DeleteFiles(work, store)}


@dataclass(frozen=True, slots=True)
class _DeleteFiles:
    """Removes the files of a destroyed record. What is gone already stays gone: running again is harmless."""

    work: UnitOfWork
    store: ObjectStore

    async def __call__(self, call: JobCall) -> None:
        consultation_id = UUID(call.args["consultation_id"])
        await delete_destroyed(self.work, self.store, consultation_id, f"job:{call.key}")
