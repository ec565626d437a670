"""PostgreSQL's disk is full where leaves are kept: sealing waits, the log stays sound and goes on."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from actions.log_finding import LogFindingKind
from actions.log_verification import verify_log
from actions.sealing import Looked, seal
from domain.errors import PartnerDown
from server.embedded_postgres import EmbeddedPostgres
from tests.logs import begin, say, seal_all
from tests.rows import execute, rows
from tests.servers import program

pytestmark = pytest.mark.faults
_SIZE = "768k"


@pytest.fixture
def tiny_tablespace(cluster: EmbeddedPostgres, dsn: str) -> Iterator[str]:
    """A tablespace on a filesystem of its own that is soon full, with the leaves in it."""
    folder = Path(tempfile.mkdtemp(prefix="televisit-tiny-", dir="/var/tmp"))
    if (
        os.getuid() != 0
        or subprocess.run(
            [program("mount", "mount"), "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", folder], check=False
        ).returncode
    ):
        folder.rmdir()
        pytest.skip("only root mounts a filesystem that is soon full")
    name = f"tiny_{os.getpid()}"
    try:
        owner = cluster.folder.joinpath("data").stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        cluster.sql("postgres", f"create tablespace {name} location '{folder}'")
        yield name
        execute(dsn, "alter table archive_leaf set tablespace pg_default")
        cluster.sql("postgres", f"drop tablespace {name}")
    finally:
        subprocess.run([program("umount", "mount"), folder], check=True)
        folder.rmdir()


async def test_a_full_disk_under_the_leaves_does_no_harm(
    work: UnitOfWork, dsn: str, tiny_tablespace: str
) -> None:
    key, looked, said = await begin(work), Looked(), 0
    execute(dsn, f"alter table archive_leaf set tablespace {tiny_tablespace}")
    with pytest.raises(PartnerDown):
        for _ in range(50):
            await say(work, [uuid4() for _ in range(10)], 100)
            said += 1_000
            more = True
            while more:
                more = (await seal(work, key, looked)).more
    assert rows(dsn, "select count(*) from archive_entry") == [(said,)]
    found = [one async for one in verify_log(work, patience_s=0)]
    assert {one.kind for one in found} == {LogFindingKind.UNSEALED}
    # Again and again it does not work, and does not spoil anything.
    for _ in range(3):
        with pytest.raises(PartnerDown):
            await seal_all(work, key)
    execute(dsn, "alter table archive_leaf set tablespace pg_default")
    await seal_all(work, key)
    assert rows(dsn, "select count(*) from archive_leaf") == [(said,)]
    assert [one async for one in verify_log(work, patience_s=0)] == []
