"""The commands `televisit archive`: verifying, on this server or offline, and taking evidence away."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from actions.context import UnitOfWork
from actions.evidence import EvidencePack, Maker, recorded_between, take_evidence
from actions.log_signatures import Outside
from chat_archive.invalid import EvidenceInvalid
from chat_archive.pack_command import Unusable, exit_code, read_trust, verify_file, write_report
from chat_archive.pack_report import Report, Trust, counted
from chat_archive.proof_file import ProofFile
from chat_archive.verifier_app import verifier_app
from domain.accounts import SYSTEM
from server.checkpoint_file import CheckpointFile
from server.command_line import OwnExitCodes, err, failed, out, read_settings, run, usable, with_work
from server.config import Config
from server.durable_file import create_file
from server.epoch_command import new_epoch
from server.file_store import file_store
from server.log_check import REQUEST_ID, check_log
from server.witness_look import hear_witnesses

_NOTE_BYTES_MAX = 1_000_000

archive_app = typer.Typer(cls=OwnExitCodes, help="The record of consultations.", no_args_is_help=True)
archive_app.command("new-epoch")(new_epoch)
Tell = Callable[[str, int, int | None], None]


@archive_app.command("verify")
def archive_verify(
    pack: Annotated[
        Path | None,
        typer.Argument(metavar="[PACK.zip]", help="An evidence pack: verified offline, without a database."),
    ] = None,
    log_key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The log's key, obtained elsewhere.")
    ] = None,
    witness: Annotated[
        list[str] | None, typer.Option(metavar="VKEY", help="A witness' key; may be given again.")
    ] = None,
    quorum: Annotated[
        int | None,
        typer.Option(metavar="N", help="How many witnesses must have signed (default: all given)."),
    ] = None,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="A checkpoint or receipt kept elsewhere, which the log must continue."
        ),
    ] = None,
    log_only: Annotated[
        bool, typer.Option("--log-only", help="Verify hashes and signatures; decrypt nothing.")
    ] = False,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report for machines there.")
    ] = None,
) -> None:
    """Verify the whole archive of this server, or an evidence pack.

    Exit code 0: intact. 2: broken, and what is wrong is named. 1: it could not be verified.
    """
    try:
        trust = read_trust(log_key, witness or [], quorum)
        if pack is None:
            report = _verify_server(
                trust,
                [Outside(_note(path), f"the checkpoint in {path}") for path in checkpoint or []],
                bodies=not log_only,
            )
        elif checkpoint or log_only:
            raise Unusable("--checkpoint and --log-only are for verifying this server, not for a pack.")
        else:
            with _bar() as tell:
                report = verify_file(
                    pack, trust, verifier_app(), lambda done, total: tell("entries", done, total)
                )
        if json is not None:
            write_report(json, report)
    except Unusable as error:
        raise failed([str(error)]) from None
    for line in report.lines():
        out.print(line, markup=False)
    if code := exit_code(report):
        raise typer.Exit(code)


@archive_app.command("export")
def archive_export(
    out_file: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the pack is written.")],
    reason: Annotated[str, typer.Option(help="Why it is taken; stays in the audit trail.")],
    consultation: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A consultation; may be given again.")
    ] = None,
    first_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="Instead: all planned from this day on ..."),
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="... to this day, both included.")
    ] = None,
    asked_for: Annotated[str, typer.Option("--for", metavar="NAME", help="Who wants it.")] = "",
    with_files: Annotated[bool, typer.Option("--with-files", help="Take the files of visits along.")] = False,
) -> None:
    """Write an evidence pack: records, proofs, the checkpoint, and a verifier that needs no server."""
    days = _days(first_day, last_day)
    if bool(consultation) == (days is not None):
        raise failed(["Say which: --consultation ID, once or more often, or --from DAY --to DAY."])
    ids = [_id(text) for text in consultation or []]
    if out_file.exists():
        raise failed([f"{out_file} exists already: evidence is not overwritten."])
    config = usable(read_settings())
    maker = Maker(version("televisit"), [key.format() for key, _ in config.witnesses])

    async def export(work: UnitOfWork) -> EvidencePack:
        wanted = ids
        if days is not None:
            zone = ZoneInfo(config.hospital_time_zone)
            start, end = days[0].replace(tzinfo=zone), days[1].replace(tzinfo=zone) + timedelta(days=1)
            wanted = await recorded_between(work, SYSTEM, REQUEST_ID, start, end)
        with _bar() as tell:
            taken = await take_evidence(
                work,
                SYSTEM,
                REQUEST_ID,
                wanted,
                reason,
                maker,
                asked_for=asked_for,
                store=file_store(config) if with_files else None,
                on_progress=lambda done, total: tell("consultations", done, total),
            )
        await asyncio.to_thread(create_file, out_file, taken.chunks())
        return taken

    taken = run(with_work(config, lambda work, _: export(work)))
    out.print(
        f"Wrote {out_file}: {counted(taken.conversations, 'conversation')} with "
        f"{counted(taken.entries, 'entry', 'entries')}.",
        markup=False,
    )
    out.print(f"sha256 of SHA256SUMS: {taken.sums} (also in the audit trail)", markup=False)


def _verify_server(trust: Trust, outside: Sequence[Outside], *, bodies: bool) -> Report:
    config = usable(read_settings())

    async def check(work: UnitOfWork) -> Report:
        apart = await asyncio.to_thread(_kept_apart, config)
        heard = await hear_witnesses(work, config.witnesses)
        keys = [key for key, _ in config.witnesses]
        with _bar() as tell:
            report = await check_log(
                work,
                trust,
                outside=[*outside, *apart, *heard.outside],
                witness_keys=keys,
                bodies=bodies,
                on_progress=tell,
                files=file_store(config),
            )
        report.findings += heard.findings
        report.notes += heard.notes
        if not apart and report.size is not None:
            report.notes.append(f"no checkpoint is kept at {config.archive_checkpoint_file}")
        return report

    return run(with_work(config, lambda work, _: check(work)))


def _kept_apart(config: Config) -> list[Outside]:
    """Return the checkpoint that the sealer keeps apart from the database."""
    note = CheckpointFile(config.archive_checkpoint_file).read()
    return [] if note is None else [Outside(note, f"the checkpoint file {config.archive_checkpoint_file}")]


def _note(path: Path) -> str:
    """Return the checkpoint in a file: a note, or a receipt (C2SP tlog-proof). Raise Unusable."""
    try:
        with open(path, "rb") as file:
            text = file.read(_NOTE_BYTES_MAX).decode()
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unusable(f"{path} is no checkpoint.") from None
    try:
        return ProofFile.parse(text).note
    except EvidenceInvalid:
        return text


@contextmanager
def _bar() -> Iterator[Tell]:
    """Show how far it is, where somebody looks on."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    tasks = {}
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield tell


def _days(first: datetime | None, last: datetime | None) -> tuple[datetime, datetime] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise failed(["--from and --to belong together."])
    return first, last


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise failed([f"{text} is no identifier of a consultation."]) from None
