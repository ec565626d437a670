"""The demo hospital: invented people, a visit to join now, and one of the past to replay.

Everything is made by the hospital's own actions, so what the demo shows is what a hospital would have.
Making it again changes nothing that is there and adds the visits of today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from actions.accounts import NewAccount, create_account, demo_accounts
from actions.appointments import any_appointments, create_appointment
from actions.consultations import admit, arrive, finish
from actions.context import Context, UnitOfWork
from actions.conversation import Kept, Saying, keep_batch
from actions.passwords import PasswordHasher
from actions.second_factor import confirm_own, read, set_up
from booking_api.models import DemoLogin
from domain.accounts import SYSTEM, Account, Actor, Role
from domain.appointment import Appointment
from domain.consultation import OPEN_STATES
from domain.errors import Conflict, OwnFault
from domain.facts import Body, EntryKind, LeaveReason, chat_body, left_body, media_body
from domain.practitioner import DEFAULT_CURRENCY
from domain.safety import QUESTIONS_VERSION, Location, answer_body, location_body
from domain.second_factor import code_of_step, needs_second_factor, step_at
from server.demo_doctors import seed_doctors
from server.refusal import Refusal
from storage.accounts import all_accounts

PASSWORD = "televisit-demo"  # noqa: S105  # Shown on the sign-in page of the demo: it is no secret.
_REQUEST = "demo"
_VISIT = timedelta(minutes=20)
_STEP = timedelta(minutes=5)
_STEPS_MAX = 24
_LATE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. `born` is for patients, `title` and `specialty` for doctors and pharmacists."""

    login: str
    role: Role
    name: str
    locale: str = "zh-CN"
    born: date | None = None
    title: str | None = None
    specialty: str | None = None


PEOPLE = (
    Person("patient.li", Role.PATIENT, "李晓兰", born=date(1956, 3, 12)),
    Person("patient.wang", Role.PATIENT, "王建军", born=date(1984, 11, 2)),
    Person("patient.zhao", Role.PATIENT, "赵子涵", born=date(1999, 7, 25)),
    Person("patient.smith", Role.PATIENT, "Emily Smith", "en", date(1990, 1, 30)),
    Person("patient.brown", Role.PATIENT, "Daniel Brown", "en", date(1971, 9, 8)),
    Person("doctor.zhang", Role.DOCTOR, "张文华", title="主任医师", specialty="心血管内科"),
    Person("doctor.chen", Role.DOCTOR, "陈思远", title="副主任医师", specialty="呼吸与危重症医学科"),
    Person("doctor.zhou", Role.DOCTOR, "周雅琴", title="主治医师", specialty="皮肤科"),
    Person("pharmacist.sun", Role.PHARMACIST, "孙丽娟", title="主管药师", specialty="药学部"),
    Person("auditor.qian", Role.AUDITOR, "钱立"),
    Person("admin", Role.ADMIN, "吴敏"),
)

TODAY = (
    ("doctor.zhang", "patient.li", timedelta(0)),
    ("doctor.chen", "patient.brown", timedelta(minutes=10)),
    ("doctor.zhang", "patient.smith", timedelta(minutes=20)),
    ("doctor.zhou", "patient.zhao", timedelta(minutes=30)),
    ("doctor.zhang", "patient.wang", timedelta(minutes=45)),
    ("doctor.chen", "patient.li", timedelta(minutes=120)),
    ("doctor.zhou", "patient.smith", timedelta(minutes=180)),
)
"""Doctor, patient, and how long from now."""

_HOME = Location("CN", "上海市", "上海市", "浦东新区 世纪大道 100 号", "+86 138 0013 8000")
_BOTH_ON = media_body(microphone=True, camera=True)
_PAST = (
    (-239, "patient.li", EntryKind.JOINED, _BOTH_ON),
    (-8, "doctor.zhang", EntryKind.JOINED, _BOTH_ON),
    (20, "doctor.zhang", EntryKind.CHAT, chat_body("李阿姨您好，我是张文华。最近血压怎么样？")),
    (48, "patient.li", EntryKind.CHAT, chat_body("张主任好，早上大概 138/86，晚上低一点。")),
    (
        75,
        "doctor.zhang",
        EntryKind.CHAT,
        chat_body("比上个月好多了。药还是每天早上吃一片吗？有没有头晕、脚肿？"),
    ),
    (96, "patient.li", EntryKind.MEDIA, media_body(microphone=True, camera=False)),
    (104, "patient.li", EntryKind.MEDIA, _BOTH_ON),
    (110, "patient.li", EntryKind.CHAT, chat_body("每天都吃。脚踝晚上有一点点肿，早上就消了。")),
    (
        150,
        "doctor.zhang",
        EntryKind.CHAT,
        chat_body("这可能和药有关，暂时不用换。每天记一次早晚血压，两周后再看。"),
    ),
    (171, "patient.li", EntryKind.CHAT, chat_body("好的，谢谢您！")),
    (196, "doctor.zhang", EntryKind.CHAT, chat_body("如果出现胸痛、气短，请立刻拨打 120，不要等复诊。")),
    (231, "patient.li", EntryKind.LEFT, left_body(LeaveReason.LEFT)),
)
"""Seconds after the doctor admitted, who, and what the record keeps of it."""


async def seed(
    work: UnitOfWork,
    passwords: PasswordHasher,
    *,
    zone: str = "Asia/Shanghai",
    currency: str = DEFAULT_CURRENCY,
) -> None:
    """Make what is missing of the demo hospital, whose weeks are of this time zone; durable on return.

    Raise Refusal when this is the hospital of real people: known passwords are not for it.
    """
    people = await _people(work, passwords)
    await _second_factors(work, people)
    await seed_doctors(work, people, zone, currency)
    await _past_visit(work, people)
    await _visits_of_today(work, people)


