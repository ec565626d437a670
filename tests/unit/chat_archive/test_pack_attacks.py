"""Packs that somebody changed, sums and checksums repaired as a forger would: it is found, and where."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from chat_archive import pack
from chat_archive.entry import Entry, addendum_of, commitment, entry_hash, header_bytes
from chat_archive.merkle import leaf_hash
from chat_archive.pack_check import verify_pack
from chat_archive.pack_reading import read_record
from chat_archive.pack_report import Report, Trust, digest
from chat_archive.proof_file import ProofFile
from chat_archive.stored_zip import write_archive
from tests.unit.chat_archive.packs import (
    DESTROYED,
    FIRST,
    FORGER,
    LOG,
    OURS,
    SECOND,
    Log,
    changed,
    changed_json,
    destroyed_log,
    files_of,
    kinds,
    repacked,
    small_log,
    small_pack,
    talk,
)

RECORD = pack.record_name(FIRST)
ADDENDUM = addendum_of(FIRST)
Change = Callable[[dict[str, Any]], object]


def places(report: Report) -> set[tuple[UUID | None, int | None]]:
    return {(finding.conversation_id, finding.seq) for finding in report.findings}


def _header(entry: Entry) -> bytes:
    return header_bytes(
        entry.conversation_id,
        entry.seq,
        entry.message_id,
        entry.author,
        entry.kind,
        entry.recorded_at,
    )


def entry_changed(number: int, **values: object) -> Report:
    return changed(RECORD, lambda record: record["entries"][number - 1].update(values))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("body", '{"text":"两年 🙂"}'),
        ("salt", "00" * 32),
        ("author", "01936c5e-0000-7000-8000-0000000000a2"),
        ("kind", "consent"),
        ("recorded_at", "2020-01-01T00:00:00.000000Z"),
        ("message_id", "01920000-0000-7000-8000-000000000000"),
        ("commitment", "00" * 32),
        ("previous", "00" * 32),
        ("conversation_id", str(SECOND)),
        ("seq", 7),
        ("seq", 3),
        ("index", 6),
        ("index", 2**62),
        ("index", None),
        ("entry_hash", "00" * 32),
    ],
)
def test_an_edited_entry_is_named(member: str, value: object) -> None:
    report = entry_changed(4, **{member: value})
    assert any(place[0] == FIRST and place[1] in (4, value) for place in places(report)), report.lines()


def test_an_entry_altered_with_its_commitment_and_hash_is_not_in_the_log() -> None:
    """Everything after it rewritten as well: only the tree can tell, and it tells from which entry on."""
    kept = read_record(files_of(small_pack())[RECORD]).entries

    def rewrite(record: dict[str, Any]) -> None:
        before = kept[1].entry.entry_hash
        for item, one in list(zip(record["entries"], kept, strict=True))[2:]:
            entry = one.entry
            assert entry.salt is not None and entry.body is not None
            body = entry.body
            if entry.seq == 3:
                body = b'{"text":"forged"}'
            if entry.kind == "finished":
                body = f'{{"entries":4,"last_hash":"{before.hex()}"}}'.encode()
            committed = commitment(entry.salt, body)
            header = _header(entry)
            item.update(body=body.decode(), commitment=committed.hex(), previous=before.hex())
            before = entry_hash(before, header, committed)
            item["entry_hash"] = before.hex()

    files = files_of(small_pack())
    record = changed_json(files[RECORD], rewrite)
    last = json.loads(record)["entries"][-1]["entry_hash"]
    about = changed_json(files[pack.ABOUT], lambda value: value["conversations"][0].update(last_hash=last))
    report = verify_pack(repacked({**files, RECORD: record, pack.ABOUT: about}), OURS)
    assert places(report) == {(FIRST, 3), (FIRST, 4), (FIRST, 5)}
    assert kinds(report) == {"proof-invalid"}


def test_a_deleted_entry_is_named() -> None:
    report = changed(RECORD, lambda record: record["entries"].pop(2))
    assert any(finding.kind == "missing" and finding.seq == 3 for finding in report.findings)


def test_an_inserted_entry_is_named() -> None:
    report = changed(
        RECORD, lambda record: record["entries"].insert(2, dict(record["entries"][1], body="{}"))
    )
    assert any(finding.kind == "repeated" and finding.seq == 2 for finding in report.findings)


def test_reordered_entries_are_named() -> None:
    report = changed(RECORD, lambda record: record["entries"].insert(1, record["entries"].pop(3)))
    assert any(
        finding.kind == "out-of-order" and finding.conversation_id == FIRST for finding in report.findings
    )


def test_an_end_cut_off_is_named() -> None:
    report = changed(RECORD, lambda record: record["entries"].pop())
    assert any(finding.kind == "truncated" and finding.seq == 5 for finding in report.findings)


def test_an_end_cut_off_with_all_that_tells_of_it_is_no_closed_conversation() -> None:
    """The honest pack of a conversation that goes on looks the same: so it says that it is not closed."""
    log = small_log()
    whole = log.conversations[0]
    cut = pack.Conversation(whole.conversation_id, whole.consultation_id, whole.part, whole.entries[:-1])
    report = verify_pack(write_archive(pack.pack_files(log.contents([cut]))), OURS)
    assert [item.closed for item in report.conversations] == [False]
    assert any("not closed" in note for note in report.notes)


def test_records_that_changed_places_are_named() -> None:
    files = files_of(small_pack())
    other = pack.record_name(SECOND)
    report = verify_pack(repacked({**files, RECORD: files[other], other: files[RECORD]}), OURS)
    assert {(finding.kind, finding.file) for finding in report.findings} >= {
        ("file-swapped", RECORD),
        ("file-swapped", other),
    }


def test_files_that_changed_places_without_repair_are_named() -> None:
    files = files_of(small_pack())
    other = pack.record_name(SECOND)
    report = verify_pack(write_archive({**files, RECORD: files[other], other: files[RECORD]}), OURS)
    assert {finding.file for finding in report.findings if finding.kind == "file-altered"} == {RECORD, other}


def test_a_proof_of_another_consultation_is_named() -> None:
    files = files_of(small_pack())
    mine, others = pack.proof_name(FIRST, 5), pack.proof_name(SECOND, 4)
    report = verify_pack(repacked({**files, mine: files[others]}), OURS)
    assert [(one.kind, one.conversation_id, one.seq, one.file) for one in report.findings] == [
        ("proof-invalid", FIRST, 5, mine)
    ]


def test_entries_of_another_consultation_under_this_ones_name_are_named() -> None:
    files = files_of(small_pack())
    stolen = changed_json(
        files[pack.record_name(SECOND)],
        lambda record: record.update(conversation_id=str(FIRST), consultation_id=str(FIRST)),
    )
    report = verify_pack(repacked({**files, RECORD: stolen}), OURS)
    assert "foreign" in kinds(report)
    assert FIRST in {finding.conversation_id for finding in report.findings}


def test_a_proof_file_with_another_index_or_checkpoint_is_named() -> None:
    files = files_of(small_pack())
    name = pack.proof_name(FIRST, 5)
    proof = ProofFile.parse(files[name])
    for forged in (
        ProofFile(proof.index + 1, proof.path, proof.note),
        ProofFile(proof.index, proof.path[:-1], proof.note),
        ProofFile(proof.index, proof.path, small_log().note(FORGER)),
        ProofFile(proof.index, proof.path, proof.note, b"extra"),
    ):
        report = verify_pack(repacked({**files, name: forged.format().encode()}), OURS)
        assert [(finding.kind, finding.file) for finding in report.findings] == [("proof-invalid", name)]


def test_a_hash_of_the_table_that_is_wrong_missing_or_too_many_is_found() -> None:
    for change in (
        lambda table: table["nodes"][0].update(hash="00" * 32),
        lambda table: table["nodes"].pop(),
        lambda table: table["nodes"].append({"first": 40, "last": 44, "hash": "00" * 32}),
        lambda table: table.update(size=28),
    ):
        assert kinds(changed(pack.INCLUSION, change)) == {"proof-invalid"}


def test_bodies_that_were_left_out_are_no_destruction() -> None:
    report = entry_changed(3, body=None, salt=None)
    assert [(finding.kind, finding.seq) for finding in report.findings] == [("body-withheld", 3)]


def test_a_body_without_its_salt_or_the_other_way_round_is_damage() -> None:
    for values in ({"body": None}, {"salt": None}):
        report = entry_changed(3, **values)
        assert [(finding.kind, finding.seq) for finding in report.findings] == [("body-damaged", 3)]


@pytest.mark.parametrize(
    "values", [{"body": "{}", "salt": "00" * 32}, {"kind": "consent"}, {"commitment": "11" * 32}]
)
def test_a_destroyed_conversation_cannot_be_changed_either(values: dict[str, str]) -> None:
    files = files_of(write_archive(pack.pack_files(destroyed_log().contents())))
    name = pack.record_name(DESTROYED)
    record = changed_json(files[name], lambda whole: whole["entries"][1].update(values))
    report = verify_pack(repacked({**files, name: record}), Trust(LOG.verifier))
    assert places(report) == {(DESTROYED, 2)}


def test_the_record_of_the_destruction_cannot_be_left_out() -> None:
    contents = destroyed_log().contents(destroyed_log().conversations[:1])
    report = verify_pack(write_archive(pack.pack_files(contents)), Trust(LOG.verifier))
    assert kinds(report) == {"body-withheld"}


def test_a_closing_entry_that_counts_wrongly_is_found() -> None:
    log = Log()
    log.add(FIRST, [*talk("x"), ("finished", b'{"entries":7,"last_hash":"00"}')], closed=False)
    report = verify_pack(write_archive(pack.pack_files(log.contents())), Trust(LOG.verifier))
    assert [(finding.kind, finding.seq) for finding in report.findings] == [("closing-differs", 3)]


def test_nothing_follows_a_closing_entry_of_a_visit() -> None:
    log = Log()
    log.add(FIRST, [*talk("x"), ("finished", b"[]"), ("chat", b"{}")], closed=False)
    report = verify_pack(write_archive(pack.pack_files(log.contents())), Trust(LOG.verifier))
    assert kinds(report) == {"closing-differs"}


def test_a_swapped_file_is_named() -> None:
    image = b"an image"
    log = Log()
    log.add(FIRST, [("file", json.dumps({"digest": digest(image)}).encode())])
    good = pack.pack_files(log.contents(attachments={digest(image): image}))
    name = pack.attachment_name(digest(image))
    assert verify_pack(repacked(good), Trust(LOG.verifier)).findings == []
    report = verify_pack(repacked({**good, name: b"another image"}), Trust(LOG.verifier))
    assert [(finding.kind, finding.file) for finding in report.findings] == [("file-swapped", name)]
    report = verify_pack(repacked({**good, "files/" + "0" * 64: image}), Trust(LOG.verifier))
    assert kinds(report) == {"file-unknown"}


@pytest.mark.parametrize("name", [*sorted(pack.ALWAYS), RECORD, pack.proof_name(FIRST, 5)])
def test_a_missing_file_is_named(name: str) -> None:
    files = files_of(small_pack())
    del files[name]
    report = verify_pack(write_archive(files), OURS)
    assert name in {finding.file for finding in report.findings}
    if name != pack.SUMS:
        report = verify_pack(repacked(files), OURS)
        assert name in {finding.file for finding in report.findings}


@pytest.mark.parametrize("name", ["more.txt", "records/x.json", f"records/{UUID(int=1)}.json", "proofs/x"])
def test_a_file_that_does_not_belong_is_named(name: str) -> None:
    files = files_of(small_pack())
    report = verify_pack(repacked({**files, name: b"x"}), OURS)
    assert [(finding.kind, finding.file) for finding in report.findings] == [("file-unknown", name)]
    report = verify_pack(write_archive({**files, name: b"x"}), OURS)
    assert ("file-unknown", name) in {(finding.kind, finding.file) for finding in report.findings}


def test_a_conversation_that_pack_json_does_not_name_is_found() -> None:
    report = changed(pack.ABOUT, lambda about: about["conversations"].pop(0))
    assert RECORD in {finding.file for finding in report.findings}


@pytest.mark.parametrize(
    "change",
    [
        lambda about: about["conversations"][0].update(entries=4),
        lambda about: about["conversations"][0].update(entries=6),
        lambda about: about["conversations"][0].update(last_hash="00" * 32),
        lambda about: about["conversations"][0].update(closed=False),
        lambda about: about["conversations"][0].update(part="addendum"),
        lambda about: about["conversations"][0].update(consultation_id=str(SECOND)),
        lambda about: about["conversations"].append(about["conversations"][0]),
        lambda about: about.update(origin="other.example/log"),
        lambda about: about.update(version=2),
        lambda about: about.update(more=1),
        lambda about: about["asked"].pop("reason"),
    ],
)
def test_a_pack_json_that_disagrees_with_the_rest_is_found(change: Change) -> None:
    changed(pack.ABOUT, change)


def test_an_addendum_of_another_consultation_is_found() -> None:
    log = small_log()
    moved = pack.Conversation(ADDENDUM, SECOND, pack.Part.ADDENDUM, log.conversations[1].entries)
    report = verify_pack(write_archive(pack.pack_files(log.contents([moved]))), OURS)
    assert kinds(report) == {"claim-differs"}


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b"\xff", b"null", b"[" * 200_000, b"9" * 5000])
@pytest.mark.parametrize("name", [*sorted(pack.ALWAYS - {pack.README, pack.VERIFIER}), RECORD])
def test_garbage_in_a_file_is_a_finding_and_no_failure(name: str, content: bytes) -> None:
    files = {**files_of(small_pack()), name: content}
    for data in (write_archive(files), repacked(files)):
        if name == pack.SUMS and data == repacked(files):
            continue
        assert name in {finding.file for finding in verify_pack(data, OURS).findings}


def test_what_a_forger_wrote_does_not_move_the_readers_cursor() -> None:
    report = changed(RECORD, lambda record: record.update({"\x1b[2J\n": 1}))
    report.notes.append("\x1b[2J\rINTACT")
    assert all(line.isprintable() for line in report.lines())


def test_a_leaf_is_the_entrys_hash() -> None:
    kept = small_log().conversations[0].entries[0]
    assert kept.index is not None
    assert small_log().leaves[kept.index] == leaf_hash(kept.entry.entry_hash)
