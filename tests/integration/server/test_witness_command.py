"""televisit witness: what it prints, what it serves, what it refuses."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest
import typer

from chat_archive.note import KeyKind, Signer, Verified, VerifierKey
from chat_archive.witness_client import WitnessClient
from providers.witness import HttpWitness
from server.cli_witness import witness
from tests.integration.server.witness_logs import (
    ROOT,
    TRUE,
    submit,
)
from tests.integration.server.witness_logs import folder as folder
from tests.integration.server.witness_logs import session as session
from tests.integration.server.witness_process import NAME
from tests.unit.chat_archive.keys import LOG, ORIGIN


def televisit(*args: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "server.cli", "witness", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )


async def test_the_command_prints_its_key_and_serves_until_it_is_told_to_stop(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    options = (
        "--data",
        str(tmp_path),
        "--log",
        LOG.verifier.format(),
        "--name",
        NAME,
        "--listen",
        "127.0.0.1:0",
    )
    with televisit(*options) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        key = VerifierKey.parse((await asyncio.to_thread(process.stdout.readline)).strip())
        url = (await asyncio.to_thread(process.stderr.readline)).split()[-1]
        assert isinstance(
            await submit(WitnessClient(key, HttpWitness(url, session).post), TRUE, 0, 5), Verified
        )
        with televisit(*options) as second:
            _, said = await asyncio.to_thread(second.communicate)
            assert second.returncode == 1
            assert "Another witness" in said
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 10) == 0


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--listen", "8090", "--listen"),
        ("--listen", "127.0.0.1:", "--listen"),
        ("--listen", "127.0.0.1:99999", "--listen"),
        ("--listen", "1:2:3:80", "no address"),
        ("--log", "nonsense", "--log"),
        ("--log", LOG.verifier.format()[:-4], "--log"),
        ("--log", Signer(ORIGIN, KeyKind.COSIGNATURE, bytes(32)).verifier.format(), "not a log's"),
        ("--name", "two words", "name"),
    ],
)
def test_the_command_says_what_is_wrong_with_its_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, word: str
) -> None:
    given = {"--listen": "127.0.0.1:0", "--log": LOG.verifier.format(), "--name": NAME, option: value}
    with pytest.raises(typer.Exit) as ended:
        witness(given["--listen"], tmp_path / "w", [given["--log"]], given["--name"])
    assert ended.value.exit_code == 1
    assert word in capsys.readouterr().err
