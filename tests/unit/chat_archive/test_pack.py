"""A pack that nobody touched: what it holds, what is said of it, and with which keys."""

import json
import re
from datetime import UTC, datetime

import pytest

from chat_archive import pack
from chat_archive.invalid import Malformed
from chat_archive.pack_check import verify_pack
from chat_archive.pack_reading import read_record
from chat_archive.pack_report import Report, Trust, Verdict, digest
from chat_archive.proof_file import ProofFile
from chat_archive.stored_zip import archive_chunks, write_archive
from chat_archive.verifier_app import verifier_app
from tests.unit.chat_archive.packs import (
    FIRST,
    LOG,
    OPEN,
    SECOND,
    WITNESSES,
    Log,
    destroyed_log,
    files_of,
    keys,
    small_log,
    small_pack,
    talk,
    whole_pack,
)


def said(report: Report) -> str:
    return "\n".join(report.lines())


def test_a_witnessed_pack_is_intact_against_keys_obtained_elsewhere() -> None:
    report = verify_pack(whole_pack(), Trust(LOG.verifier, keys()))
    assert report.findings == []
    assert report.verdict is Verdict.WITNESSED
    assert (report.log_key_given, report.witness_keys_given, len(report.witnesses)) == (True, True, 2)
    assert "WITNESSED by 2." in said(report)
    assert "taken from the pack" not in said(report)
    assert report.notes == []


def test_without_keys_it_says_that_it_took_those_in_the_pack() -> None:
    report = verify_pack(whole_pack())
    assert report.verdict is Verdict.WITNESSED
    assert not report.log_key_given
    assert "taken from the pack itself" in said(report)
    assert "密钥取自包内" in said(report)


def test_a_pack_without_witnesses_is_intact_against_the_servers_key_and_no_more() -> None:
    contents = small_log().contents(note=small_log().note(witnesses=()))
    report = verify_pack(write_archive(pack.pack_files(contents)), Trust(LOG.verifier))
    assert (report.findings, report.verdict) == ([], Verdict.INTACT)
    assert "WITNESSED" not in said(report)


def test_one_witness_of_two_is_enough_when_one_is_demanded() -> None:
    contents = small_log().contents(note=small_log().note(witnesses=WITNESSES[:1]))
    data = write_archive(pack.pack_files(contents))
    assert verify_pack(data, Trust(LOG.verifier, keys(), 1)).verdict is Verdict.WITNESSED
    assert verify_pack(data, Trust(LOG.verifier, keys())).verdict is Verdict.BROKEN


def test_the_same_contents_give_the_same_bytes() -> None:
    contents = small_log().contents()
    data = b"".join(archive_chunks(pack.pack_files(contents)))
    turned = small_log().contents(list(reversed(contents.conversations)))
    assert data == write_archive(pack.pack_files(turned))
    assert data == small_pack()


def test_the_closing_entry_has_a_proof_file_that_stands_alone() -> None:
    files = files_of(whole_pack())
    record = read_record(files[pack.record_name(FIRST)])
    proof = ProofFile.parse(files[pack.proof_name(FIRST, 5)])
    last = record.entries[-1].entry
    assert last.kind == "finished"
    opened = proof.verify(last.entry_hash, [LOG.verifier], keys())
    assert (opened.checkpoint.size, len(opened.cosignatures)) == (len(small_log().leaves), 2)


def test_the_record_says_what_was_said_and_the_log_shows_no_more_than_is_asked_for() -> None:
    files = files_of(write_archive(pack.pack_files(small_log().contents(small_log().conversations[:1]))))
    texts = [kept.entry.body for kept in read_record(files[pack.record_name(FIRST)]).entries]
    assert texts[1] == '{"text":"您好，我头疼。"}'.encode()
    assert str(SECOND).encode() not in b"".join(files.values())


def test_destroyed_bodies_are_no_damage_when_their_destruction_is_recorded() -> None:
    report = verify_pack(write_archive(pack.pack_files(destroyed_log().contents())), Trust(LOG.verifier))
    assert report.findings == []
    assert [item.destroyed for item in report.conversations] == [True, True]


def test_a_conversation_that_goes_on_is_said_to() -> None:
    log = Log()
    log.add(OPEN, talk("still here"), closed=False)
    report = verify_pack(write_archive(pack.pack_files(log.contents())), Trust(LOG.verifier))
    assert report.findings == []
    assert [item.closed for item in report.conversations] == [False]
    assert f"{OPEN} is not closed" in said(report)


def test_files_that_entries_name_may_come_along() -> None:
    image = b"\x89PNG an image"
    named = digest(image)
    log = Log()
    log.add(FIRST, [("file", json.dumps({"digest": named, "name": "x.png"}).encode())])
    without = verify_pack(write_archive(pack.pack_files(log.contents())))
    assert without.findings == []
    assert "1 file named by entries, not in this pack" in said(without)
    contents = log.contents(attachments={named: image})
    with_it = verify_pack(write_archive(pack.pack_files(contents)))
    assert with_it.findings == []
    assert "are not in this pack" not in said(with_it)


def test_a_pack_of_many_entries_tells_how_far_it_is() -> None:
    log = Log()
    log.add(FIRST, talk(*(str(number) for number in range(1100))))
    seen: list[tuple[int, int]] = []
    report = verify_pack(
        write_archive(pack.pack_files(log.contents())),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert report.findings == []
    assert seen == [(500, 1102), (1000, 1102), (1102, 1102)]


def test_the_report_for_machines_says_the_same() -> None:
    report = json.loads(verify_pack(whole_pack(), Trust(LOG.verifier, keys())).json())
    assert (report["format"], report["version"]) == ("televisit/verification-report", 1)
    assert (report["subject"], report["verdict"], report["findings"]) == ("pack", "witnessed", [])
    assert report["log_key"] == {"key": LOG.verifier.format(), "source": "given"}
    assert [one["at"] for one in report["witnesses"]["signed"]] == ["2026-11-23T09:00:00Z"] * 2
    assert [(item["part"], item["entries"], item["closed"]) for item in report["conversations"]] == [
        ("live", 5, True),
        ("live", 4, True),
        ("addendum", 2, True),
    ]


def test_the_readme_tells_how_to_verify_in_both_languages() -> None:
    text = files_of(whole_pack())[pack.README].decode()
    assert text.count("python3 pack/verify.pyz PACK.zip --log-key") == 2
    for word in ("broken", "intact", "witnessed"):
        assert len(re.findall(rf"（{word}，|^{word} \(", text, re.MULTILINE)) == 2


def test_the_policy_says_that_its_keys_prove_nothing() -> None:
    notice = json.loads(files_of(whole_pack())[pack.POLICY])["notice"]
    assert "prove nothing by themselves" in notice["en"]
    assert "不能证明任何事情" in notice["zh-CN"]


def test_another_verifier_in_the_pack_is_noted() -> None:
    assert verify_pack(whole_pack(), verifier=verifier_app()).notes == verify_pack(whole_pack()).notes
    assert any("verifier in the pack" in note for note in verify_pack(whole_pack(), verifier=b"x").notes)


def test_a_moment_is_written_in_utc() -> None:
    assert pack.moment(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


@pytest.mark.parametrize("data", [b"", b"garbage" * 1000, b"\x00" * 100_000])
def test_garbage_is_unusable(data: bytes) -> None:
    with pytest.raises(Malformed):
        verify_pack(data)
