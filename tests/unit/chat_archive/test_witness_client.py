"""Asking a witness: its cosignature is believed when its key made it, and nothing else is."""

import pytest

from chat_archive.invalid import Malformed
from chat_archive.note import NoteSignature, cosign
from chat_archive.witness import SIZE, TEXT, Record, Submission, Trust, add_checkpoint
from chat_archive.witness_client import Stale, WitnessClient, WitnessRefused, WitnessUnbelievable
from domain.errors import PartnerDown
from tests.unit.chat_archive import trees
from tests.unit.chat_archive.keys import LOG, ORIGIN, OTHER_WITNESS, WITNESS, checkpoint, signed

NOW_S = 1_795_420_800


class Witness:
    """A witness without a wire."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    async def __call__(self, body: bytes) -> tuple[int, str, bytes]:
        answer = add_checkpoint(Trust(WITNESS, {ORIGIN: [LOG.verifier]}), self.records, body, NOW_S)
        if answer.record is not None:
            self.records[ORIGIN] = answer.record
        return answer.status, answer.content_type, answer.body.encode()


class Says:
    """A witness that always gives this answer."""

    def __init__(self, status: int, body: bytes, content_type: str = TEXT) -> None:
        self.answer = (status, content_type, body)
        self.asked: list[bytes] = []

    async def __call__(self, body: bytes) -> tuple[int, str, bytes]:
        self.asked.append(body)
        return self.answer


async def test_a_log_that_grows_is_cosigned() -> None:
    client = WitnessClient(WITNESS.verifier, Witness())
    first = await client.submit(0, [], signed(10))
    second = await client.submit(10, trees.proof(10, 0, 21), signed(21))
    assert not isinstance(first, Stale)
    assert not isinstance(second, Stale)
    assert first.time_s == second.time_s == NOW_S
    assert WITNESS.verifier.verify(checkpoint(21).text(), second.signature.signature) == NOW_S


async def test_a_log_learns_where_the_witness_stands() -> None:
    client = WitnessClient(WITNESS.verifier, Witness())
    await client.submit(0, [], signed(10))
    assert await client.submit(0, [], signed(21)) == Stale(10)


async def test_a_witness_that_has_seen_more_says_so() -> None:
    client = WitnessClient(WITNESS.verifier, Witness())
    await client.submit(0, [], signed(21))
    assert await client.submit(10, [], signed(10)) == Stale(21)


async def test_a_fork_is_refused() -> None:
    client = WitnessClient(WITNESS.verifier, Witness())
    await client.submit(0, [], signed(10))
    with pytest.raises(WitnessRefused) as same_size:
        await client.submit(10, [], signed(10, trees.LEAVES[900]))
    with pytest.raises(WitnessRefused) as grown:
        await client.submit(10, trees.proof(10, 0, 21), signed(21, trees.LEAVES[900]))
    assert (same_size.value.status, grown.value.status) == (409, 422)


async def test_a_size_that_it_was_told_already_is_a_refusal() -> None:
    with pytest.raises(WitnessRefused):
        await WitnessClient(WITNESS.verifier, Says(409, b"10\n", SIZE)).submit(10, [], signed(10))


@pytest.mark.parametrize("status", [201, 204, 302, 400, 403, 404, 409, 422, 429, 500, 503])
async def test_every_other_status_is_a_refusal(status: int) -> None:
    with pytest.raises(WitnessRefused) as refused:
        await WitnessClient(WITNESS.verifier, Says(status, b"10\n")).submit(0, [], signed(10))
    assert refused.value.status == status
    assert refused.value.partner == WITNESS.name
    assert isinstance(refused.value, PartnerDown)


GOOD = cosign(checkpoint(10).text(), WITNESS, 5)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"\xff\xff\n",
        b"<html></html>\n",
        GOOD.line().encode()[:-1],
        GOOD.line().encode() + b"\n",
        cosign(checkpoint(10).text(), OTHER_WITNESS, 5).line().encode(),
        cosign(checkpoint(11).text(), WITNESS, 5).line().encode(),
        NoteSignature(GOOD.name, GOOD.key_id, GOOD.signature[:-1]).line().encode(),
        (GOOD.line() + cosign(checkpoint(11).text(), WITNESS, 5).line()).encode(),
    ],
)
async def test_an_answer_that_its_key_did_not_sign_is_not_believed(body: bytes) -> None:
    with pytest.raises(WitnessUnbelievable):
        await WitnessClient(WITNESS.verifier, Says(200, body)).submit(0, [], signed(10))


@pytest.mark.parametrize(
    "body", [b"", b"10", b"010\n", b"-1\n", b"ten\n", b"\xff\n", b"1\n1\n", b"9" * 30 + b"\n"]
)
async def test_a_size_that_is_none_is_not_believed(body: bytes) -> None:
    with pytest.raises(WitnessUnbelievable):
        await WitnessClient(WITNESS.verifier, Says(409, body, SIZE)).submit(0, [], signed(10))


async def test_other_keys_of_the_witness_are_ignored() -> None:
    body = (cosign(checkpoint(10).text(), OTHER_WITNESS, 9).line() + GOOD.line()).encode()
    found = await WitnessClient(WITNESS.verifier, Says(200, body)).submit(0, [], signed(10))
    assert not isinstance(found, Stale)
    assert (found.key, found.time_s) == (WITNESS.verifier, 5)


async def test_the_request_is_the_one_of_the_specification() -> None:
    says = Says(200, GOOD.line().encode())
    await WitnessClient(WITNESS.verifier, says).submit(3, trees.proof(3, 0, 10), signed(10))
    assert Submission.parse(says.asked[0]) == Submission(3, tuple(trees.proof(3, 0, 10)), signed(10))


async def test_what_is_no_checkpoint_is_not_sent() -> None:
    says = Says(200, b"")
    with pytest.raises(Malformed):
        await WitnessClient(WITNESS.verifier, says).submit(0, [], "no note")
    assert says.asked == []


def test_a_logs_key_is_no_witness() -> None:
    with pytest.raises(Malformed):
        WitnessClient(LOG.verifier, Says(200, b""))
