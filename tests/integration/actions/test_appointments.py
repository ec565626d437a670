"""Appointments: booking, cancelling, reading; each refusal beside what is allowed."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.accounts import disable_account
from actions.appointments import (
    RANGE_MAX,
    any_appointments,
    cancel_appointment,
    create_appointment,
    own_appointments,
    read_appointment,
)
from actions.context import ActionRefused, UnitOfWork
from domain.accounts import Account, actor_of
from domain.appointment import Appointment, AppointmentState
from domain.consultation import ConsultationState
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, WrongState
from domain.ids import AppointmentId, PatientId, PractitionerId
from tests.conftest import Clock
from tests.people import (
    Maker,
    make_admin,
    make_appointment,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import blocked, execute, rows, trail
from tests.waiting import until

HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)


async def book(
    work: UnitOfWork,
    actor: Account,
    patient_id: PatientId | None,
    practitioner_id: PractitionerId | None,
    starts_at: datetime,
    lasts: timedelta = HALF_HOUR,
) -> Appointment:
    assert patient_id is not None
    assert practitioner_id is not None
    async with work.begin(actor_of(actor), "test") as ctx:
        return await create_appointment(ctx, patient_id, practitioner_id, starts_at, starts_at + lasts)


async def cancel(work: UnitOfWork, actor: Account, appointment: Appointment) -> Appointment:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await cancel_appointment(ctx, appointment.id)


async def own(work: UnitOfWork, actor: Account, start: datetime, end: datetime) -> list[Appointment]:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await own_appointments(ctx, start, end)


async def everybody(work: UnitOfWork, actor: Account, start: datetime, end: datetime) -> list[Appointment]:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await any_appointments(ctx, start, end)


async def read(work: UnitOfWork, actor: Account, appointment: Appointment) -> Appointment:
    async with work.begin(actor_of(actor), "test") as ctx:
        return await read_appointment(ctx, appointment.id)


def put_into(dsn: str, appointment: Appointment, state: ConsultationState) -> None:
    """Put the consultation into a state, as the visit's own actions would."""
    execute(
        dsn,
        "update consultation set state = %s, arrived_at = created_at, admitted_at = created_at, "
        "ended_at = created_at where id = %s",
        state.value,
        str(appointment.consultation_id),
    )


