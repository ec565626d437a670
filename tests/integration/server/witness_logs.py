"""Logs for the witness' tests: one with two histories, what it submits, a witness' folder to try it on."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from chat_archive.checkpoint import Checkpoint
from chat_archive.merkle import root_of
from chat_archive.note import Signer, Verified, VerifierKey, sign
from chat_archive.tiles import consistency_path
from chat_archive.witness import Submission
from chat_archive.witness_client import Stale, WitnessClient
from server.witness_folder import WitnessFolder
from tests.integration.server.witness_process import NAME
from tests.unit.chat_archive.keys import LOG
from tests.unit.chat_archive.trees import LEAVES, TileStore

ROOT = Path(__file__).parents[3]
TRUE = LEAVES[:60]
FORGED = LEAVES[:5] + LEAVES[500:555]
"""Another history after the same first five leaves; the log's true key signs both."""


def note(leaves: list[bytes], signer: Signer = LOG) -> str:
    return sign(Checkpoint(signer.name, len(leaves), root_of(leaves)).text(), [signer])


async def submission(leaves: list[bytes], old: int, size: int) -> Submission:
    proof = await consistency_path(TileStore(leaves).read, old, size)
    return Submission(old, tuple(proof), note(leaves[:size]))


def opened(folder: Path, *keys: VerifierKey, name: str = NAME) -> WitnessFolder:
    by_origin: dict[str, list[VerifierKey]] = {}
    for key in keys or (LOG.verifier,):
        by_origin.setdefault(key.name, []).append(key)
    return WitnessFolder(folder, name, by_origin, os.urandom)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[WitnessFolder]:
    made = opened(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


async def submit(client: WitnessClient, leaves: list[bytes], old: int, size: int) -> Verified | Stale:
    request = await submission(leaves, old, size)
    return await client.submit(request.old, request.proof, request.note)
