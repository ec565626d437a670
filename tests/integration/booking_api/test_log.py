"""The log over HTTP: public tiles that anybody can check, proofs for auditors, receipts for participants."""

import gzip
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest

from actions.context import UnitOfWork
from actions.log_identity import LogKey
from booking_api import public_log
from chat_archive.checkpoint import open_checkpoint
from chat_archive.entry import addendum_of
from chat_archive.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from chat_archive.note import KeyKind, Signer, VerifierKey, cosign
from chat_archive.proof_file import ProofFile
from chat_archive.tiles import consistency_path, inclusion_path, parse_bundle, tile_path
from tests.integration.actions.visits import Visit, make_visit
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import AttachTo, SignIn
from tests.logs import ORIGIN, begin, make_key, say, seal_all
from tests.people import make_admin, make_auditor, make_doctor, make_patient
from tests.rows import execute, rows, trail

WITNESS = Signer("witness.example", KeyKind.COSIGNATURE, bytes([7]) * 32)


@pytest.fixture
async def key(work: UnitOfWork) -> LogKey:
    return await begin(work)


@pytest.fixture
def log_keys(key: LogKey) -> list[VerifierKey]:
    return [VerifierKey.parse(key.log_key("hospital.example/log"))]


async def fetched(browser: Browser, path: str) -> tuple[int, bytes, dict[str, str]]:
    async with browser.client.get(path) as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def tile_of(browser: Browser, level: int | None, n: int, width: int) -> bytes:
    status, body, _ = await fetched(browser, f"/log/{tile_path(level, n, width)}")
    assert status == 200, (level, n, width)
    return body


async def test_a_stranger_can_check_the_whole_log_from_its_tiles(
    work: UnitOfWork, key: LogKey, log_keys: list[VerifierKey], browser: Browser
) -> None:
    await say(work, [uuid4() for _ in range(6)], 100)
    await seal_all(work, key, limit=130)
    status, note, headers = await fetched(browser, "/log/checkpoint")
    assert status == 200
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=1"
    checkpoint = open_checkpoint(note, log_keys).checkpoint
    assert checkpoint.size == 600
    entries: list[bytes] = []
    hashes: list[bytes] = []
    for n, width in ((0, 256), (1, 256), (2, 88)):
        entries += parse_bundle(await tile_of(browser, None, n, width))
        tile = await tile_of(browser, 0, n, width)
        hashes += [tile[at : at + 32] for at in range(0, len(tile), 32)]
    assert [leaf_hash(entry) for entry in entries] == hashes
    assert root_of(hashes) == checkpoint.root

    async def read(level: int, n: int, width: int) -> bytes:
        return await tile_of(browser, level, n, width)

    for index in (0, 255, 256, 599):
        path = await inclusion_path(read, index, 600)
        verify_inclusion(hashes[index], index, 600, path, checkpoint.root)
    for old in (1, 256, 400):
        proof = await consistency_path(read, old, 600)
        verify_consistency(old, 600, proof, root_of(hashes[:old]), checkpoint.root)


async def test_tiles_stay_for_ever_and_may_be_read_by_any_page(
    work: UnitOfWork, key: LogKey, browser: Browser
) -> None:
    await say(work, [uuid4()], 300)
    await seal_all(work, key)
    for path in ("tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/0/000.p/9"):
        status, body, headers = await fetched(browser, f"/log/{path}")
        assert status == 200, path
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in headers
        async with browser.client.head(f"/log/{path}") as head:
            assert (head.status, await head.read()) == (200, b"")
            assert head.headers["Content-Length"] == headers.get("Content-Length", str(len(body)))


async def test_a_bundle_is_compressed_when_asked(work: UnitOfWork, key: LogKey, browser: Browser) -> None:
    await say(work, [uuid4()], 256)
    await seal_all(work, key)
    plain = await tile_of(browser, None, 0, 256)
    async with browser.client.get(
        "/log/tile/entries/000", headers={"Accept-Encoding": "gzip"}, auto_decompress=False
    ) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(await answer.read()) == plain
    async with browser.client.get(
        "/log/tile/entries/000", headers={"Accept-Encoding": "identity"}, auto_decompress=False
    ) as answer:
        assert "Content-Encoding" not in answer.headers
        assert await answer.read() == plain


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001.p/45",
        "tile/0/001",
        "tile/0/002",
        "tile/1/000",
        "tile/1/000.p/2",
        "tile/2/000.p/1",
        "tile/9/000.p/1",
        "tile/64/000",
        "tile/entries/001.p/45",
        "tile/entries/001",
        "tile/0/0",
        "tile/0/1",
        "tile/0/0000",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/x000/000",
        "tile/0/000/",
        "tile/0/-01",
        "tile/x/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0",
        "tile",
        "",
        "checkpoint/",
        "elsewhere",
    ],
)
async def test_what_is_no_tile_of_this_tree_is_not_there(
    work: UnitOfWork, key: LogKey, browser: Browser, path: str
) -> None:
    await say(work, [uuid4()], 300)
    await seal_all(work, key)
    status, _, headers = await fetched(browser, f"/log/{path}")
    assert status == 404
    assert "immutable" not in headers.get("Cache-Control", "")
    assert headers["Access-Control-Allow-Origin"] == "*"


