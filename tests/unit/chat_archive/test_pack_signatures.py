"""Whose signatures a pack carries: wrong keys, replaced policies, witnesses that are missing or forged."""

import pytest

from chat_archive import pack
from chat_archive.pack_check import verify_pack
from chat_archive.pack_report import Trust, Verdict
from chat_archive.stored_zip import write_archive
from tests.unit.chat_archive.packs import (
    FORGER,
    LOG,
    ORIGIN,
    OURS,
    WITNESSES,
    changed,
    changed_json,
    files_of,
    keys,
    kinds,
    policy,
    repacked,
    small_log,
    small_pack,
)


def test_a_log_forged_as_a_whole_is_found_with_a_key_obtained_elsewhere_and_not_without() -> None:
    log = small_log()
    contents = log.contents(note=log.note(FORGER, ()), policy=policy(FORGER, ()))
    forged = write_archive(pack.pack_files(contents))
    assert verify_pack(forged).verdict is Verdict.INTACT
    assert "taken from the pack itself" in "\n".join(verify_pack(forged).lines())
    report = verify_pack(forged, Trust(LOG.verifier))
    assert kinds(report) == {"wrong-key", "policy-differs"}
    assert {finding.file for finding in report.findings} == {pack.CHECKPOINT, pack.POLICY}


def test_a_policy_that_was_replaced_is_found_although_the_rest_is_true() -> None:
    files = files_of(small_pack())
    name = pack.POLICY
    forged = changed_json(files[name], lambda value: value.update(log_key=FORGER.verifier.format()))
    report = verify_pack(repacked({**files, name: forged}), OURS)
    assert kinds(report) == {"policy-differs"}
    # With the policy's own keys the checkpoint is another log's.
    assert kinds(verify_pack(repacked({**files, name: forged}))) == {"wrong-key"}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("origin", "other.example/log"),
        ("log_key", "nonsense"),
        ("log_key", WITNESSES[0].verifier.format()),
        ("witness_keys", [LOG.verifier.format()]),
        ("witness_keys", [7]),
        ("quorum", "2"),
        ("notice", {}),
        ("more", 1),
    ],
)
def test_a_policy_that_is_none_is_found(member: str, value: object) -> None:
    report = changed(pack.POLICY, lambda whole: whole.update({member: value}))
    assert {finding.file for finding in report.findings} == {pack.POLICY}


def test_a_missing_witness_is_found_when_it_is_demanded() -> None:
    log = small_log()
    data = write_archive(pack.pack_files(log.contents(note=log.note(witnesses=WITNESSES[:1]))))
    report = verify_pack(data, OURS)
    assert kinds(report) == {"not-witnessed"}
    assert "1 of the witnesses signed it, 2 are demanded" in report.findings[0].message


def test_a_quorum_counts_each_witness_once() -> None:
    again = WITNESSES[0]
    twice = type(again)("witness.example/again", again.kind, again.private)
    log = small_log()
    data = write_archive(pack.pack_files(log.contents(note=log.note(witnesses=(again, twice)))))
    trust = Trust(LOG.verifier, keys((again, twice)))
    assert kinds(verify_pack(data, trust)) == {"not-witnessed"}
    assert verify_pack(data, Trust(LOG.verifier, keys((again, twice)), 1)).findings == []


def test_the_log_is_no_witness_of_itself() -> None:
    itself = type(LOG)(ORIGIN, WITNESSES[0].kind, LOG.private)
    log = small_log()
    data = write_archive(pack.pack_files(log.contents(note=log.note(witnesses=[itself]))))
    assert kinds(verify_pack(data, Trust(LOG.verifier, keys([itself])))) == {"not-witnessed"}


def test_a_forged_cosignature_is_found() -> None:
    forger = type(WITNESSES[0])(WITNESSES[0].name, WITNESSES[0].kind, b"\x77" * 32)
    log = small_log()
    data = write_archive(pack.pack_files(log.contents(note=log.note(witnesses=[forger]))))
    assert kinds(verify_pack(data, Trust(LOG.verifier, keys(WITNESSES[:1])))) == {"not-witnessed"}
    damaged = files_of(small_pack())
    lines = damaged[pack.CHECKPOINT].decode().split("\n")
    lines[-2] = lines[-2][:-8] + ("AAAA" if lines[-2][-8:-4] != "AAAA" else "BBBB") + lines[-2][-4:]
    forged = repacked({**damaged, pack.CHECKPOINT: "\n".join(lines).encode()})
    assert "cosignature-invalid" in kinds(verify_pack(forged, OURS))
