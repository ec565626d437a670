"""How a command of the command line runs: its configuration, its database, what is said when it fails.

A person's mistake is told in sentences, without a traceback, and ends the command with exit code 1.
"""

import asyncio
import errno
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.exceptions import TyperException

from actions.context import UnitOfWork
from actions.passwords import PasswordHasher
from domain.errors import Fault, InvalidInput, OwnFault
from server import config as configuration
from server.archive_keys import load_ring
from server.certificate import lan_addresses
from server.config import Config, Reading
from server.database import now, opened
from server.refusal import Refusal

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)
T = TypeVar("T")
_UNUSABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENOTDIR)


def read_settings(overrides: dict[str, str] | None = None, *, https: bool = False) -> Reading:
    """Read the environment; serving https ourselves means to be reachable from the network by default."""
    given = dict(overrides or {})
    reading = configuration.from_environment(given)
    if not https or reading.config is None:
        return reading
    for value in reading.values:
        if value.source == "default" and value.setting.name == "HOST":
            given["HOST"] = "0.0.0.0"  # noqa: S104  # Asked for: other machines shall reach it.
        if value.source == "default" and value.setting.name == "PUBLIC_URL":
            address = next(iter(lan_addresses()), "localhost")
            given["PUBLIC_URL"] = f"https://{address}:{reading.config.port}"
    reading = configuration.from_environment(given)
    if reading.config is not None and not reading.config.public_url.startswith("https://"):
        raise failed(["PUBLIC_URL begins with http://, but --tls was asked for."])
    return reading


def usable(reading: Reading) -> Config:
    """Return the configuration; end the command when there is none, with every mistake in it."""
    try:
        return reading.usable()
    except Refusal as refusal:
        raise failed(refusal.sentences) from None


async def with_work(config: Config, use: Callable[[UnitOfWork, PasswordHasher], Coroutine[Any, Any, T]]) -> T:
    """Give an action of the command line the hospital's database and passwords."""
    passwords = PasswordHasher()
    try:
        async with opened(config, say) as database:
            ring = await load_ring(config, database, now, os.urandom)
            return await use(UnitOfWork(database, now, os.urandom, ring), passwords)
    finally:
        passwords.close()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end. What a person can mend is told in sentences, and ends the command with exit code 1."""
    try:
        return asyncio.run(work)
    except Refusal as refusal:
        raise failed(refusal.sentences) from None
    except InvalidInput as error:
        wrong = [f"{field}: {fault.value}" for field, fault in error.fields.items()]
        raise failed([error.sentence, *wrong]) from None
    except OwnFault:
        raise
    except Fault as error:
        raise failed([error.sentence]) from None
    except OSError as error:
        if error.errno not in _UNUSABLE:
            raise
        sentence = f"{error.filename or 'A file'}: {error.strerror}. Mend that, or set DATA_DIR."
        raise failed([sentence]) from None


class OwnExitCodes(TyperGroup):
    """Commands whose exit code 2 says that a record is broken: a mistake in typing them ends with 1."""

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """Read the options of the group itself."""
        with _mistakes_end_with_1():
            return super().make_context(*arguments, **extra)

    def invoke(self, ctx: Any) -> Any:
        """Find the command, read its options, run it."""
        with _mistakes_end_with_1():
            return super().invoke(ctx)


@contextmanager
def _mistakes_end_with_1() -> Iterator[None]:
    try:
        yield
    except TyperException as error:
        error.exit_code = 1
        raise


def failed(sentences: Iterable[str]) -> typer.Exit:
    """Say what went wrong; return what ends the command when it is raised."""
    for sentence in sentences:
        err.print(sentence, markup=False)
    return typer.Exit(1)


def say(line: str) -> None:
    """Tell the person at the terminal, beside the output."""
    err.print(line, markup=False)