class TestBooking:
    async def test_an_appointment_plans_a_consultation(
        self, work: UnitOfWork, dsn: str, clock: Clock
    ) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        assert patient.patient_id is not None
        assert doctor.practitioner_id is not None
        starts_at = clock.at + DAY
        made = await book(work, admin, patient.patient_id, doctor.practitioner_id, starts_at)
        assert made == Appointment(
            made.id,
            made.consultation_id,
            patient.patient_id,
            patient.display_name,
            doctor.practitioner_id,
            doctor.display_name,
            "主任医师",
            "心内科",
            AppointmentState.BOOKED,
            ConsultationState.PLANNED,
            starts_at,
            starts_at + HALF_HOUR,
        )
        assert rows(dsn, "select id::text, appointment_id::text, state from consultation") == [
            (str(made.consultation_id), str(made.id), "planned")
        ]
        assert await read(work, admin, made) == made
        assert trail(dsn, "appointment.create") == [
            ("done", str(admin.id), str(made.id), str(patient.patient_id))
        ]

    @pytest.mark.parametrize("offset", [timedelta(0), timedelta(minutes=29), timedelta(minutes=-29)])
    async def test_a_doctor_cannot_have_two_at_once(
        self, work: UnitOfWork, dsn: str, clock: Clock, offset: timedelta
    ) -> None:
        first, second, doctor = await make_patient(work), await make_patient(work), await make_doctor(work)
        await make_appointment(work, first, doctor)
        with pytest.raises(Conflict) as refusal:
            await make_appointment(work, second, doctor, clock.at + offset)
        assert refusal.value.code is Code.APPOINTMENT_OVERLAP
        assert rows(dsn, "select count(*) from consultation") == [(1,)]

    async def test_one_may_follow_right_after_another_or_be_with_another_doctor(
        self, work: UnitOfWork, clock: Clock
    ) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        await make_appointment(work, patient, doctor)
        await make_appointment(work, patient, doctor, clock.at + HALF_HOUR)
        await make_appointment(work, patient, doctor, clock.at - HALF_HOUR)
        await make_appointment(work, patient, await make_doctor(work))

    async def test_of_many_who_book_the_same_time_at_once_one_gets_it(
        self, work: UnitOfWork, dsn: str
    ) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        outcomes = await asyncio.gather(
            *(make_appointment(work, patient, doctor) for _ in range(6)), return_exceptions=True
        )
        assert sum(isinstance(outcome, Appointment) for outcome in outcomes) == 1
        assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 5
        assert rows(dsn, "select count(*) from appointment") == [(1,)]

    @pytest.mark.parametrize(
        ("starts", "lasts", "fields"),
        [
            (timedelta(0), timedelta(0), {"ends_at": FieldFault.OUT_OF_ORDER}),
            (timedelta(0), timedelta(hours=4, seconds=1), {"ends_at": FieldFault.TOO_LARGE}),
            (timedelta(days=-1, seconds=-1), HALF_HOUR, {"starts_at": FieldFault.IN_THE_PAST}),
        ],
    )
    async def test_times_that_cannot_be_are_refused(
        self,
        work: UnitOfWork,
        dsn: str,
        clock: Clock,
        starts: timedelta,
        lasts: timedelta,
        fields: dict[str, FieldFault],
    ) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        with pytest.raises(InvalidInput) as refusal:
            await make_appointment(work, patient, doctor, clock.at + starts, lasts=lasts)
        assert refusal.value.fields == fields
        assert rows(dsn, "select id from appointment") == []

    async def test_only_a_patient_can_be_booked_for_and_only_a_doctor_can_be_booked(
        self, work: UnitOfWork, clock: Clock
    ) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        pharmacist = await make_pharmacist(work)
        nobody = actor_of(admin).account_id
        assert nobody is not None
        with pytest.raises(NotFound, match="patient"):
            await book(work, admin, PatientId(nobody), doctor.practitioner_id, clock.at)
        for not_a_doctor in (PractitionerId(nobody), pharmacist.practitioner_id):
            with pytest.raises(NotFound, match="doctor"):
                await book(work, admin, patient.patient_id, not_a_doctor, clock.at)

    @pytest.mark.parametrize("who", ["patient", "doctor"])
    async def test_nobody_books_for_or_with_a_disabled_account(self, work: UnitOfWork, who: str) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        async with work.begin(actor_of(admin), "test") as ctx:
            await disable_account(ctx, (patient if who == "patient" else doctor).id)
        with pytest.raises(NotFound, match=who):
            await make_appointment(work, patient, doctor)

    @pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
    async def test_only_the_administration_books(
        self, work: UnitOfWork, dsn: str, clock: Clock, maker: Maker
    ) -> None:
        actor, patient, doctor = await maker(work), await make_patient(work), await make_doctor(work)
        with pytest.raises(ActionRefused):
            await book(work, actor, patient.patient_id, doctor.practitioner_id, clock.at)
        assert trail(dsn, "appointment.create") == [("refused", str(actor.id), None, None)]
        assert rows(dsn, "select id from appointment") == []


