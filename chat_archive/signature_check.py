"""What the signatures on a pack's checkpoint are worth: whose they are, and whether that is enough. Pure."""

from collections.abc import Sequence

from chat_archive.checkpoint import Checkpoint, OpenedCheckpoint, open_checkpoint
from chat_archive.invalid import EvidenceInvalid, SignatureInvalid
from chat_archive.note import KeyKind, VerifierKey, parse_note
from chat_archive.pack import CHECKPOINT, POLICY, Policy
from chat_archive.pack_report import Finding, Flaw, Report, Trust, witness


def log_key(text: str) -> VerifierKey:
    """Read the key of a log; raise Malformed."""
    return _key(text, KeyKind.ED25519, "a log's key is of kind 1")


def witness_key(text: str) -> VerifierKey:
    """Read the key of a witness; raise Malformed."""
    return _key(text, KeyKind.COSIGNATURE, "a witness' key is of kind 4")


def check_signatures(
    note: bytes | None, policy: Policy | None, trust: Trust, report: Report
) -> Checkpoint | None:
    """Check the checkpoint's signatures; keep in `report` what was found, and who signed.

    Returns the checkpoint, when the log's key signed it: the one that was given, or else the pack's.
    """
    claimed = None if policy is None else _claimed(policy, report)
    log = trust.log_key or (None if claimed is None else claimed[0])
    witnesses = trust.witness_keys or (() if claimed is None else claimed[1])
    report.log_key_given = trust.log_key is not None
    report.witness_keys_given = bool(trust.witness_keys)
    if log is None or note is None:
        _demand(trust, report)
        return None
    report.log_key = log.format()
    if not report.log_key_given:
        report.notes.append(
            f"the log's key was taken from {report.place}: it proves nothing against a forger"
        )
    if claimed is not None and claimed[0] != log:
        _find(report, Flaw.POLICY_DIFFERS, "names another log key than the one you gave", POLICY)
    try:
        opened = open_checkpoint(note, [log])
    except SignatureInvalid:
        kind = Flaw.WRONG_KEY if _is_of_another_key(note, log) else Flaw.CHECKPOINT_INVALID
        _find(report, kind, f"is not signed by the log's key {log.format()}", CHECKPOINT)
    except EvidenceInvalid as error:
        _find(report, Flaw.CHECKPOINT_INVALID, f"cannot be used: {error}", CHECKPOINT)
    else:
        checkpoint = opened.checkpoint
        report.origin, report.size, report.root = checkpoint.origin, checkpoint.size, checkpoint.root
        if policy is not None and policy.origin != checkpoint.origin:
            _find(report, Flaw.POLICY_DIFFERS, "names another log than the checkpoint", POLICY)
        _count_witnesses(note, log, witnesses, report)
        _demand(trust, report)
        return checkpoint
    _demand(trust, report)
    return None


def _count_witnesses(note: bytes, log: VerifierKey, witnesses: Sequence[VerifierKey], report: Report) -> None:
    counted = {log.public}
    for key in witnesses:
        try:
            opened: OpenedCheckpoint = open_checkpoint(note, [log], [key])
        except EvidenceInvalid as error:
            _find(report, Flaw.COSIGNATURE_INVALID, f"a witness did not sign this: {error}", CHECKPOINT)
            continue
        # One key under two names is one witness, and the log is no witness of itself.
        if opened.cosignatures and key.public not in counted:
            counted.add(key.public)
            report.witnesses.append(witness(key, opened.cosignatures[0].time_s or 0))
    if report.witnesses and not report.witness_keys_given:
        report.notes.append(f"the witnesses' keys were taken from {report.place}")


def _demand(trust: Trust, report: Report) -> None:
    signed = len(report.witnesses)
    if signed < trust.demanded:
        message = f"{signed} of the witnesses signed it, {trust.demanded} are demanded"
        _find(report, Flaw.NOT_WITNESSED, message, CHECKPOINT)


def _claimed(policy: Policy, report: Report) -> tuple[VerifierKey, tuple[VerifierKey, ...]] | None:
    try:
        return log_key(policy.log_key), tuple(witness_key(text) for text in policy.witness_keys)
    except EvidenceInvalid as error:
        _find(report, Flaw.FILE_MALFORMED, f"cannot be read: {error}", POLICY)
        return None


def _is_of_another_key(note: bytes, log: VerifierKey) -> bool:
    """Say whether no signature claims to be of this key: then it is another log's, rather than damaged."""
    return not any(
        (signature.name, signature.key_id) == (log.name, log.key_id)
        for signature in parse_note(note).signatures
    )


def _key(text: str, kind: KeyKind, otherwise: str) -> VerifierKey:
    key = VerifierKey.parse(text)
    if key.kind is not kind:
        raise SignatureInvalid(f"{otherwise}, and this one is not")
    return key


def _find(report: Report, kind: Flaw, message: str, file: str) -> None:
    report.findings.append(Finding(kind.value, message, file=file))
