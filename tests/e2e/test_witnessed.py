"""Another party's witness, running for itself: what people see of it, and how it catches a rewritten log."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from actions.log_identity import LogKey, begin_log
from chat_archive.checkpoint import open_checkpoint
from chat_archive.note import KeyKind, Signer, VerifierKey
from chat_archive.proof_file import ProofFile
from domain.accounts import SYSTEM, Role
from tests.e2e.browsers import PHONE
from tests.e2e.conftest import ROOT, OpenHospital, Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import auditor_finds
from tests.logs import seal_all
from tests.waiting import until

ORIGIN = "riverside.example/log"
NAME = "authority.example/w1"
SAID = ("How did you sleep?", "Badly, doctor.")
LOG = Signer(ORIGIN, KeyKind.ED25519, os.urandom(32))


class RunningWitness:
    """A `televisit witness` of the health authority; its key is known once it listens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        options = {"--listen": "127.0.0.1:0", "--data": str(folder), "--log": LOG.verifier.format()}
        named = [word for option in options.items() for word in option]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "witness", *named, "--name", NAME],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self.key = VerifierKey.parse(self.process.stdout.readline().strip())
        self.url = self.process.stderr.readline().split()[-1]

    def evidence(self) -> list[dict[str, str]]:
        """Return what it keeps against a log."""
        found = sorted((self.folder / "evidence").glob("fork-*.json"))
        return [json.loads(path.read_text(encoding="utf-8")) for path in found]

    def close(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[RunningWitness]:
    running = RunningWitness(tmp_path / "authority")
    yield running
    running.close()


async def test_a_witness_is_seen_by_people_and_a_log_rewritten_with_the_true_key_is_caught(
    open_hospital: OpenHospital, authority: RunningWitness, sit: Sit, tmp_path: Path
) -> None:
    hospital = await open_hospital(
        {
            "ARCHIVE_ORIGIN": ORIGIN,
            "ARCHIVE_SIGNING_KEY": LOG.format(),
            "WITNESSES": f"{authority.key.format()} {authority.url}",
        }
    )
    visit = await hospital.past_visit(SAID)
    await hospital.sealed(visit)
    await witnessed(hospital)

    # The auditor reads that somebody else vouches for the log, and who.
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"), at=hospital)
    page = await auditor.open("/auditor")
    replay = await auditor_finds(page, auditor, visit.patient.display_name)
    words = replay.say("verdict.witnessed_one", count=1)
    await expect(replay.verdict.get_by_text(words, exact=True)).to_be_visible()
    names = replay.verdict.get_by_role("list", name=replay.say("verdict.witnesses")).get_by_role("listitem")
    await expect(names).to_have_count(1)
    await expect(names).to_contain_text(NAME)
    await page.close()

    # The patient keeps a receipt that the witness has cosigned.
    patient = await sit(visit.patient, at=hospital, viewport=PHONE)
    page = await patient.open(f"/visit/{visit.appointment.id}")
    line = page.get_by_test_id("receipt")
    await expect(line).to_have_attribute("data-state", "sealed")
    async with page.expect_download() as loading:
        await line.get_by_role("button").click()
    kept = tmp_path / "kept.tlog-proof"
    await (await loading.value).save_as(kept)
    receipt = open_checkpoint(ProofFile.parse(kept.read_text()).note, [LOG.verifier], [authority.key])
    assert [one.key.name for one in receipt.cosignatures] == [NAME]
    await page.close()

    # Whoever has database, checkpoint file and signing key writes the whole log anew, as long as it was.
    hospital.server.signal(signal.SIGTERM)
    rewrite(hospital)
    (hospital.server.folder / "archive" / "checkpoint").unlink()
    forger = LogKey(LOG)
    async with hospital.work.begin(SYSTEM, "forger") as ctx:
        await begin_log(ctx, forger, ORIGIN)
    assert await seal_all(hospital.work, forger) == receipt.checkpoint.size
    hospital.server.open()

    # The witness does not sign, keeps what proves it, and the server stops sealing and says who objects.
    async def stopped() -> bool:
        return (await asyncio.to_thread(health, hospital))["sealing"] == "stopped"

    await until(stopped)
    (evidence,) = authority.evidence()
    for side in ("recorded", "submitted"):
        assert f"{ORIGIN}\n{receipt.checkpoint.size}\n" in evidence[side]
    assert hospital.rows("select count(*) from archive_cosignature") == [(0,)]
    said = hospital.server.said()
    assert "archive.sealing_stopped" in said and NAME in said

    # And the patient, who signs in nowhere, reads that the log was rewritten.
    anybody = await sit(None, at=hospital, viewport=PHONE)
    page = await anybody.open("/receipt")
    await page.locator("input[type=file]").set_input_files(kept)
    rewritten = anybody.words("features/receipts", "result.rewritten")
    await expect(page.get_by_role("heading", name=rewritten)).to_be_visible()
    contradiction = anybody.words("features/receipts", "result.contradiction")
    await expect(page.get_by_text(contradiction)).to_be_visible()


async def witnessed(hospital: Hospital) -> None:
    """Return once the tree as it is has been cosigned."""

    async def has() -> bool:
        ((size, cosigned),) = hospital.rows(
            "select (select size from archive_tree), (select max(size) from archive_cosignature)"
        )
        return bool(size == cosigned)

    await until(has)


def rewrite(hospital: Hospital) -> None:
    """Change every entry's hash, and forget that there was a log."""
    hospital.tamper(
        "update archive_entry set entry_hash = sha256(entry_hash); "
        "truncate archive_leaf, archive_tile, archive_cosignature, archive_checkpoint, archive_tree, "
        "archive_epoch"
    )


def health(hospital: Hospital) -> dict[str, str]:
    with urllib.request.urlopen(f"{hospital.url}/healthz", timeout=5) as answer:  # noqa: S310
        found = json.load(answer)
    assert isinstance(found, dict)
    return found