class TestCancelling:
    @pytest.mark.parametrize("state", [ConsultationState.PLANNED, ConsultationState.ARRIVED])
    async def test_before_the_visit_it_cancels_the_consultation_too(
        self, work: UnitOfWork, dsn: str, clock: Clock, state: ConsultationState
    ) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        if state is not ConsultationState.PLANNED:
            put_into(dsn, made, state)
        clock.forward(timedelta(minutes=3))
        cancelled = await cancel(work, admin, made)
        assert cancelled == replace(
            made, state=AppointmentState.CANCELLED, consultation_state=ConsultationState.CANCELLED
        )
        assert await read(work, admin, made) == cancelled
        assert rows(dsn, "select ended_at from consultation") == [(clock.at,)]
        assert trail(dsn, "appointment.cancel") == [
            ("done", str(admin.id), str(made.id), str(patient.patient_id))
        ]

    async def test_it_gives_the_time_free_again(self, work: UnitOfWork) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        await cancel(work, admin, await make_appointment(work, patient, doctor))
        await make_appointment(work, patient, doctor)

    @pytest.mark.parametrize("state", [ConsultationState.IN_PROGRESS, ConsultationState.FINISHED])
    async def test_a_visit_that_began_cannot_be_cancelled(
        self, work: UnitOfWork, dsn: str, state: ConsultationState
    ) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        put_into(dsn, made, state)
        with pytest.raises(WrongState) as refusal:
            await cancel(work, admin, made)
        assert refusal.value.code is Code.CONSULTATION_WRONG_STATE
        assert rows(dsn, "select state from appointment") == [("booked",)]
        assert trail(dsn, "appointment.cancel") == []

    async def test_it_happens_once(self, work: UnitOfWork, dsn: str) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        outcomes = await asyncio.gather(
            *(cancel(work, admin, made) for _ in range(4)), return_exceptions=True
        )
        assert sum(isinstance(outcome, WrongState) for outcome in outcomes) == 3
        assert len(trail(dsn, "appointment.cancel")) == 1

    async def test_it_waits_for_an_admission_under_way_and_then_is_refused(
        self, work: UnitOfWork, dsn: str
    ) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        put_into(dsn, made, ConsultationState.ARRIVED)

        async def waits() -> bool:
            return await asyncio.to_thread(blocked, dsn)

        async with work.begin(actor_of(doctor), "test") as ctx:
            await ctx.tx.script("update consultation set state = 'in-progress' where state = 'arrived'")
            cancelling = asyncio.create_task(cancel(work, admin, made))
            await until(waits)
        with pytest.raises(WrongState):
            await cancelling

    async def test_what_is_not_there_cannot_be_cancelled(self, work: UnitOfWork) -> None:
        admin = await make_admin(work)
        with pytest.raises(NotFound):
            async with work.begin(actor_of(admin), "test") as ctx:
                await cancel_appointment(ctx, AppointmentId(ctx.new_id()))

    async def test_only_the_administration_cancels(self, work: UnitOfWork, dsn: str) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        for actor in (patient, doctor, await make_auditor(work)):
            with pytest.raises(ActionRefused):
                await cancel(work, actor, made)
        assert [line[0] for line in trail(dsn, "appointment.cancel")] == ["refused"] * 3


