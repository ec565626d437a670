"""Asking the witnesses of this server what they have seen of its log, for whoever verifies it.

A database that was restored from an older copy is sound by itself: only somebody outside knows that more was
sealed. What a witness shows is a checkpoint that the log itself signed; of one that shows none its bare word
on the size counts, as it does for the sealer.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from actions.context import UnitOfWork
from actions.log_identity import SealingRefused, present_tree
from actions.log_signatures import Outside, behind
from chat_archive.checkpoint import open_checkpoint
from chat_archive.invalid import EvidenceInvalid
from chat_archive.note import VerifierKey
from chat_archive.pack_report import Finding
from chat_archive.witness_client import Stale, WitnessClient
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from providers.witness import HttpWitness
from storage import sealing
from storage.sealing import Tree

_REQUEST_ID = "command-line"
TIMEOUT_S = 5.0


@dataclass(slots=True)
class Heard:
    """What the witnesses said: checkpoints that the log has to continue, and what is known without them."""

    outside: list[Outside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Log:
    tree: Tree
    keys: list[VerifierKey]
    note: str | None


async def hear_witnesses(
    work: UnitOfWork, witnesses: Sequence[tuple[VerifierKey, str]], timeout_s: float = TIMEOUT_S
) -> Heard:
    """Ask all at once, each within `timeout_s`. One that does not answer is a note.

    Ask before the log is verified: what a server seals meanwhile is then in the tree that is held against
    it.
    """
    heard = Heard()
    log = await _present(work)
    if log is None:
        return heard
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for key, url in witnesses:
            group.create_task(_hear(work, log, key, HttpWitness(url, session, timeout_s), timeout_s, heard))
    return heard


async def _present(work: UnitOfWork) -> _Log | None:
    """Return the log as it is kept here; None when there is none to ask about."""
    async with work.begin(SYSTEM, _REQUEST_ID) as ctx:
        try:
            tree = await present_tree(ctx.tx)
            keys = [VerifierKey.parse(epoch.log_key) for epoch in await sealing.epochs(ctx.tx)]
        except (SealingRefused, EvidenceInvalid):
            # The walk along the log names that.
            return None
        kept = await sealing.latest_checkpoint(ctx.tx)
    return _Log(tree, keys, None if kept is None else kept.note)


async def _hear(
    work: UnitOfWork, log: _Log, key: VerifierKey, way: HttpWitness, timeout_s: float, heard: Heard
) -> None:
    who = f"the witness {key.name}"
    try:
        async with asyncio.timeout(timeout_s):
            shown = await _shown(log, way)
            if shown is not None:
                heard.outside.append(Outside(shown, who))
                return
            if log.note is None:
                heard.notes.append(f"{who} shows no checkpoint of this log")
                return
            answer = await WitnessClient(key, way.post).submit(0, [], log.note)
    except TimeoutError:
        heard.notes.append(f"{who} was not heard: no answer within {timeout_s:g} s")
        return
    except (PartnerDown, EvidenceInvalid) as error:
        why = error.sentence if isinstance(error, PartnerDown) else str(error)
        heard.notes.append(f"{who} was not heard: {why}")
        return
    # Whoever cosigns the latest checkpoint has not seen more. One that names its size may have been asked
    # while a server sealed, so the tree is looked at again.
    now = await _present(work)
    if isinstance(answer, Stale) and now is not None and answer.size > now.tree.size:
        found = behind(who, answer.size, now.tree.size)
        heard.findings.append(Finding(found.kind.value, f"{found.message} (it shows no checkpoint of them)"))


async def _shown(log: _Log, way: HttpWitness) -> str | None:
    """Return the latest note that the witness shows, signed by the log; None when it shows none."""
    try:
        note = await way.latest(log.tree.epoch.origin)
        open_checkpoint(note, log.keys)
    except (PartnerDown, EvidenceInvalid):
        return None
    return note
