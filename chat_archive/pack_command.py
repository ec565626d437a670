"""The command of verify.pyz: reads a pack and keys, says what is found, ends with 0, 1 or 2.

0: intact, with as many witnesses as were demanded. 2: broken. 1: the input cannot be used. It needs no
configuration, no network and no database.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import NoReturn

from chat_archive.invalid import EvidenceInvalid
from chat_archive.note import VerifierKey
from chat_archive.pack_check import Progress, verify_pack
from chat_archive.pack_report import Report, Trust, Verdict
from chat_archive.signature_check import log_key, witness_key
from chat_archive.stored_zip import LARGEST

INTACT, UNUSABLE, BROKEN = 0, 1, 2
_PATIENCE_S = 1.0


class Unusable(Exception):
    """The command's input cannot be used; the words say why."""


def main(arguments: Sequence[str], verifier: bytes | None = None) -> int:
    """Verify the pack that the arguments name; return the exit code. `verifier` is this program itself."""
    try:
        given = _parser().parse_args(arguments)
        trust = read_trust(given.log_key, given.witness, given.quorum)
        report = verify_file(given.pack, trust, verifier, _progress())
        if given.json is not None:
            write_report(given.json, report)
    except Unusable as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    # A terminal that knows no Chinese shows question marks rather than nothing.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    for line in report.lines():
        print(line)
    return exit_code(report)


def exit_code(report: Report) -> int:
    """Return what the command ends with."""
    return BROKEN if report.verdict is Verdict.BROKEN else INTACT


def read_trust(log: str | None, witnesses: Sequence[str], quorum: int | None) -> Trust:
    """Return the keys that were given as text. Raise Unusable for what is none."""
    if quorum is not None and quorum < 0:
        raise Unusable("--quorum is a number of witnesses.")
    return Trust(
        None if log is None else _key("--log-key", log, log_key),
        tuple(_key("--witness", text, witness_key) for text in witnesses),
        quorum,
    )


def verify_file(path: Path, trust: Trust, verifier: bytes | None, progress: Progress | None) -> Report:
    """Verify the pack in a file. Raise Unusable when it cannot be read, or is no zip archive at all."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unusable(f"{path} is larger than a pack can be.")
        data = path.read_bytes()
        return verify_pack(data, trust, verifier=verifier, progress=progress)
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
    except EvidenceInvalid as error:
        raise Unusable(f"{path} is no evidence pack: {error}") from None
    except MemoryError:
        raise Unusable(f"There is not enough memory to verify {path}.") from None


def write_report(path: Path, report: Report) -> None:
    """Write the report for machines. Raise Unusable when it cannot be written."""
    try:
        path.write_bytes(report.json())
    except OSError as error:
        raise Unusable(f"{path} cannot be written: {error.strerror}.") from None


def _key(option: str, text: str, reader: Callable[[str], VerifierKey]) -> VerifierKey:
    try:
        return reader(text)
    except EvidenceInvalid as error:
        raise Unusable(f"{option} is no such key: {error}") from None


def _progress() -> Progress:
    began = monotonic()
    shown = False

    def show(done: int, total: int) -> None:
        nonlocal shown
        if not shown and monotonic() - began < _PATIENCE_S:
            return
        shown = True
        end = "\n" if done >= total else ""
        print(f"\r{done} of {total} entries", end=end, file=sys.stderr, flush=True)

    return show


class _Parser(argparse.ArgumentParser):
    """Ends with exit code 1 for a mistake in the arguments, because 2 says that a pack is broken."""

    def error(self, message: str) -> NoReturn:
        raise Unusable(f"{self.format_usage()}{message}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="verify.pyz", description="Verify an evidence pack of Televisit.")
    parser.add_argument("pack", type=Path, metavar="PACK.zip", help="the evidence pack")
    parser.add_argument("--log-key", metavar="VKEY", help="the log's key, obtained elsewhere")
    parser.add_argument(
        "--witness", metavar="VKEY", action="append", default=[], help="a witness' key; may be repeated"
    )
    parser.add_argument(
        "--quorum",
        metavar="N",
        type=int,
        help="how many witnesses must have signed (default: all that were given)",
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the report for machines there")
    return parser
