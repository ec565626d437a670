"""What a witness keeps in its folder: its key, the latest note of each log, and evidence against a log.

    <folder>/lock                  held as long as the witness runs: two never share a folder
    <folder>/key                   the signer key, 0600
    <folder>/logs/<digest>         the latest cosigned note of the log with that origin
    <folder>/evidence/<kind>-...   what a log's true key signed and must not have

A file is written beside its place, forced to the disk and renamed, so that it is the old one or the new one,
never half of one. The digest is SHA-256 of the origin, in hex.
"""

import errno
import fcntl
import json
import os
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

import structlog

from chat_archive.invalid import EvidenceInvalid, Malformed
from chat_archive.note import KeyKind, Signer, VerifierKey, read_text
from chat_archive.witness import Answer, Evidence, Record, Trust, add_checkpoint
from server.durable_file import replace_file
from server.refusal import Refusal

MOST_EVIDENCE = 256
"""Files of each kind: a sender of nonsense must not fill the disk. The first ones are kept."""
log = structlog.get_logger(__name__)


class WitnessFolder:
    """A witness' whole state, in the folder and in memory; blocking, and safe to use from several threads.

    Args:
        folder: made when it is not there. A new key is made only in a folder that has never had one.
        name: what the witness signs under.
        logs: the keys of the logs to witness, by origin.
        random: as os.urandom; used for a new key.

    Raises:
        Refusal: another witness runs here, or what is here is damaged, incomplete or another witness'.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        logs: Mapping[str, Sequence[VerifierKey]],
        random: Callable[[int], bytes],
    ) -> None:
        self._folder = folder
        self._logs = folder / "logs"
        self._evidence = folder / "evidence"
        self._deciding = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder / "lock")
        self._closed = False
        try:
            self.trust = Trust(self._signer(name, random), logs)
            self._records = self._read_records()
        except Malformed as error:
            self.close()
            raise Refusal(str(error)) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the folder, after the decision at hand. What was answered is on the disk already."""
        with self._deciding:
            if not self._closed:
                self._closed = True
                os.close(self._lock)

    def add_checkpoint(self, request: bytes, now_s: int) -> Answer:
        """Decide one request, one after the other; on return what was decided is on the disk.

        Raises:
            OSError: it could not be written. Nothing is decided: no cosignature may leave.
        """
        with self._deciding:
            if self._closed:
                raise OSError(errno.EBADF, "The witness has let go of its folder")
            answer = add_checkpoint(self.trust, self._records, request, now_s)
            if answer.evidence is not None:
                self._keep_evidence(answer.evidence, now_s)
            if answer.record is not None:
                origin = answer.record.checkpoint.origin
                replace_file(self._logs / _digest(origin), answer.record.note.encode(), 0o644)
                # Only now may others see it, and only now does it count for the next decision.
                self._records[origin] = answer.record
            return answer

    def latest(self, origin: str) -> Record | None:
        """Return what was cosigned last for a log, None when nothing was yet."""
        return self._records.get(origin)

    def _signer(self, name: str, random: Callable[[int], bytes]) -> Signer:
        path = self._folder / "key"
        if path.exists():
            signer = Signer.parse(read_text(path.read_bytes(), 4096, "key").strip())
            if signer.name != name:
                raise Refusal(f"The witness in {self._folder} is named {signer.name}, not {name}.")
            if not self._logs.is_dir():
                raise Refusal(
                    f"{self._logs} is gone: this witness forgot what it signed, and must be retired.",
                    "Start a new one in an empty folder, and give its key to the logs' operators.",
                )
            return signer
        if self._logs.is_dir() and any(self._logs.iterdir()):
            raise Refusal(f"The key of the witness in {self._folder} is gone. Bring it back, or start anew.")
        signer = Signer(name, KeyKind.COSIGNATURE, random(32))
        self._logs.mkdir(exist_ok=True)
        # After the folder of the records, so that a key without it is one whose records were lost.
        replace_file(path, f"{signer.format()}\n".encode(), 0o600)
        return signer

    def _read_records(self) -> dict[str, Record]:
        records: dict[str, Record] = {}
        for origin in self.trust.logs:
            path = self._logs / _digest(origin)
            if not path.exists():
                continue
            try:
                record = self.trust.read_record(path.read_bytes())
                if record.checkpoint.origin != origin:
                    raise Malformed("It is another log's.")
            except EvidenceInvalid as error:
                raise Refusal(f"What was kept of {origin} in {path} is damaged: {error}") from None
            records[origin] = record
        return records

    def _keep_evidence(self, evidence: Evidence, now_s: int) -> None:
        """Keep what may prove a log's misbehaviour: each checkpoint once, and of each kind only so many."""
        kind = "fork" if evidence.proved else "unproved"
        self._evidence.mkdir(exist_ok=True)
        path = self._evidence / f"{kind}-{_digest(evidence.submission.note)}.json"
        log.warning("witness.evidence", kind=kind, file=path.name)
        kept = sum(1 for found in self._evidence.iterdir() if found.name.startswith(f"{kind}-"))
        if path.exists() or kept >= MOST_EVIDENCE:
            return
        written = {
            "why": evidence.why,
            "seen_at_s": now_s,
            "recorded": evidence.recorded,
            "submitted": evidence.submission.format().decode(),
        }
        replace_file(path, json.dumps(written, ensure_ascii=False, indent=1).encode(), 0o644)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _locked(path: Path) -> int:
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise Refusal(f"Another witness runs in {path.parent}: two must never share a folder.") from None
    return lock