class TestReading:
    async def test_each_side_sees_its_own_in_order_of_time(
        self, work: UnitOfWork, dsn: str, clock: Clock
    ) -> None:
        patient, other = await make_patient(work), await make_patient(work, "赵敏")
        doctor, colleague = await make_doctor(work), await make_doctor(work)
        late = await make_appointment(work, patient, doctor, clock.at + timedelta(hours=2))
        early = await make_appointment(work, patient, colleague)
        others = await make_appointment(work, other, doctor, clock.at + timedelta(hours=1))
        start, end = clock.at - DAY, clock.at + DAY
        assert await own(work, patient, start, end) == [early, late]
        assert await own(work, doctor, start, end) == [others, late]
        assert trail(dsn, "appointment.read_own") == [
            ("done", str(patient.id), None, str(patient.patient_id)),
            ("done", str(doctor.id), None, str(other.patient_id)),
            ("done", str(doctor.id), None, str(patient.patient_id)),
        ]

    async def test_a_day_holds_what_touches_it(self, work: UnitOfWork, clock: Clock) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        midnight = clock.at.replace(hour=0) + DAY
        await make_appointment(work, patient, doctor, midnight - timedelta(hours=4), lasts=timedelta(hours=3))
        across = await make_appointment(work, patient, doctor, midnight - HALF_HOUR, lasts=2 * HALF_HOUR)
        within = await make_appointment(work, patient, doctor, midnight + HALF_HOUR)
        await make_appointment(work, patient, doctor, midnight + DAY)
        assert await own(work, patient, midnight, midnight + DAY) == [across, within]

    async def test_cancelled_ones_stay_visible(self, work: UnitOfWork, clock: Clock) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        cancelled = await cancel(work, admin, await make_appointment(work, patient, doctor))
        assert await own(work, patient, clock.at, clock.at + DAY) == [cancelled]

    async def test_nothing_to_see_is_an_empty_list_and_a_line(
        self, work: UnitOfWork, dsn: str, clock: Clock
    ) -> None:
        patient = await make_patient(work)
        assert await own(work, patient, clock.at, clock.at + DAY) == []
        assert trail(dsn, "appointment.read_own") == [("done", str(patient.id), None, None)]

    @pytest.mark.parametrize("maker", [make_pharmacist, make_auditor, make_admin])
    async def test_who_has_no_appointments_cannot_ask_for_own_ones(
        self, work: UnitOfWork, clock: Clock, maker: Maker
    ) -> None:
        with pytest.raises(ActionRefused):
            await own(work, await maker(work), clock.at, clock.at + DAY)

    async def test_the_administration_sees_all_and_each_patient_one_line(
        self, work: UnitOfWork, dsn: str, clock: Clock
    ) -> None:
        admin, doctor = await make_admin(work), await make_doctor(work)
        patient, other = await make_patient(work), await make_patient(work)
        made = [
            await make_appointment(work, whose, doctor, clock.at + step * HALF_HOUR)
            for step, whose in enumerate([patient, other, patient])
        ]
        assert await everybody(work, admin, clock.at, clock.at + DAY) == made
        assert trail(dsn, "appointment.read_any") == [
            ("done", str(admin.id), None, str(patient.patient_id)),
            ("done", str(admin.id), None, str(other.patient_id)),
        ]

    @pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist, make_auditor])
    async def test_nobody_else_sees_all(self, work: UnitOfWork, dsn: str, clock: Clock, maker: Maker) -> None:
        actor = await maker(work)
        with pytest.raises(ActionRefused):
            await everybody(work, actor, clock.at, clock.at + DAY)
        assert trail(dsn, "appointment.read_any") == [("refused", str(actor.id), None, None)]

    async def test_a_range_that_is_none_is_refused(self, work: UnitOfWork, clock: Clock) -> None:
        patient, admin = await make_patient(work), await make_admin(work)
        with pytest.raises(InvalidInput) as refusal:
            await own(work, patient, clock.at, clock.at)
        assert refusal.value.fields == {"to": FieldFault.OUT_OF_ORDER}
        with pytest.raises(InvalidInput) as refusal:
            await own(work, patient, clock.at.replace(tzinfo=None), clock.at)
        assert refusal.value.fields == {"from": FieldFault.BAD_FORMAT}
        with pytest.raises(InvalidInput) as refusal:
            await everybody(work, admin, clock.at, clock.at + RANGE_MAX + DAY)
        assert refusal.value.fields == {"to": FieldFault.TOO_LARGE}
        assert await own(work, patient, clock.at, clock.at + RANGE_MAX + DAY) == []

    async def test_its_two_sides_and_the_administration_read_one(self, work: UnitOfWork, dsn: str) -> None:
        admin, patient, doctor = await make_admin(work), await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        for actor in (patient, doctor, admin):
            assert await read(work, actor, made) == made
        subject = (str(made.id), str(patient.patient_id))
        assert trail(dsn, "appointment.read_own") == [
            ("done", str(patient.id), *subject),
            ("done", str(doctor.id), *subject),
        ]
        assert trail(dsn, "appointment.read_any") == [("done", str(admin.id), *subject)]

    async def test_another_patient_or_doctor_is_refused_and_the_attempt_is_kept(
        self, work: UnitOfWork, dsn: str
    ) -> None:
        patient, doctor = await make_patient(work), await make_doctor(work)
        made = await make_appointment(work, patient, doctor)
        strangers = [await make_patient(work), await make_doctor(work)]
        for stranger in strangers:
            with pytest.raises(ActionRefused):
                await read(work, stranger, made)
        assert trail(dsn, "appointment.read_own") == [
            ("refused", str(stranger.id), str(made.id), str(patient.patient_id)) for stranger in strangers
        ]

    @pytest.mark.parametrize("maker", [make_pharmacist, make_auditor])
    async def test_roles_without_appointments_read_none(self, work: UnitOfWork, maker: Maker) -> None:
        made = await make_appointment(work, await make_patient(work), await make_doctor(work))
        with pytest.raises(ActionRefused):
            await read(work, await maker(work), made)

    async def test_what_is_not_there_cannot_be_read(self, work: UnitOfWork) -> None:
        admin = await make_admin(work)
        with pytest.raises(NotFound):
            async with work.begin(actor_of(admin), "test") as ctx:
                await read_appointment(ctx, AppointmentId(ctx.new_id()))
