"""`televisit archive new-epoch`: a log that cannot go on begins anew, with two persons present."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

import aiohttp
import typer

from actions.context import UnitOfWork
from actions.epochs import Approval, approve, begin_epoch
from actions.fork_guard import seen_in_note
from actions.log_identity import SealingRefused, present_tree
from actions.passwords import PasswordHasher
from chat_archive.witness_client import Stale, WitnessClient
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from providers.throttle import MemoryThrottle
from providers.witness import HttpWitness
from server.archive_keys import load_ring
from server.checkpoint_file import CheckpointFile
from server.command_line import err, out, read_settings, run, say, usable
from server.config import Config
from server.database import NAME, connected, demand_migrated, embedded, now
from server.embedded_postgres import AlreadyRunning, EmbeddedPostgres
from server.refusal import Refusal
from server.signing_key import load_log_key
from storage import sealing
from storage.pool import Database
from storage.sealing import Epoch, Tree

_REQUEST_ID = "command-line"
_WITNESS_TIMEOUT_S = 10

Person = tuple[str, str]


def new_epoch(
    reason: Annotated[str, typer.Option(prompt=True, help="Why; anybody can read it, for ever.")],
    login: Annotated[
        list[str] | None, typer.Option(metavar="LOGIN", help="Who approves: give it twice.")
    ] = None,
    passwords_stdin: Annotated[
        bool, typer.Option("--passwords-stdin", help="Read both passwords from standard input, a line each.")
    ] = False,
) -> None:
    """Let a log that cannot go on begin anew under a new origin. Two auditors or administrators approve.

    Needed after a restored backup that lost sealed entries, or when the log's private key is lost or known to
    others. What was sealed stays; what is missing is named in the register.
    """
    config = usable(read_settings())
    logins = list(login or [])
    while len(logins) < 2:
        logins.append(typer.prompt(f"Login of the {('first', 'second')[len(logins)]} person"))
    persons = [(one, _password(one, passwords_stdin)) for one in logins[:2]]
    epoch = run(_begin(config, reason, persons[0], persons[1]))
    out.print(f"The log goes on as {epoch.origin}, from entry {epoch.first_size} on.", markup=False)
    out.print(f"Its key, for witnesses and whoever verifies: {epoch.log_key}", markup=False)


def _password(login: str, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(f"Password of {login}", hide_input=True))


async def _begin(config: Config, reason: str, first: Person, second: Person) -> Epoch:
    passwords, throttle = PasswordHasher(), MemoryThrottle(now)
    try:
        async with _owned(config) as database:
            ring = await load_ring(config, database, now, os.urandom)
            work = UnitOfWork(database, now, os.urandom, ring)
            one: Approval = await approve(work, passwords, throttle, *first)
            other = await approve(work, passwords, throttle, *second)
            key = await load_log_key(config, work, replace_lost=True)
            missing = await _missing(config, work)
            async with work.begin(one.actor, _REQUEST_ID) as ctx:
                return await begin_epoch(ctx, key, other, reason, missing)
    except SealingRefused as refused:
        raise Refusal(refused.detail) from None
    finally:
        passwords.close()


@asynccontextmanager
async def _owned(config: Config) -> AsyncIterator[Database]:
    """Open the database as its owner. Raise Refusal for any other login."""
    async with AsyncExitStack() as stack:
        dsn = config.migrate_database_url or config.database_url
        if dsn is None:
            try:
                cluster = await stack.enter_async_context(embedded(config, say))
            except AlreadyRunning:
                cluster = EmbeddedPostgres(config.data_dir / "postgres")
            dsn = cluster.dsn(NAME)
        database = await stack.enter_async_context(connected(dsn, 2))
        await demand_migrated(database)
        async with database.transaction() as tx:
            may = await sealing.may_begin_epoch(tx)
        if not may:
            raise Refusal(
                "A new epoch is begun by the owner of the log: set MIGRATE_DATABASE_URL to the owner's login."
            )
        yield database


async def _missing(config: Config, work: UnitOfWork) -> tuple[int, int] | None:
    """Return the entries [from, to) that the checkpoint file or a witness has seen and the tree lacks."""
    note = await asyncio.to_thread(CheckpointFile(config.archive_checkpoint_file).read)
    async with work.begin(SYSTEM, _REQUEST_ID) as ctx:
        tree = await present_tree(ctx.tx)
        epochs = await sealing.epochs(ctx.tx)
        kept = await sealing.latest_checkpoint(ctx.tx)
    sizes = [tree.size]
    if note is not None:
        try:
            seen = seen_in_note("The checkpoint file", note, epochs)
        except SealingRefused as refused:
            err.print(refused.detail, markup=False)
        else:
            sizes += [seen.size] if seen.origin == tree.epoch.origin else []
    async with aiohttp.ClientSession() as session:
        for key, url in config.witnesses:
            client = WitnessClient(key, HttpWitness(url, session).post)
            sizes.append(await _seen_by(client, tree, None if kept is None else kept.note))
    return (tree.size, max(sizes)) if max(sizes) > tree.size else None


async def _seen_by(client: WitnessClient, tree: Tree, note: str | None) -> int:
    """Return how many entries a witness has seen, as far as it says so."""
    if note is None:
        return 0
    try:
        async with asyncio.timeout(_WITNESS_TIMEOUT_S):
            answer = await client.submit(0, [], note)
    except (PartnerDown, TimeoutError):
        err.print(f"The witness {client.name} does not say how much it has seen.", markup=False)
        return 0
    return answer.size if isinstance(answer, Stale) else tree.size
