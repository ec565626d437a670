"""The verification of a whole log: silent about a sound one, and exact about what was done to another."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from actions import log_signatures, log_verification, tree_walk
from actions.context import UnitOfWork
from actions.log_finding import LogFinding, LogFindingKind, LogProgress
from actions.log_identity import LogKey
from actions.log_signatures import Outside
from actions.log_verification import verify_log
from actions.sealing import Looked
from chat_archive.checkpoint import Checkpoint
from chat_archive.entry import addendum_of
from chat_archive.note import KeyKind, Signer, cosign, sign
from tests.conftest import Clock
from tests.integration.actions.visits import make_visit
from tests.logs import begin, make_key, say, seal_all
from tests.rows import execute, rows

CONVERSATIONS = [UUID(int=number + 1) for number in range(5)]
WITNESS = Signer("witness.example", KeyKind.COSIGNATURE, bytes([7]) * 32)


def behind(dsn: str, command: str, *params: object) -> None:
    """Run a command as only a superuser can: past the triggers that guard the log."""
    execute(dsn, "set session_replication_role = replica; " + command, *params)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pages of everything, with few entries."""
    monkeypatch.setattr(tree_walk, "LEAVES_AT_ONCE", 256)
    monkeypatch.setattr(log_verification, "ENTRIES_AT_ONCE", 97)
    monkeypatch.setattr(log_signatures, "CHECKPOINTS_AT_ONCE", 3)


@pytest.fixture
async def key(work: UnitOfWork) -> AsyncIterator[LogKey]:
    """A log of 600 entries in 5 conversations, signed at many sizes."""
    key, looked = await begin(work), Looked()
    for _ in range(4):
        await say(work, CONVERSATIONS, 30)
        await seal_all(work, key, looked, limit=70)
    yield key


async def found(work: UnitOfWork, **more: object) -> list[LogFinding]:
    return [one async for one in verify_log(work, patience_s=0, **more)]  # type: ignore[arg-type]


def kinds(findings: list[LogFinding]) -> set[str]:
    return {one.kind.value for one in findings}


async def test_a_sound_log_has_no_findings(work: UnitOfWork, key: LogKey, dsn: str) -> None:
    told: list[LogProgress] = []
    assert [one async for one in verify_log(work, told.append, patience_s=0)] == []
    assert [one.done for one in told if one.stage == "leaves"] == [256, 512, 600]
    assert [one.done for one in told if one.stage == "conversations"][-1] == 600
    assert told[-1].checkpoints == rows(dsn, "select count(*) from archive_checkpoint")[0][0]
    assert rows(dsn, "select count(*) from audit_event where action = 'archive.verify'") == [(1,)]


async def test_an_empty_log_is_sound(work: UnitOfWork) -> None:
    await begin(work)
    assert await found(work) == []


async def test_a_database_without_a_log_says_so(work: UnitOfWork) -> None:
    assert kinds(await found(work)) == {"log-missing"}


async def test_visits_and_addenda_are_sound(work: UnitOfWork, key: LogKey) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    await visit.admit()
    await visit.talk("发烧", "多少度？")
    await visit.finish()
    await say(work, [addendum_of(visit.id)])
    await seal_all(work, key)
    assert await found(work, closings=True) == []


async def test_a_closing_entry_has_to_name_what_it_closes(work: UnitOfWork, key: LogKey) -> None:
    """Its chain is sound, and it says something else: only its text tells."""
    conversation = uuid4()
    await say(work, [conversation], 2)
    await say(work, [conversation], kind="finished")
    await seal_all(work, key)
    assert await found(work) == []
    (finding,) = await found(work, closings=True)
    assert (finding.kind, finding.conversation_id, finding.seq) == (
        LogFindingKind.CLOSING_DIFFERS,
        conversation,
        3,
    )


async def test_what_comes_while_it_runs_is_left_out(work: UnitOfWork, key: LogKey) -> None:
    """Entries and leaves that come between its pages are no findings."""
    looked = Looked()
    findings = []
    running = verify_log(work, patience_s=0)
    await say(work, CONVERSATIONS, 2)
    async for one in running:
        findings.append(one)
    await seal_all(work, key, looked)
    assert all(one.kind is LogFindingKind.UNSEALED and not one.broken for one in findings)
    assert await found(work) == []