async def test_who_reads_too_much_waits(
    key: LogKey, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_log, "READS_PER_WINDOW", 3)
    answers = [await fetched(browser, "/log/checkpoint") for _ in range(4)]
    assert [status for status, _, _ in answers] == [200, 200, 200, 429]
    assert int(answers[-1][2]["Retry-After"]) > 0


async def test_before_the_log_began_there_is_nothing(browser: Browser) -> None:
    assert (await fetched(browser, "/log/checkpoint"))[0] == 404
    assert (await fetched(browser, "/log/keys"))[:2] == (200, b"")
    assert (await fetched(browser, "/log/epochs"))[:2] == (200, b'{"epochs": []}')


async def test_the_keys_of_the_log_and_of_its_witnesses_are_told(
    key: LogKey, attached: AttachTo, aiohttp_client: Callable[..., Awaitable[Any]]
) -> None:
    browser = Browser(await aiohttp_client(attached(witness_keys=[WITNESS.verifier.format()])))
    _, body, _ = await fetched(browser, "/log/keys")
    assert body.decode().splitlines() == [
        make_key().log_key("hospital.example/log"),
        WITNESS.verifier.format(),
    ]


async def test_the_epochs_are_told_with_why_they_began_and_what_was_lost(
    work: UnitOfWork, key: LogKey, browser: Browser, dsn: str
) -> None:
    auditor, admin = await make_auditor(work), await make_admin(work)
    execute(
        dsn,
        "insert into archive_epoch "
        "values (2, %s, %s, 4, 4, 9, 'an older copy', %s, %s, '2026-11-23 09:00+00')",
        f"{ORIGIN}/epoch-2",
        key.log_key(f"{ORIGIN}/epoch-2"),
        str(auditor.id),
        str(admin.id),
    )
    status, body, headers = await fetched(browser, "/log/epochs")
    assert (status, headers["Cache-Control"]) == (200, "public, max-age=1")
    assert headers["Access-Control-Allow-Origin"] == "*"
    first, second = json.loads(body)["epochs"]
    assert (first["number"], first["origin"], first["log_key"]) == (1, ORIGIN, key.log_key(ORIGIN))
    assert (first["first_size"], first["missing_from"], first["missing_to"]) == (0, None, None)
    assert second == {
        "number": 2,
        "origin": f"{ORIGIN}/epoch-2",
        "log_key": key.log_key(f"{ORIGIN}/epoch-2"),
        "first_size": 4,
        "missing_from": 4,
        "missing_to": 9,
        "reason": "an older copy",
        "began_at": "2026-11-23T09:00:00+00:00",
    }
    # Who approved is the hospital's own affair.
    assert str(auditor.id).encode() not in body


def cosigned(dsn: str, size: int) -> None:
    """Have the witness sign the checkpoint of this size."""
    ((note,),) = rows(dsn, "select note from archive_checkpoint where size = %s", size)
    line = cosign(note.rpartition("\n\n")[0] + "\n", WITNESS, 1_795_000_000).line()
    execute(
        dsn,
        "insert into archive_cosignature values (1, %s, %s, %s, '2026-11-23 09:00+00')",
        size,
        WITNESS.name,
        line,
    )


async def finished_visit(work: UnitOfWork) -> Visit:
    visit = await make_visit(work, patient=await make_patient(work), doctor=await make_doctor(work))
    await visit.arrive()
    await visit.admit()
    await visit.talk("发烧三天了", "体温多少？")
    await visit.finish()
    return visit


async def test_an_auditor_gets_proofs_of_every_entry(
    work: UnitOfWork, key: LogKey, log_keys: list[VerifierKey], sign_in: SignIn, dsn: str
) -> None:
    visit = await finished_visit(work)
    await seal_all(work, key)
    covered = rows(dsn, "select size from archive_tree")[0][0]
    cosigned(dsn, covered)
    await say(work, [uuid4()], 3)
    await seal_all(work, key)
    auditor = await make_auditor(work)
    browser = await sign_in(auditor)
    answer = (await browser.get(f"/api/archive/consultations/{visit.id}/proof")).json
    assert answer["log_key"] == log_keys[0].format()
    opened = open_checkpoint(answer["checkpoint"], log_keys, [WITNESS.verifier])
    # The one that a witness signed, though there is a later one.
    assert opened.checkpoint.size == covered
    assert [one.key.name for one in opened.cosignatures] == [WITNESS.name]
    kept = rows(
        dsn,
        "select seq, entry_hash from archive_entry where conversation_id = %s order by seq",
        str(visit.id),
    )
    assert [one["seq"] for one in answer["entries"]] == [seq for seq, _ in kept]
    for one, (_, entry_hash) in zip(answer["entries"], kept, strict=True):
        assert one["conversation_id"] == str(visit.id)
        path = [b64decode(value) for value in one["path"]]
        verify_inclusion(leaf_hash(bytes(entry_hash)), one["index"], covered, path, opened.checkpoint.root)
    assert trail(dsn, "archive.prove") == [
        ("done", str(auditor.id), str(visit.id), str(visit.patient.patient_id))
    ]


