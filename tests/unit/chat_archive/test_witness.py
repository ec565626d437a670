"""What a witness decides: every status of the specification, and never a signature under two trees."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from chat_archive.checkpoint import Checkpoint, open_checkpoint
from chat_archive.invalid import EvidenceInvalid, Malformed
from chat_archive.merkle import EMPTY_ROOT, root_of
from chat_archive.note import NoteSignature, VerifierKey, cosign, parse_note, parse_signature_lines, sign
from chat_archive.witness import SIZE, TEXT, Answer, Record, Submission, Trust, add_checkpoint
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.keys import (
    LOG,
    ORIGIN,
    OTHER_LOG,
    OTHER_WITNESS,
    STRANGER,
    WITNESS,
    checkpoint,
    signed,
)

NOW_S = 1_795_420_800
TRUST = Trust(WITNESS, {ORIGIN: [LOG.verifier], OTHER_LOG.name: [OTHER_LOG.verifier]})
FORK = trees.LEAVES[900]


def ask(
    records: dict[str, Record], old: int, size: int, now_s: int = NOW_S, note: str | None = None
) -> Answer:
    """Submit as an honest log does, and keep what the witness keeps."""
    proof = trees.proof(old, 0, size) if 0 < old < size else []
    request = Submission(old, tuple(proof), note or signed(size)).format()
    answer = add_checkpoint(TRUST, records, request, now_s)
    if answer.record is not None:
        records[answer.record.checkpoint.origin] = answer.record
    return answer


@pytest.fixture
def records() -> dict[str, Record]:
    """A witness that has cosigned 10 leaves."""
    kept: dict[str, Record] = {}
    assert ask(kept, 0, 10).status == 200
    return kept


def test_the_first_checkpoint_is_cosigned_and_kept() -> None:
    kept: dict[str, Record] = {}
    answer = ask(kept, 0, 10)
    assert (answer.status, answer.content_type, answer.evidence) == (200, TEXT, None)
    (line,) = parse_signature_lines(answer.body)
    assert WITNESS.verifier.verify(checkpoint(10).text(), line.signature) == NOW_S
    opened = open_checkpoint(kept[ORIGIN].note, [LOG.verifier], [WITNESS.verifier])
    assert opened.checkpoint == checkpoint(10)
    assert len(opened.cosignatures) == 1


def test_a_grown_tree_is_cosigned(records: dict[str, Record]) -> None:
    assert ask(records, 10, 21).status == 200
    assert records[ORIGIN].checkpoint.size == 21


def test_the_same_tree_is_cosigned_again_with_a_new_time(records: dict[str, Record]) -> None:
    assert ask(records, 10, 10, NOW_S + 60).status == 200
    assert records[ORIGIN].time_s == NOW_S + 60


def test_a_clock_set_back_does_not_date_a_cosignature_back(records: dict[str, Record]) -> None:
    answer = ask(records, 10, 11, NOW_S - 3600)
    (line,) = parse_signature_lines(answer.body)
    assert WITNESS.verifier.verify(checkpoint(11).text(), line.signature) == NOW_S


def test_the_empty_tree_is_cosigned() -> None:
    kept: dict[str, Record] = {}
    assert ask(kept, 0, 0).status == 200
    assert ask(kept, 0, 5).status == 200


def test_logs_are_remembered_apart(records: dict[str, Record]) -> None:
    assert ask(records, 0, 4, note=signed(4, signer=OTHER_LOG)).status == 200
    assert [records[origin].checkpoint.size for origin in (ORIGIN, OTHER_LOG.name)] == [10, 4]


def test_signatures_of_others_do_not_matter_and_are_not_kept(records: dict[str, Record]) -> None:
    others = cosign(checkpoint(12).text(), OTHER_WITNESS, 1).line() + NoteSignature("x", b"abcd", b"y").line()
    assert ask(records, 10, 12, note=signed(12) + others).status == 200
    assert [line.name for line in parse_note(records[ORIGIN].note).signatures] == [LOG.name, WITNESS.name]


@pytest.mark.parametrize(
    "request_",
    [
        b"",
        b"\xff",
        b"old 10\n",
        f"old 10\n{signed(10)}".encode(),
        f"10\n\n{signed(10)}".encode(),
        f"old  10\n\n{signed(10)}".encode(),
        f"old 010\n\n{signed(10)}".encode(),
        f"old -1\n\n{signed(10)}".encode(),
        f"old ten\n\n{signed(10)}".encode(),
        f"old 10\r\n\n{signed(10)}".encode(),
        f"old 10\nAAAA\n\n{signed(10)}".encode(),
        f"old 10\n{'A' * 43}=\n \n\n{signed(10)}".encode(),
        f"old 10\n{('A' * 43 + '=' + chr(10)) * 64}\n{signed(10)}".encode(),
        f"old 10\n\n{signed(10)}\n".encode(),
        f"old 10\n\n{checkpoint(10).text()}".encode(),
        f"old 10\n\n{sign('no checkpoint' + chr(10), [LOG])}".encode(),
        f"old 10\n\n{signed(10)}{'x' * 131_072}".encode(),
    ],
)
def test_400_for_what_is_no_request(records: dict[str, Record], request_: bytes) -> None:
    answer = add_checkpoint(TRUST, records, request_, NOW_S)
    assert (answer.status, answer.record, answer.evidence) == (400, None, None)


def test_400_for_an_old_size_above_the_checkpoints(records: dict[str, Record]) -> None:
    assert ask(records, 11, 10).status == 400


def test_403_for_a_checkpoint_that_the_log_did_not_sign(records: dict[str, Record]) -> None:
    assert ask(records, 10, 12, note=signed(12, signer=STRANGER)).status == 403
    elsewhere = signed(13).rpartition("\n\n")[2]
    assert ask(records, 10, 12, note=f"{checkpoint(12).text()}\n{elsewhere}").status == 403
    under_another = sign(checkpoint(12).text(), [OTHER_LOG])
    assert ask(records, 10, 12, note=under_another).status == 403


def test_404_for_a_log_that_is_not_known(records: dict[str, Record]) -> None:
    text = checkpoint(12, origin="elsewhere.example/log").text()
    assert ask(records, 10, 12, note=sign(text, [LOG])).status == 404


@pytest.mark.parametrize(("old", "size"), [(0, 12), (9, 12), (11, 12), (5, 8), (0, 0)])
def test_409_with_the_size_for_another_old_size(records: dict[str, Record], old: int, size: int) -> None:
    answer = ask(records, old, size)
    assert (answer.status, answer.content_type, answer.body) == (409, SIZE, "10\n")
    assert (answer.record, answer.evidence) == (None, None)


def test_409_for_another_root_at_the_same_size_and_it_is_evidence(records: dict[str, Record]) -> None:
    answer = ask(records, 10, 10, note=signed(10, FORK))
    assert (answer.status, answer.content_type, answer.record) == (409, TEXT, None)
    assert answer.evidence is not None
    assert answer.evidence.proved
    assert answer.evidence.recorded == records[ORIGIN].note
    assert open_checkpoint(answer.evidence.submission.note, [LOG.verifier]).checkpoint.root == FORK


def test_a_fork_is_evidence_even_from_another_old_size(records: dict[str, Record]) -> None:
    answer = ask(records, 3, 10, note=signed(10, FORK))
    assert (answer.status, answer.content_type, answer.body) == (409, SIZE, "10\n")
    assert answer.evidence is not None
    assert answer.evidence.proved


def test_409_for_an_empty_tree_with_a_root_of_its_own() -> None:
    answer = ask({}, 0, 0, note=signed(0, FORK))
    assert (answer.status, answer.record) == (409, None)


def test_422_for_a_proof_that_does_not_hold_and_it_is_kept(records: dict[str, Record]) -> None:
    proofs = [
        trees.proof(10, 0, 12)[:-1],
        [*trees.proof(10, 0, 12), FORK],
        trees.proof(9, 0, 12),
        [],
    ]
    for proof in proofs:
        answer = add_checkpoint(TRUST, records, Submission(10, tuple(proof), signed(12)).format(), NOW_S)
        assert (answer.status, answer.record) == (422, None)
        assert answer.evidence is not None
        assert not answer.evidence.proved


def test_422_for_a_fork_that_has_grown(records: dict[str, Record]) -> None:
    assert ask(records, 10, 12, note=signed(12, FORK)).status == 422
    assert records[ORIGIN].checkpoint == checkpoint(10)


def test_422_for_a_proof_where_none_may_be(records: dict[str, Record]) -> None:
    for kept, old, size in (({}, 0, 12), (records, 10, 10)):
        request = Submission(old, (FORK,), signed(size)).format()
        assert add_checkpoint(TRUST, kept, request, NOW_S).status == 422


@given(st.binary() | st.text().map(lambda text: f"old 0\n{text}\n{signed(3)}".encode("utf-8", "replace")))
@example(f"old 0\n\n{signed(3)}".encode())
def test_whatever_is_sent_there_is_an_answer(data: bytes) -> None:
    answer = add_checkpoint(TRUST, {}, data, NOW_S)
    assert answer.status == (200 if data == f"old 0\n\n{signed(3)}".encode() else 400)


def test_a_request_is_read_as_it_was_written() -> None:
    made = Submission(10, tuple(trees.proof(10, 0, 21)), signed(21))
    assert Submission.parse(made.format()) == made


def test_what_a_witness_kept_is_read_back(records: dict[str, Record]) -> None:
    assert TRUST.read_record(records[ORIGIN].note) == records[ORIGIN]


@pytest.mark.parametrize(
    "note",
    [
        "",
        signed(10),
        signed(10) + cosign(checkpoint(10).text(), OTHER_WITNESS, 1).line(),
        signed(10) + cosign(checkpoint(11).text(), WITNESS, 1).line(),
        sign(checkpoint(10, origin="x").text(), [LOG]),
    ],
)
def test_what_this_witness_did_not_keep_is_not_believed(note: str) -> None:
    with pytest.raises(EvidenceInvalid):
        TRUST.read_record(note)


@pytest.mark.parametrize(
    ("signer", "origin", "key"),
    [
        (LOG, ORIGIN, LOG.verifier),
        (WITNESS, ORIGIN, WITNESS.verifier),
        (WITNESS, "other", LOG.verifier),
        (WITNESS, ORIGIN, VerifierKey(ORIGIN, LOG.kind, WITNESS.verifier.public)),
    ],
)
def test_a_witness_is_not_set_up_with_keys_in_wrong_places(
    signer: object, origin: str, key: VerifierKey
) -> None:
    with pytest.raises(Malformed):
        Trust(signer, {origin: [key]})  # type: ignore[arg-type]  # Parametrised with a Signer.


class AnyLog(RuleBasedStateMachine):
    """A log with the true key that tries two histories in any order: only one is ever cosigned."""

    HISTORIES = (trees.LEAVES[:40], trees.LEAVES[:5] + trees.LEAVES[500:535])

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, Record] = {}
        self.cosigned: list[Checkpoint] = []

    @rule(
        history=st.integers(0, 1),
        size=st.integers(0, 40),
        old=st.integers(0, 40) | st.none(),
        honest=st.booleans(),
    )
    def submit(self, history: int, size: int, old: int | None, honest: bool) -> None:
        leaves = self.HISTORIES[history]
        seen = self.records[ORIGIN].checkpoint.size if ORIGIN in self.records else 0
        old = seen if old is None else old
        proof = _proof(leaves[:size], old) if honest and 0 < old < size else []
        note = sign(Checkpoint(ORIGIN, size, root_of(leaves[:size])).text(), [LOG])
        answer = add_checkpoint(TRUST, self.records, Submission(old, tuple(proof), note).format(), NOW_S)
        assert answer.status in (200, 400, 409, 422)
        if answer.record is not None:
            self.records[ORIGIN] = answer.record
            self.cosigned.append(answer.record.checkpoint)
            assert any(
                all(made.root == root_of(one[: made.size]) for made in self.cosigned)
                for one in self.HISTORIES
            )
            sizes = [made.size for made in self.cosigned]
            assert sizes == sorted(sizes)


def _proof(leaves: list[bytes], old: int, whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= half:
        return [*_proof(leaves[:half], old, whole), root_of(leaves[half:])]
    return [*_proof(leaves[half:], old - half, False), root_of(leaves[:half])]


TestAnyLog = AnyLog.TestCase
TestAnyLog.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_the_empty_root_is_what_a_witness_begins_with() -> None:
    assert root_of([]) == EMPTY_ROOT == trees.root(0, 0)
