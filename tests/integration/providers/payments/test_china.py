"""What is WeChat Pay's and Alipay's alone: foreign notices, refunds in notices, unsigned answers."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.errors import PartnerDown
from domain.payment import SaidKind
from providers.payments import BadSignature, PaymentRefused
from tests.integration.providers.payments.china import AlipayTill, Trade, WeChatTill
from tests.integration.providers.payments.tills import order


async def test_a_refund_is_told_by_wechat(wechat_till: WeChatTill) -> None:
    refund, payment = uuid4(), uuid4()
    thing = {
        "mchid": "1900000001",
        "out_trade_no": payment.hex,
        "out_refund_no": refund.hex,
        "refund_id": "50001",
        "refund_status": "SUCCESS",
        "amount": {"refund": 300, "total": 5000},
    }
    said = await wechat_till.provider.verify(*wechat_till.notice("REFUND.SUCCESS", thing))
    assert (said.kind, said.refund_id, said.refund_reference) == (SaidKind.REFUND_DONE, refund, "50001")
    failed = {**thing, "refund_status": "ABNORMAL"}
    said = await wechat_till.provider.verify(*wechat_till.notice("REFUND.ABNORMAL", failed))
    assert said.kind is SaidKind.REFUND_FAILED


async def test_a_notice_for_another_merchant_means_nothing(wechat_till: WeChatTill) -> None:
    thing = {"mchid": "1999999999", "out_trade_no": uuid4().hex, "trade_state": "SUCCESS"}
    said = await wechat_till.provider.verify(*wechat_till.notice("TRANSACTION.SUCCESS", thing))
    assert (said.kind, said.payment_id) == (SaidKind.OTHER, None)


async def test_old_notices_and_other_keys_are_not_believed_by_wechat(wechat_till: WeChatTill) -> None:
    for notice in (
        wechat_till.notice("TRANSACTION.SUCCESS", {}, age_s=400),
        wechat_till.notice("TRANSACTION.SUCCESS", {}, signer="somebody"),
    ):
        with pytest.raises(BadSignature):
            await wechat_till.provider.verify(*notice)
    headers, body = wechat_till.notice("TRANSACTION.SUCCESS", {})
    with pytest.raises(BadSignature):
        await wechat_till.provider.verify({**headers, "wechatpay-serial": "PUB_KEY_ID_0002"}, body)
    assert wechat_till.certificates_asked == 0, "a stranger's notice has the provider asked for nothing"


async def test_an_answer_that_is_not_signed_is_not_believed(
    wechat_till: WeChatTill, alipay_till: AlipayTill
) -> None:
    wechat_till.answers_signed_by = alipay_till.answers_signed_by = "somebody"
    wanted = order()
    alipay_till.trades[wanted.payment_id.hex] = Trade(5000, "TRADE_SUCCESS")
    with pytest.raises(PartnerDown):
        await wechat_till.provider.begin(wanted)
    with pytest.raises(PartnerDown):
        await alipay_till.provider.read(wanted.payment_id, wanted.payment_id.hex)


async def test_they_take_yuan_alone(wechat_till: WeChatTill, alipay_till: AlipayTill) -> None:
    for till in (wechat_till, alipay_till):
        with pytest.raises(PaymentRefused):
            await till.provider.begin(replace(order(), currency="USD"))


async def test_a_day_without_trades_is_an_empty_list(wechat_till: WeChatTill) -> None:
    assert await wechat_till.provider.movements(wechat_till.now(), wechat_till.now()) == []


async def test_a_refund_is_told_by_alipay(alipay_till: AlipayTill) -> None:
    refund, payment = uuid4(), uuid4()
    form = {
        "out_trade_no": payment.hex,
        "trade_no": "2026",
        "trade_status": "TRADE_SUCCESS",
        "refund_fee": "3.00",
        "out_biz_no": refund.hex,
        "total_amount": "50.00",
    }
    said = await alipay_till.provider.verify(*alipay_till.notice(form))
    assert (said.kind, said.refund_id, said.amount_minor) == (SaidKind.REFUND_DONE, refund, 300)


async def test_a_notice_for_another_app_means_nothing(alipay_till: AlipayTill) -> None:
    form = {"app_id": "another", "out_trade_no": uuid4().hex, "trade_status": "TRADE_SUCCESS"}
    said = await alipay_till.provider.verify(*alipay_till.notice(form))
    assert (said.kind, said.payment_id) == (SaidKind.OTHER, None)


async def test_a_name_that_comes_twice_is_not_believed(alipay_till: AlipayTill) -> None:
    headers, body = alipay_till.notice({"out_trade_no": uuid4().hex, "trade_status": "TRADE_SUCCESS"})
    for more in (b"&out_trade_no=1", b"&sign=x", b"&sign_type=RSA"):
        with pytest.raises(BadSignature):
            await alipay_till.provider.verify(headers, body + more)


async def test_providers_that_are_not_there_are_down(
    wechat_till: WeChatTill, alipay_till: AlipayTill
) -> None:
    wechat_till.endpoint = alipay_till.endpoint = "http://127.0.0.1:9"
    wanted = order()
    with pytest.raises(PartnerDown):
        await wechat_till.provider.begin(wanted)
    with pytest.raises(PartnerDown):
        await alipay_till.provider.read(wanted.payment_id, wanted.payment_id.hex)
