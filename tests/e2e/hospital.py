"""A hospital that the browsers visit: a database of its own, real people in it, the server as a process."""

import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from actions.accounts import NewAccount
from actions.consultations import admit, arrive, finish
from actions.context import UnitOfWork
from actions.conversation import Kept, Saying, keep_batch
from actions.second_factor import confirm_own, set_up
from chat_archive.data_keys import KeyRing
from domain.accounts import SYSTEM, Account, Actor, Role
from domain.appointment import Appointment
from domain.facts import Body, EntryKind, chat_body, media_body
from domain.second_factor import PROOF_MAX_AGE, code_of_step, step_at
from server.database import connected, now
from server.embedded_postgres import EmbeddedPostgres
from storage.migrate import migrate
from storage.pool import Database
from tests.faults.televisit_process import TelevisitProcess
from tests.hospital_database import HospitalDatabase
from tests.live import session_token
from tests.people import PASSWORD_HASH, make_account, make_appointment
from tests.rows import execute, rows
from tests.waiting import until


class HospitalServer(TelevisitProcess):
    """`televisit serve` on a database that is already there, with the settings of one test's hospital."""

    def __init__(self, database_url: str, settings: Mapping[str, str], *, named: bool = False) -> None:
        super().__init__(settings)
        if named:
            # Passkeys are bound to a name: an address is none.
            self.url = self.url.replace("127.0.0.1", "localhost")
        self.keys = KeyRing({"test": os.urandom(32)}, "test")
        self.settings.update(DATABASE_URL=database_url, PUBLIC_URL=self.url, ARCHIVE_KEYS=self.keys.text())

    def open(self) -> None:
        """Start it, and return once it answers."""
        self.launch()
        self.wait_until(200)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of this moment and the two people in it."""

    patient: Account
    doctor: Account
    appointment: Appointment

    @property
    def id(self) -> str:
        """The consultation's id."""
        return str(self.appointment.consultation_id)


