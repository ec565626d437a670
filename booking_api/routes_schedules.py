"""The part of the table of operations about doctors and their schedules."""

from booking_api import models_schedules as models
from booking_api import practitioners, schedules
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

_EDIT = (Code.PROFILE_WRONG_STATE, Code.PROFILE_LICENCE_TAKEN, Code.PROFILE_NOT_ELIGIBLE)

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/specialties", practitioners.list_specialties,
        "Specialties and languages to choose from", None, models.Specialties,
    ),
    Route(
        "GET", "/api/doctors", practitioners.find_doctors, "Find doctors, by name", None, models.DoctorsFound,
        query=models.DoctorsQuery,
    ),
    Route(
        "GET", "/api/doctors/{id}", practitioners.read_doctor,
        "A doctor's public page, with the next free slots", None, models.DoctorPage,
        thing="doctor",
    ),
    Route(
        "GET", "/api/doctors/{id}/slots", practitioners.list_doctor_slots,
        "A doctor's slots of some days", None, models.DoctorSlots,
        query=models.SlotsQuery,
        thing="doctor",
    ),
    Route(
        "GET", "/api/profile", practitioners.read_own_profile, "The own profile as a doctor",
        (Action.PROFILE_READ_OWN,), models.ProfileView,
    ),
    Route(
        "POST", "/api/profile", practitioners.edit_own_profile, "Change the own profile",
        (Action.PROFILE_EDIT_OWN,), models.ProfileView,
        body=models.OwnProfileEdit,
        codes=_EDIT,
    ),
    Route(
        "POST", "/api/profile/submit", practitioners.submit_own_profile, "Hand the own profile in",
        (Action.PROFILE_SUBMIT,), models.ProfileView,
        codes=(Code.PROFILE_WRONG_STATE, Code.PROFILE_NOT_ELIGIBLE),
    ),
    Route(
        "GET", "/api/doctor-profiles", practitioners.list_doctor_profiles,
        "Doctors' profiles, those that wait for a decision first", (Action.PROFILE_READ_ANY,),
        models.Profiles,
        query=models.ProfilesQuery,
    ),
    Route(
        "GET", "/api/doctor-profiles/{id}", practitioners.read_doctor_profile, "One doctor's profile",
        (Action.PROFILE_READ_ANY,), models.ProfileView,
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}", practitioners.edit_doctor_profile, "Change a doctor's profile",
        (Action.PROFILE_EDIT_ANY,), models.ProfileView,
        body=models.ProfileEdit,
        codes=_EDIT,
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/approve", practitioners.approve_doctor,
        "Approve a doctor: public and bookable from now on", (Action.PROFILE_APPROVE,), models.ProfileView,
        codes=(Code.PROFILE_WRONG_STATE, Code.PROFILE_NOT_ELIGIBLE),
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/return", practitioners.return_doctor_profile,
        "Give a profile back to the doctor", (Action.PROFILE_RETURN,), models.ProfileView,
        body=models.NewReason,
        codes=(Code.PROFILE_WRONG_STATE,),
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/suspend", practitioners.suspend_doctor,
        "Suspend a doctor", (Action.PROFILE_SUSPEND,), models.ProfileView,
        body=models.NewReason,
        codes=(Code.PROFILE_WRONG_STATE,),
        thing="doctor",
    ),
    Route(
        "GET", "/api/doctor-profiles/{id}/schedule", schedules.read_schedule,
        "A doctor's weekly hours, exceptions and leave", (Action.SCHEDULE_READ,), models.ScheduleView,
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/slot-ownership", schedules.set_slot_ownership,
        "Say who owns a doctor's slots, and how many the hospital's own system has ceded",
        (Action.SCHEDULE_CHANGE,), models.SlotOwnership,
        body=models.SlotOwnership,
        codes=(Code.HIS_NOT_CONNECTED,),
        thing="doctor",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/hours", schedules.add_weekly_hours, "Give a doctor weekly hours",
        (Action.SCHEDULE_CHANGE,), models.WeeklyHours, 201,
        body=models.NewWeeklyHours,
        codes=(Code.SCHEDULE_OVERLAP, Code.SCHEDULE_TOO_MANY),
        thing="doctor",
    ),
    Route(
        "POST", "/api/weekly-hours/{id}", schedules.change_weekly_hours, "Change weekly hours",
        (Action.SCHEDULE_CHANGE,), models.WeeklyHours,
        body=models.NewWeeklyHours,
        codes=(Code.SCHEDULE_OVERLAP,),
        thing="weekly hours",
    ),
    Route(
        "DELETE", "/api/weekly-hours/{id}", schedules.remove_weekly_hours, "Take weekly hours away",
        (Action.SCHEDULE_CHANGE,), status=204,
        thing="weekly hours",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/exceptions", schedules.add_schedule_exception,
        "Make one day of a doctor different", (Action.SCHEDULE_CHANGE,), models.ExceptionView, 201,
        body=models.NewException,
        codes=(Code.SCHEDULE_TOO_MANY,),
        thing="doctor",
    ),
    Route(
        "DELETE", "/api/schedule-exceptions/{id}", schedules.remove_schedule_exception,
        "Take an exception away", (Action.SCHEDULE_CHANGE,), status=204,
        thing="exception",
    ),
    Route(
        "POST", "/api/doctor-profiles/{id}/leave", schedules.add_doctor_leave, "Enter a doctor's leave",
        (Action.SCHEDULE_CHANGE,), models.LeaveEntered, 201,
        body=models.NewLeave,
        codes=(Code.SCHEDULE_TOO_MANY,),
        thing="doctor",
    ),
    Route(
        "DELETE", "/api/doctor-leave/{id}", schedules.remove_doctor_leave, "Take a doctor's leave away",
        (Action.SCHEDULE_CHANGE,), status=204,
        thing="leave",
    ),
    Route(
        "GET", "/api/leave", schedules.list_own_leave, "The own leave as a doctor",
        (Action.LEAVE_READ_OWN,), models.OwnLeaves,
    ),
    Route(
        "POST", "/api/leave", schedules.add_own_leave, "Enter the own leave", (Action.LEAVE_CHANGE_OWN,),
        models.LeaveEntered, 201,
        body=models.NewLeave,
        codes=(Code.SCHEDULE_TOO_MANY,),
    ),
    Route(
        "DELETE", "/api/leave/{id}", schedules.remove_own_leave, "Take the own leave away",
        (Action.LEAVE_CHANGE_OWN,), status=204,
        thing="leave",
    ),
)  # fmt: skip
