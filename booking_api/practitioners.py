"""Doctors: the public directory, the own profile, and the administration's decisions."""

from contextlib import AbstractAsyncContextManager
from datetime import date, datetime

from actions import doctor_directory, practitioners
from actions.context import Context
from actions.page_cursor import read_name_cursor, write_name_cursor
from booking_api import models_schedules as models
from booking_api.edge import Call, days_in_order
from booking_api.views import view
from domain.accounts import SYSTEM
from domain.ids import PractitionerId
from domain.practitioner import (
    LANGUAGES,
    SPECIALTY_WORDS,
    Profile,
    ProfileFields,
    Specialty,
    full_years,
    unmet,
)
from domain.schedule import PlaceDay, Slot
from storage.practitioners import ProfilePlace, PublicDoctor


async def list_specialties(_call: Call) -> models.Specialties:
    """GET /api/specialties."""
    return models.Specialties(specialties=[_specialty(one) for one in Specialty], languages=list(LANGUAGES))


async def find_doctors(call: Call) -> models.DoctorsFound:
    """GET /api/doctors. Without a cursor from the beginning."""
    query = call.given(models.DoctorsQuery)
    day = None if query.day is None else PlaceDay(query.day, call.edge.zone)
    wanted = doctor_directory.Wanted(query.specialty, query.language, query.name, day)
    after = None if query.cursor is None else read_name_cursor(query.cursor)
    async with _public(call) as ctx:
        found, more = await doctor_directory.find_doctors(ctx, wanted, after, query.limit)
    today = call.edge.today()
    last = found[-1].doctor if more and found else None
    return models.DoctorsFound(
        doctors=[
            models.DoctorCard(
                id=one.doctor.id,
                name=one.doctor.name,
                title=one.doctor.title,
                specialty=_specialty(one.doctor.specialty),
                fee_minor=one.doctor.fee_minor,
                currency=one.doctor.currency,
                languages=list(one.doctor.languages),
                years=full_years(one.doctor.practising_since, today),
                next_free=None if one.next_free is None else view(models.SlotView, one.next_free),
            )
            for one in found
        ],
        next_cursor=None if last is None else write_name_cursor(last.name, last.id),
    )


async def read_doctor(call: Call) -> models.DoctorPage:
    """GET /api/doctors/{id}."""
    async with _public(call) as ctx:
        doctor, free = await doctor_directory.read_doctor(ctx, PractitionerId(call.uuid()))
        asked = await doctor_directory.to_confirm(ctx, doctor.id, free)
    return _page(doctor, free, asked, call.edge.today())


async def list_doctor_slots(call: Call) -> models.DoctorSlots:
    """GET /api/doctors/{id}/slots."""
    query = call.given(models.SlotsQuery)
    days_in_order(query.first_day, query.last_day)
    start, end = call.edge.begin_of(query.first_day), call.edge.end_of(query.last_day)
    async with _public(call) as ctx:
        found = await doctor_directory.doctor_slots(ctx, PractitionerId(call.uuid()), start, end)
        asked = await doctor_directory.to_confirm(ctx, PractitionerId(call.uuid()), found)
    return models.DoctorSlots(slots=[_slot(slot, asked) for slot in found])


async def read_own_profile(call: Call) -> models.ProfileView:
    """GET /api/profile."""
    async with call.begin() as ctx:
        found = await practitioners.own_profile(ctx)
    return _profile(found, call.edge.today())


async def edit_own_profile(call: Call) -> models.ProfileView:
    """POST /api/profile."""
    given = call.given(models.OwnProfileEdit)
    hospital = call.edge.hospital
    async with call.begin() as ctx:
        found = await practitioners.edit_own_profile(
            ctx, _fields(given), hospital.currency, hospital.default_locale
        )
    return _profile(found, call.edge.today())


async def submit_own_profile(call: Call) -> models.ProfileView:
    """POST /api/profile/submit."""
    async with call.begin() as ctx:
        found = await practitioners.submit_profile(ctx)
    return _profile(found, call.edge.today())


async def list_doctor_profiles(call: Call) -> models.Profiles:
    """GET /api/doctor-profiles."""
    query = call.given(models.ProfilesQuery)
    after = None if query.cursor is None else _place(query.cursor)
    async with call.begin() as ctx:
        found, last = await practitioners.list_profiles(ctx, after, query.limit)
    today = call.edge.today()
    return models.Profiles(
        profiles=[_profile(one, today) for one in found],
        next_cursor=None if last is None else write_name_cursor(f"{last.settled:d}{last.name}", last.id),
    )


