"""A witness that lies: it cannot stop sealing that others vouch for, nor be overheard when nobody does."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from actions.sealing_status import SealingState
from chat_archive.checkpoint import Checkpoint
from chat_archive.note import KeyKind, Signer, sign
from chat_archive.witness_client import WitnessClient
from providers.witness import HttpWitness
from server.checkpoint_file import CheckpointFile
from tests.logs import ORIGIN, say
from tests.sealers import Witness, sealed, sealing, stopped
from tests.sealers import file as file
from tests.sealers import key as key
from tests.sealers import witness as witness
from tests.waiting import until

MORE = (409, "text/x.tlog.size", "1000\n")
LIES = {
    "has seen 1000 entries": MORE,
    "does not find its tree": (422, "text/plain", "The proof does not hold.\n"),
    "the log has forked": (409, "text/plain", "Another root.\n"),
}


class Liar:
    """A witness that objects to whatever it is asked, and shows what a test gives it."""

    def __init__(self) -> None:
        self.lie: tuple[int, str, str] = MORE
        self.wavers = False
        self.shows: str | None = None

    async def add(self, request: web.Request) -> web.Response:
        old = (await request.read()).partition(b"\n")[0]
        status, content_type, body = self.lie
        if self.wavers:
            body = "2\n" if old == b"old 1" else "1\n"
        return web.Response(status=status, body=body.encode(), headers={"Content-Type": content_type})

    async def show(self, request: web.Request) -> web.Response:
        assert request.query["origin"] == ORIGIN
        return web.Response(status=404) if self.shows is None else web.Response(text=self.shows)


@pytest.fixture
async def liar(aiohttp_server: Callable[..., Awaitable[Any]]) -> AsyncIterator[tuple[Liar, WitnessClient]]:
    made = Liar()
    app = web.Application()
    app.router.add_post("/add-checkpoint", made.add)
    app.router.add_get("/checkpoint", made.show)
    server = await aiohttp_server(app)
    async with aiohttp.ClientSession() as session:
        way = HttpWitness(str(server.make_url("")), session)
        known = Signer("liar.example", KeyKind.COSIGNATURE, os.urandom(32)).verifier
        yield made, WitnessClient(known, way.post, way.latest)


async def vouched(witness: Witness, size: int) -> None:
    async def has() -> bool:
        return witness.size() == size

    await until(has)


@pytest.mark.parametrize("said", LIES)
async def test_alone_it_is_believed_until_somebody_has_asked_it(
    said: str, work: UnitOfWork, key: LogKey, file: CheckpointFile, liar: tuple[Liar, WitnessClient]
) -> None:
    """It may be the only one left that remembers what a restored backup lacks."""
    made, client = liar
    made.lie = LIES[said]
    async with sealing(work, key, file):
        await say(work, [uuid4()], 3)
        await sealed(file, 3)
    async with sealing(work, key, file, client) as status:
        await say(work, [uuid4()], 2)
        await stopped(status)
        assert said in (status.why or "")
        assert "take it out of WITNESSES if it is wrong" in (status.why or "")
    async with sealing(work, key, file) as status:
        await sealed(file, 5)
        assert status.state is SealingState.SEALING


@pytest.mark.parametrize("said", LIES)
async def test_sealing_goes_on_when_another_witness_and_the_file_vouch_for_the_tree(
    said: str,
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    liar: tuple[Liar, WitnessClient],
) -> None:
    made, client = liar
    made.lie = LIES[said]
    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 3)
        await vouched(witness, 3)
    with capture_logs() as told:
        async with sealing(work, key, file, witness.client, client) as status:
            await say(work, [uuid4()], 2)
            await sealed(file, 5)
            await vouched(witness, 5)
            assert status.state is SealingState.SEALING
    loud = [line for line in told if line["event"] == "archive.witness_objects"]
    assert loud and all(line["log_level"] == "error" for line in loud)
    assert loud[0]["witness"] == "liar.example" and said in loud[0]["why"]
    assert not [line for line in told if line["event"] == "archive.sealing_stopped"]


async def test_without_the_file_nobody_vouches(
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    liar: tuple[Liar, WitnessClient],
) -> None:
    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 3)
        await vouched(witness, 3)
    file.path.unlink()
    async with sealing(work, key, file, witness.client, liar[1]) as status:
        await stopped(status)


async def test_a_witness_that_never_saw_the_log_does_not_vouch_for_it(
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    liar: tuple[Liar, WitnessClient],
) -> None:
    """It signs whatever it is shown first, an older copy too."""
    async with sealing(work, key, file):
        await say(work, [uuid4()], 3)
        await sealed(file, 3)
    async with sealing(work, key, file, witness.client, liar[1]) as status:
        await stopped(status)
    assert witness.size() == 3


@pytest.mark.parametrize("shown", ["nonsense", "another key", "smaller"])
async def test_what_our_key_did_not_sign_or_our_tree_continues_proves_nothing(
    shown: str,
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    liar: tuple[Liar, WitnessClient],
) -> None:
    made, client = liar
    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 3)
        await vouched(witness, 3)
    forger = Signer(ORIGIN, KeyKind.ED25519, os.urandom(32))
    made.shows = {
        "nonsense": "nonsense",
        "another key": sign(Checkpoint(ORIGIN, 1000, bytes(32)).text(), [forger]),
        "smaller": file.read(),
    }[shown]
    async with sealing(work, key, file, witness.client, client) as status:
        await say(work, [uuid4()], 2)
        await vouched(witness, 5)
        assert status.state is SealingState.SEALING


async def test_what_our_key_signed_stops_sealing_whoever_vouches(
    work: UnitOfWork,
    key: LogKey,
    file: CheckpointFile,
    witness: Witness,
    liar: tuple[Liar, WitnessClient],
) -> None:
    made, client = liar
    async with sealing(work, key, file, witness.client):
        await say(work, [uuid4()], 3)
        await vouched(witness, 3)
    made.shows = sign(Checkpoint(ORIGIN, 1000, bytes(32)).text(), [key.under(ORIGIN)])
    async with sealing(work, key, file, witness.client, client) as status:
        await stopped(status)
        assert status.missing == (3, 1000)
        assert "entries 3 to 999 are missing" in (status.why or "")
        assert "if it is wrong" not in (status.why or "")


async def test_one_that_names_another_size_every_time_is_left_alone(
    work: UnitOfWork, key: LogKey, file: CheckpointFile, liar: tuple[Liar, WitnessClient]
) -> None:
    made, client = liar
    async with sealing(work, key, file):
        await say(work, [uuid4()], 3)
        await sealed(file, 3)
    made.wavers = True
    with capture_logs() as told:
        async with sealing(work, key, file, client) as status:
            await say(work, [uuid4()], 2)
            await sealed(file, 5)
            assert status.state is SealingState.SEALING
    assert any("names another size every time" in str(line.get("error")) for line in told)
