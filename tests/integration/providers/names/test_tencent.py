"""Tencent Cloud's identity check: its signature as published, its words, its silences."""

import aiohttp
import pytest

from domain.errors import PartnerDown
from domain.identity import DocumentKind
from domain.name_opinion import NameClaim, Opinion
from providers.names import QuestionsSpent, RegisterRefused, TencentRegister
from providers.names.tencent import ANSWER_MAX, tc3_authorization
from tests.conftest import Clock
from tests.integration.providers.names.face_id import REQUEST_ID, FaceId

CLAIM = NameClaim(DocumentKind.RESIDENT_ID, "李晓兰", "110101195603120029")
PUBLISHED_BODY = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
PUBLISHED_HEADERS = {"content-type": "application/json; charset=utf-8", "host": "cvm.tencentcloudapi.com"}


@pytest.mark.parametrize(
    ("key", "headers", "signature"),
    [
        (
            "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            PUBLISHED_HEADERS,
            "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        ),
        (
            "*" * 32,
            PUBLISHED_HEADERS | {"x-tc-action": "describeinstances"},
            "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
        ),
    ],
    ids=["two headers", "three headers"],
)
def test_the_signature_is_that_of_the_manuals_examples(
    key: str, headers: dict[str, str], signature: str
) -> None:
    found = tc3_authorization("AKIDEXAMPLE", key, "cvm", 1551113065, headers, PUBLISHED_BODY)
    names = ";".join(headers)
    assert found == (
        "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, "
        f"SignedHeaders={names}, Signature={signature}"
    )


async def test_name_and_number_are_all_that_is_sent(tencent: TencentRegister, face_id: FaceId) -> None:
    assert (await tencent.compare(CLAIM)).reference == REQUEST_ID
    assert face_id.asked == [{"IdCard": "110101195603120029", "Name": "李晓兰"}]


async def test_an_answer_that_comes_in_pieces_is_read_whole(
    tencent: TencentRegister, face_id: FaceId
) -> None:
    face_id.in_pieces = True
    assert (await tencent.compare(CLAIM)).opinion is Opinion.AGREES


async def test_an_answer_without_end_is_none(tencent: TencentRegister, face_id: FaceId) -> None:
    face_id.says = '{"Response": {"Result": "0", "Description": "' + "x" * ANSWER_MAX + '"}}'
    with pytest.raises(PartnerDown):
        await tencent.compare(CLAIM)


async def test_the_days_last_question_is_said_as_such(tencent: TencentRegister, face_id: FaceId) -> None:
    face_id.says = {"Result": "-7", "Description": "for tests"}
    with pytest.raises(QuestionsSpent):
        await tencent.compare(CLAIM)


@pytest.mark.parametrize("code", ["InvalidParameter", "InvalidParameterValue.NameFormatError"])
async def test_a_name_that_it_takes_for_none_is_unknown(
    tencent: TencentRegister, face_id: FaceId, code: str
) -> None:
    face_id.says = {"Error": {"Code": code, "Message": "李晓兰"}}
    assert (await tencent.compare(CLAIM)).opinion is Opinion.UNKNOWN


async def test_a_document_that_it_does_not_hold_never_leaves(
    tencent: TencentRegister, face_id: FaceId
) -> None:
    answer = await tencent.compare(NameClaim(DocumentKind.PASSPORT, "Emily Smith", "GB1234567"))
    assert answer.opinion is Opinion.UNKNOWN and face_id.asked == []


@pytest.mark.parametrize("result", ["-2", "-3", "-5"])
async def test_what_it_cannot_compare_is_no_word_against_the_person(
    tencent: TencentRegister, face_id: FaceId, result: str
) -> None:
    face_id.says = {"Result": result, "Description": "for tests"}
    assert (await tencent.compare(CLAIM)).opinion is Opinion.UNKNOWN


@pytest.mark.parametrize(
    "says",
    [
        {"Result": "-4"},
        {"Result": "-6"},
        {"Result": "8"},
        {},
        {"Error": {"Code": "InternalError", "Message": "for tests"}},
        {"Error": {"Code": "RequestLimitExceeded", "Message": "for tests"}},
        {"Error": {"Message": "no code"}},
        "[]",
        "null",
        '{"Response": 7}',
    ],
    ids=str,
)
async def test_what_passes_is_asked_again(
    tencent: TencentRegister, face_id: FaceId, says: dict[str, object] | str
) -> None:
    face_id.says = says or {"Description": "no result"}
    with pytest.raises(PartnerDown):
        await tencent.compare(CLAIM)


@pytest.mark.parametrize("code", ["AuthFailure.SecretIdNotFound", "UnauthorizedOperation.Arrears"])
async def test_what_is_wrong_with_our_account_is_said_by_its_code_alone(
    tencent: TencentRegister, face_id: FaceId, code: str
) -> None:
    face_id.says = {"Error": {"Code": code, "Message": "李晓兰"}}
    with pytest.raises(RegisterRefused) as refused:
        await tencent.compare(CLAIM)
    assert str(refused.value) == code


async def test_a_wrong_secret_is_refused(tencent: TencentRegister, clock: Clock) -> None:
    async with aiohttp.ClientSession() as session:
        other = TencentRegister(
            session, clock=clock, secret_id="id-of-tests", secret_key="another", endpoint=tencent.endpoint
        )
        with pytest.raises(RegisterRefused, match=r"AuthFailure\.SignatureFailure"):
            await other.compare(CLAIM)


async def test_one_that_stays_silent_is_not_waited_for(
    face_id: FaceId, tencent: TencentRegister, clock: Clock
) -> None:
    face_id.silent = True
    async with aiohttp.ClientSession() as session:
        hasty = TencentRegister(
            session, clock=clock, secret_id="i", secret_key="k", endpoint=tencent.endpoint, timeout_s=0.05
        )
        with pytest.raises(PartnerDown):
            await hasty.compare(CLAIM)
