"""Alipay by python-alipay-sdk: its own page to pay on, refunds, signed notices, the day's bill."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from domain.payment import ProviderName, Said, SaidKind
from domain.reconciliation import Movement, MovementKind
from providers.payments.port import (
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
    stable,
    uuid_of,
)
from providers.payments.yuan import CURRENCY, answered, bill_day, demand_yuan, fen_of

API = "https://openapi.alipay.com"
_STATES = {
    "TRADE_SUCCESS": SaidKind.CAPTURED,
    "TRADE_FINISHED": SaidKind.CAPTURED,
    "TRADE_CLOSED": SaidKind.CANCELLED,
}
_LATER = ("ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR", "isp.unknow-error")
_BILL_MAX = 50 * 1024 * 1024


class AlipayProvider:
    """See PaymentProvider. Everything is signed with the app's key and verified with Alipay's (RSA2)."""

    def __init__(
        self,
        *,
        app: str,
        private_key: str,
        public_key: str,
        notify_url: str,
        endpoint: str = API,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._app = app
        self._private_key = private_key
        self._public_key = public_key
        self._notify_url = notify_url
        self._gateway = f"{endpoint}/gateway.do"
        self._timeout_s = timeout_s
        self._client: Any = None

    @property
    def name(self) -> ProviderName:
        """See PaymentProvider."""
        return ProviderName.ALIPAY

    async def begin(self, order: Order) -> Way:
        """See PaymentProvider. The address is signed here; Alipay makes the trade when somebody opens it."""
        demand_yuan(order.currency)

        def signed() -> str:
            query = self._made().api_alipay_trade_page_pay(
                subject=order.subject,
                out_trade_no=order.payment_id.hex,
                total_amount=_yuan(order.amount_minor),
                return_url=order.return_url,
                notify_url=self._notify_url,
                timeout_express="15m",
            )
            return f"{self._gateway}?{query}"

        return Way(WayKind.REDIRECT, order.payment_id.hex, await in_thread(signed))

    async def read(self, payment_id: UUID, reference: str) -> Said:
        """See PaymentProvider. A trade that nobody opened yet is none: nothing is known of it."""
        try:
            found = await self._ask(lambda client: client.api_alipay_trade_query(out_trade_no=payment_id.hex))
        except PaymentRefused as refused:
            if refused.reason == "ACQ.TRADE_NOT_EXIST":
                return Said(
                    ProviderName.ALIPAY,
                    f"read:{payment_id.hex}",
                    SaidKind.OTHER,
                    payment_id,
                    reference,
                    0,
                    CURRENCY,
                )
            raise
        return self._of_trade(f"read:{payment_id.hex}:{stable(found.get('trade_status'))}", found)

    async def cancel(self, payment_id: UUID, reference: str) -> None:
        """See PaymentProvider."""
        try:
            await self._ask(lambda client: client.api_alipay_trade_close(out_trade_no=payment_id.hex))
        except PaymentRefused:
            # Nobody opened it, or it was paid or closed: what became of it is read or told.
            return

    async def refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        demand_yuan(order.currency)
        found = await self._ask(
            lambda client: client.api_alipay_trade_refund(
                _yuan(order.amount_minor),
                out_trade_no=order.payment_id.hex,
                out_request_no=order.refund_id.hex,
            )
        )
        if found.get("fund_change") != "Y":
            # It was asked before, or is under way: only the question tells.
            return await self.read_refund(order)
        return self._of_refund("refund", SaidKind.REFUND_DONE, order)

    async def read_refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        found = await self._ask(
            lambda client: client.api_alipay_trade_fastpay_refund_query(
                order.refund_id.hex, out_trade_no=order.payment_id.hex
            )
        )
        done = found.get("refund_status") == "REFUND_SUCCESS"
        return self._of_refund("read", SaidKind.REFUND_DONE if done else SaidKind.REFUND_SENT, order)

    async def verify(self, headers: Mapping[str, str], body: bytes) -> Said:
        """See PaymentProvider. The notice is a form with an id: a repeat is known by it, whatever its age."""
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=100)
        except (UnicodeDecodeError, ValueError):
            raise BadSignature from None
        form = dict(pairs)
        signature = form.pop("sign", "")
        if len(pairs) != len(form) + 1 or form.get("sign_type") != "RSA2":
            raise BadSignature

        def good() -> bool:
            try:
                return bool(self._made().verify(dict(form), signature))
            except Exception:
                # The library raises plain exceptions for a signature that is none.
                return False

        if not await in_thread(good):
            raise BadSignature
        if form.get("app_id") != self._app:
            return Said(ProviderName.ALIPAY, form.get("notify_id", "")[:200], SaidKind.OTHER, None, "", 0, "")
        return self._of_notice(form)

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        """See PaymentProvider. Of the bill only trades, amounts and fees are read: never who paid."""
        wanted = {"bill_type": "trade", "bill_date": bill_day(start)}
        try:
            found = await self._ask(
                lambda client: client.server_api("alipay.data.dataservice.bill.downloadurl.query", wanted)
            )
        except PaymentRefused as refused:
            if refused.reason == "isp.bill_not_exist":
                return []
            raise
        address = str(found["bill_download_url"])
        return await in_thread(lambda: _of_bill(_downloaded(address, self._timeout_s)), self._timeout_s * 3)

    async def _ask(self, call: Callable[[Any], Any]) -> dict[str, Any]:
        def run() -> dict[str, Any]:
            found = call(self._made())
            if not isinstance(found, dict):
                raise down()
            if found.get("code") == "10000":
                return found
            reason = stable(found.get("sub_code"))
            if found.get("code") == "20000" or reason in _LATER:
                raise down()
            if found.get("code") in ("20001", "40006"):
                raise key_refused()
            raise PaymentRefused(reason)

        return await answered(self.name, run, self._timeout_s)

    def _made(self) -> Any:
        from alipay import AliPay
        from alipay.utils import AliPayConfig

        if self._client is None:
            client = AliPay(
                appid=self._app,
                app_notify_url=self._notify_url,
                app_private_key_string=self._private_key,
                alipay_public_key_string=self._public_key,
                sign_type="RSA2",
                config=AliPayConfig(timeout=self._timeout_s),
            )
            # The library has no setting for it: this file alone knows where it keeps the address.
            client._gateway = self._gateway
            self._client = client
        return self._client

    def _of_notice(self, form: Mapping[str, str]) -> Said:
        event_id = f"{form.get('notify_id', '')[:150]}:{form.get('trade_status', '')[:40]}"
        refund_id = uuid_of(form.get("out_biz_no"))
        if form.get("refund_fee") and refund_id is not None:
            return Said(
                ProviderName.ALIPAY,
                event_id,
                SaidKind.REFUND_DONE,
                uuid_of(form.get("out_trade_no")),
                form.get("trade_no", ""),
                # The sum of all refunds so far: the amount of this one is known here.
                fen_of(form["refund_fee"]),
                CURRENCY,
                refund_id,
                refund_id.hex,
            )
        return self._of_trade(event_id, form)

    def _of_trade(self, event_id: str, found: Mapping[str, Any]) -> Said:
        return Said(
            ProviderName.ALIPAY,
            event_id,
            _STATES.get(str(found.get("trade_status")), SaidKind.OTHER),
            uuid_of(found.get("out_trade_no")),
            str(found.get("trade_no") or ""),
            fen_of(found.get("total_amount")),
            CURRENCY,
        )

    def _of_refund(self, how: str, kind: SaidKind, order: RefundOrder) -> Said:
        return Said(
            ProviderName.ALIPAY,
            f"{how}:{order.refund_id.hex}:{kind.value}",
            kind,
            order.payment_id,
            order.payment_reference,
            order.amount_minor,
            order.currency,
            order.refund_id,
            order.refund_id.hex,
        )


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _downloaded(address: str, timeout_s: float) -> bytes:
    import requests

    if not address.startswith(("https://", "http://127.0.0.1:")):
        raise down()
    try:
        answer = requests.get(address, timeout=timeout_s)
    except requests.RequestException:
        raise down() from None
    if answer.status_code != 200 or len(answer.content) > _BILL_MAX:
        raise down()
    return answer.content


def _of_bill(packed: bytes) -> list[Movement]:
    """Return what a trade bill says: a ZIP of CSV files in GBK, notes after #, one line of names."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as files:
            # The other file is the summary; names in the ZIP are in GBK too, so the content tells.
            texts = [files.read(name).decode("gb18030") for name in files.namelist()]
    except (zipfile.BadZipFile, UnicodeDecodeError):
        raise down() from None
    found: list[Movement] = []
    for text in texts:
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        rows = csv.DictReader(lines)
        if "支付宝交易号" not in (rows.fieldnames or ()):
            continue
        for row in rows:
            one = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
            payment_id, amount = uuid_of(one.get("商户订单号")), abs(fen_of(one.get("订单金额（元）")))
            if one.get("业务类型") == "交易":
                fee = abs(fen_of(one.get("服务费（元）")))
                found.append(
                    Movement(MovementKind.CAPTURE, one["支付宝交易号"], payment_id, amount, CURRENCY, fee)
                )
            elif one.get("业务类型") == "退款":
                found.append(
                    Movement(MovementKind.REFUND, one["退款批次号/请求号"], payment_id, amount, CURRENCY)
                )
    return found
