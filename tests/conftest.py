"""Fixtures that everything shares: one real PostgreSQL for the run, a fresh database for each test."""

import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import psycopg2
import pytest

from actions.context import UnitOfWork
from chat_archive.data_keys import KeyRing
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database

_FOLDER = "TELEVISIT_TEST_CLUSTER"
_cluster: EmbeddedPostgres | None = None

# How long an example takes tells how busy the machine is, and nothing about what the example tries.
hypothesis.settings.register_profile(
    "televisit", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("televisit")


def pytest_configure(config: pytest.Config) -> None:
    # The controller starts the cluster; xdist's workers inherit its address.
    global _cluster
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="televisit-test-", dir=_place()))
    folder.chmod(0o755)
    # Nothing here outlives the run, so nothing is forced to the disk: a database for each test costs a tenth.
    # What survives a kill is tried on servers of its own, in tests/faults.
    _cluster = EmbeddedPostgres(
        folder, settings={"max_connections": "200", "fsync": "off", "full_page_writes": "off"}
    )
    _cluster.start()
    os.environ[_FOLDER] = str(folder)


def _place() -> Path:
    """Return a folder in memory when there is room in it: a database is hundreds of small files."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 3 * 1024**3
    return memory if roomy else Path("/var/tmp")  # noqa: S108


def pytest_unconfigure(config: pytest.Config) -> None:
    global _cluster
    if _cluster is not None:
        _cluster.stop()
        shutil.rmtree(_cluster.folder, ignore_errors=True)
        _cluster = None


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true what was skipped was not tried, and so did not pass."""
    if _skipped(session.config) and os.environ.get("CI") == "true" and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = _skipped(terminalreporter.config)
    if not reasons:
        return
    verdict = "a failure, as CI is set" if os.environ.get("CI") == "true" else "not a failure here"
    terminalreporter.write_line(f"{sum(reasons.values())} skipped: {verdict}")
    for reason, count in reasons.items():
        terminalreporter.write_line(f"  {count} x {reason}")


def _skipped(config: pytest.Config) -> Counter[str]:
    """Return how often each reason was given for skipping. xdist's workers report to the controller."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return Counter()
    found: Counter[str] = Counter()
    for report in reporter.stats.get("skipped", []):
        detail = report.longrepr
        found[detail[2] if isinstance(detail, tuple) else str(detail)] += 1
    return found


class Clock:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def cluster() -> EmbeddedPostgres:
    """The run's cluster, as seen from any worker: for addresses, not for starting or stopping."""
    return EmbeddedPostgres(Path(os.environ[_FOLDER]))


@pytest.fixture(scope="session")
def durable_cluster() -> Iterator[EmbeddedPostgres]:
    """A cluster of this worker's own that keeps what it acknowledges: a server serves on no other."""
    folder = Path(tempfile.mkdtemp(prefix="televisit-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    own = EmbeddedPostgres(folder)
    try:
        own.start()
        yield own
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(cluster: EmbeddedPostgres) -> str:
    """A migrated database that the others are copied from; one for each worker."""
    import asyncio

    name = f"template_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    cluster.ensure_database(name)

    async def prepare() -> None:
        database = await Database.connect(cluster.dsn(name), size=1)
        try:
            await migrate(database, lambda: datetime.now(UTC))
        finally:
            await database.close()

    asyncio.run(prepare())
    return name


@pytest.fixture(scope="session")
def databases(cluster: EmbeddedPostgres) -> Iterator[psycopg2.extensions.cursor]:
    """The connection that makes and drops databases: starting psql for each would take longer than that."""
    with closing(psycopg2.connect(cluster.dsn("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


@pytest.fixture
def dsn(cluster: EmbeddedPostgres, template: str, databases: psycopg2.extensions.cursor) -> Iterator[str]:
    """The address of a fresh, migrated, empty database; dropped after the test."""
    name = f"test_{secrets.token_hex(6)}"
    databases.execute(f'create database "{name}" template "{template}" strategy file_copy')
    yield cluster.dsn(name)
    databases.execute(f'drop database "{name}" with (force)')


@pytest.fixture
async def database(dsn: str) -> AsyncIterator[Database]:
    opened = await Database.connect(dsn, size=10)
    yield opened
    await opened.close()


@pytest.fixture
def keys() -> KeyRing:
    """The archive's ring of one key-encryption key, new for each test."""
    return KeyRing({"test": os.urandom(32)}, "test")


@pytest.fixture
def work(database: Database, clock: Clock, keys: KeyRing) -> UnitOfWork:
    return UnitOfWork(database, clock, os.urandom, keys)


@pytest.fixture
def random() -> Callable[[int], bytes]:
    return os.urandom
