"""Where the archive's key-encryption keys come from: a file, the environment, or a service that opens them.

All are `KekSource`s, asked at start and never within a transaction. A process holds one ring; when its file
changes while it runs, the ring follows.
"""

import asyncio
import os
import secrets
import stat
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import structlog

from actions.context import Random
from actions.key_rotation import keks_in_use
from chat_archive.data_keys import KEY_SIZE, KekSource, KeyRing, RingInvalid
from domain.errors import PartnerDown
from server.config import Config
from server.durable_file import replace_file
from server.refusal import Refusal
from storage.pool import Database

UNSEAL_TIMEOUT_S = 20
FOLLOW_EVERY_S = 2.0
"""How often a running server looks whether its file of keys has changed."""
_RING_BYTES_MAX = 64 * 1024

log = structlog.get_logger(__name__)


class FileKekSource:
    """A file of our own: lines of `name:base64`, the active key first, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def load(self) -> KeyRing:
        """Return the ring. Raise Refusal when the file is not there, is open to others, or is no ring."""
        return await asyncio.to_thread(self._read)

    def write(self, ring: KeyRing) -> None:
        """Replace the file at once, or not at all; on return it is on the disk."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(self.path, ring.text().encode())

    def make(self, now: datetime, random: Random) -> KeyRing:
        """Return the ring of the file; make a first one when there is none. Never replaces what is there."""
        if not self.path.exists():
            name = new_name(now)
            self.write(KeyRing({name: random(KEY_SIZE)}, name))
        return self._read()

    def _read(self) -> KeyRing:
        try:
            with open(self.path, "rb") as file:
                mode = os.fstat(file.fileno()).st_mode
                raw = file.read(_RING_BYTES_MAX + 1)
        except FileNotFoundError:
            raise Refusal(
                f"The archive's keys are not where they should be: {self.path} is missing."
            ) from None
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Refusal(
                f"The archive's keys in {self.path} are open to others on this machine: "
                f"whoever reads them can read every conversation. Run: chmod 600 {self.path}"
            )
        return _ring(raw, str(self.path))


class TextKekSource:
    """The environment: ARCHIVE_KEYS, or what ARCHIVE_KEYS_FILE holds. Changed by a restart alone."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def load(self) -> KeyRing:
        """Return the ring. Raise Refusal when the text is none."""
        return _ring(self._text.encode(), "ARCHIVE_KEYS")


class UnsealingKekSource:
    """A key service (KMS): the ring is kept sealed, and an asynchronous call opens it once, at start.

    `unseal` returns the ring's text, and raises OSError when the service does not answer.
    """

    def __init__(self, sealed: bytes, unseal: Callable[[bytes], Awaitable[bytes]]) -> None:
        self._sealed = sealed
        self._unseal = unseal

    async def load(self) -> KeyRing:
        """Return the ring. Raise PartnerDown when the service does not answer, Refusal for no ring."""
        try:
            async with asyncio.timeout(UNSEAL_TIMEOUT_S):
                opened = await self._unseal(self._sealed)
        except (OSError, TimeoutError) as error:
            raise PartnerDown("key service", "The key service does not answer.") from error
        return _ring(opened, "What the key service opened")


def default_path(config: Config) -> Path:
    """Return where a ring of our own is kept."""
    return config.data_dir / "keys" / "archive-keys"


def source_of(config: Config) -> KekSource:
    """Return where this configuration's ring comes from."""
    if config.archive_keys is not None:
        return TextKekSource(config.archive_keys)
    return FileKekSource(default_path(config))


async def load_ring(
    config: Config, database: Database, now: Callable[[], datetime], random: Random
) -> KeyRing:
    """Return the ring; make one of our own when none was given and nothing was ever wrapped.

    Raise Refusal when it lacks a key that data keys need, naming it: without it their bodies cannot be read,
    and a new ring in its place would hide that.
    """
    source = source_of(config)
    used = await keks_in_use(database)
    if isinstance(source, FileKekSource) and not used:
        ring = await asyncio.to_thread(source.make, now(), random)
    else:
        ring = await source.load()
    lacking = [name for name in used if name not in ring.names]
    if lacking:
        raise Refusal(
            "ARCHIVE_KEYS lacks keys that the archive's data keys are wrapped by: "
            + ", ".join(f"{name} ({used[name]} data keys)" for name in lacking)
            + ".",
            "Without them what was said cannot be read. Give the ring that has them.",
        )
    return ring


async def follow(config: Config, ring: KeyRing, *, every_s: float = FOLLOW_EVERY_S) -> None:
    """Keep the ring what its file says, until cancelled: a rotation goes on while we serve."""
    source = source_of(config)
    if not isinstance(source, FileKekSource):
        return
    seen = await asyncio.to_thread(_stamp, source.path)
    while True:
        await asyncio.sleep(every_s)
        stamp = await asyncio.to_thread(_stamp, source.path)
        if stamp == seen:
            continue
        seen = stamp
        try:
            ring.follow(await source.load())
        except (Refusal, OSError) as error:
            log.error("archive keys not reread", error=str(error))
        else:
            log.info("archive keys reread", names=ring.names)


def new_name(now: datetime) -> str:
    """Return a name for a new key: its day, and enough at random that no two machines make the same."""
    return f"{now:%Y-%m-%d}-{secrets.token_hex(4)}"


def _ring(raw: bytes, where: str) -> KeyRing:
    if len(raw) > _RING_BYTES_MAX:
        raise Refusal(f"{where} is too long to be a ring of keys.")
    try:
        return KeyRing.parse(raw.decode("ascii"))
    except UnicodeDecodeError:
        raise Refusal(f"{where} must be lines of name:base64.") from None
    except RingInvalid as error:
        raise Refusal(f"{where} {error}.") from None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns, found.st_size)
