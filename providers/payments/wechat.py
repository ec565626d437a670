"""WeChat Pay, API v3, by wechatpayv3: orders with a code to scan, refunds, signed notices, the day's bill."""

import csv
import gzip
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha1
from typing import Any
from uuid import UUID

from domain.payment import ProviderName, Said, SaidKind
from domain.reconciliation import Movement, MovementKind
from providers.payments.port import (
    CLOCKS_APART_S,
    TIMEOUT_S,
    BadSignature,
    Order,
    PaymentRefused,
    RefundOrder,
    Way,
    WayKind,
    down,
    in_thread,
    key_refused,
    refund_of,
    stable,
    uuid_of,
)
from providers.payments.yuan import CURRENCY, answered, bill_day, demand_yuan, fen_of

API = "https://api.mch.weixin.qq.com"
_STATES = {
    "SUCCESS": SaidKind.CAPTURED,
    # Given back is what was taken first; the refunds have notices of their own.
    "REFUND": SaidKind.CAPTURED,
    "USERPAYING": SaidKind.PROCESSING,
    "CLOSED": SaidKind.CANCELLED,
    "REVOKED": SaidKind.CANCELLED,
    "PAYERROR": SaidKind.FAILED,
}
_REFUNDS = {
    "SUCCESS": SaidKind.REFUND_DONE,
    "PROCESSING": SaidKind.REFUND_SENT,
    "CLOSED": SaidKind.REFUND_FAILED,
    "ABNORMAL": SaidKind.REFUND_FAILED,
}
_LATER = (
    "SYSTEM_ERROR",
    "SYSTEMERROR",
    "BANKERROR",
    "FREQUENCY_LIMITED",
    "RATELIMIT_EXCEEDED",
    "BIZERR_NEED_RETRY",
)
_OURS = ("SIGN_ERROR", "NO_AUTH", "NOAUTH", "MCH_NOT_EXISTS")


