"""The demo's provider: takes no money. Its page is ours and says so; all else is as with a real one."""

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from domain.payment import ProviderName, Said, SaidKind
from domain.reconciliation import Movement, MovementKind
from providers.payments.port import (
    CLOCKS_APART_S,
    BadSignature,
    Order,
    PaymentRefused,
    RefundOrder,
    Way,
    WayKind,
    in_thread,
    uuid_of,
)

SIGNATURE = "demo-signature"
_FORGOTTEN = "unknown"


class DemoChoice(StrEnum):
    """What somebody can choose on the demo's page."""

    PAY = "pay"
    DECLINE = "decline"
    CANCEL = "cancel"


_SAYS = {
    DemoChoice.PAY: SaidKind.CAPTURED,
    DemoChoice.DECLINE: SaidKind.FAILED,
    DemoChoice.CANCEL: SaidKind.CANCELLED,
}


class DemoProvider:
    """See PaymentProvider. What was chosen is kept in a file, so that a restart does not forget it."""

    def __init__(self, file: Path, *, clock: Callable[[], datetime], random: Callable[[int], bytes]) -> None:
        self._file = file
        self._clock = clock
        self._key = random(32)
        self._random = random
        self._lines: list[dict[str, str | int]] = []
        if file.exists():
            self._lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]

    @property
    def name(self) -> ProviderName:
        """See PaymentProvider."""
        return ProviderName.DEMO

    async def begin(self, order: Order) -> Way:
        """See PaymentProvider."""
        if order.amount_minor < 1:
            raise PaymentRefused("amount")
        if self._latest(order.payment_id) is None:
            await self._keep("created", order.payment_id, order.amount_minor, order.currency)
        return Way(WayKind.DEMO, order.payment_id.hex)

    async def choose(self, payment_id: UUID, choice: DemoChoice) -> tuple[dict[str, str], bytes]:
        """Do what was chosen on the page; return the notice about it, signed: headers and body."""
        latest = self._latest(payment_id)
        if latest is None or latest["what"] == SaidKind.CAPTURED.value:
            raise PaymentRefused(_FORGOTTEN if latest is None else "paid")
        kind = _SAYS[choice]
        await self._keep(kind.value, payment_id, int(latest["amount_minor"]), str(latest["currency"]))
        said = {
            "id": self._random(12).hex(),
            "kind": kind.value,
            "payment": payment_id.hex,
            "amount_minor": latest["amount_minor"],
            "currency": latest["currency"],
            "at": int(self._clock().timestamp()),
        }
        body = json.dumps(said, sort_keys=True).encode()
        return {SIGNATURE: self._signature(body)}, body

    async def read(self, payment_id: UUID, reference: str) -> Said:
        """See PaymentProvider."""
        latest = self._latest(payment_id)
        if latest is None or reference != payment_id.hex:
            raise PaymentRefused(_FORGOTTEN)
        what = str(latest["what"])
        kind = SaidKind.OTHER if what == "created" else SaidKind(what)
        return self._said(f"read:{what}", kind, payment_id, latest)

    async def cancel(self, payment_id: UUID, reference: str) -> None:
        """See PaymentProvider."""
        latest = self._latest(payment_id)
        if latest is not None and latest["what"] == "created":
            await self._keep(
                SaidKind.CANCELLED.value, payment_id, int(latest["amount_minor"]), str(latest["currency"])
            )

    async def refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        if self._of_refund(order) is None:
            latest = self._latest(order.payment_id)
            if latest is None or latest["what"] != SaidKind.CAPTURED.value:
                raise PaymentRefused("not-paid")
            back = sum(
                int(line["amount_minor"])
                for line in self._lines
                if line["what"] == "refund" and line["payment"] == order.payment_id.hex
            )
            if back + order.amount_minor > int(latest["amount_minor"]):
                raise PaymentRefused("more-than-paid")
            await self._keep("refund", order.payment_id, order.amount_minor, order.currency, order.number)
        return await self.read_refund(order)

    async def read_refund(self, order: RefundOrder) -> Said:
        """See PaymentProvider."""
        line = self._of_refund(order)
        if line is None:
            raise PaymentRefused(_FORGOTTEN)
        return Said(
            ProviderName.DEMO,
            f"refund:{order.number}",
            SaidKind.REFUND_DONE,
            order.payment_id,
            order.payment_reference,
            int(line["amount_minor"]),
            str(line["currency"]),
            order.refund_id,
            order.number,
            order.attempt,
        )

    async def verify(self, headers: Mapping[str, str], body: bytes) -> Said:
        """See PaymentProvider. The key is of this process alone."""
        if not hmac.compare_digest(headers.get(SIGNATURE, "").encode(), self._signature(body).encode()):
            raise BadSignature
        found = json.loads(body)
        if abs(self._clock().timestamp() - found["at"]) > CLOCKS_APART_S:
            raise BadSignature
        return Said(
            ProviderName.DEMO,
            found["id"],
            SaidKind(found["kind"]),
            uuid_of(found["payment"]),
            found["payment"],
            found["amount_minor"],
            found["currency"],
        )

    async def movements(self, start: datetime, end: datetime) -> list[Movement]:
        """See PaymentProvider."""
        found = []
        for line in self._lines:
            if not start <= datetime.fromisoformat(str(line["at"])) < end:
                continue
            payment_id, amount = UUID(str(line["payment"])), int(line["amount_minor"])
            if line["what"] == SaidKind.CAPTURED.value:
                kind, reference = MovementKind.CAPTURE, payment_id.hex
            elif line["what"] == "refund":
                kind, reference = MovementKind.REFUND, str(line["refund"])
            else:
                continue
            found.append(Movement(kind, reference, payment_id, amount, str(line["currency"])))
        return found

    def _said(self, event: str, kind: SaidKind, payment_id: UUID, line: Mapping[str, str | int]) -> Said:
        return Said(
            ProviderName.DEMO,
            f"{event}:{payment_id.hex}",
            kind,
            payment_id,
            payment_id.hex,
            int(line["amount_minor"]),
            str(line["currency"]),
        )

    def _signature(self, body: bytes) -> str:
        return hmac.digest(self._key, body, sha256).hex()

    def _latest(self, payment_id: UUID) -> dict[str, str | int] | None:
        mine = (line for line in reversed(self._lines) if line["payment"] == payment_id.hex)
        return next((line for line in mine if line["what"] != "refund"), None)

    def _of_refund(self, order: RefundOrder) -> dict[str, str | int] | None:
        return next((line for line in self._lines if line.get("refund") == order.number), None)

    async def _keep(self, what: str, payment_id: UUID, amount: int, currency: str, refund: str = "") -> None:
        line: dict[str, str | int] = {
            "what": what,
            "payment": payment_id.hex,
            "amount_minor": amount,
            "currency": currency,
            "refund": refund,
            "at": self._clock().astimezone(UTC).isoformat(),
        }
        self._lines.append(line)
        await in_thread(lambda: _append(self._file, json.dumps(line)))


def _append(file: Path, line: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
