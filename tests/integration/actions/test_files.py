"""Files in a visit: added, read, verified, removed; and everything that must not happen to them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from actions import files as adding
from actions.context import ActionRefused, UnitOfWork
from actions.conversation import Kept, Saying
from actions.file_reading import FileFinding, check_file, file_content, open_file, verify_files
from actions.file_removal import ORPHANED_AFTER, delete_destroyed, sweep
from actions.files import Upload, add_file
from chat_archive.sealed_object import CHUNK
from domain.accounts import SYSTEM, Actor, actor_of
from domain.errors import (
    Code,
    Conflict,
    Damaged,
    InvalidInput,
    NotFound,
    PartnerDown,
    TooLarge,
    TooMany,
    UserFault,
    WrongState,
)
from domain.facts import EntryKind, decode_body
from domain.files import FILE_BYTES_MAX
from domain.permissions import Action
from providers.object_store import FolderObjectStore
from storage import files
from storage.pool import Database
from tests.conftest import Clock
from tests.integration.actions.visits import Visit, keep, kept_one, make_visit
from tests.people import make_doctor, make_patient

PDF = b"%PDF-1.7\n" + bytes(number % 251 for number in range(2 * CHUNK + 77))
JPEG = b"\xff\xd8\xff\xe0" + b"a picture" * 50


@pytest.fixture
def store(tmp_path: Path) -> FolderObjectStore:
    return FolderObjectStore(tmp_path / "objects")


@pytest.fixture
async def visit(work: UnitOfWork) -> Visit:
    made = await make_visit(work)
    await made.arrive()
    await made.admit()
    return made


async def pieces(content: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def add(
    visit: Visit,
    store: FolderObjectStore,
    content: bytes = PDF,
    *,
    actor: Actor | None = None,
    message_id: UUID | None = None,
    name: str = "化验单.pdf",
) -> Kept:
    async def keep_it(saying: Saying) -> Kept:
        (outcome,) = await keep(visit.work, saying)
        if isinstance(outcome, UserFault):
            raise outcome
        return outcome

    return await add_file(
        visit.work,
        store,
        keep_it,
        actor=actor or visit.as_patient,
        request_id="add",
        upload=Upload(visit.id, message_id or uuid4(), name),
        chunks=pieces(content),
    )


async def read(visit: Visit, store: FolderObjectStore, seq: int, actor: Actor | None = None) -> bytes:
    async with visit.work.begin(actor or visit.as_doctor, "read") as ctx:
        file = await open_file(ctx, visit.id, seq)
    await check_file(store, file)
    return b"".join([chunk async for chunk in file_content(store, file)])


def objects(store: FolderObjectStore, tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


async def lines(database: Database, action: Action) -> list[tuple[str, object]]:
    async with database.transaction() as tx:
        rows = await tx.all("audit_newest", {"before_id": 1 << 60, "limit": 500})
    return [(row["outcome"], row["subject_id"]) for row in rows if row["action"] == action.value]


async def findings(work: UnitOfWork, store: FolderObjectStore) -> list[FileFinding]:
    return [item async for _, item in verify_files(work, store, "verify") if item is not None]


async def test_a_file_is_kept_by_its_digest_and_comes_back(
    visit: Visit, store: FolderObjectStore, database: Database, tmp_path: Path, auditor: Actor
) -> None:
    kept = await add(visit, store)
    assert kept.entry.kind == EntryKind.FILE.value
    assert kept.entry.body is not None
    assert decode_body(kept.entry.body) == {
        "digest": sha256(PDF).hexdigest(),
        "name": "化验单.pdf",
        "size": len(PDF),
        "type": "application/pdf",
    }
    for actor in (visit.as_patient, visit.as_doctor, auditor):
        assert await read(visit, store, kept.entry.seq, actor) == PDF
    assert await lines(database, Action.FILE_ADD) == [("done", visit.id)]
    assert await lines(database, Action.FILE_READ) == [("done", visit.id)] * 3
    (path,) = objects(store, tmp_path)
    assert PDF[100:200] not in path.read_bytes()
    assert await findings(visit.work, store) == []


async def test_the_doctor_may_add_a_file_too(visit: Visit, store: FolderObjectStore) -> None:
    kept = await add(visit, store, JPEG, actor=visit.as_doctor, name="x.pdf")
    assert kept.entry.body is not None
    assert decode_body(kept.entry.body)["type"] == "image/jpeg"
    assert decode_body(kept.entry.body)["name"] == "x.pdf.jpg"


async def test_a_resend_is_the_same_entry_and_its_second_object_goes(
    visit: Visit, store: FolderObjectStore, clock: Clock, tmp_path: Path
) -> None:
    message_id = uuid4()
    first = await add(visit, store, message_id=message_id)
    await visit.finish()
    again = await add(visit, store, message_id=message_id)
    assert (again.entry.seq, again.new) == (first.entry.seq, False)
    assert len(objects(store, tmp_path)) == 2
    clock.forward(ORPHANED_AFTER + timedelta(seconds=1))
    assert await sweep(visit.work, store, "sweep") == 1
    assert await sweep(visit.work, store, "sweep") == 0
    assert await read(visit, store, first.entry.seq) == PDF


async def test_an_id_that_was_used_for_another_file_is_refused(
    visit: Visit, store: FolderObjectStore
) -> None:
    message_id = uuid4()
    await add(visit, store, message_id=message_id)
    with pytest.raises(Conflict) as refused:
        await add(visit, store, JPEG, message_id=message_id)
    assert refused.value.code is Code.MESSAGE_ID_REUSED


async def test_a_stranger_may_neither_add_nor_read(
    visit: Visit, store: FolderObjectStore, database: Database, tmp_path: Path
) -> None:
    seq = (await add(visit, store)).entry.seq
    for account in (await make_patient(visit.work), await make_doctor(visit.work)):
        stranger = actor_of(account)
        with pytest.raises(ActionRefused):
            await add(visit, store, actor=stranger)
        with pytest.raises(ActionRefused):
            await read(visit, store, seq, stranger)
    assert [outcome for outcome, _ in await lines(database, Action.FILE_ADD)] == ["refused"] * 2 + ["done"]
    assert [outcome for outcome, _ in await lines(database, Action.FILE_READ)] == ["refused"] * 2
    assert len(objects(store, tmp_path)) == 1


async def test_an_auditor_may_not_add(visit: Visit, store: FolderObjectStore, auditor: Actor) -> None:
    with pytest.raises(ActionRefused):
        await add(visit, store, actor=auditor)


async def test_documents_are_added_as_soon_as_the_visit_is_booked_and_not_after_its_end(
    work: UnitOfWork, store: FolderObjectStore, tmp_path: Path
) -> None:
    planned = await make_visit(work)
    await add(planned, store)
    assert len(objects(store, tmp_path)) == 1
    await planned.arrive()
    await planned.admit()
    await planned.finish()
    with pytest.raises(WrongState) as late:
        await add(planned, store)
    assert late.value.code is Code.CONVERSATION_CLOSED
    assert len(objects(store, tmp_path)) == 1


async def test_an_upload_that_ends_after_the_visit_leaves_no_entry(
    visit: Visit, store: FolderObjectStore, clock: Clock, tmp_path: Path
) -> None:
    async def keep_too_late(saying: Saying) -> Kept:
        await visit.finish()
        return kept_one(*await keep(visit.work, saying))

    with pytest.raises(AssertionError):
        await add_file(
            visit.work, store, keep_too_late, actor=visit.as_patient, request_id="add",
            upload=Upload(visit.id, uuid4(), "a.pdf"), chunks=pieces(PDF),
        )  # fmt: skip
    clock.forward(ORPHANED_AFTER + timedelta(seconds=1))
    assert await sweep(visit.work, store, "sweep") == 1
    assert objects(store, tmp_path) == []


async def test_a_visit_that_does_not_exist_has_no_files(visit: Visit, store: FolderObjectStore) -> None:
    elsewhere = Visit(visit.work, uuid4(), uuid4(), visit.patient, visit.doctor)
    with pytest.raises(NotFound):
        await add(elsewhere, store)
    with pytest.raises(NotFound):
        await read(elsewhere, store, 1)


@pytest.mark.parametrize("seq", [0, 1, 99, -5])
async def test_an_entry_that_is_no_file_is_not_found(
    visit: Visit, store: FolderObjectStore, seq: int
) -> None:
    with pytest.raises(NotFound):
        await read(visit, store, seq)


@pytest.mark.parametrize(
    "content", [b"", b"%PD", b"<html>" * 100, b"GIF89a" + bytes(100)], ids=["empty", "short", "html", "gif"]
)
async def test_other_types_are_refused_and_leave_nothing(
    visit: Visit, store: FolderObjectStore, content: bytes, tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await add(visit, store, content)
    assert refused.value.code is Code.FILE_TYPE
    assert objects(store, tmp_path) == []


async def test_the_largest_file_fits_and_one_byte_more_does_not(
    visit: Visit, store: FolderObjectStore, tmp_path: Path
) -> None:
    largest = PDF[:100] + bytes(FILE_BYTES_MAX - 100)
    kept = await add(visit, store, largest)
    assert await read(visit, store, kept.entry.seq) == largest
    with pytest.raises(TooLarge):
        await add(visit, store, largest + b"\x00")
    assert len(objects(store, tmp_path)) == 1


async def test_bytes_that_stop_coming_are_given_up(
    visit: Visit, store: FolderObjectStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(adding, "UPLOAD_TIMEOUT_S", 0.05)

    async def stuck() -> AsyncIterator[bytes]:
        yield PDF
        await asyncio.Event().wait()

    async def never(_: Saying) -> Kept:
        raise AssertionError("nothing came whole")

    with pytest.raises(InvalidInput):
        await add_file(
            visit.work, store, never, actor=visit.as_patient, request_id="add",
            upload=Upload(visit.id, uuid4(), "a.pdf"), chunks=stuck(),
        )  # fmt: skip
    assert objects(store, tmp_path) == []


async def test_a_visit_holds_so_many_files_and_no_more(
    visit: Visit, store: FolderObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "FILES_MAX", 2)
    message_id = uuid4()
    await add(visit, store, JPEG, message_id=message_id)
    await add(visit, store, JPEG)
    with pytest.raises(TooMany) as refused:
        await add(visit, store, JPEG)
    assert refused.value.code is Code.FILE_TOO_MANY
    assert not (await add(visit, store, JPEG, message_id=message_id)).new


async def test_a_store_that_fails_leaves_no_entry(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("no folder")
    with pytest.raises(PartnerDown):
        await add(visit, FolderObjectStore(tmp_path / "objects"))
    async with visit.work.begin(SYSTEM, "test") as ctx:
        assert await files.entries(ctx.tx, None, 10) == []


@pytest.mark.parametrize("damage", ["flipped", "cut", "gone", "swapped"])
async def test_a_damaged_object_is_never_shown_and_verification_names_it(
    visit: Visit, store: FolderObjectStore, tmp_path: Path, damage: str
) -> None:
    kept = await add(visit, store)
    (path,) = objects(store, tmp_path)
    await add(visit, store, JPEG)
    (other,) = set(objects(store, tmp_path)) - {path}
    raw = bytearray(path.read_bytes())
    match damage:
        case "flipped":
            raw[len(raw) // 2] ^= 1
            path.write_bytes(raw)
        case "cut":
            path.write_bytes(raw[: 1 + CHUNK + 16])
        case "gone":
            path.unlink()
        case "swapped":
            path.write_bytes(other.read_bytes())
    with pytest.raises(Damaged) as found:
        await read(visit, store, kept.entry.seq)
    assert found.value.code is Code.FILE_DAMAGED
    (finding,) = await findings(visit.work, store)
    assert (finding.conversation_id, finding.seq) == (visit.id, kept.entry.seq)
    assert f"entry {kept.entry.seq}" in finding.message


async def test_an_object_row_that_points_elsewhere_is_found(
    visit: Visit, store: FolderObjectStore, database: Database
) -> None:
    first, second = await add(visit, store), await add(visit, store, JPEG)
    async with database.transaction() as tx:
        for statement in (
            "set local session_replication_role = replica",
            "update object_kept set seq = 1000 where seq = {first}",
            "update object_kept set seq = {first} where seq = {second}",
        ):
            await tx.script(statement.format(first=first.entry.seq, second=second.entry.seq))
    assert [finding.seq for finding in await findings(visit.work, store)] == [
        first.entry.seq,
        second.entry.seq,
    ]


async def test_files_of_a_destroyed_record_go_and_are_not_damaged(
    visit: Visit, store: FolderObjectStore, database: Database, tmp_path: Path, clock: Clock
) -> None:
    seq = (await add(visit, store)).entry.seq
    assert await delete_destroyed(visit.work, store, visit.id, "job") == 0
    assert len(objects(store, tmp_path)) == 1
    async with database.transaction() as tx:
        await tx.script(
            "set local session_replication_role = replica;"
            "update archive_key set wrapped = null, destroyed_at = '2040-01-01'"
        )
    visit.work.keys.forget(visit.id)
    with pytest.raises(Conflict) as refused:
        await read(visit, store, seq)
    assert refused.value.code is Code.RETENTION_DESTROYED
    assert await delete_destroyed(visit.work, store, visit.id, "job") == 1
    assert await delete_destroyed(visit.work, store, visit.id, "job") == 0
    assert objects(store, tmp_path) == []
    assert await findings(visit.work, store) == []


async def test_a_saying_of_a_file_without_its_object_is_none(visit: Visit) -> None:
    (outcome,) = await keep(visit.work, visit.saying(EntryKind.FILE, {"digest": "00"}))
    assert isinstance(outcome, InvalidInput)


async def test_the_sweep_leaves_what_is_kept_and_what_is_young(
    visit: Visit, store: FolderObjectStore, clock: Clock
) -> None:
    kept = await add(visit, store)
    clock.forward(ORPHANED_AFTER + timedelta(seconds=1))
    message_id = uuid4()
    async with visit.work.begin(SYSTEM, "test") as ctx:
        assert visit.patient.id is not None
        await files.begin(ctx.tx, uuid4(), visit.id, message_id, visit.patient.id, ctx.now)
    assert await sweep(visit.work, store, "sweep") == 0
    assert await read(visit, store, kept.entry.seq) == PDF
