"""Rows of passkeys: a counter goes on once for each use, however many use it at once."""

from datetime import UTC, datetime
from uuid import uuid4

from actions.context import UnitOfWork
from domain.passkeys import Passkey
from storage import passkeys
from storage.passkeys import KeptPasskey
from storage.pool import Database
from tests.people import make_doctor

_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def test_of_two_who_saw_the_same_counter_one_uses_the_passkey(
    work: UnitOfWork, database: Database
) -> None:
    doctor = await make_doctor(work)
    kept = KeptPasskey(Passkey(uuid4(), "Phone", _AT, None), doctor.id, b"credential", b"key", 4)
    async with database.transaction() as tx:
        await passkeys.insert(tx, kept)
        assert await passkeys.use(tx, kept, 5, _AT)
        assert not await passkeys.use(tx, kept, 5, _AT), "a copy of the key, or the same answer twice"
        (now,) = await passkeys.of_account(tx, doctor.id)
        assert (now.sign_count, await passkeys.use(tx, now, 6, _AT)) == (5, True)
