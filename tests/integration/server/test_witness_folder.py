"""What a witness keeps: durable before it counts, never shared, and refused when something of it is lost."""

import os
import stat
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest

from chat_archive.note import KeyKind, Signer
from chat_archive.witness import Submission
from server.refusal import Refusal
from server.witness_folder import MOST_EVIDENCE, WitnessFolder
from tests.integration.server.witness_logs import (
    FORGED,
    TRUE,
    note,
    opened,
    submission,
)
from tests.integration.server.witness_logs import folder as folder
from tests.integration.server.witness_logs import session as session
from tests.integration.server.witness_process import NAME, NOW_S
from tests.unit.chat_archive.keys import LOG, ORIGIN, OTHER_LOG
from tests.unit.chat_archive.trees import LEAVES


async def test_one_decision_waits_for_the_other_to_be_on_the_disk(
    folder: WitnessFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.add_checkpoint(Submission(0, (), note(TRUE[:5])).format(), NOW_S)
    first, second = await submission(TRUE, 5, 21), await submission(FORGED, 5, 30)
    fsync, writing, may_write = os.fsync, threading.Event(), threading.Event()

    def slow_fsync(fd: Any) -> None:
        if not writing.is_set():
            writing.set()
            assert may_write.wait(10)
        fsync(fd)

    monkeypatch.setattr(os, "fsync", slow_fsync)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(folder.add_checkpoint, first.format(), NOW_S)
        assert writing.wait(10)
        other = threads.submit(folder.add_checkpoint, second.format(), NOW_S)
        # A decision that does not wait is over in a hundredth of this.
        overtook = bool(wait([other], timeout=0.2).done)
        may_write.set()
        assert (one.result(10).status, other.result(10).status) == (200, 409)
    assert not overtook


def test_evidence_does_not_fill_the_disk(folder: WitnessFolder, tmp_path: Path) -> None:
    for size in range(1, MOST_EVIDENCE + 5):
        request = Submission(0, (LEAVES[0],), note((LEAVES * 2)[:size]))
        assert folder.add_checkpoint(request.format(), NOW_S).status == 422
    assert folder.add_checkpoint(Submission(0, (), note(TRUE)).format(), NOW_S).status == 200
    assert folder.add_checkpoint(Submission(60, (), note(FORGED)).format(), NOW_S).status == 409
    names = [file.name.split("-")[0] for file in (tmp_path / "w" / "evidence").iterdir()]
    # Nonsense does not crowd out what is proof.
    assert (names.count("unproved"), names.count("fork")) == (MOST_EVIDENCE, 1)


def test_two_witnesses_never_share_a_folder(folder: WitnessFolder, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Another witness"):
        opened(tmp_path / "w")
    folder.close()
    opened(tmp_path / "w").close()


def test_a_witness_knows_after_a_restart_what_it_signed(folder: WitnessFolder, tmp_path: Path) -> None:
    folder.add_checkpoint(Submission(0, (), note(TRUE[:21])).format(), NOW_S)
    key = folder.trust.signer
    folder.close()
    again = opened(tmp_path / "w", LOG.verifier, OTHER_LOG.verifier)
    assert again.trust.signer == key
    latest = again.latest(ORIGIN)
    assert latest is not None
    assert latest.checkpoint.size == 21
    assert again.latest(OTHER_LOG.name) is None
    again.close()


def test_the_key_is_for_its_owner_alone(folder: WitnessFolder, tmp_path: Path) -> None:
    path = tmp_path / "w" / "key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Signer.parse(path.read_text().strip()).kind is KeyKind.COSIGNATURE


def _no_records(where: Path) -> None:
    for file in (where / "logs").iterdir():
        file.unlink()
    (where / "logs").rmdir()


def _no_key(where: Path) -> None:
    (where / "key").unlink()


def _another_key(where: Path) -> None:
    signer = Signer(NAME, KeyKind.COSIGNATURE, bytes(32))
    (where / "key").write_text(f"{signer.format()}\n")


def _damaged_key(where: Path) -> None:
    (where / "key").write_bytes(b"\xff\x00")


def _damaged_record(where: Path) -> None:
    for file in (where / "logs").iterdir():
        content = bytearray(file.read_bytes())
        content[len(ORIGIN) + 1] ^= 1
        file.write_bytes(content)


def _empty_record(where: Path) -> None:
    for file in (where / "logs").iterdir():
        file.write_bytes(b"")


@pytest.mark.parametrize(
    "damage", [_no_records, _no_key, _another_key, _damaged_key, _damaged_record, _empty_record]
)
def test_a_folder_that_lost_something_is_refused(
    folder: WitnessFolder, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder.add_checkpoint(Submission(0, (), note(TRUE[:21])).format(), NOW_S)
    folder.close()
    damage(tmp_path / "w")
    for _ in range(2):
        # The first attempt must not have mended anything.
        with pytest.raises(Refusal):
            opened(tmp_path / "w")


def test_a_witness_does_not_change_its_name(folder: WitnessFolder, tmp_path: Path) -> None:
    folder.close()
    with pytest.raises(Refusal, match="named"):
        opened(tmp_path / "w", name="another")
