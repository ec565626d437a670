"""The peer of the booking benchmark: a bare aiohttp handler with a booking's transactions, through aiopg.

They are not written down here: `recorded` books a visit by the real actions, and keeps what they send. The
bare server sends the same, with the values of each request in the places of the first. It asks for no
session and no permission, parses no model, computes no slots and looks at no answer.
"""

import os
import pickle
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import aiohttp.web
import aiopg
import psycopg2
import psycopg2.extras

from actions import booking
from actions.context import UnitOfWork
from actions.idempotency import answered_before, keep_answer
from booking_api.models_booking import BookingView
from booking_api.views import view
from domain.accounts import Actor, Role
from domain.booking import Answers
from domain.diagnosis import DiagnosisBasis
from domain.ids import AccountId, PatientId, PractitionerId, SessionId, uuid7
from domain.safety import QUESTIONS_VERSION
from storage.pool import Tx

Statement = tuple[str, dict[str, Any]]
_NEAR = timedelta(days=4)
_KEY = "key-of-the-recorded-one"
_STRING = re.compile(r"E?'(?:[^']|'')*'")


@dataclass(frozen=True)
class Recorded:
    """One booking as it went to PostgreSQL: the transaction that holds, and the one that books."""

    given: dict[str, UUID]
    key: str
    at: datetime
    starts_at: datetime
    hold: list[Statement]
    confirm: list[Statement]

    def made_ids(self) -> list[UUID]:
        """Return the ids that the booking made, in order of appearance."""
        found: dict[UUID, None] = {}
        for _, params in [*self.hold, *self.confirm]:
            for value in params.values():
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, UUID) and one not in self.given.values():
                        found.setdefault(one)
        return list(found)


@contextmanager
def _recording() -> Iterator[list[Statement]]:
    kept: list[Statement] = []
    execute = Tx._execute

    async def record(self: Tx, text: str, params: Any) -> None:
        kept.append((text, dict(params or {})))
        await execute(self, text, params)

    with patch.object(Tx, "_execute", record):
        yield kept


async def recorded(work: UnitOfWork, given: dict[str, UUID], starts_at: datetime) -> Recorded:
    """Book a visit by the real actions, as POST /api/bookings and its confirm do, and return what was sent.

    `given` has the account, patient, practitioner and session of the request.
    """
    actor = Actor(
        AccountId(given["account"]),
        Role.PATIENT,
        SessionId(given["session"]),
        patient_id=PatientId(given["patient"]),
    )
    with _recording() as hold:
        async with work.begin(actor, "0" * 32) as ctx:
            at = ctx.now
            await answered_before(ctx, _KEY, bytes(32))
            held = await booking.hold(
                ctx,
                PractitionerId(given["practitioner"]),
                starts_at,
                said=Answers(QUESTIONS_VERSION, DiagnosisBasis.NONE),
            )
            await keep_answer(ctx, _KEY, 201, view(BookingView, held).model_dump_json())
    with _recording() as confirm:
        async with work.begin(actor, "0" * 32) as ctx:
            await booking.confirm_own(ctx, held.id)
    return Recorded(given, _KEY, at, starts_at, hold, confirm)


