"""Verifying a whole log against the database: every entry, leaf, tile, checkpoint and head, in constant
memory.

Two walks. Along the leaves everything that stands in the tree is recomputed from the entries, and compared
with tiles, edge, and every checkpoint that was ever signed. Along the entries each chain is recomputed, and
every entry must stand in the tree once, in its conversation's order. Bodies are not opened:
`archive_reading.verify_all` does that, with the keys. Appending and sealing go on meanwhile: what comes after
the beginning is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from uuid import UUID

from actions.chain_walk import ChainWalk, Closing
from actions.context import UnitOfWork, permit, record
from actions.data_keys import reading_keys
from actions.log_finding import LogFinding, LogFindingKind, LogProgress
from actions.log_identity import SealingRefused, present_tree
from actions.log_signatures import Outside, Signatures
from actions.tree_walk import TreeWalk
from chat_archive.data_keys import open_entry
from chat_archive.note import VerifierKey
from chat_archive.verify import Verifier
from domain.accounts import SYSTEM
from domain.facts import encode_body, finished_body
from domain.permissions import Action
from storage import sealing, verification
from storage.archive import PgArchiveStore
from storage.sealing import Tree

OnProgress = Callable[[LogProgress], None]
Kind = LogFindingKind

ENTRIES_AT_ONCE = 8_192
_PATIENCE_S = 2.0
"""How long what was not sealed while we looked may take: a sealer that works needs one."""


async def verify_log(
    work: UnitOfWork,
    on_progress: OnProgress | None = None,
    *,
    outside: Iterable[Outside] = (),
    witness_keys: Sequence[VerifierKey] = (),
    request_id: str = "command-line",
    closings: bool = False,
    patience_s: float = _PATIENCE_S,
) -> AsyncIterator[LogFinding]:
    """Verify the whole log; yield what is found, nothing for a sound one. Leaves one audit line.

    `outside` are checkpoints kept elsewhere, such as the checkpoint file's or a receipt's: the tree has to
    continue each. Cosignatures are verified of `witness_keys`; those of other witnesses are left alone. With
    `closings` closing entries are opened, and nothing else: each has to name what stands before it. Raise
    PartnerDown when the database does not answer.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.ARCHIVE_VERIFY)
        await record(ctx, Action.ARCHIVE_VERIFY)
        epochs = await sealing.epochs(ctx.tx)
        try:
            tree = await present_tree(ctx.tx)
        except SealingRefused as refused:
            yield LogFinding(Kind.LOG_MISSING, refused.detail)
            return
    notify = on_progress or (lambda _: None)
    signatures = Signatures(tree, epochs, witness_keys)

    def tell(stage: str, done: int) -> None:
        notify(LogProgress(stage, done, tree.size, signatures.checkpoints, signatures.cosignatures))

    seen, wrong = signatures.read_outside(outside)
    for finding in wrong:
        yield finding
    leaves = TreeWalk(work, request_id, tree, signatures, seen, lambda done: tell("leaves", done))
    async for finding in leaves.leaves():
        yield finding
    chains = _Conversations(work, request_id, tree, lambda done: tell("conversations", done))
    async for finding in chains.conversations(patience_s, closings=closings):
        yield finding


class _Conversations:
    """One walk along the entries, in the order of their keys."""

    def __init__(
        self, work: UnitOfWork, request_id: str, tree: Tree, on_progress: Callable[[int], None]
    ) -> None:
        self._work = work
        self._request_id = request_id
        self._tree = tree
        self._on_progress = on_progress

    async def conversations(self, patience_s: float, *, closings: bool) -> AsyncIterator[LogFinding]:
        """Walk along the entries: chains, heads, and every entry once in the tree."""
        walk = ChainWalk(self._tree.size)
        count = ENTRIES_AT_ONCE
        while count == ENTRIES_AT_ONCE:
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                page = await verification.entries(ctx.tx, walk.last_key, ENTRIES_AT_ONCE)
            count = page.taken
            walk.take(page.entries, page.heads, last=count < ENTRIES_AT_ONCE)
            for finding in walk.take_findings():
                yield finding
            for conversation in walk.take_damaged():
                for finding in await self._looked_into(conversation):
                    yield finding
            closed = walk.take_closings()
            if closings and closed:
                for finding in await self._compare_closings(closed):
                    yield finding
            self._on_progress(walk.entries)
            await asyncio.sleep(0)
        if walk.sealed != self._tree.size:
            yield LogFinding(
                Kind.ENTRY_MISSING,
                f"the tree has {self._tree.size} entries, and {walk.sealed} entries stand in it: "
                "some are gone, or stand in it twice",
                leaves=(0, self._tree.size),
            )
        for finding in await self._unsealed(walk, patience_s):
            yield finding

    async def _looked_into(self, conversation: UUID) -> list[LogFinding]:
        """Name what is wrong in a conversation whose chain does not hold."""
        verifier = Verifier(conversation)
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            store = PgArchiveStore(ctx.tx)
            while page := await store.read(conversation, verifier.last_seq, 500):
                for entry in page:
                    verifier.add(entry)
            verdict = verifier.finish(await store.head(conversation))
        return [
            LogFinding(Kind.CONVERSATION_BROKEN, f"{one.kind}: {one.message}", conversation, one.seq)
            for one in verdict.findings
        ]

    async def _compare_closings(self, closed: list[Closing]) -> list[LogFinding]:
        """Hold what closing entries say of their conversations against what stands before them."""
        before = {(one.conversation_id, one.seq): one.previous for one in closed}
        async with self._work.begin(SYSTEM, self._request_id) as ctx:
            keys = await reading_keys(ctx, {one.conversation_id for one in closed})
            entries = await verification.bodies(ctx.tx, list(before))
        found = []
        for sealed in entries:
            key = (sealed.conversation_id, sealed.seq)
            body = open_entry(sealed, keys[sealed.conversation_id]).body
            # Without its key a body says nothing any more; one that is damaged is named where bodies are
            # read.
            if body is None or body == encode_body(finished_body(sealed.seq - 1, before[key])):
                continue
            found.append(
                LogFinding(
                    Kind.CLOSING_DIFFERS,
                    f"entry {sealed.seq} of conversation {sealed.conversation_id} closes it, and does not "
                    f"name the {sealed.seq - 1} entries that stand before it",
                    *key,
                )
            )
        return found

    async def _unsealed(self, walk: ChainWalk, patience_s: float) -> list[LogFinding]:
        """Name entries that have no leaf, unless they get one soon: a sealer may be at work."""
        left, waited_s = walk.unsealed, 0.0
        while left:
            async with self._work.begin(SYSTEM, self._request_id) as ctx:
                left = await verification.still_unsealed(ctx.tx, left)
            if not left or waited_s >= patience_s:
                break
            await asyncio.sleep(0.25)
            waited_s += 0.25
        found = [
            LogFinding(
                Kind.UNSEALED,
                f"entry {seq} of conversation {conversation} is not sealed: no leaf of the tree is its",
                conversation,
                seq,
                broken=False,
            )
            for conversation, seq in left
        ]
        if walk.more_unsealed:
            found.append(
                LogFinding(
                    Kind.UNSEALED,
                    f"{walk.more_unsealed} more entries were not sealed when looked at",
                    broken=False,
                )
            )
        return found
