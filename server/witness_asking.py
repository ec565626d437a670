"""Asking one witness for its cosignature, and weighing what it objects.

A witness signs only when it agrees. That it has seen more, or another tree, is a bare status or number. It is
certain when the witness shows a checkpoint that our own key signed and that our tree does not continue;
otherwise it is an objection without proof.
"""

import asyncio

import structlog

from actions.context import UnitOfWork
from actions.fork_guard import Seen, examine
from actions.log_identity import SealingRefused
from actions.sealing import REQUEST_ID
from actions.witnessing import Submission, keep_cosignature, prepare
from chat_archive.note import VerifierKey
from chat_archive.witness_client import Stale, WitnessClient, WitnessRefused, WitnessUnbelievable
from domain.accounts import SYSTEM
from domain.errors import PartnerDown
from storage import sealing

log = structlog.get_logger(__name__)
_FORKED = (409, 422)
_ROUNDS = 4
"""Times that a witness may name another size: other servers seal meanwhile, but not for ever."""


class Unproved(Exception):
    """A witness objects, and shows nothing that our key signed. `refused` is what it says of the log."""

    def __init__(self, refused: SealingRefused) -> None:
        super().__init__(refused.detail)
        self.refused = SealingRefused(
            f"{refused.detail} The witness shows no checkpoint that proves it: ask its operator, and take it "
            "out of WITNESSES if it is wrong.",
            refused.missing,
        )


class AskedWitness:
    """One witness and how far it is known to have come. It is asked one thing at a time."""

    def __init__(self, work: UnitOfWork, client: WitnessClient, timeout_s: float) -> None:
        self.client = client
        self.wanted = asyncio.Event()
        self.vouches = False
        """It has cosigned, as long as this process runs, a tree that continues one it knew from before."""
        self._work = work
        self._timeout_s = timeout_s
        self._asking = asyncio.Lock()
        self._known: tuple[int, int] | None = None

    async def ask(self) -> None:
        """Have the latest checkpoint cosigned; on return the cosignature is kept.

        Raises:
            SealingRefused: the witness has proof that the log is not what it was.
            Unproved: it says so, without proof.
            PartnerDown, TimeoutError: it did not sign, for another reason or for none.
        """
        async with asyncio.timeout(self._timeout_s), self._asking:
            known = self._known
            for _ in range(_ROUNDS):
                async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
                    submission = await prepare(ctx, self.client.name, known)
                try:
                    answer = await self.client.submit(submission.old, submission.proof, submission.note)
                except WitnessRefused as refused:
                    if refused.status not in _FORKED:
                        raise
                    raise await self._weighed(submission, _forked(self.client.name, submission)) from None
                if not isinstance(answer, Stale):
                    break
                if answer.size > submission.size:
                    await self._demand_reached(submission, answer.size)
                known = (submission.epoch, answer.size)
            else:
                raise WitnessUnbelievable(self.client.name, "It names another size every time.")
            async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
                await keep_cosignature(ctx, submission, answer)
        self._known = (submission.epoch, submission.size)
        self.vouches = self.vouches or submission.old > 0

    async def _demand_reached(self, submission: Submission, size: int) -> None:
        """Raise unless the tree has come to this size: another server may just have sealed."""
        try:
            async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
                await examine(ctx, [Seen(f"The witness {self.client.name}", submission.origin, size, None)])
        except SealingRefused as refused:
            raise await self._weighed(submission, refused) from None

    async def _weighed(self, submission: Submission, refused: SealingRefused) -> Unproved:
        """Return the objection as one without proof. Raise SealingRefused when the witness proves it."""
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            keys = [VerifierKey.parse(epoch.log_key) for epoch in await sealing.epochs(ctx.tx)]
        try:
            shown = await self.client.shown(submission.origin, keys)
        except PartnerDown as error:
            log.warning("archive.witness_shows_nothing", witness=self.client.name, error=error.sentence)
            return Unproved(refused)
        seen = Seen(f"The witness {self.client.name}", shown.origin, shown.size, shown.root)
        async with self._work.begin(SYSTEM, REQUEST_ID) as ctx:
            await examine(ctx, [seen])
        return Unproved(refused)


def _forked(name: str, submission: Submission) -> SealingRefused:
    return SealingRefused(
        f"The witness {name} does not find its tree of {submission.old} entries in ours of "
        f"{submission.size}: the log has forked, or entries were rewritten."
    )
