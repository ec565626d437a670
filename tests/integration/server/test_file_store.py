"""Where a server's files lie, what is verified of them, and what is removed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from actions.conversation import Kept, Saying
from actions.files import Upload, add_file
from chat_archive.pack_report import Report, Trust
from chat_archive.verify import FindingKind
from domain.jobs import JobCall, JobName, delete_files
from providers.object_store import FolderObjectStore, S3ObjectStore
from server import config as configuration
from server.file_store import file_store, handlers, tidy_files
from server.log_check import check_log
from storage.pool import Database
from tests.integration.actions.visits import Visit, keep, kept_one, make_visit

PDF = b"%PDF-1.7\n" + bytes(5_000)


@pytest.fixture
def store(tmp_path: Path) -> FolderObjectStore:
    return FolderObjectStore(tmp_path / "objects")


@pytest.fixture
async def visit(work: UnitOfWork, store: FolderObjectStore) -> Visit:
    """A visit with one file, entry 3."""
    made = await make_visit(work)
    await made.arrive()
    await made.admit()

    async def keep_now(saying: Saying) -> Kept:
        return kept_one(*await keep(work, saying))

    async def content() -> AsyncIterator[bytes]:
        yield PDF

    await add_file(
        work, store, keep_now, actor=made.as_patient, request_id="test",
        upload=Upload(made.id, uuid4(), "a.pdf"), chunks=content(),
    )  # fmt: skip
    return made


def stored(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


async def verified(visit: Visit, store: FolderObjectStore) -> Report:
    return await check_log(
        visit.work,
        Trust(),
        outside=[],
        witness_keys=[],
        bodies=True,
        on_progress=lambda _stage, _done, _total: None,
        files=store,
    )


def test_files_lie_in_the_data_folder_unless_a_bucket_is_named(tmp_path: Path) -> None:
    folder = configuration.read({"DATA_DIR": str(tmp_path)}).usable()
    assert isinstance(file_store(folder), FolderObjectStore)
    bucket = {"OBJECT_STORE_URL": "s3://files/one", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b"}
    assert isinstance(file_store(configuration.read(bucket).usable()), S3ObjectStore)


async def test_verifying_the_archive_reads_every_file(
    visit: Visit, store: FolderObjectStore, tmp_path: Path
) -> None:
    sound = await verified(visit, store)
    assert sound.findings == []
    assert any("1 file read" in note for note in sound.notes)
    (path,) = stored(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    (finding,) = (await verified(visit, store)).findings
    assert (finding.kind, finding.conversation_id, finding.seq) == ("file.damaged", visit.id, 3)


async def test_the_job_removes_the_files_of_a_destroyed_record_and_may_run_again(
    visit: Visit, store: FolderObjectStore, database: Database, tmp_path: Path
) -> None:
    job = delete_files(visit.id)
    run = handlers(visit.work, store)[JobName.DELETE_FILES]
    await run(JobCall(job.key, job.args, 1))
    assert len(stored(tmp_path)) == 1
    async with database.transaction() as tx:
        await tx.script(
            "set local session_replication_role = replica;"
            "update archive_key set wrapped = null, destroyed_at = '2040-01-01'"
        )
    visit.work.keys.forget(visit.id)
    for attempt in (1, 2):
        await run(JobCall(job.key, job.args, attempt))
        assert stored(tmp_path) == []
    # That nobody recorded the destruction is found, and no file is missed.
    assert {one.kind for one in (await verified(visit, store)).findings} == {FindingKind.KEY_UNUSABLE}


async def test_a_server_that_starts_clears_what_a_killed_one_left(
    visit: Visit, store: FolderObjectStore, tmp_path: Path
) -> None:
    left = tmp_path / "objects" / "unfinished" / "left.0"
    left.write_bytes(b"half")
    task = asyncio.create_task(tidy_files(visit.work, store))
    async with asyncio.timeout(10):
        while left.exists():  # noqa: ASYNC110  # files tell nobody that they are gone
            await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert len(stored(tmp_path)) == 1