async def test_a_proof_covers_the_addendum_and_says_what_is_not_sealed(
    work: UnitOfWork, key: LogKey, sign_in: SignIn
) -> None:
    visit = await finished_visit(work)
    await seal_all(work, key)
    await say(work, [addendum_of(visit.id)], 2)
    browser = await sign_in(await make_auditor(work))
    entries = (await browser.get(f"/api/archive/consultations/{visit.id}/proof")).json["entries"]
    addendum = [one for one in entries if one["conversation_id"] == str(addendum_of(visit.id))]
    assert [(one["seq"], one["index"], one["path"]) for one in addendum] == [(1, None, []), (2, None, [])]
    assert all(one["index"] is not None for one in entries if one not in addendum)
    await seal_all(work, key)
    entries = (await browser.get(f"/api/archive/consultations/{visit.id}/proof")).json["entries"]
    assert all(one["index"] is not None for one in entries)


async def test_a_participant_keeps_a_receipt_of_the_closing_entry(
    work: UnitOfWork, key: LogKey, log_keys: list[VerifierKey], sign_in: SignIn, dsn: str
) -> None:
    visit = await finished_visit(work)
    browser = await sign_in(visit.patient)
    path = f"/api/consultations/{visit.id}/receipt"
    early = await browser.get(path)
    assert (early.status, early.code) == (409, "archive.not_sealed_yet")
    await seal_all(work, key)
    answer = await browser.get(path)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{visit.id}.tlog-proof"'
    proof = ProofFile.parse(answer.text)
    assert proof.extra is not None
    extra = json.loads(proof.extra)
    ((seq, entry_hash),) = rows(
        dsn,
        "select seq, entry_hash from archive_entry where conversation_id = %s and kind = 'finished'",
        str(visit.id),
    )
    assert (extra["conversation"], extra["seq"]) == (str(visit.id), seq)
    assert extra["entry_hash"] == bytes(entry_hash).hex()
    opened = proof.verify(bytes(entry_hash), log_keys)
    assert opened.checkpoint.size > proof.index
    assert [line[:2] for line in trail(dsn, "archive.receipt")] == [("done", str(visit.patient.id))]


async def test_a_receipt_is_for_participants_alone(
    work: UnitOfWork, key: LogKey, sign_in: SignIn, dsn: str
) -> None:
    visit = await finished_visit(work)
    await seal_all(work, key)
    stranger = await make_patient(work)
    answer = await (await sign_in(stranger)).get(f"/api/consultations/{visit.id}/receipt")
    assert (answer.status, answer.code) == (403, "auth.forbidden")
    assert [line[0] for line in trail(dsn, "archive.receipt")] == ["refused"]
    doctor = await (await sign_in(visit.doctor)).get(f"/api/consultations/{visit.id}/receipt")
    assert doctor.status == 200
    unknown = await (await sign_in(stranger)).get(f"/api/consultations/{uuid4()}/receipt")
    assert unknown.status == 404


async def test_a_visit_that_goes_on_has_no_receipt(work: UnitOfWork, key: LogKey, sign_in: SignIn) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    await seal_all(work, key)
    answer = await (await sign_in(visit.patient)).get(f"/api/consultations/{visit.id}/receipt")
    assert (answer.status, answer.code) == (409, "archive.not_sealed_yet")


async def test_a_rewritten_log_signed_with_the_true_key_does_not_fit_a_receipt(
    work: UnitOfWork,
    key: LogKey,
    log_keys: list[VerifierKey],
    sign_in: SignIn,
    browser: Browser,
    dsn: str,
) -> None:
    """Whoever has database and key writes the whole log anew: the patient's file still says what it was."""
    visit = await finished_visit(work)
    await seal_all(work, key)
    answer = await (await sign_in(visit.patient)).get(f"/api/consultations/{visit.id}/receipt")
    receipt = ProofFile.parse(answer.text)
    before = open_checkpoint(receipt.note, log_keys).checkpoint
    execute(
        dsn,
        "set session_replication_role = replica; "
        "update archive_entry set entry_hash = sha256(entry_hash); "
        "truncate archive_leaf, archive_tile, archive_cosignature, archive_checkpoint, archive_tree, "
        "archive_epoch",
    )
    await begin(work)
    await say(work, [uuid4()], 2)
    await seal_all(work, key)
    _, note, _ = await fetched(browser, "/log/checkpoint")
    now = open_checkpoint(note, log_keys).checkpoint
    assert now.size > before.size

    async def read(level: int, n: int, width: int) -> bytes:
        return await tile_of(browser, level, n, width)

    proof = await consistency_path(read, before.size, now.size)
    with pytest.raises(Exception, match="does not lead to the root"):
        verify_consistency(before.size, now.size, proof, before.root, now.root)
