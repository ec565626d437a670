"""Verifying the whole archive of this server: log, chains, bodies; what is found becomes one report."""

from collections.abc import Callable, Sequence
from uuid import UUID

from actions.archive_reading import verify_all
from actions.context import UnitOfWork
from actions.file_reading import verify_files
from actions.log_finding import LogFindingKind, LogProgress
from actions.log_identity import SealingRefused, present_tree
from actions.log_reading import cosigned_note, log_keys
from actions.log_signatures import Outside
from actions.log_verification import verify_log
from chat_archive.note import VerifierKey
from chat_archive.pack import Policy
from chat_archive.pack_report import Finding, Report, Trust, counted
from chat_archive.signature_check import check_signatures
from domain.accounts import SYSTEM
from domain.errors import Code
from providers.object_store import ObjectStore
from storage import sealing

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, how much of it is done, and of how much when that is known."""

REQUEST_ID = "command-line"
_ANY_SIZE = -1


async def check_log(
    work: UnitOfWork,
    trust: Trust,
    *,
    outside: Sequence[Outside],
    witness_keys: Sequence[VerifierKey],
    bodies: bool,
    on_progress: Progress,
    files: ObjectStore | None = None,
) -> Report:
    """Verify everything that this server keeps. Raise PartnerDown when the database or `files` do not answer.

    `outside` are checkpoints kept elsewhere, which the tree has to continue. `witness_keys` are those of the
    witnesses that this server asks: they count when `trust` has none. Without `bodies` nothing is decrypted;
    with them the files in the store `files` are, too.
    """
    report = Report("log")
    async with work.begin(SYSTEM, REQUEST_ID) as ctx:
        begun = bool(await log_keys(ctx))
    if begun or outside:
        await _check_tree(
            work, report, outside, trust.witness_keys or witness_keys, on_progress, closings=bodies
        )
    else:
        report.notes.append("the log has not begun: nothing is sealed yet, and chains alone were verified")
    if begun:
        await _check_signers(work, report, trust, witness_keys)
    if bodies:
        await _check_bodies(work, report, on_progress)
        if files is not None:
            await _check_files(work, files, report, on_progress)
    return report


async def _check_tree(
    work: UnitOfWork,
    report: Report,
    outside: Sequence[Outside],
    witness_keys: Sequence[VerifierKey],
    on_progress: Progress,
    *,
    closings: bool,
) -> None:
    def tell(progress: LogProgress) -> None:
        on_progress(progress.stage, progress.done, progress.total)

    async for found in verify_log(
        work,
        tell,
        outside=outside,
        witness_keys=witness_keys,
        request_id=REQUEST_ID,
        closings=closings,
    ):
        finding = Finding(found.kind.value, found.message, found.conversation_id, found.seq)
        (report.findings if found.broken else report.remarks).append(finding)


async def _check_signers(
    work: UnitOfWork, report: Report, trust: Trust, witness_keys: Sequence[VerifierKey]
) -> None:
    """Find who vouches for the log: the most cosigned one of its latest checkpoints says it."""
    async with work.begin(SYSTEM, REQUEST_ID) as ctx:
        kept = await sealing.best_checkpoint(ctx.tx, _ANY_SIZE)
        note = None if kept is None else await cosigned_note(ctx, kept)
        try:
            tree = await present_tree(ctx.tx)
        except SealingRefused:
            # The walk along the log has found that, and nobody can have signed what is not there.
            return
    log_key = tree.epoch.log_key if trust.log_key is None else trust.log_key.format()
    policy = Policy(tree.epoch.origin, log_key, tuple(key.format() for key in witness_keys), 0)
    check_signatures(None if note is None else note.encode(), policy, trust, report)
    if report.size is not None and report.size < tree.size:
        report.notes.append(f"signatures are told of the first {report.size} of {tree.size} entries")


async def _check_bodies(work: UnitOfWork, report: Report, on_progress: Progress) -> None:
    conversations = entries = 0
    async for conversation_id, verdict in verify_all(work, REQUEST_ID):
        conversations += 1
        entries += verdict.entries
        on_progress("bodies", conversations, None)
        if verdict.findings:
            _forget_broken(report, conversation_id)
        report.findings += [
            Finding(found.kind.value, found.message, conversation_id, found.seq) for found in verdict.findings
        ]
    report.counted = (conversations, entries)


async def _check_files(work: UnitOfWork, store: ObjectStore, report: Report, on_progress: Progress) -> None:
    read = 0
    async for read, found in verify_files(work, store, REQUEST_ID):
        on_progress("files", read, None)
        if found is not None:
            report.findings.append(
                Finding(Code.FILE_DAMAGED.value, found.message, found.conversation_id, found.seq)
            )
    if read:
        report.notes.append(
            f"{counted(read, 'file')} read to the end and compared with what their entries say"
        )


def _forget_broken(report: Report, conversation_id: UUID) -> None:
    """Drop what the walk along the log said of a chain: with the key, more is said of the same."""
    again = (LogFindingKind.CONVERSATION_BROKEN.value, conversation_id)
    report.findings = [one for one in report.findings if (one.kind, one.conversation_id) != again]
