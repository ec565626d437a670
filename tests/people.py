"""People and appointments for tests, made by the real actions on behalf of the hospital itself."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from actions.accounts import NewAccount, create_account
from actions.appointments import create_appointment
from actions.context import Context, UnitOfWork
from actions.passwords import Cost
from domain.accounts import SYSTEM, Account, Role
from domain.appointment import Appointment
from domain.facts import EntryKind
from domain.practitioner import ProfileState, Specialty
from storage import practitioners, safety

PASSWORD = "a password for tests"
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$cEQrfz3yHkjTEwLPf8mERg$su/cz5N8lbekGDFKnL6u+9CBVvwWfkaroklhV4tnXwg"
)
"""PASSWORD hashed at the cost CHEAP: hashing it in every test would cost seconds."""
CHEAP = Cost(time_cost=1, memory_kib=8, parallelism=1)
"""The least that argon2 accepts: for PasswordHasher(cost=CHEAP)."""

Maker = Callable[[UnitOfWork], Awaitable[Account]]
"""make_patient and its sisters, for tests that try one role after another."""


async def make_account(work: UnitOfWork, new: NewAccount) -> Account:
    """Make an account; a doctor is approved at once, without a line in the audit trail."""
    async with work.begin(SYSTEM, "test") as ctx:
        account = await create_account(ctx, new)
        if account.role is Role.DOCTOR:
            await _approve(ctx, account)
    return account


async def _approve(ctx: Context, account: Account) -> None:
    assert account.practitioner_id is not None, "a doctor is a practitioner"
    before = await practitioners.by_id(ctx.tx, account.practitioner_id)
    assert before is not None, "a doctor has a profile"
    fields = replace(
        before.fields,
        specialty=Specialty.CARDIOLOGY,
        licence_number=account.practitioner_id.hex,
        fee_minor=5000,
        languages=("zh",),
        practising_since=2001,
    )
    after = replace(before, fields=fields, consent_on_file=True, state=ProfileState.APPROVED)
    await practitioners.write(ctx.tx, after, None)
    assert await practitioners.move(ctx.tx, before, after)


async def make_patient(
    work: UnitOfWork, name: str = "李晓兰", *, login: str | None = None, email: str | None = None
) -> Account:
    return await make_account(
        work,
        NewAccount(
            login or _login("patient"),
            PASSWORD_HASH,
            Role.PATIENT,
            name,
            email=email,
            birth_date=date(1988, 5, 17),
        ),
    )


async def make_doctor(
    work: UnitOfWork,
    name: str = "王建国",
    *,
    login: str | None = None,
    title: str = "主任医师",
    specialty: str = "心内科",
) -> Account:
    return await make_account(
        work,
        NewAccount(
            login or _login("doctor"), PASSWORD_HASH, Role.DOCTOR, name, title=title, specialty=specialty
        ),
    )


async def make_pharmacist(work: UnitOfWork, name: str = "赵敏", *, login: str | None = None) -> Account:
    return await make_account(
        work,
        NewAccount(
            login or _login("pharmacist"),
            PASSWORD_HASH,
            Role.PHARMACIST,
            name,
            title="药师",
            specialty="药学",
        ),
    )


async def make_auditor(work: UnitOfWork, name: str = "周正", *, login: str | None = None) -> Account:
    return await make_account(work, NewAccount(login or _login("auditor"), PASSWORD_HASH, Role.AUDITOR, name))


async def make_admin(work: UnitOfWork, name: str = "陈晨", *, login: str | None = None) -> Account:
    return await make_account(work, NewAccount(login or _login("admin"), PASSWORD_HASH, Role.ADMIN, name))


async def make_appointment(
    work: UnitOfWork,
    patient: Account,
    doctor: Account,
    starts_at: datetime | None = None,
    *,
    lasts: timedelta = timedelta(minutes=30),
    safe: bool = True,
) -> Appointment:
    """Book from `starts_at`, or from the present moment: then one for each doctor, as two would overlap.

    Unless not `safe`, the patient may arrive without being asked about emergencies and the location.
    """
    assert patient.patient_id is not None, "the patient is an account of a patient"
    assert doctor.practitioner_id is not None, "the doctor is an account of a doctor"
    begins = starts_at or work.now()
    async with work.begin(SYSTEM, "test") as ctx:
        made = await create_appointment(
            ctx, patient.patient_id, doctor.practitioner_id, begins, begins + lasts
        )
        if safe:
            await note_safe(ctx, made)
    return made


async def note_safe(ctx: Context, appointment: Appointment) -> None:
    """Have the patient count as somebody who answered and confirmed, without entries that say what."""
    kinds = (EntryKind.SAFETY, EntryKind.LOCATION)
    await safety.mark(
        ctx.tx, [safety.Mark(appointment.consultation_id, 1, ctx.now, kind, False) for kind in kinds]
    )


def _login(role: str) -> str:
    return f"{role}.{secrets.token_hex(4)}"