def logins() -> tuple[DemoLogin, ...]:
    """Return who can sign in to the demo hospital, and how."""
    return tuple(
        DemoLogin(role=person.role, login=person.login, password=PASSWORD, display_name=person.name)
        for person in PEOPLE
    )


async def _people(work: UnitOfWork, passwords: PasswordHasher) -> dict[str, Account]:
    async with work.begin(SYSTEM, _REQUEST) as ctx:
        found = {account.login: account for account in await demo_accounts(ctx.tx)}
        if not found and await all_accounts(ctx.tx):
            raise Refusal("This database holds a real hospital: no demo accounts are put into it.")
    if all(person.login in found for person in PEOPLE):
        return found
    # One password, one hash: it is printed on the sign-in page anyway.
    password_hash = await passwords.hash(PASSWORD)
    for person in PEOPLE:
        if person.login not in found:
            async with work.begin(SYSTEM, _REQUEST) as ctx:
                found[person.login] = await create_account(
                    ctx,
                    NewAccount(
                        person.login,
                        password_hash,
                        person.role,
                        person.name,
                        locale=person.locale,
                        email=f"{person.login}@example.org",
                        birth_date=person.born,
                        title=person.title,
                        specialty=person.specialty,
                        demo=True,
                    ),
                )
    return found


async def _second_factors(work: UnitOfWork, people: Mapping[str, Account]) -> None:
    """Set up what is missing, so that nobody has to find an app first: the page shows the present code."""
    for account in people.values():
        if needs_second_factor(account.role):
            async with work.begin(_actor(account), _REQUEST) as ctx:
                if not (await read(ctx)).confirmed:
                    secret = await set_up(ctx)
                    await confirm_own(ctx, code_of_step(secret, step_at(ctx.now)))


async def _visits_of_today(work: UnitOfWork, people: Mapping[str, Account]) -> None:
    """See to it that each pair of TODAY has a visit that can still take place."""
    now = work.now()
    async with work.begin(_actor(people["admin"]), _REQUEST) as ctx:
        known = await any_appointments(ctx, now - timedelta(hours=12), now + timedelta(hours=12))
    for doctor, patient, after in TODAY:
        waiting = any(
            _is_of(item, people[doctor], people[patient])
            and item.consultation_state in OPEN_STATES
            and item.starts_at > now - _LATE
            for item in known
        )
        if not waiting:
            await _book(work, people[doctor], people[patient], _rounded(now) + after)


async def _book(work: UnitOfWork, doctor: Account, patient: Account, starts_at: datetime) -> None:
    """Book the first time from `starts_at` that the doctor has free; a full day stays as it is."""
    for step in range(_STEPS_MAX):
        begins = starts_at + step * _STEP
        try:
            async with work.begin(SYSTEM, _REQUEST) as ctx:
                await _appointment(ctx, doctor, patient, begins)
        except Conflict:
            continue
        return


async def _past_visit(work: UnitOfWork, people: Mapping[str, Account]) -> None:
    """Make yesterday's visit once, in one transaction, each step at the time it would have had."""
    doctor, patient = people["doctor.zhang"], people["patient.li"]
    began = _rounded(work.now()) - timedelta(days=1)
    async with work.begin(_actor(people["admin"]), _REQUEST) as ctx:
        known = await any_appointments(ctx, began - timedelta(days=60), began + timedelta(hours=1))
        if any(_is_of(item, doctor, patient) for item in known):
            return
        made = await _appointment(
            replace(ctx, actor=SYSTEM, now=began - timedelta(days=2)), doctor, patient, began
        )
        visit = made.consultation_id

        def at(seconds: float, who: Account | None = None) -> Context:
            actor = SYSTEM if who is None else _actor(who)
            # Nobody signed in for it, so that there is no session in which the doctor proved who she is.
            return replace(ctx, actor=actor, now=began + timedelta(seconds=seconds), proof_max_age=None)

        moment = at(-245)
        said = (
            (EntryKind.SAFETY, answer_body(QUESTIONS_VERSION, [])),
            (EntryKind.LOCATION, location_body(_HOME)),
        )
        await _keep(moment, patient, visit, said)
        await arrive(at(-240, patient), visit)
        admitted = False
        for seconds, login, kind, body in _PAST:
            if seconds > 0 and not admitted:
                await admit(at(0, doctor), visit)
                admitted = True
            await _keep(at(seconds), people[login], visit, [(kind, body)])
        await finish(at(240, doctor), visit)


async def _keep(ctx: Context, who: Account, visit: UUID, said: Iterable[tuple[EntryKind, Body]]) -> None:
    sayings = [Saying(_actor(who), _REQUEST, visit, ctx.new_id(), kind, body) for kind, body in said]
    for outcome in await keep_batch(ctx, sayings):
        if not isinstance(outcome, Kept):
            raise OwnFault(f"the demo's past visit was not kept: {outcome.code}")


async def _appointment(ctx: Context, doctor: Account, patient: Account, begins: datetime) -> Appointment:
    if patient.patient_id is None or doctor.practitioner_id is None:
        raise OwnFault("a demo account is not what its login says")
    return await create_appointment(ctx, patient.patient_id, doctor.practitioner_id, begins, begins + _VISIT)


def _is_of(appointment: Appointment, doctor: Account, patient: Account) -> bool:
    return (
        appointment.practitioner_id == doctor.practitioner_id and appointment.patient_id == patient.patient_id
    )


def _actor(account: Account) -> Actor:
    return Actor(
        account.id,
        account.role,
        patient_id=account.patient_id,
        practitioner_id=account.practitioner_id,
    )


def _rounded(moment: datetime) -> datetime:
    """Return the last full five minutes."""
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)
