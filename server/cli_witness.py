"""The command `televisit witness`: a witness for other people's logs. Its options are all it reads."""

import asyncio
import os
import signal
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from chat_archive.invalid import Malformed
from chat_archive.note import KeyKind, VerifierKey
from server import logs
from server.refusal import Refusal
from server.witness import witness_app
from server.witness_folder import WitnessFolder


def witness(
    listen: Annotated[
        str, typer.Option(metavar="HOST:PORT", help="Where to listen; port 0 takes a free one.")
    ],
    data: Annotated[
        Path, typer.Option(metavar="DIR", help="A folder of its own, for its key and its memory.")
    ],
    log: Annotated[list[str], typer.Option(metavar="VKEY", help="A log's verifier key; may be given again.")],
    name: Annotated[str, typer.Option(help="What it signs under, such as witness.example.org/w1.")],
) -> None:
    """Cosign logs that only grow, until Ctrl-C. Prints the key to give to the logs' operators."""
    logs.set_up("console", "info")
    try:
        host, port = _address(listen)
        asyncio.run(_serve(host, port, data, _keys(log), name))
    except Refusal as refusal:
        _fail(refusal.sentences)
    except OSError as error:
        _fail([f"{error.filename or listen}: {error.strerror or error}."])


async def _serve(host: str, port: int, data: Path, keys: dict[str, list[VerifierKey]], name: str) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    folder = WitnessFolder(data, name, keys, os.urandom)
    try:
        runner = web.AppRunner(
            witness_app(folder, lambda: int(time.time())), handle_signals=False, access_log=None
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            bound = runner.addresses[0]
            shown = f"[{bound[0]}]" if ":" in bound[0] else bound[0]
            typer.echo(folder.trust.signer.verifier.format())
            typer.echo(f"Listening on http://{shown}:{bound[1]}", err=True)
            await stopped.wait()
        finally:
            await runner.cleanup()
    finally:
        folder.close()


def _address(listen: str) -> tuple[str, int]:
    host, colon, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise Refusal(f"--listen {listen}: write it like 127.0.0.1:8090 or [::1]:8090.")
    if ":" in host:
        try:
            ip_address(host)
        except ValueError:
            raise Refusal(f"--listen {listen}: {host} is no address.") from None
    return host, int(port)


def _keys(texts: list[str]) -> dict[str, list[VerifierKey]]:
    keys: dict[str, list[VerifierKey]] = {}
    wrong: list[str] = []
    for text in texts:
        try:
            key = VerifierKey.parse(text)
            if key.kind is not KeyKind.ED25519:
                raise Malformed("It is a witness' key, not a log's.")
            keys.setdefault(key.name, []).append(key)
        except Malformed as error:
            wrong.append(f"--log {text}: {error}")
    if wrong:
        raise Refusal(*wrong)
    return keys


def _fail(sentences: object) -> None:
    for sentence in sentences if isinstance(sentences, list | tuple) else [sentences]:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)