class WeChatProvider:
    """See PaymentProvider. Notices are verified with WeChat Pay's public key, known by its id."""

    def __init__(
        self,
        *,
        merchant: str,
        app: str,
        private_key: str,
        serial: str,
        api_key: str,
        public_key: str,
        public_key_id: str,
        notify_url: str,
        clock: Callable[[], datetime],
        endpoint: str = API,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._settings = {
            "mchid": merchant,
            "appid": app,
            "private_key": private_key,
            "cert_serial_no": serial,
            "apiv3_key": api_key,
            "public_key": public_key,
            "public_key_id": public_key_id,
            "notify_url": notify_url,
        }
        self._clock = clock
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._client: Any = None

    @property
    def name(self) -> ProviderName:
        """See PaymentProvider."""
        return ProviderName.WECHAT

    async def begin(self, order: Order) -> Way:
        """See PaymentProvider. The same order again gives a code for the same order."""
        demand_yuan(order.currency)
        found = await self._ask(
            lambda client: client.pay(
                description=order.subject,
                out_trade_no=order.payment_id.hex,
                amount={"total": order.amount_minor, "currency": CURRENCY},
                time_expire=order.ends_at.isoformat(timespec="seconds"),
            )
        )
        address = found.get("code_url")
        if not isinstance(address, str):
            raise down()
        return Way(WayKind.QR, order.payment_id.hex, address)

    async def read(self, payment_id: UUID, reference: str) -> Said:
        """See PaymentProvider."""
        found = await self._ask(lambda client: client.query(out_trade_no=payment_id.hex))
        return self._of_trade(f"read:{payment_id.hex}:{stable(found.get('trade_state'))}", found)

    async def cancel(self, payment_id: UUID, reference: str) -> None:
        """See PaymentProvider."""
        try:
            await self._ask(lambda client: client.close(out_trade_no=payment_id.hex))
        except PaymentRefused:
            # Paid or closed in the meantime: what became of it is read or told.
            return

    async def refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        demand_yuan(order.currency)
        found = await self._ask(
            lambda client: client.refund(
                out_refund_no=order.number,
                out_trade_no=order.payment_id.hex,
                amount={"refund": order.amount_minor, "total": order.paid_minor, "currency": CURRENCY},
            )
        )
        return self._of_refund(f"refund:{order.number}:{stable(found.get('status'))}", found, "status")

    async def read_refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        found = await self._ask(lambda client: client.query_refund(order.number))
        return self._of_refund(f"read:{order.number}:{stable(found.get('status'))}", found, "status")

    async def verify(self, headers: Mapping[str, str], body: bytes) -> Said:
        """See PaymentProvider."""
        # Another serial would have the library ask the provider for certificates, for anybody who sends one.
        if headers.get("wechatpay-serial") != self._settings["public_key_id"]:
            raise BadSignature
        try:
            at = int(headers.get("wechatpay-timestamp", ""))
        except ValueError:
            raise BadSignature from None
        if abs(self._clock().timestamp() - at) > CLOCKS_APART_S:
            raise BadSignature
        small = {name: value for name, value in headers.items() if name.startswith("wechatpay-")}

        def opened() -> Any:
            try:
                return self._made().callback(small, body)
            except Exception:
                # The library raises plain exceptions for what it cannot read; its words may hold the body.
                return None

        found = await in_thread(opened, self._timeout_s)
        if not isinstance(found, dict):
            raise BadSignature
        return self._of_notice(found)

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        """See PaymentProvider. Of the bill only orders, amounts and fees are read: never who paid."""
        try:
            found = await self._ask(lambda client: client.trade_bill(bill_day(start)))
        except PaymentRefused as refused:
            if refused.reason == "NO_STATEMENT_EXIST":
                return []
            raise
        address = str(found["download_url"])
        raw = await self._ask(lambda client: client.download_bill(address), raw=True)
        text = gzip.decompress(raw)
        if sha1(text, usedforsecurity=False).hexdigest() != found.get("hash_value"):
            raise down()
        return _of_bill(text.decode("utf-8-sig"))

    async def _ask(self, call: Callable[[Any], Any], *, raw: bool = False) -> Any:
        def run() -> Any:
            status, answer = call(self._made())
            if 200 <= status < 300:
                return answer if raw else json.loads(answer or "{}")
            code = stable(json.loads(answer).get("code"))
            if status >= 500 or status == 429 or code in _LATER:
                raise down()
            if status in (401, 403) and code in _OURS:
                raise key_refused()
            raise PaymentRefused(code)

        return await answered(self.name, run, self._timeout_s)

    def _made(self) -> Any:
        from wechatpayv3 import WeChatPay, WeChatPayType

        if self._client is None:
            client = WeChatPay(wechatpay_type=WeChatPayType.NATIVE, timeout=self._timeout_s, **self._settings)
            # The library has no setting for it: this file alone knows where it keeps the address.
            client._core._gate_way = self._endpoint
            self._client = client
        return self._client

    def _of_notice(self, notice: Mapping[str, Any]) -> Said:
        event_id, thing = str(notice.get("id")), notice.get("resource")
        kind = str(notice.get("event_type"))
        if not isinstance(thing, dict) or thing.get("mchid") != self._settings["mchid"]:
            return Said(ProviderName.WECHAT, event_id, SaidKind.OTHER, None, "", 0, "")
        if kind.startswith("REFUND."):
            return self._of_refund(event_id, thing, "refund_status")
        if kind.startswith("TRANSACTION."):
            return self._of_trade(event_id, thing)
        return Said(ProviderName.WECHAT, event_id, SaidKind.OTHER, None, "", 0, "")

    def _of_trade(self, event_id: str, thing: Mapping[str, Any]) -> Said:
        amount = thing.get("amount") or {}
        return Said(
            ProviderName.WECHAT,
            event_id,
            _STATES.get(str(thing.get("trade_state")), SaidKind.OTHER),
            uuid_of(thing.get("out_trade_no")),
            str(thing.get("transaction_id") or thing.get("out_trade_no") or ""),
            int(amount.get("total", 0)),
            str(amount.get("currency", CURRENCY)),
        )

    def _of_refund(self, event_id: str, thing: Mapping[str, Any], state: str) -> Said:
        amount = thing.get("amount") or {}
        refund_id, attempt = refund_of(thing.get("out_refund_no"))
        return Said(
            ProviderName.WECHAT,
            event_id,
            _REFUNDS.get(str(thing.get(state)), SaidKind.OTHER),
            uuid_of(thing.get("out_trade_no")),
            str(thing.get("transaction_id") or ""),
            int(amount.get("refund", 0)),
            str(amount.get("currency", CURRENCY)),
            refund_id,
            str(thing.get("refund_id") or "") or None,
            attempt,
        )


def _of_bill(text: str) -> list[Movement]:
    """Return what a bill of all trades says: a line of names, lines of values that begin with a backtick."""
    rows = csv.reader(text.splitlines())
    names = next(rows, [])
    found = []
    for row in rows:
        if not row or not row[0].startswith("`"):
            # The summary begins, with names of its own.
            break
        one = dict(zip(names, (value.removeprefix("`") for value in row), strict=False))
        payment_id, fee = uuid_of(one.get("商户订单号")), fen_of(one.get("手续费"))
        if one.get("交易状态") == "SUCCESS":
            amount = fen_of(one.get("订单金额"))
            found.append(
                Movement(MovementKind.CAPTURE, one["微信订单号"], payment_id, amount, CURRENCY, abs(fee))
            )
        elif one.get("交易状态") == "REFUND":
            amount = fen_of(one.get("申请退款金额"))
            found.append(Movement(MovementKind.REFUND, one["微信退款单号"], payment_id, amount, CURRENCY))
    return found
