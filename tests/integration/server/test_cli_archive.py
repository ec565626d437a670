"""`televisit archive`: exporting evidence and verifying it, and the whole log, as an operator does."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from actions.context import UnitOfWork
from actions.log_reading import checkpoint_note
from actions.sealing import Looked, seal
from chat_archive import pack
from chat_archive.stored_zip import read_archive
from domain.accounts import SYSTEM
from server import config as configuration
from server.archive_keys import load_ring
from server.checkpoint_file import CheckpointFile
from server.database import now
from server.signing_key import load_log_key, open_log
from storage.pool import Database
from tests.integration.server.televisit_command import Televisit
from tests.unit.chat_archive.packs import LOG

T = TypeVar("T")


class Hospital(Televisit):
    """The demo hospital's data folder, whose log was sealed, as a server that ran has left it."""

    @property
    def config(self) -> configuration.Config:
        return configuration.read({"DATA_DIR": str(self.folder)}).usable()

    def use(self, action: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        async def run() -> T:
            database = await Database.connect(self.cluster.dsn("televisit"), size=2)
            try:
                ring = await load_ring(self.config, database, now, os.urandom)
                return await action(UnitOfWork(database, now, os.urandom, ring))
            finally:
                await database.close()

        return asyncio.run(run())

    def seal(self) -> str:
        """Seal what there is and keep the checkpoint apart; return the log's key."""

        async def work(work: UnitOfWork) -> str:
            key = await load_log_key(self.config, work)
            epoch = await open_log(self.config, work, key)
            looked = Looked()
            while (await seal(work, key, looked)).more:
                pass
            async with work.begin(SYSTEM, "test") as ctx:
                note = await checkpoint_note(ctx)
            CheckpointFile(self.config.archive_checkpoint_file).write(note)
            return epoch.log_key

        return self.use(work)

    def forge(self, statements: str) -> None:
        """Change what nobody may change, as whoever owns the database can."""
        self.sql(f"set session_replication_role = replica; {statements}")

    def consultation(self) -> str:
        """Return a consultation that is over."""
        return self.sql("select conversation_id from archive_entry where kind = 'finished' limit 1")


def opened() -> Hospital:
    folder = Path(tempfile.mkdtemp(prefix="televisit-cli-", dir="/var/tmp"))
    folder.chmod(0o755)
    made = Hospital(folder)
    first = made("demo")
    assert first.exit_code == 0, first.output
    made.cluster.start()
    return made


@pytest.fixture(scope="module")
def hospital() -> Iterator[Hospital]:
    made = opened()
    made.seal()
    yield made
    made.cluster.stop()
    shutil.rmtree(made.folder, ignore_errors=True)


@pytest.fixture
def damaged(hospital: Hospital) -> Iterator[Hospital]:
    """The same, whose database may be damaged: the damage goes with the test."""
    tables = (
        "archive_entry", "archive_leaf", "archive_head", "archive_epoch", "archive_tree", "archive_checkpoint"
    )  # fmt: skip
    for table in tables:
        hospital.sql(f"create table kept_{table} as table {table}")
    yield hospital
    for table in tables:
        hospital.forge(
            f"delete from {table}; insert into {table} select * from kept_{table};"  # noqa: S608
            f" drop table kept_{table}"
        )


def test_a_pack_that_was_exported_verifies_without_a_database(hospital: Hospital, tmp_path: Path) -> None:
    log_key, consultation = hospital.seal(), hospital.consultation()
    out = tmp_path / "evidence.zip"
    done = hospital(
        "archive", "export", "--consultation", consultation, "--reason", "court order 7",
        "--for", "the court", "--out", str(out),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert out.stat().st_mode & 0o077 == 0
    # The configuration is broken and there is no database: a pack needs neither.
    verified = hospital("archive", "verify", str(out), "--log-key", log_key, PORT="http")
    assert verified.exit_code == 0, verified.output
    assert "INTACT against this server's key." in verified.output
    asked = json.loads(read_archive(out.read_bytes()).files[pack.ABOUT])["asked"]
    assert (asked["name"], asked["role"], asked["reason"]) == ("the court", "system", "court order 7")
    lines = hospital.sql(
        "select subject_id, detail->>'reason' from audit_event"
        " where action = 'archive.export' and subject_id is not null"
    )
    assert lines == f"{consultation}|court order 7"
    again = hospital("archive", "export", "--consultation", consultation, "--reason", "x", "--out", str(out))
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_a_damaged_pack_ends_with_2_and_no_pack_with_1(hospital: Hospital, tmp_path: Path) -> None:
    out = tmp_path / "evidence.zip"
    consultation = hospital.consultation()
    hospital("archive", "export", "--consultation", consultation, "--reason", "x", "--out", str(out))
    content = bytearray(out.read_bytes())
    content[content.index(b'"text') + 12] ^= 1
    out.write_bytes(content)
    report = tmp_path / "report.json"
    broken = hospital("archive", "verify", str(out), "--json", str(report))
    assert broken.exit_code == 2
    assert json.loads(report.read_bytes())["verdict"] == "broken"
    (tmp_path / "garbage").write_bytes(b"garbage" * 9)
    for path, *more in (
        ("garbage",),
        ("none.zip",),
        ("evidence.zip", "--log-only"),
        ("evidence.zip", "--log-key", "x"),
    ):
        done = hospital("archive", "verify", str(tmp_path / path), *more)
        assert (done.exit_code, "Traceback" in done.output) == (1, False), path


def test_days_are_exported_at_once(hospital: Hospital, tmp_path: Path) -> None:
    out = tmp_path / "all.zip"
    done = hospital(
        "archive", "export", "--from", "2020-01-01", "--to", "2199-12-31", "--reason", "x", "--out", str(out)
    )
    assert done.exit_code == 0, done.output
    kept = hospital.sql("select count(*) from archive_head where size > 0")
    records = [name for name in read_archive(out.read_bytes()).files if name.startswith("records/")]
    assert len(records) == int(kept) > 0
    assert hospital("archive", "verify", str(out)).exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say which"),
        (("--consultation", "x"), "no identifier"),
        (("--consultation", "01920000-0000-7000-8000-000000000000"), "no such consultation"),
        (("--from", "2026-01-01"), "belong together"),
        (("--from", "2026-01-02", "--to", "2026-01-01"), "range of time is empty"),
        (("--from", "1980-01-01", "--to", "1980-01-01"), "consultation: missing"),
    ],
)
def test_an_export_of_nothing_is_refused_in_words(
    hospital: Hospital, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "none.zip"
    done = hospital("archive", "export", "--reason", "x", "--out", str(out), *options)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert not out.exists()


def test_the_whole_log_is_verified_and_the_report_says_so(hospital: Hospital, tmp_path: Path) -> None:
    log_key = hospital.seal()
    report = tmp_path / "report.json"
    done = hospital("archive", "verify", "--log-key", log_key, "--json", str(report))
    assert done.exit_code == 0, done.output
    assert "INTACT against this server's key." in done.output
    told = json.loads(report.read_bytes())
    kept = int(hospital.sql("select count(*) from archive_entry"))
    assert (told["subject"], told["verdict"], told["counts"]["entries"]) == ("log", "intact", kept)
    assert told["checkpoint"]["size"] == kept
    assert hospital("archive", "verify", "--log-only").exit_code == 0


def test_another_key_than_the_logs_is_found(hospital: Hospital) -> None:
    name = hospital.seal().split("+")[0]
    other = f"{name}+00000000+AAAA"
    assert hospital("archive", "verify", "--log-key", other).exit_code == 1
    done = hospital("archive", "verify", "--log-key", LOG.verifier.format())
    assert done.exit_code == 2
    assert "wrong-key" in done.output
    assert hospital("archive", "verify", "--quorum", "1").exit_code == 2


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("update archive_entry set author = 'x' where seq = 3 and {it}", "entry 3: altered"),
        ("delete from archive_entry where seq = 3 and {it}", "missing"),
        ("update archive_entry set sealed = set_byte(sealed, 12, get_byte(sealed, 12) # 1)"
         " where seq = 3 and {it}", "entry 3: body-damaged"),
        ("delete from archive_leaf where seq = 3 and {it}", "leaf-missing"),
        ("update archive_tree set root = decode(repeat('00', 32), 'hex')", "edge-differs"),
    ],
)  # fmt: skip
def test_damage_is_named_and_ends_with_2(damaged: Hospital, damage: str, said: str) -> None:
    it = f"conversation_id = '{damaged.consultation()}'"
    damaged.forge(damage.format(it=it))
    done = damaged("archive", "verify")
    assert done.exit_code == 2, done.output
    assert said in done.output