@pytest.mark.parametrize(
    ("damage", "kind", "said"),
    [
        (
            "update archive_entry set commitment = sha256('x') where seq = 7 and conversation_id = {second}",
            "conversation-broken",
            "entry 7 of conversation {second}",
        ),
        (
            "update archive_entry set author = 'another' where seq = 7 and conversation_id = {second}",
            "conversation-broken",
            "entry 7 of conversation {second}",
        ),
        (
            "update archive_entry set recorded_at = recorded_at - interval '1 day' "
            "where seq = 120 and conversation_id = {last}",
            "conversation-broken",
            "entry 120 of conversation {last}",
        ),
        (
            "update archive_entry set recorded_at = 'infinity' where seq = 7 and conversation_id = {second}",
            "conversation-broken",
            "entry 7 of conversation {second}",
        ),
        (
            "update archive_entry set entry_hash = sha256('x') where seq = 7 and conversation_id = {second}",
            "entry-differs",
            "entry 7 of conversation {second}",
        ),
        (
            "delete from archive_entry where seq = 9 and conversation_id = {second}",
            "entry-missing",
            "entry 9 of conversation {second}",
        ),
        ("delete from archive_entry where conversation_id = {second}", "conversation-broken", "{second}"),
        (
            "delete from archive_leaf l using archive_entry e where e.seq = l.seq and l.index = 300 "
            "and e.conversation_id = l.conversation_id",
            "leaf-missing",
            "no leaf at index 300",
        ),
        (
            "update archive_leaf set index = 1000 where index = 300; "
            "update archive_leaf set index = 300 where index = 301; "
            "update archive_leaf set index = 301 where index = 1000",
            "tree-differs",
            "what was changed lies in entries",
        ),
        (
            "update archive_leaf set index = 1000 where index = 30; "
            "update archive_leaf set index = 30 where index = 31; "
            "update archive_leaf set index = 31 where index = 1000",
            "entry-differs",
            "leaf 30",
        ),
        ("delete from archive_tile where level = 0 and n = 1", "tile-missing", "entries 256 to 511"),
        (
            "update archive_tile t set hashes = o.hashes from archive_tile o "
            "where t.level = 0 and o.level = 0 and t.n + o.n = 1",
            "tile-differs",
            "tiles 0 to 0 of level 0",
        ),
        (
            "insert into archive_tile select 0, 2, hashes from archive_tile where n = 0",
            "tile-beyond",
            "tile 2 of level 0",
        ),
        ("update archive_tree set root = sha256('x')", "edge-differs", "stored root"),
        (
            "update archive_tree set edge[2] = sha256('x') || sha256('y')",
            "edge-differs",
            "edge's level 1",
        ),
        (
            "update archive_checkpoint set root = sha256('x') where size = 440",
            "checkpoint-invalid",
            "checkpoint of 440 entries is not what its note says",
        ),
        (
            "update archive_checkpoint set note = replace(note, chr(10) || '440' || chr(10), "
            "chr(10) || '441' || chr(10)) where size = 440",
            "checkpoint-invalid",
            "440 entries is not signed by the log",
        ),
        ("update archive_epoch set log_key = 'none'", "checkpoint-invalid", "checkpoint of 440 entries"),
        ("delete from archive_checkpoint where size = 600", "checkpoint-missing", "the last is of 590"),
        (
            "insert into archive_leaf values (600, {second}, 1000)",
            "leaf-beyond",
            "index 600",
        ),
        (
            "update archive_head set size = 119 where conversation_id = {second}",
            "conversation-broken",
            "entry 120 of conversation {second} is beyond the head",
        ),
        (
            "update archive_head set last_hash = sha256('x') where conversation_id = {second}",
            "conversation-broken",
            "head has another hash",
        ),
        ("delete from archive_head where conversation_id = {second}", "conversation-broken", "is missing"),
    ],
)
async def test_what_was_done_is_named(
    work: UnitOfWork, key: LogKey, dsn: str, damage: str, kind: str, said: str
) -> None:
    names = {"second": f"'{CONVERSATIONS[1]}'", "last": f"'{CONVERSATIONS[4]}'"}
    behind(dsn, damage.format(**names))
    findings = await found(work)
    wanted = said.format(second=CONVERSATIONS[1], last=CONVERSATIONS[4])
    assert [one for one in findings if one.kind == kind and wanted in one.message and one.broken], findings


async def test_a_cut_off_tail_is_found_by_a_checkpoint_from_outside(
    work: UnitOfWork, key: LogKey, dsn: str
) -> None:
    """Everything of the last 10 entries is taken away, consistently: inside nothing is left to find it by."""
    ((note,),) = rows(dsn, "select note from archive_checkpoint where size = 600")
    cut = 590
    ((root,),) = rows(dsn, "select root from archive_checkpoint where size = %s", cut)
    lost = rows(dsn, "select conversation_id, seq from archive_leaf where index >= %s", cut)
    ((edge,),) = rows(dsn, "select edge from archive_tree")
    short = [bytes(edge[0])[: (cut % 256) * 32], bytes(edge[1])]
    behind(dsn, "delete from archive_leaf where index >= %s", cut)
    behind(dsn, "delete from archive_checkpoint where size > %s", cut)
    execute(dsn, "update archive_tree set size = %s, root = %s, edge = %s::bytea[]", cut, bytes(root), short)
    for conversation, seq in lost:
        behind(
            dsn,
            "delete from archive_entry where conversation_id = %s and seq = %s",
            conversation,
            seq,
        )
    for conversation in CONVERSATIONS:
        execute(
            dsn,
            "update archive_head h set size = e.seq, last_hash = e.entry_hash from archive_entry e "
            "where h.conversation_id = %s and e.conversation_id = h.conversation_id and e.seq = "
            "(select max(seq) from archive_entry where conversation_id = h.conversation_id)",
            str(conversation),
        )
    assert await found(work) == []
    findings = await found(work, outside=[Outside(note)])
    assert kinds(findings) == {"log-behind"}
    assert findings[0].leaves == (590, 600)
    assert "entries 590 to 599 are missing" in findings[0].message


