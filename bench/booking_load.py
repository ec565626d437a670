"""Load for the booking benchmark: people who hold a slot and book it, one visit after another.

The wire is spoken directly, because a full client library would cost more than the servers under test. Every
loop ends by itself after the given time.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from actions.sessions import _csrf_token
from bench.booking_town import SLOT, made_id, token
from bench.load import Tally
from domain.accounts import SESSION_COOKIE
from domain.safety import QUESTIONS_VERSION


class Busy(Exception):
    """The server said that it has too much to do (503)."""


class Wire:
    """One connection that is kept open: a request, then its answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Wire":
        """Connect to a server on this machine."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def request(self, method: str, path: str, headers: dict[str, str], body: object = None) -> Any:
        """Return the answer's JSON; raise RuntimeError when it is no success."""
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(content)}"]
        if body is not None:
            lines.append("Content-Type: application/json")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + content)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
        answer = await self._reader.readexactly(length)
        if head.split(" ", 2)[1] == "503":
            raise Busy
        if head.split(" ", 2)[1] not in ("200", "201"):
            raise RuntimeError(f"{method} {path}: {head}{answer.decode()}")
        return json.loads(answer)

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()


@dataclass
class Seats:
    """Hands out slots that nobody has had, spread over doctors, and patients in turn."""

    doctors: int
    patients: int
    begin: datetime
    numbers: dict[int, int]
    """The small number of each doctor."""

    def __post_init__(self) -> None:
        self._next = count()

    def take(self) -> tuple[int, int, str, datetime]:
        """Return a doctor, a patient, a key that is new, and when the visit begins."""
        at = next(self._next)
        starts_at = self.begin + SLOT * (at // self.doctors)
        return at % self.doctors + 1, at % self.patients + 1, f"booking-{at:08d}", starts_at


Book = Callable[[Wire, Seats], Awaitable[None]]


async def book_here(wire: Wire, seats: Seats) -> None:
    """Book a visit as our pages do: hold the slot, then confirm it."""
    doctor, patient, key, starts_at = seats.take()
    mine = token(patient)
    headers = {"Cookie": f"{SESSION_COOKIE}={mine}", "X-CSRF-Token": _csrf_token(mine)}
    body = {
        "practitioner_id": str(made_id("doctor", doctor)),
        "starts_at": starts_at.isoformat(),
        "red_flags": QUESTIONS_VERSION,
        "diagnosis": "none",
    }
    held = await wire.request("POST", "/api/bookings", {**headers, "Idempotency-Key": key}, body)
    booked = await wire.request("POST", f"/api/bookings/{held['id']}/confirm", headers)
    if booked["state"] != "booked":
        raise RuntimeError(f"not booked: {booked}")


async def book_bare(wire: Wire, seats: Seats) -> None:
    """Have the bare server run the same two transactions."""
    doctor, patient, key, starts_at = seats.take()
    body = {
        "account": str(made_id("account", patient)),
        "patient": str(made_id("patient", patient)),
        "practitioner": str(made_id("doctor", doctor)),
        "number": seats.numbers[doctor],
        "starts_at": starts_at.isoformat(),
        "key": key,
    }
    held = await wire.request("POST", "/hold", {}, body)
    await wire.request("POST", "/confirm", {}, {**body, "appointment": held["id"]})


async def book_for(
    book: Book, port: int, seats: Seats, users: int, warm_up_s: float, seconds: float
) -> Tally:
    """Let so many people book for the given time; the time of one is from its click to being booked."""
    tally = Tally(seconds=seconds)
    begin = time.perf_counter() + warm_up_s

    async def person() -> None:
        wire = await Wire.open(port)
        while (clicked := time.perf_counter()) < begin + seconds:
            try:
                await book(wire, seats)
            except Busy:
                tally.refused += 1
                continue
            done = time.perf_counter()
            if begin <= done <= begin + seconds:
                tally.latencies_ms.append((done - clicked) * 1000)
        wire.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(users):
            group.create_task(person())
    return tally