class Hospital:
    """People and visits, made by the hospital's own actions. `url` is where it is served."""

    def __init__(self, place: HospitalDatabase, database: Database, server: HospitalServer) -> None:
        self.place = place
        self.server = server
        self.url = server.url
        self.work = UnitOfWork(database, now, os.urandom, server.keys)
        # For tests that are the hospital's own system, which this server cannot ask.
        self.his_work = UnitOfWork(database, now, os.urandom, server.keys, his_connected=True)

    async def person(self, role: Role, name: str, *, locale: str = "en", marked: bool = True) -> Account:
        """Make somebody. Unless the name is left unmarked, nobody else of the run is called the same."""
        mark = secrets.token_hex(2)
        staff = role in (Role.DOCTOR, Role.PHARMACIST)
        return await make_account(
            self.work,
            NewAccount(
                f"{role.value}.{mark}{secrets.token_hex(2)}",
                PASSWORD_HASH,
                role,
                f"{name} {mark}" if marked else name,
                locale=locale,
                email=f"{role.value}.{mark}@example.org",
                birth_date=date(1956, 3, 12) if role is Role.PATIENT else None,
                title=("Consultant" if locale == "en" else "主任医师") if staff else None,
                specialty=("Cardiology" if locale == "en" else "心血管内科") if staff else None,
            ),
        )

    async def visit(
        self,
        *,
        doctor: Account | None = None,
        patient: Account | None = None,
        after: timedelta = timedelta(minutes=1),
        safe: bool = True,
    ) -> Visit:
        """Book a visit that begins in a minute, or `after` another while.

        Unless not `safe`, the patient counts as somebody who answered and confirmed already.
        """
        practitioner = doctor or await self.person(Role.DOCTOR, "Wenhua Zhang")
        visitor = patient or await self.person(Role.PATIENT, "Emily Smith")
        booked = await make_appointment(
            self.work, visitor, practitioner, now() + after, lasts=timedelta(minutes=20), safe=safe
        )
        return Visit(visitor, practitioner, booked)

    async def arrive(self, visit: Visit) -> None:
        """Have the patient arrive without a page, as after closing it."""
        async with self.work.begin(_actor(visit.patient), "test") as ctx:
            await arrive(ctx, visit.appointment.consultation_id)

    async def past_visit(self, said: tuple[str, ...], visit: Visit | None = None) -> Visit:
        """Make a visit that is over, with what doctor and patient said in turn. No page takes part."""
        visit = visit or await self.visit()
        consultation_id = visit.appointment.consultation_id
        doctor, patient = _actor(visit.doctor), _actor(visit.patient)
        both_on = media_body(microphone=True, camera=True)
        await self.arrive(visit)
        await self._keep(patient, visit, EntryKind.JOINED, both_on)
        await self._keep(doctor, visit, EntryKind.JOINED, both_on)
        async with self.work.begin(doctor, "test") as ctx:
            await admit(ctx, consultation_id)
        for number, text in enumerate(said):
            await self._keep(patient if number % 2 else doctor, visit, EntryKind.CHAT, chat_body(text))
        async with self.work.begin(doctor, "test") as ctx:
            await finish(ctx, consultation_id)
        return visit

    async def _keep(self, who: Actor, visit: Visit, kind: EntryKind, body: Body) -> None:
        async with self.work.begin(SYSTEM, "test") as ctx:
            saying = Saying(who, "test", visit.appointment.consultation_id, ctx.new_id(), kind, body)
            (outcome,) = await keep_batch(ctx, [saying])
        assert isinstance(outcome, Kept), outcome

    async def second_factor(self, account: Account) -> bytes:
        """Set one up for somebody of the staff; return what an app would keep."""
        async with self.work.begin(_actor(account), "test") as ctx:
            secret = await set_up(ctx)
            # Of the step before: the present code is still good once.
            await confirm_own(ctx, code_of_step(secret, step_at(ctx.now) - 1))
        return secret

    def age_proofs(self, account: Account) -> None:
        """Have it be long ago that this person signed in."""
        old = now() - PROOF_MAX_AGE
        execute(
            self.place.dsn("televisit"),
            "update session set proved_at = %s where account_id = %s",
            old,
            str(account.id),
        )

    async def token(self, account: Account) -> str:
        """Open a session and return what the browser would keep of it."""
        return await session_token(self.work, account)

    async def sealed(self, visit: Visit) -> None:
        """Return once every entry of a visit has its leaf in the log."""

        async def all_there() -> bool:
            ((waiting,),) = self.rows(
                "select count(*) from archive_entry left join archive_leaf using (conversation_id, seq) "
                "where conversation_id = %s and archive_leaf.index is null",
                visit.id,
            )
            return bool(waiting == 0)

        await until(all_there)

    def rows(self, query: str, *params: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds, as somebody who looks behind the server's back."""
        return rows(self.place.dsn("televisit"), query, *params)

    def kinds(self, visit: Visit, account: Account) -> list[str]:
        """Return the kinds of entries that the record of a visit has of one person, in order."""
        return [
            kind
            for (kind,) in self.rows(
                "select kind from archive_entry where conversation_id = %s and author = %s order by seq",
                visit.id,
                str(account.id),
            )
        ]

    def tamper(self, statement: str) -> None:
        """Change what is kept as only a superuser can: with the triggers that forbid it switched off."""
        self.place.cluster.sql(self.place.name, f"set session_replication_role = replica; {statement}")


@asynccontextmanager
async def served_hospital(
    cluster: EmbeddedPostgres, settings: Mapping[str, str], *, named: bool = False
) -> AsyncIterator[Hospital]:
    """Serve a hospital on a database of its own; at the end neither the server nor the database is left."""
    place = await open_database(cluster)
    server = HospitalServer(place.url(place.app), settings, named=named)
    try:
        server.open()
        async with connected(place.dsn(place.app), 4) as database:
            yield Hospital(place, database, server)
    finally:
        server.remove()
        place.remove()


async def open_database(cluster: EmbeddedPostgres) -> HospitalDatabase:
    """Make a database that its owner has migrated."""
    place = HospitalDatabase(cluster)
    place.make()
    async with connected(place.dsn(place.owner), 2) as database:
        await migrate(database, now, app=place.app)
    return place


def _actor(account: Account) -> Actor:
    return Actor(
        account.id, account.role, patient_id=account.patient_id, practitioner_id=account.practitioner_id
    )
