"""The demo hospital's doctors: what their profiles say, and when they are there each week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from actions.context import UnitOfWork
from actions.practitioners import approve_profile, edit_profile, read_profile, submit_profile
from actions.schedules import add_template, read_schedule
from domain.accounts import SYSTEM, Account, actor_of
from domain.errors import OwnFault
from domain.ids import PractitionerId
from domain.practitioner import ProfileFields, ProfileState, Specialty
from domain.schedule import Hours

_REQUEST = "demo"


@dataclass(frozen=True, slots=True)
class DemoDoctor:
    """An invented doctor. `week` holds (weekdays, from hour, to hour), cut into slots of `slot_minutes`."""

    fields: ProfileFields
    slot_minutes: int
    week: tuple[tuple[tuple[int, ...], float, float], ...]


DOCTORS: Mapping[str, DemoDoctor] = {
    "doctor.zhang": DemoDoctor(
        ProfileFields(
            "主任医师",
            Specialty.CARDIOLOGY,
            "DEMO-110-1998-0001",
            8000,
            ("zh", "en"),
            1998,
            "从事心血管内科临床工作二十余年，擅长高血压、冠心病和心力衰竭的长期管理。\n\n曾在北京和慕尼黑工作。",
            "More than twenty years in cardiology: high blood pressure, coronary disease, and living with "
            "heart failure.\n\nHas worked in Beijing and Munich.",
        ),
        20,
        (((1, 2, 3, 4, 5), 9, 12), ((1, 2, 3, 4, 5), 14, 17)),
    ),
    "doctor.chen": DemoDoctor(
        ProfileFields(
            "副主任医师",
            Specialty.RESPIRATORY,
            "DEMO-110-2009-0002",
            6000,
            ("zh", "en"),
            2009,
            "擅长哮喘、慢性阻塞性肺疾病和久咳的诊治。",
            "Asthma, COPD and coughs that do not go away.",
        ),
        20,
        (((1, 3, 5), 8.5, 12), ((6,), 9, 12)),
    ),
    "doctor.zhou": DemoDoctor(
        ProfileFields(
            "主治医师",
            Specialty.DERMATOLOGY,
            "DEMO-110-2016-0003",
            4000,
            ("zh", "yue"),
            2016,
            "擅长湿疹、痤疮和荨麻疹。",
            None,
        ),
        15,
        (((2, 3, 4), 13.5, 17.5), ((7,), 10, 12)),
    ),
}
"""The demo's doctors by login."""


async def seed_doctors(work: UnitOfWork, people: Mapping[str, Account], zone: str, currency: str) -> None:
    """Approve the demo's doctors and give them their weeks, unless that was done; durable on return."""
    admin = actor_of(people["admin"])
    for login, doctor in DOCTORS.items():
        practitioner_id = people[login].practitioner_id
        if practitioner_id is None:
            raise OwnFault(f"the demo's {login} is no doctor")
        async with work.begin(admin, _REQUEST) as ctx:
            state = (await read_profile(ctx, practitioner_id)).state
        if state is ProfileState.DRAFT:
            await _approve(work, practitioner_id, doctor.fields, currency, people[login].locale)
            async with work.begin(admin, _REQUEST) as ctx:
                today = ctx.now.date()
                known = await read_schedule(ctx, practitioner_id, today)
            if not known.templates:
                await _plan(work, practitioner_id, doctor, zone)


async def _approve(
    work: UnitOfWork, practitioner_id: PractitionerId, fields: ProfileFields, currency: str, locale: str
) -> None:
    async with work.begin(SYSTEM, _REQUEST) as ctx:
        await edit_profile(
            ctx, practitioner_id, fields, consent_on_file=True, currency=currency, locale=locale
        )
        await submit_profile(ctx, practitioner_id)
        await approve_profile(ctx, practitioner_id)


async def _plan(work: UnitOfWork, practitioner_id: PractitionerId, doctor: DemoDoctor, zone: str) -> None:
    async with work.begin(SYSTEM, _REQUEST) as ctx:
        since = ctx.now.date() - timedelta(days=1)
        for weekdays, begins, ends in doctor.week:
            hours = Hours(int(begins * 60), int(ends * 60), doctor.slot_minutes, 1, zone)
            for weekday in weekdays:
                await add_template(ctx, practitioner_id, weekday, hours, since, None)
