"""The witness over HTTP and on its folder: killed, doubled, lied to, out of disk, it signs one history."""

import asyncio
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.merkle import root_of
from chat_archive.note import Verified, VerifierKey
from chat_archive.witness import SIZE, Submission
from chat_archive.witness_client import Stale, WitnessClient, WitnessRefused
from providers.witness import HttpWitness, WitnessUnreachable
from server.witness import WitnessLimits, witness_app
from server.witness_folder import WitnessFolder
from tests.integration.server.witness_logs import (
    FORGED,
    ROOT,
    TRUE,
    note,
    opened,
    submission,
    submit,
)
from tests.integration.server.witness_logs import folder as folder
from tests.integration.server.witness_logs import session as session
from tests.integration.server.witness_process import NOW_S
from tests.unit.chat_archive.keys import LOG, ORIGIN, OTHER_LOG, STRANGER

WIDE = WitnessLimits(per_second=1e6, burst=10_000)


@pytest.fixture
async def url(folder: WitnessFolder) -> AsyncIterator[str]:
    server = TestServer(witness_app(folder, lambda: NOW_S, WIDE))
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


@pytest.fixture
def client(folder: WitnessFolder, url: str, session: aiohttp.ClientSession) -> WitnessClient:
    return WitnessClient(folder.trust.signer.verifier, HttpWitness(url, session).post)


async def test_a_log_that_grows_is_cosigned_and_others_may_look(
    client: WitnessClient, url: str, session: aiohttp.ClientSession
) -> None:
    assert isinstance(await submit(client, TRUE, 0, 5), Verified)
    assert isinstance(await submit(client, TRUE, 5, 21), Verified)
    async with session.get(f"{url}/checkpoint", params={"origin": ORIGIN}) as answer:
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        latest = open_checkpoint(await answer.text(), [LOG.verifier], [client.key])
    assert latest.checkpoint == Checkpoint(ORIGIN, 21, root_of(TRUE[:21]))
    assert len(latest.cosignatures) == 1
    async with session.get(f"{url}/key") as answer:
        assert VerifierKey.parse((await answer.text()).strip()) == client.key


@pytest.mark.parametrize("query", ["", "?origin=", "?origin=elsewhere.example", f"?origin={ORIGIN}"])
async def test_there_is_no_checkpoint_before_there_is_one(
    url: str, session: aiohttp.ClientSession, query: str
) -> None:
    async with session.get(f"{url}/checkpoint{query}") as answer:
        assert answer.status == 404


async def test_every_status_of_the_specification_goes_over_the_wire(
    client: WitnessClient, url: str, session: aiohttp.ClientSession
) -> None:
    await submit(client, TRUE, 0, 5)
    forged = await submission(FORGED, 5, 21)
    without_proof = Submission(5, (), note(TRUE[:21]))
    unsigned = Submission(5, (), note(TRUE[:21], STRANGER))
    unknown = Submission(0, (), note(TRUE[:21], OTHER_LOG))
    other_root = Submission(5, (), note(FORGED[1:6]))
    same = Submission(5, (), note(TRUE[:5]))
    for sent, status in (
        (b"nonsense", 400),
        (Submission(6, (), note(TRUE[:5])).format(), 400),
        (unsigned.format(), 403),
        (unknown.format(), 404),
        (other_root.format(), 409),
        (without_proof.format(), 422),
        (same.format(), 200),
        (forged.format(), 200),
    ):
        async with session.post(f"{url}/add-checkpoint", data=sent) as answer:
            assert answer.status == status
    async with session.post(f"{url}/add-checkpoint", data=same.format()) as answer:
        assert answer.status == 409
        assert answer.headers["Content-Type"] == SIZE
        assert await answer.text() == "21\n"


async def test_an_older_checkpoint_is_not_taken_back(client: WitnessClient, folder: WitnessFolder) -> None:
    await submit(client, TRUE, 0, 5)
    await submit(client, TRUE, 5, 21)
    assert await submit(client, TRUE, 0, 5) == Stale(21)
    assert await submit(client, TRUE, 5, 21) == Stale(21)
    latest = folder.latest(ORIGIN)
    assert latest is not None
    assert latest.checkpoint.size == 21


