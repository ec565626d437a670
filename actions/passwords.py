"""Passwords: hashing and verifying them off the event loop (Argon2id, RFC 9106). No rule is here."""

import asyncio
import base64
import os
import unicodedata
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeVar

import argon2

from domain.errors import Code, Throttled

T = TypeVar("T")

WAITING_MAX: Final = 64
"""How many passwords may wait for a worker. More callers are told to come back: a flood stays bounded."""
WAITING_PER_CLIENT_MAX: Final = 8
"""How many of them may be one client's: whoever floods leaves places for all others."""
_RETRY_AFTER_S = 5
_SALT_SIZE, _HASH_SIZE = 16, 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: passes over the memory, the memory in KiB, and lanes."""

    time_cost: int
    memory_kib: int
    parallelism: int


COST: Final = Cost(time_cost=3, memory_kib=65_536, parallelism=4)
"""The second recommended option of RFC 9106 section 4: 64 MiB, about 0.14 s of a small core."""


class PasswordHasher:
    """Hashes and verifies passwords in `workers` threads of its own. Close it when the server stops.

    `client` says for whom, as an address; None is for the hospital's own work, which counts for nobody.
    """

    def __init__(
        self,
        workers: int = 1,
        *,
        cost: Cost = COST,
        waiting_max: int = WAITING_MAX,
        waiting_per_client_max: int = WAITING_PER_CLIENT_MAX,
    ) -> None:
        self._argon2 = argon2.PasswordHasher(
            time_cost=cost.time_cost,
            memory_cost=cost.memory_kib,
            parallelism=cost.parallelism,
            hash_len=_HASH_SIZE,
            salt_len=_SALT_SIZE,
        )
        # No password has this hash: nobody chose it, its two parts are independent random bytes.
        self._nobody = _encoded(cost, os.urandom(_SALT_SIZE), os.urandom(_HASH_SIZE))
        self._waiting_max = waiting_max
        self._waiting_per_client_max = waiting_per_client_max
        # How many each client has waiting. It forgets who has none.
        self._waiting: Counter[str | None] = Counter()
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="password")

    async def hash(self, password: str, *, client: str | None = None) -> str:
        """Return the encoded hash: algorithm, cost, a new salt and the hash. Raise Throttled when flooded."""
        return await self._run(lambda: self._argon2.hash(_bytes(password)), client)

    async def verify(self, stored_hash: str, password: str, *, client: str | None = None) -> bool:
        """Say whether the password has this encoded hash. Raise Throttled when flooded.

        A stored hash that is none raises argon2.exceptions.InvalidHashError: our own fault, not the caller's.
        """
        return await self._run(lambda: self._matches(stored_hash, password), client)

    async def verify_nobody(self, password: str, *, client: str | None = None) -> None:
        """Take as long as verifying does, for a login that does not exist. Raise Throttled when flooded."""
        await self._run(lambda: self._matches(self._nobody, password), client)

    def needs_rehash(self, stored_hash: str) -> bool:
        """Say whether the hash was made at another cost than this hasher's."""
        return self._argon2.check_needs_rehash(stored_hash)

    def close(self) -> None:
        """End the threads after the password they are at; those that wait are cancelled."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _matches(self, stored_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(stored_hash, _bytes(password))
        except argon2.exceptions.VerifyMismatchError:
            return False

    async def _run(self, job: Callable[[], T], client: str | None) -> T:
        crowded = client is not None and self._waiting[client] >= self._waiting_per_client_max
        if crowded or self._waiting.total() >= self._waiting_max:
            raise Throttled(_RETRY_AFTER_S, Code.AUTH_THROTTLED)
        self._waiting[client] += 1
        future = self._executor.submit(job)
        # Counted until the thread is done with it, even when the caller went away before.
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: _soon(loop, lambda: self._done(client)))
        return await asyncio.wrap_future(future)

    def _done(self, client: str | None) -> None:
        self._waiting[client] -= 1
        if not self._waiting[client]:
            del self._waiting[client]


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    # The loop of a caller that went away may be closed by the time the thread is done.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call)


def _bytes(password: str) -> bytes:
    # One keyboard's spelling of a letter is as good as another's (NIST SP 800-63B 5.1.1.2: NFKC).
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _encoded(cost: Cost, salt: bytes, digest: bytes) -> str:
    def text(raw: bytes) -> str:
        return base64.b64encode(raw).decode().rstrip("=")

    return (
        f"$argon2id$v=19$m={cost.memory_kib},t={cost.time_cost},p={cost.parallelism}"
        f"${text(salt)}${text(digest)}"
    )