class Replay:
    """Fills the places of the recorded values with those of another booking."""

    def __init__(self, recorded: Recorded) -> None:
        self._recorded = recorded
        self._made = recorded.made_ids()

    def new_ids(self, now: datetime) -> dict[UUID, UUID]:
        """Return a new id for each that the recorded booking made."""
        return {one: uuid7(now, os.urandom) for one in self._made}

    @property
    def appointment(self) -> UUID:
        """The recorded appointment's id."""
        holding = (one for text, one in self._recorded.hold if "insert into appointment" in text)
        return UUID(str(next(holding)["id"]))

    def filled(
        self, statements: list[Statement], ids: dict[UUID, UUID], key: str, starts_at: datetime, now: datetime
    ) -> Iterator[Statement]:
        """Return the statements with other values. Times near the visit's beginning move with it."""
        then, shift, meanwhile = (
            self._recorded.starts_at,
            starts_at - self._recorded.starts_at,
            now - self._recorded.at,
        )
        texts = {str(old): str(new) for old, new in ids.items()}

        def fill(value: Any) -> Any:
            if isinstance(value, UUID):
                return ids.get(value, value)
            if isinstance(value, datetime):
                return value + (shift if abs(value - then) < _NEAR else meanwhile)
            if isinstance(value, list):
                return [fill(one) for one in value]
            if value == _KEY:
                return key
            if isinstance(value, str) and len(value) >= 36:
                for old, new in texts.items():
                    value = value.replace(old, new)
            return value

        for text, params in statements:
            yield text, {name: fill(value) for name, value in params.items()}

    def pgbench(self, dsn: str, patients: int) -> str:
        """Return the booking as a pgbench script. Each client has its own doctor, and counts by k.

        The town has `patients`, who are taken in turn, forty by each client as long as there are so many.
        """
        recorded = self._recorded
        turn = f"((:client_id * 40 + :k % 40) % {patients} + 1)"
        ids = {one: f"md5('made-{n}-' || :client_id || '-' || :k)::uuid" for n, one in enumerate(self._made)}
        ids |= {
            recorded.given["account"]: f"md5('account-' || {turn})::uuid",
            recorded.given["patient"]: f"md5('patient-' || {turn})::uuid",
            recorded.given["practitioner"]: "md5('doctor-' || (:client_id + 1))::uuid",
        }
        number = "(select number from practitioner where id = md5('doctor-' || (:client_id + 1))::uuid)"
        moved = "({literal}::timestamptz + (:k)::int * interval '30 minutes')"

        def literal(found: re.Match[str]) -> str:
            # To pgbench a colon before a letter is a variable, also within JSON.
            text = re.sub(r":(?=[a-z])", ": ", found.group())
            for old, expression in ids.items():
                if text == f"'{old}'":
                    return f"({expression})"
                text = text.replace(str(old), f"' || ({expression})::text || '")
            text = text.replace(_KEY, "key-of-client-' || :client_id || '-' || :k || '")
            if text != found.group():
                return f"({text})"
            try:
                moment = datetime.fromisoformat(text.strip("'"))
            except ValueError:
                return text
            moves = moment.tzinfo is not None and abs(moment - recorded.starts_at) < _NEAR
            return moved.format(literal=text) if moves else text

        lines = [r"\set k :k + 1"]
        connection = psycopg2.connect(dsn)
        with connection, connection.cursor() as cursor:
            for statements in (recorded.hold, recorded.confirm):
                lines.append("begin;")
                for text, params in statements:
                    marked = {**params}
                    if "practitioner_number" in marked:
                        marked["practitioner_number"] = -987654
                    sql = cursor.mogrify(text, marked).decode()
                    sql = re.sub(r"--[^\n]*", "", sql).replace("-987654", number)
                    lines.append(_STRING.sub(literal, sql).replace("\n", " ") + ";")
                lines.append("commit;")
        connection.close()
        return "\n".join(lines) + "\n"


def application(dsn: str, pool_size: int, recorded: Recorded) -> aiohttp.web.Application:
    """Return the bare server: POST /hold and POST /confirm."""
    psycopg2.extras.register_uuid()  # type: ignore[no-untyped-call]  # psycopg2 ships no types
    replay = Replay(recorded)
    app = aiohttp.web.Application()
    pools: list[aiopg.Pool] = []

    @asynccontextmanager
    async def transaction() -> AsyncIterator[Callable[[str, dict[str, Any]], Any]]:
        async with pools[0].acquire() as connection, connection.cursor() as cursor:
            begin = "begin;\n"

            async def execute(text: str, params: dict[str, Any]) -> None:
                nonlocal begin
                await cursor.execute(begin + text, params)
                begin = ""
                if cursor.description:
                    await cursor.fetchall()

            yield execute
            await cursor.execute("commit")

    async def serve(request: aiohttp.web.Request, statements: list[Statement]) -> aiohttp.web.Response:
        given = await request.json()
        now = datetime.now(UTC)
        ids = replay.new_ids(now)
        ids |= {recorded.given[name]: UUID(given[name]) for name in ("account", "patient", "practitioner")}
        if "appointment" in given:
            ids[replay.appointment] = UUID(given["appointment"])
        starts_at = datetime.fromisoformat(given["starts_at"])
        async with transaction() as execute:
            for text, params in replay.filled(statements, ids, given["key"], starts_at, now):
                if "practitioner_number" in params:
                    params["practitioner_number"] = given["number"]
                await execute(text, params)
        return aiohttp.web.json_response({"id": str(ids[replay.appointment])})

    async def open_pool(_: aiohttp.web.Application) -> None:
        pools.append(await aiopg.create_pool(dsn, minsize=pool_size, maxsize=pool_size))

    async def close_pool(_: aiohttp.web.Application) -> None:
        pools[0].close()
        await pools[0].wait_closed()

    async def hold(request: aiohttp.web.Request) -> aiohttp.web.Response:
        return await serve(request, recorded.hold)

    async def confirm(request: aiohttp.web.Request) -> aiohttp.web.Response:
        return await serve(request, recorded.confirm)

    app.on_startup.append(open_pool)
    app.on_cleanup.append(close_pool)
    app.router.add_post("/hold", hold)
    app.router.add_post("/confirm", confirm)
    return app


if __name__ == "__main__":
    with open(sys.argv[4], "rb") as file:
        kept = pickle.load(file)  # noqa: S301  # made by this benchmark a moment ago
    aiohttp.web.run_app(
        application(sys.argv[2], int(sys.argv[3]), kept), host="127.0.0.1", port=int(sys.argv[1]), print=None
    )
