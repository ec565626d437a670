"""An acknowledged message is kept, whatever is killed the moment after: the server, or PostgreSQL itself.

Two patients write from several sides at once, in two conversations, so that many commits are under way.
"""

import asyncio
import signal
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from server.embedded_postgres import EmbeddedPostgres
from tests.faults.televisit_process import TelevisitProcess
from tests.faults.visitor import Lost, Visitor
from tests.rows import rows

pytestmark = pytest.mark.faults

WRITERS = ("patient.li", "patient.smith")
SIDES = 4
"""How many messages of one patient are under way at once."""


@pytest.fixture(scope="module")
def televisit() -> Iterator[TelevisitProcess]:
    # Fast writers must not be told to slow down: a dense stream is what is to be cut.
    process = TelevisitProcess({"EVENTS_PER_S": "20000"})
    try:
        process.start()
        yield process
    finally:
        process.remove()


@pytest.fixture
async def writers(televisit: TelevisitProcess) -> AsyncIterator[list[Visitor]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(Visitor(televisit.url, login)) for login in WRITERS]


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_postgresql_syncs_what_it_commits(televisit: TelevisitProcess, setting: str) -> None:
    assert rows(dsn(televisit), f"show {setting}") == [("on",)]


async def test_no_acked_message_is_lost_when_the_server_is_killed(
    televisit: TelevisitProcess, writers: list[Visitor]
) -> None:
    await rounds(televisit, writers, ["server"] * 2)


async def test_no_acked_message_is_lost_when_the_postmaster_is_killed(
    televisit: TelevisitProcess, writers: list[Visitor]
) -> None:
    await rounds(televisit, writers, ["postmaster"] * 2)


@pytest.mark.full
async def test_no_acked_message_is_lost_in_many_rounds(
    televisit: TelevisitProcess, writers: list[Visitor]
) -> None:
    await rounds(televisit, writers, ["server", "postmaster"] * 10)


@dataclass
class Stream:
    """What was written so far. `acked` holds what the server said is kept: message id -> (number, text)."""

    kill: Callable[[], object]
    acks_before: int
    resend: bool
    acked: dict[str, tuple[int, str]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    killed: bool = False

    async def write(self, visitor: Visitor, side: int) -> None:
        """Write one message after the other; kill right after the ack whose turn it is.

        With `resend` go on until the message of that moment is acknowledged, as a page does.
        """
        for count in range(100_000):
            message_id, text = uuid.uuid4(), f"{side}: {count} 您好"
            self.sent.add(str(message_id))
            seq = await self._until_acked(visitor, message_id, text)
            if seq is None:
                return
            self.acked[str(message_id)] = (seq, text)
            if self.killed:
                return
            if len(self.acked) >= self.acks_before:
                self.killed = True
                self.kill()

    async def _until_acked(self, visitor: Visitor, message_id: uuid.UUID, text: str) -> int | None:
        while True:
            try:
                return await visitor.write(message_id, text)
            except Lost as lost:
                assert self.killed, f"nothing fails before anything is killed: {lost}"
                if not self.resend:
                    return None
                await asyncio.sleep(0.05)


async def rounds(televisit: TelevisitProcess, writers: list[Visitor], victims: list[str]) -> None:
    """Kill one victim after the other in the middle of a stream; everything acked must be there each time."""
    acked: dict[str, tuple[int, str]] = {}
    sent: set[str] = set()
    for number, victim in enumerate(victims):
        # Each round is cut at another place of the stream.
        stream = Stream(kill_of(televisit, victim), 24 + 7 * number, resend=victim == "postmaster")
        async with asyncio.timeout(120), asyncio.TaskGroup() as group:
            for writer in writers:
                for side in range(SIDES):
                    group.create_task(stream.write(writer, side))
        assert len(stream.acked) >= stream.acks_before
        acked |= stream.acked
        sent |= stream.sent
        await recovered(televisit, writers, victim)
        await demand_kept(televisit, writers, acked, sent)


def kill_of(televisit: TelevisitProcess, victim: str) -> Callable[[], object]:
    """Return what kills it with SIGKILL, at once."""
    if victim == "server":
        assert televisit.process is not None
        return televisit.process.kill
    return televisit.postmaster().kill


async def recovered(televisit: TelevisitProcess, writers: list[Visitor], victim: str) -> None:
    """Return once the hospital is back and the patients are in their visits again."""
    if victim == "server":
        assert televisit.process is not None
        await asyncio.to_thread(televisit.process.wait, 20)
        assert televisit.process.returncode == -signal.SIGKILL
        await asyncio.to_thread(televisit.start)
    else:
        await asyncio.to_thread(televisit.wait_until, 200)
    for writer in writers:
        await writer.enter()


async def demand_kept(
    televisit: TelevisitProcess,
    writers: list[Visitor],
    acked: dict[str, tuple[int, str]],
    sent: set[str],
) -> None:
    """Every acknowledged message is there once, under its number, with its words; and the chain holds."""
    seen: dict[str, tuple[int, str]] = {}
    for writer in writers:
        for entry in await writer.read():
            if entry["message_id"] in sent:
                assert entry["message_id"] not in seen, "kept twice"
                seen[entry["message_id"]] = (entry["seq"], entry["text"])
    assert {one: seen.get(one) for one in acked} == acked
    kept = {
        str(one)
        for (one,) in rows(dsn(televisit), "select message_id from archive_entry where kind = 'chat'")
    }
    assert acked.keys() <= kept
    verified = await asyncio.to_thread(televisit.command, "archive", "verify")
    assert verified.returncode == 0, verified.stdout


def dsn(televisit: TelevisitProcess) -> str:
    """Return the address of the server's own PostgreSQL, for looking behind its back."""
    return EmbeddedPostgres(televisit.folder / "postgres").dsn()
