"""Where the log's private key comes from: the configuration, or a file of our own that is made once."""

import asyncio
import os
import stat
from contextlib import suppress
from pathlib import Path

from actions.context import UnitOfWork
from actions.log_identity import LogDiffers, LogKey, begin_log
from chat_archive.invalid import Malformed
from chat_archive.note import KeyKind, Signer
from domain.accounts import SYSTEM
from server.config import Config
from server.durable_file import create_file
from server.refusal import Refusal
from storage import sealing
from storage.sealing import Epoch

_KEY_BYTES = 32
_BYTES_MAX = 4_096


def default_origin(config: Config) -> str:
    """Return the name of a log that begins: what ARCHIVE_ORIGIN says, or PUBLIC_URL without its scheme."""
    return config.archive_origin or config.public_url.partition("://")[2] + "/log"


async def load_log_key(config: Config, work: UnitOfWork, *, replace_lost: bool = False) -> LogKey:
    """Return the log's key; make one when none was given and there is no log yet, or to `replace_lost`.

    Raise Refusal when the file is missing, open to others or no key: another one would not be the log's.
    """
    if config.archive_signing_key is not None:
        return LogKey(config.archive_signing_key)
    async with work.begin(SYSTEM, "signing-key") as ctx:
        begun = bool(await sealing.epochs(ctx.tx))
    path = config.data_dir / "keys" / "archive-signing-key"
    demanded = begun and not replace_lost
    return LogKey(await asyncio.to_thread(_own, path, default_origin(config), demanded=demanded))


async def open_log(config: Config, work: UnitOfWork, key: LogKey) -> Epoch:
    """Return the log's present epoch; begin the log when there is none. Raise Refusal for another log's."""
    try:
        async with work.begin(SYSTEM, "log") as ctx:
            return await begin_log(
                ctx, key, default_origin(config), certain=config.archive_origin is not None
            )
    except LogDiffers as differs:
        raise Refusal(differs.detail) from None


def _own(path: Path, origin: str, *, demanded: bool) -> Signer:
    if not path.exists():
        if demanded:
            raise Refusal(
                f"The log's private key is not where it should be: {path} is missing, and "
                "ARCHIVE_SIGNING_KEY is not set. Bring it back; if it is lost, two persons begin a new epoch "
                "of the log with another one: televisit archive new-epoch"
            )
        make(path, origin)
    with open(path, encoding="utf-8") as file:
        mode = os.fstat(file.fileno()).st_mode
        text = file.read(_BYTES_MAX).strip()
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Refusal(
            f"The log's private key in {path} is open to others on this machine: whoever reads it can sign "
            f"in the hospital's name. Run: chmod 600 {path}"
        )
    try:
        signer = Signer.parse(text)
    except Malformed as error:
        raise Refusal(f"{path} holds no key of a log. {error}") from None
    if signer.kind is not KeyKind.ED25519:
        raise Refusal(f"{path} holds a witness' key, not one of a log.")
    return signer


def make(path: Path, origin: str) -> None:
    """Make a key and keep it, durable and readable by its owner alone. Never replaces what is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = Signer(origin, KeyKind.ED25519, os.urandom(_KEY_BYTES)).format()
    with suppress(FileExistsError):
        # Whoever makes it first has made it: a second server of this folder reads that one.
        create_file(path, [f"{text}\n".encode()])