async def test_a_log_rewritten_and_signed_with_the_true_key_is_found_from_outside(
    work: UnitOfWork, key: LogKey, dsn: str
) -> None:
    ((note,),) = rows(dsn, "select note from archive_checkpoint where size = 440")
    behind(
        dsn,
        "truncate archive_leaf, archive_tile, archive_cosignature, archive_checkpoint, archive_tree, "
        "archive_epoch, archive_entry, archive_head, archive_key cascade",
    )
    await begin(work)
    for _ in range(4):
        await say(work, CONVERSATIONS, 30)
        await seal_all(work, key)
    assert await found(work) == []
    findings = await found(work, outside=[Outside(note)])
    assert kinds(findings) == {"tree-differs"}
    assert "a checkpoint from outside" in findings[0].message


async def test_a_checkpoint_of_another_log_is_told(work: UnitOfWork, key: LogKey) -> None:
    stranger = make_key(9).signer
    note = sign(Checkpoint(stranger.name, 5, bytes(32)).text(), [stranger])
    assert kinds(await found(work, outside=[Outside(note)])) == {"outside-differs"}


async def test_an_entry_put_in_with_an_old_date_is_named(
    work: UnitOfWork, key: LogKey, dsn: str, clock: Clock
) -> None:
    """The owner appends it properly, only with another time: what was signed since gives it away."""
    clock.forward(timedelta(days=3))
    now = clock.at
    clock.at = now - timedelta(days=2)
    await say(work, [CONVERSATIONS[2]])
    clock.at = now
    await seal_all(work, key)
    (finding,) = await found(work)
    assert finding.kind is LogFindingKind.BACKDATED
    assert (finding.conversation_id, finding.seq) == (CONVERSATIONS[2], 121)
    assert not finding.broken


async def test_an_entry_from_the_future_is_named(work: UnitOfWork, key: LogKey, clock: Clock) -> None:
    clock.forward(timedelta(days=1))
    await say(work, [CONVERSATIONS[2]])
    clock.forward(timedelta(days=-1))
    await seal_all(work, key)
    (finding,) = await found(work)
    assert (finding.kind, finding.seq, finding.broken) == (LogFindingKind.POSTDATED, 121, False)


async def test_what_is_not_sealed_is_named(work: UnitOfWork, key: LogKey) -> None:
    conversation = uuid4()
    await say(work, [conversation], 2)
    findings = await found(work)
    assert [(one.kind.value, one.conversation_id, one.seq) for one in findings] == [
        ("unsealed", conversation, 1),
        ("unsealed", conversation, 2),
    ]


async def test_an_entry_after_the_closing_one_is_named(work: UnitOfWork, key: LogKey) -> None:
    conversation = uuid4()
    await say(work, [conversation], 2)
    await say(work, [conversation], kind="finished")
    await say(work, [conversation])
    await seal_all(work, key)
    (finding,) = await found(work)
    assert (finding.kind, finding.conversation_id, finding.seq) == (
        LogFindingKind.AFTER_CLOSING,
        conversation,
        4,
    )


async def test_cosignatures_are_verified_of_witnesses_that_are_known(
    work: UnitOfWork, key: LogKey, dsn: str
) -> None:
    ((text,),) = rows(
        dsn,
        "select split_part(note, chr(10) || chr(10), 1) || chr(10) from archive_checkpoint where size = 440",
    )
    line = cosign(text, WITNESS, 1_795_000_000).line()
    insert = "insert into archive_cosignature values (1, %s, %s, %s, '2026-11-23 09:00+00')"
    execute(dsn, insert, 440, WITNESS.name, line)
    told: list[LogProgress] = []
    known = [WITNESS.verifier]
    assert [one async for one in verify_log(work, told.append, witness_keys=known, patience_s=0)] == []
    assert told[-1].cosignatures == 1
    execute(dsn, insert, 600, WITNESS.name, line)
    findings = await found(work, witness_keys=known)
    assert kinds(findings) == {"cosignature-invalid"}
    assert "600 entries" in findings[0].message
    assert await found(work) == []
