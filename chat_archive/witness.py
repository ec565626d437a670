"""What a witness decides (C2SP tlog-witness): pure; `server.witness` gives it HTTP and a disk.

A witness signs that a log's tree has only grown since it last looked. For each log it remembers the latest
checkpoint that it cosigned, and never cosigns one that does not continue it. Whoever calls `add_checkpoint`
must keep `Answer.record` durably before anybody sees the answer, and must decide one request after the other.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chat_archive.checkpoint import Checkpoint, open_checkpoint, read_number
from chat_archive.invalid import EvidenceInvalid, Malformed, SignatureInvalid
from chat_archive.merkle import EMPTY_ROOT, HASH, LONGEST_PATH, verify_consistency
from chat_archive.note import (
    KeyKind,
    Note,
    NoteSignature,
    Signer,
    VerifierKey,
    cosign,
    parse_note,
    read_base64,
    read_text,
)

LARGEST_REQUEST = 131_072
"""Bytes: 16 signatures of the largest kinds, and a proof."""
TEXT = "text/plain"
SIZE = "text/x.tlog.size"
"""The content type of a 409 that tells the size of the latest checkpoint cosigned."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A request to add-checkpoint: the proof goes from `old` to the size of the checkpoint in `note`."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def format(self) -> bytes:
        """Return the request's body."""
        proof = (f"{b64encode(value).decode()}\n" for value in self.proof)
        return f"old {self.old}\n{''.join(proof)}\n{self.note}".encode()

    @classmethod
    def parse(cls, data: bytes) -> "Submission":
        """Read a request's body. Nothing is verified; the note is one, and its text a checkpoint.

        Raises:
            Malformed: it is no such request.
        """
        head, empty, note = read_text(data, LARGEST_REQUEST, "request").partition("\n\n")
        first, *lines = head.split("\n")
        if not empty or not first.startswith("old "):
            raise Malformed("A request is the old size, a proof, an empty line and a checkpoint.")
        if len(lines) > LONGEST_PATH:
            raise Malformed(f"A consistency proof has at most {LONGEST_PATH} hashes.")
        Checkpoint.parse(parse_note(note).text)
        old = read_number(first.removeprefix("old "), "old size")
        return cls(old, tuple(_read_hash(line) for line in lines), note)


@dataclass(frozen=True, slots=True)
class Record:
    """The latest checkpoint cosigned for a log. `note` carries the log's signature and the witness' own."""

    checkpoint: Checkpoint
    time_s: int
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the log's true key signed, and what the witness had seen before.

    `proved` is True for two roots at one size: the log has forked, whoever sent it. Otherwise the proof was
    missing or wrong, which may be the sender's fault alone.
    """

    proved: bool
    why: str
    recorded: str | None
    submission: Submission


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer; first keep `record` (None: nothing changed) and `evidence` (None: nothing strange)."""

    status: int
    body: str
    content_type: str = TEXT
    record: Record | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Trust:
    """Who a witness is and whom it knows: its key, and the keys of each log by origin.

    Raises:
        Malformed: the signer is no cosigner, or a log's key is none of a log.
    """

    signer: Signer
    logs: Mapping[str, Sequence[VerifierKey]]

    def __post_init__(self) -> None:
        if self.signer.kind is not KeyKind.COSIGNATURE:
            raise Malformed("A witness' key is one of kind 4.")
        for origin, keys in self.logs.items():
            if any(key.kind is not KeyKind.ED25519 or key.name != origin for key in keys):
                raise Malformed(f"Not every key given for {origin} is a log's key of that name.")
            if any(key.public == self.signer.verifier.public for key in keys):
                raise Malformed(f"The witness and the log {origin} must not have one key.")

    def read_record(self, note: str | bytes) -> Record:
        """Return what this witness kept, having checked that it signed it itself.

        Raises:
            EvidenceInvalid: it is damaged, of another witness, or of a log that it does not know.
        """
        parsed = parse_note(note)
        checkpoint = Checkpoint.parse(parsed.text)
        keys = self.logs.get(checkpoint.origin)
        if keys is None:
            raise SignatureInvalid(f"{checkpoint.origin} is a log that this witness is not told to know.")
        opened = open_checkpoint(note, keys, [self.signer.verifier])
        if not opened.cosignatures:
            raise SignatureInvalid("This witness did not sign what it is said to have kept.")
        return Record(checkpoint, opened.cosignatures[0].time_s or 0, parsed.format())


def add_checkpoint(trust: Trust, records: Mapping[str, Record], request: bytes, now_s: int) -> Answer:
    """Decide one request. `records` holds the latest of each origin, `now_s` is in seconds since 1970.

    The statuses are those of the specification: 200 with the cosignature, 400 not well written, 403 not
    signed by the log, 404 not a log known here, 409 another size than the one remembered or another root
    at the same size, 422 the proof does not hold.
    """
    try:
        submission = Submission.parse(request)
    except Malformed as error:
        return Answer(400, f"{error}\n")
    checkpoint = Checkpoint.parse(parse_note(submission.note).text)
    keys = trust.logs.get(checkpoint.origin)
    if keys is None:
        return Answer(404, "This witness does not know that log.\n")
    try:
        log = open_checkpoint(submission.note, keys).log
    except EvidenceInvalid as error:
        return Answer(403, f"{error}\n")
    if submission.old > checkpoint.size:
        return Answer(400, "The old size is larger than the checkpoint's.\n")
    record = records.get(checkpoint.origin)
    # The tree that nobody has seen yet is the empty one.
    seen = record.checkpoint if record is not None else Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
    forked = checkpoint.size == seen.size and checkpoint.root != seen.root
    evidence = _evidence(f"Two roots for {seen.size} leaves.", record, submission, log.signature)
    if submission.old != seen.size:
        return Answer(409, f"{seen.size}\n", SIZE, evidence=evidence if forked else None)
    if forked:
        return Answer(409, f"{evidence.why}\n", evidence=evidence)
    try:
        verify_consistency(seen.size, checkpoint.size, submission.proof, seen.root, checkpoint.root)
    except EvidenceInvalid as error:
        evidence = _evidence(str(error), record, submission, log.signature, proved=False)
        return Answer(422, f"{error}\n", evidence=evidence)
    # A clock set back must not make us say "this was the largest I had seen" of a time when another one was.
    time_s = max(now_s, record.time_s if record is not None else 0)
    cosignature = cosign(checkpoint.text(), trust.signer, time_s)
    note = Note(checkpoint.text(), (log.signature, cosignature)).format()
    return Answer(200, cosignature.line(), record=Record(checkpoint, time_s, note))


def _evidence(
    why: str, record: Record | None, submission: Submission, signature: NoteSignature, *, proved: bool = True
) -> Evidence:
    # Only the log's own signature is kept: what strangers add could be of any size.
    note = Note(parse_note(submission.note).text, (signature,)).format()
    kept = Submission(submission.old, submission.proof, note)
    return Evidence(proved, why, None if record is None else record.note, kept)


def _read_hash(line: str) -> bytes:
    value = read_base64(line, "hash")
    if len(value) != HASH:
        raise Malformed(f"A hash has {HASH} bytes, not {len(value)}.")
    return value