async def test_a_fork_by_the_true_key_is_refused_and_kept_as_evidence(
    client: WitnessClient, folder: WitnessFolder, tmp_path: Path
) -> None:
    await submit(client, TRUE, 0, 21)
    with pytest.raises(WitnessRefused) as same_size:
        await client.submit(21, [], note(FORGED[:21]))
    # A log that forked at 5 offers the proof of its own first 21 leaves.
    with pytest.raises(WitnessRefused) as grown:
        await submit(client, FORGED, 21, 40)
    assert (same_size.value.status, grown.value.status) == (409, 422)
    files = sorted((tmp_path / "w" / "evidence").iterdir())
    assert [file.name.split("-")[0] for file in files] == ["fork", "unproved"]
    proof = json.loads(files[0].read_bytes())
    one = open_checkpoint(proof["recorded"], [LOG.verifier], [client.key]).checkpoint
    other = open_checkpoint(Submission.parse(proof["submitted"].encode()).note, [LOG.verifier]).checkpoint
    assert one.size == other.size == 21
    assert one.root != other.root
    latest = folder.latest(ORIGIN)
    assert latest is not None
    assert latest.checkpoint.root == root_of(TRUE[:21])


async def test_of_two_histories_sent_at_once_one_is_cosigned(
    client: WitnessClient, url: str, session: aiohttp.ClientSession
) -> None:
    await submit(client, TRUE, 0, 5)
    sent = [
        (await submission(history, 5, size)).format() for size in range(6, 40) for history in (TRUE, FORGED)
    ]

    async def one(body: bytes) -> str | None:
        async with session.post(f"{url}/add-checkpoint", data=body) as answer:
            await answer.read()
            return Submission.parse(body).note if answer.status == 200 else None

    answers = await asyncio.gather(*(one(body) for body in sent))
    assert len([answer for answer in answers if answer is not None]) == 1


@pytest.mark.parametrize(("fatal", "kept"), [(8, 5), (9, 5), (10, 21), (11, 21)])
async def test_killed_at_any_step_it_never_signs_two_histories(
    session: aiohttp.ClientSession, tmp_path: Path, fatal: int, kept: int
) -> None:
    # Steps 1 to 3 are the key's, 4 to 7 the first checkpoint's, 8 to 11 the second one's; 11 is its answer.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.integration.server.witness_process"),
        *(str(tmp_path), LOG.verifier.format(), str(fatal)),
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    way = HttpWitness(f"http://127.0.0.1:{int(await process.stdout.readline())}", session)
    status, _, _ = await way.post((await submission(TRUE, 0, 5)).format())
    assert status == 200
    with pytest.raises(WitnessUnreachable):
        await way.post((await submission(TRUE, 5, 21)).format())
    async with asyncio.timeout(10):
        assert await process.wait() == -signal.SIGKILL
    restarted = opened(tmp_path)
    try:
        latest = restarted.latest(ORIGIN)
        assert latest is not None
        assert latest.checkpoint.size == kept
        answer = restarted.add_checkpoint((await submission(FORGED, 5, 30)).format(), NOW_S)
        # Where the second was kept, its signature may have left: no other history after it.
        assert answer.status == (200 if kept == 5 else 409)
    finally:
        restarted.close()


async def test_a_full_disk_signs_nothing(
    client: WitnessClient, folder: WitnessFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    await submit(client, TRUE, 0, 5)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(WitnessRefused) as refused:
            await submit(client, TRUE, 5, 21)
        assert refused.value.status == 500
    latest = folder.latest(ORIGIN)
    assert latest is not None
    assert latest.checkpoint.size == 5
    assert isinstance(await submit(client, TRUE, 5, 21), Verified)


async def test_a_request_that_is_too_large_is_refused(url: str, session: aiohttp.ClientSession) -> None:
    async with session.post(f"{url}/add-checkpoint", data=bytes(200_000)) as answer:
        assert answer.status == 413


async def test_who_asks_too_often_waits(folder: WitnessFolder, session: aiohttp.ClientSession) -> None:
    at = [0.0]
    limits = WitnessLimits(per_second=2, burst=3)
    server = TestServer(witness_app(folder, lambda: NOW_S, limits, lambda: at[0]))
    await server.start_server()

    async def statuses(count: int) -> list[int]:
        found = []
        for _ in range(count):
            async with session.post(server.make_url("/add-checkpoint"), data=b"") as answer:
                found.append(answer.status)
        return found

    assert await statuses(4) == [400, 400, 400, 429]
    at[0] = 1.0
    assert await statuses(3) == [400, 400, 429]
    await server.close()


async def test_more_requests_than_can_be_worked_on_are_told_so(
    folder: WitnessFolder, session: aiohttp.ClientSession
) -> None:
    limits = WitnessLimits(per_second=1e6, burst=10_000, at_a_time=1)
    server = TestServer(witness_app(folder, lambda: NOW_S, limits))
    await server.start_server()
    url = server.make_url("/add-checkpoint")

    async def status() -> int:
        async with session.post(url, data=b"") as answer:
            return answer.status

    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /add-checkpoint HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nold")
    async with asyncio.timeout(5):
        while await status() != 503:
            pass
        writer.write(b" 0\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 400")
        assert await status() == 400
    writer.close()
    await server.close()