async def read_doctor_profile(call: Call) -> models.ProfileView:
    """GET /api/doctor-profiles/{id}."""
    async with call.begin() as ctx:
        found = await practitioners.read_profile(ctx, PractitionerId(call.uuid()))
    return _profile(found, call.edge.today())


async def edit_doctor_profile(call: Call) -> models.ProfileView:
    """POST /api/doctor-profiles/{id}."""
    given = call.given(models.ProfileEdit)
    hospital = call.edge.hospital
    async with call.begin() as ctx:
        found = await practitioners.edit_profile(
            ctx,
            PractitionerId(call.uuid()),
            _fields(given),
            consent_on_file=given.consent_on_file,
            currency=hospital.currency,
            locale=hospital.default_locale,
        )
    return _profile(found, call.edge.today())


async def approve_doctor(call: Call) -> models.ProfileView:
    """POST /api/doctor-profiles/{id}/approve."""
    async with call.begin() as ctx:
        found = await practitioners.approve_profile(ctx, PractitionerId(call.uuid()))
    return _profile(found, call.edge.today())


async def return_doctor_profile(call: Call) -> models.ProfileView:
    """POST /api/doctor-profiles/{id}/return."""
    reason = call.given(models.NewReason).reason
    async with call.begin() as ctx:
        found = await practitioners.return_profile(ctx, PractitionerId(call.uuid()), reason)
    return _profile(found, call.edge.today())


async def suspend_doctor(call: Call) -> models.ProfileView:
    """POST /api/doctor-profiles/{id}/suspend."""
    reason = call.given(models.NewReason).reason
    async with call.begin() as ctx:
        found = await practitioners.suspend_profile(ctx, PractitionerId(call.uuid()), reason)
    return _profile(found, call.edge.today())


def _public(call: Call) -> AbstractAsyncContextManager[Context]:
    """Open a transaction for who may be nobody: the hospital itself answers."""
    return call.edge.work.begin(SYSTEM, call.request_id)


def _fields(given: models.OwnProfileEdit) -> ProfileFields:
    return ProfileFields(
        given.title,
        given.specialty,
        given.licence_number,
        given.fee_minor,
        tuple(given.languages),
        given.practising_since,
        given.biography_zh,
        given.biography_en,
    )


def _place(cursor: str) -> ProfilePlace:
    text, practitioner_id = read_name_cursor(cursor)
    return ProfilePlace(text[:1] == "1", text[1:], practitioner_id)


def _profile(profile: Profile, today: date) -> models.ProfileView:
    fields = profile.fields
    return models.ProfileView(
        practitioner_id=profile.practitioner_id,
        name=profile.name,
        state=profile.state,
        title=fields.title,
        specialty=fields.specialty,
        licence_number=fields.licence_number,
        fee_minor=fields.fee_minor,
        currency=profile.currency,
        languages=list(fields.languages),
        practising_since=fields.practising_since,
        biography_zh=fields.biography_zh,
        biography_en=fields.biography_en,
        consent_on_file=profile.consent_on_file,
        reason=profile.reason,
        submitted_at=profile.submitted_at,
        decided_at=profile.decided_at,
        missing=unmet(fields, consent_on_file=profile.consent_on_file, today=today),
    )


def _page(
    doctor: PublicDoctor, free: list[Slot], asked: frozenset[datetime], today: date
) -> models.DoctorPage:
    return models.DoctorPage(
        id=doctor.id,
        name=doctor.name,
        title=doctor.title,
        specialty=_specialty(doctor.specialty),
        fee_minor=doctor.fee_minor,
        currency=doctor.currency,
        languages=list(doctor.languages),
        years=full_years(doctor.practising_since, today),
        biography_zh=doctor.biography_zh,
        biography_en=doctor.biography_en,
        next_free=[_slot(slot, asked) for slot in free],
    )


def _specialty(code: Specialty) -> models.SpecialtyView:
    return models.SpecialtyView(code=code, words=SPECIALTY_WORDS[code])


def _slot(slot: Slot, asked: frozenset[datetime]) -> models.BookableSlot:
    return models.BookableSlot(
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        free=slot.free,
        needs_confirmation=slot.starts_at in asked,
    )
