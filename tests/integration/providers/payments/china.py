"""Servers that answer as WeChat Pay and Alipay say in their manuals, with keys of our own on both sides."""

import gzip
import hashlib
import io
import json
import time
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from providers.payments import Order, PaymentProvider, Way
from providers.payments.alipay import AlipayProvider
from providers.payments.wechat import WeChatProvider
from tests.integration.providers.payments.tills import Notice

Do = Callable[[web.Request], Awaitable[tuple[int, Any]]]
MERCHANT, APP, API_KEY, KEY_ID = "1900000001", "wx_of_tests", "0123456789abcdef" * 2, "PUB_KEY_ID_0001"


_BILL_NAMES = (
    "交易时间",
    "微信订单号",
    "商户订单号",
    "用户标识",
    "交易状态",
    "微信退款单号",
    "商户退款单号",
    "手续费",
    "订单金额",
    "申请退款金额",
)


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """Return the key of this name: making one costs time."""
    return rsa.generate_private_key(65537, 2048)


def private_pem(name: str) -> str:
    return key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(name: str) -> str:
    return key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signature(name: str, text: str) -> str:
    return b64encode(key(name).sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()


def is_signed(name: str, text: str, given: str) -> bool:
    try:
        key(name).public_key().verify(b64decode(given), text.encode(), padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


@dataclass
class Trade:
    """One trade of a fake server: fen."""

    total: int
    state: str = "NOTPAY"
    transaction: str = field(default_factory=lambda: "42000" + uuid4().hex[:20])
    refunds: dict[str, int] = field(default_factory=dict)


@dataclass
class WeChatTill:
    """WeChat Pay's library on a server that checks its signatures and signs its answers."""

    endpoint: str = ""
    models_limits: bool = True
    trades: dict[str, Trade] = field(default_factory=dict)
    answers_signed_by: str = "wechat"
    certificates_asked: int = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/v3/certificates", self._certificates)
        app.router.add_post("/v3/pay/transactions/native", self._guarded(self._begin))
        app.router.add_get("/v3/pay/transactions/out-trade-no/{id}", self._guarded(self._query))
        app.router.add_post("/v3/pay/transactions/out-trade-no/{id}/close", self._guarded(self._close))
        app.router.add_post("/v3/refund/domestic/refunds", self._guarded(self._refund))
        app.router.add_get("/v3/refund/domestic/refunds/{id}", self._guarded(self._query_refund))
        app.router.add_get("/v3/bill/tradebill", self._guarded(self._bill))
        app.router.add_get("/bill", self._guarded(self._bill_file))
        return app

    async def _certificates(self, request: web.Request) -> web.Response:
        self.certificates_asked += 1
        return web.Response(status=404)

    @property
    def provider(self) -> PaymentProvider:
        return WeChatProvider(
            merchant=MERCHANT,
            app=APP,
            private_key=private_pem("merchant"),
            serial="AB12",
            api_key=API_KEY,
            public_key=public_pem("wechat"),
            public_key_id=KEY_ID,
            notify_url="https://hospital.example/notices",
            clock=self.now,
            endpoint=self.endpoint,
            timeout_s=3,
        )

    async def pay(self, order: Order, way: Way) -> None:
        self.trades[order.payment_id.hex].state = "SUCCESS"

    def paid_notice(self, order: Order, way: Way) -> Notice:
        number = order.payment_id.hex
        return self.notice("TRANSACTION.SUCCESS", self._trade(number))

    def notice(self, kind: str, thing: dict[str, Any], *, signer: str = "wechat", age_s: int = 0) -> Notice:
        nonce, associated = uuid4().hex[:12], "transaction"
        sealed = AESGCM(API_KEY.encode()).encrypt(
            nonce.encode(), json.dumps(thing).encode(), associated.encode()
        )
        notice = {
            "id": uuid4().hex,
            "event_type": kind,
            "resource_type": "encrypt-resource",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": b64encode(sealed).decode(),
                "nonce": nonce,
                "associated_data": associated,
            },
        }
        body = json.dumps(notice)
        return self._headers(body, signer, int(time.time()) - age_s), body.encode()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def _headers(self, body: str, signer: str, at: int) -> dict[str, str]:
        nonce = uuid4().hex
        return {
            "wechatpay-serial": KEY_ID,
            "wechatpay-signature": signature(signer, f"{at}\n{nonce}\n{body}\n"),
            "wechatpay-signature-type": "WECHATPAY2-SHA256-RSA2048",
            "wechatpay-timestamp": str(at),
            "wechatpay-nonce": nonce,
        }

    def _guarded(self, do: Do) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            return await self._answered(request, do)

        return handle

    async def _answered(self, request: web.Request, do: Do) -> web.Response:
        scheme, _, rest = request.headers["Authorization"].partition(" ")
        parts = {name: value.strip('"') for name, value in (p.split("=", 1) for p in rest.split(","))}
        text = await request.text()
        signed = "\n".join(
            [request.method, request.path_qs, parts["timestamp"], parts["nonce_str"], text, ""]
        )
        good = scheme == "WECHATPAY2-SHA256-RSA2048" and is_signed("merchant", signed, parts["signature"])
        if not good or parts["mchid"] != MERCHANT:
            return web.json_response({"code": "SIGN_ERROR"}, status=401)
        status, answer = await do(request)
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        body = json.dumps(answer) if status != 204 else ""
        headers = self._headers(body, self.answers_signed_by, int(time.time()))
        return web.Response(text=body, status=status, headers=headers, content_type="application/json")

    async def _begin(self, request: web.Request) -> tuple[int, Any]:
        given = await request.json()
        trade = self.trades.setdefault(given["out_trade_no"], Trade(given["amount"]["total"]))
        if trade.state != "NOTPAY":
            return 400, {"code": "ORDERPAID"}
        return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={given['out_trade_no'][:8]}"}

    async def _query(self, request: web.Request) -> tuple[int, Any]:
        number = request.match_info["id"]
        if number not in self.trades:
            return 404, {"code": "ORDER_NOT_EXIST"}
        return 200, self._trade(number)

    def _trade(self, number: str) -> dict[str, Any]:
        trade = self.trades[number]
        return {
            "mchid": MERCHANT,
            "appid": APP,
            "out_trade_no": number,
            "transaction_id": trade.transaction,
            "trade_state": trade.state,
            "payer": {"openid": "a payer whom nobody here may keep"},
            "amount": {"total": trade.total, "currency": "CNY"},
        }

    async def _close(self, request: web.Request) -> tuple[int, Any]:
        trade = self.trades[request.match_info["id"]]
        if trade.state == "SUCCESS":
            return 400, {"code": "ORDERPAID"}
        trade.state = "CLOSED"
        return 204, None

    async def _refund(self, request: web.Request) -> tuple[int, Any]:
        given = await request.json()
        trade = self.trades[given["out_trade_no"]]
        number, amount = given["out_refund_no"], given["amount"]["refund"]
        if number not in trade.refunds and sum(trade.refunds.values()) + amount > trade.total:
            return 400, {"code": "INVALID_REQUEST"}
        trade.refunds.setdefault(number, amount)
        return 200, self._refunded(number)

    async def _query_refund(self, request: web.Request) -> tuple[int, Any]:
        return 200, {**self._refunded(request.match_info["id"]), "status": "SUCCESS"}

    def _refunded(self, number: str) -> dict[str, Any]:
        name, trade = next(item for item in self.trades.items() if number in item[1].refunds)
        return {
            "out_refund_no": number,
            "refund_id": f"50000{number[:20]}",
            "out_trade_no": name,
            "transaction_id": trade.transaction,
            "status": "PROCESSING",
            "amount": {"refund": trade.refunds[number], "total": trade.total, "currency": "CNY"},
        }

    async def _bill(self, request: web.Request) -> tuple[int, Any]:
        if not self.trades:
            return 400, {"code": "NO_STATEMENT_EXIST"}
        digest = hashlib.sha1(self._bill_text(), usedforsecurity=False).hexdigest()
        return 200, {
            "hash_type": "SHA1",
            "hash_value": digest,
            "download_url": f"{self.endpoint}/bill?token=1",
        }

    async def _bill_file(self, request: web.Request) -> tuple[int, Any]:
        return 200, gzip.compress(self._bill_text())

    def _bill_text(self) -> bytes:
        lines = [",".join(_BILL_NAMES)]
        for number, trade in self.trades.items():
            if trade.state == "SUCCESS":
                yuan = f"{trade.total / 100:.2f}"
                lines.append(
                    f"`x,`{trade.transaction},`{number},`payer,`SUCCESS,`0,`0,`0.30000,`{yuan},`0.00"
                )
            for refund, amount in trade.refunds.items():
                back = f"{amount / 100:.2f}"
                lines.append(
                    f"`x,`{trade.transaction},`{number},`payer,`REFUND,`50000{refund[:20]},`{refund},"
                    f"`-0.10000,`0.00,`{back}"
                )
        lines += ["总交易单数,应结订单总金额", "`1,`50.00"]
        return ("\ufeff" + "\r\n".join(lines)).encode()


@dataclass
class AlipayTill:
    """Alipay's library on a server that checks its signatures and signs its answers."""

    endpoint: str = ""
    models_limits: bool = True
    trades: dict[str, Trade] = field(default_factory=dict)
    answers_signed_by: str = "alipay"

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/gateway.do", self._gateway)
        app.router.add_get("/bill", self._bill_file)
        return app

    @property
    def provider(self) -> PaymentProvider:
        return AlipayProvider(
            app=APP,
            private_key=private_pem("merchant"),
            public_key=public_pem("alipay"),
            notify_url="https://hospital.example/notices",
            endpoint=self.endpoint,
            timeout_s=3,
        )

    async def pay(self, order: Order, way: Way) -> None:
        self.trades[order.payment_id.hex] = Trade(order.amount_minor, "TRADE_SUCCESS")

    def paid_notice(self, order: Order, way: Way) -> Notice:
        return self.notice(self._trade(order.payment_id.hex))

    def notice(self, form: dict[str, str], *, signer: str = "alipay") -> Notice:
        whole = {**form, "notify_id": uuid4().hex, "app_id": form.get("app_id", APP), "charset": "utf-8"}
        text = "&".join(f"{name}={whole[name]}" for name in sorted(whole))
        return {}, urlencode({**whole, "sign": signature(signer, text), "sign_type": "RSA2"}).encode()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def _trade(self, number: str) -> dict[str, str]:
        trade = self.trades[number]
        return {
            "out_trade_no": number,
            "trade_no": trade.transaction,
            "trade_status": trade.state,
            "total_amount": f"{trade.total / 100:.2f}",
            "buyer_logon_id": "payer***@nobody.keeps",
        }

    async def _gateway(self, request: web.Request) -> web.Response:
        given = dict(request.query)
        sign = given.pop("sign")
        text = "&".join(f"{name}={given[name]}" for name in sorted(given))
        answered = given["method"].replace(".", "_") + "_response"
        if not is_signed("merchant", text, sign):
            return web.json_response(
                {"error_response": {"code": "40002", "sub_code": "isv.invalid-signature"}}
            )
        found = self._do(given["method"], json.loads(given["biz_content"]))
        body = json.dumps(found, separators=(",", ":"))
        signed = signature(self.answers_signed_by, body)
        return web.Response(
            text=f'{{"{answered}":{body},"sign":"{signed}"}}', content_type="application/json"
        )

    def _do(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        good = {"code": "10000", "msg": "Success"}
        if method == "alipay.data.dataservice.bill.downloadurl.query":
            return {**good, "bill_download_url": f"{self.endpoint}/bill"}
        trade = self.trades.get(given["out_trade_no"])
        if trade is None:
            return {"code": "40004", "msg": "Business Failed", "sub_code": "ACQ.TRADE_NOT_EXIST"}
        match method:
            case "alipay.trade.query":
                return {**good, **self._trade(given["out_trade_no"])}
            case "alipay.trade.close":
                trade.state = "TRADE_CLOSED"
                return good
            case "alipay.trade.refund":
                amount, number = round(float(given["refund_amount"]) * 100), given["out_request_no"]
                fresh = number not in trade.refunds
                if fresh and sum(trade.refunds.values()) + amount > trade.total:
                    return {"code": "40004", "sub_code": "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"}
                trade.refunds.setdefault(number, amount)
                return {**good, "fund_change": "Y" if fresh else "N"}
            case "alipay.trade.fastpay.refund.query":
                done = given["out_request_no"] in trade.refunds
                return {**good, "refund_status": "REFUND_SUCCESS"} if done else good
        raise AssertionError(method)

    async def _bill_file(self, request: web.Request) -> web.Response:
        lines = [
            "#支付宝业务明细查询",
            "支付宝交易号,商户订单号,业务类型,对方账户,订单金额（元）,退款批次号/请求号,服务费（元）",
        ]
        for number, trade in self.trades.items():
            lines.append(f"{trade.transaction}\t,{number}\t,交易,payer,{trade.total / 100:.2f},,-0.30")
            for refund, amount in trade.refunds.items():
                lines.append(
                    f"{trade.transaction}\t,{number}\t,退款,payer,-{amount / 100:.2f},{refund}\t,0.00"
                )
        lines.append("#业务明细列表结束")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as files:
            files.writestr("detail.csv", "\r\n".join(lines).encode("gb18030"))
            files.writestr("summary.csv", "#汇总\r\n门店编号,门店名称\r\n".encode("gb18030"))
        return web.Response(body=packed.getvalue())