def test_a_log_rewritten_and_signed_again_with_its_key_is_caught_by_a_receipt(
    damaged: Hospital, tmp_path: Path
) -> None:
    apart = damaged.config.archive_checkpoint_file
    receipt = tmp_path / "receipt"
    receipt.write_bytes(apart.read_bytes())
    damaged.forge(
        "delete from archive_leaf; delete from archive_checkpoint; delete from archive_tree;"
        " delete from archive_epoch; delete from archive_entry where (conversation_id, seq) in"
        " (select conversation_id, max(seq) from archive_entry group by conversation_id limit 1);"
        " update archive_head h set (size, last_hash) = (select seq, entry_hash from archive_entry e"
        " where e.conversation_id = h.conversation_id order by seq desc limit 1) where size > 0"
    )
    apart.unlink()
    damaged.seal()
    assert damaged("archive", "verify").exit_code == 0, "by itself it is sound"
    caught = damaged("archive", "verify", "--checkpoint", str(receipt))
    assert caught.exit_code == 2
    assert "log-behind" in caught.output
    # The checkpoint that the sealer kept apart says the same, when it is not taken away as well.
    apart.write_bytes(receipt.read_bytes())
    assert damaged("archive", "verify").exit_code == 2


@pytest.mark.parametrize(
    "gone", ["delete from archive_tree", "delete from archive_checkpoint", "delete from archive_leaf"]
)
def test_a_log_of_which_a_part_is_gone_is_broken_and_no_failure(damaged: Hospital, gone: str) -> None:
    damaged.forge(gone)
    done = damaged("archive", "verify")
    assert (done.exit_code, "Traceback" in done.output) == (2, False), done.output


def test_a_checkpoint_that_is_none_is_said(hospital: Hospital, tmp_path: Path) -> None:
    assert hospital("archive", "verify", "--checkpoint", str(tmp_path / "none")).exit_code == 1
    (tmp_path / "garbage").write_text("garbage")
    done = hospital("archive", "verify", "--checkpoint", str(tmp_path / "garbage"))
    assert done.exit_code == 2
    assert "outside-differs" in done.output


@pytest.mark.parametrize(
    "mistake",
    [
        ("verify", "--bogus"),
        ("verify", "--quorum", "x"),
        ("verify", "one.zip", "two.zip"),
        ("export", "--reason", "court order 7"),
        ("bogus",),
        ("--bogus",),
        (),
    ],
)
def test_a_mistake_in_typing_is_not_taken_for_a_broken_record(
    mistake: tuple[str, ...], tmp_path: Path
) -> None:
    assert Televisit(tmp_path)("archive", *mistake).exit_code == 1
