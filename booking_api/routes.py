"""The table of the HTTP API: every address once, with its bodies, who may use it and what can go wrong.

The router, the permission tests and the OpenAPI document are all made from this table.
"""

from booking_api import (
    accounts,
    appointments,
    archive,
    audit,
    description,
    health,
    hospital,
    jobs,
    models,
    models_figures,
    models_proof,
    models_session,
    people,
    proofs,
    queries,
    routes_booking,
    routes_changes,
    routes_evidence,
    routes_family,
    routes_files,
    routes_follow_ups,
    routes_guests,
    routes_identity,
    routes_notices,
    routes_passkeys,
    routes_payments,
    routes_reauthentication,
    routes_registration,
    routes_retention,
    routes_safety,
    routes_schedules,
    routes_searches,
    routes_second_factor,
    routes_single_sign_on,
    session,
)
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route("GET", "/healthz", health.health, "Ready: the database answers", None, models.Health),
    Route(
        "GET", "/api/hospital", hospital.read_hospital, "What anyone may know of the hospital", None,
        models.HospitalView,
    ),
    Route(
        "POST", "/api/session", session.sign_in, "Sign in", None, models_session.SessionView, 201,
        body=models_session.Credentials,
        codes=(Code.AUTH_INVALID_CREDENTIALS, Code.AUTH_THROTTLED),
    ),
    Route(
        "GET", "/api/session", session.read_session, "Who is signed in", (),
        models_session.SessionView,
        while_pending=True,
    ),
    Route(
        "DELETE", "/api/session", session.sign_out, "Sign out", (Action.SIGN_OUT,), status=204,
        while_pending=True,
    ),
    Route(
        "GET", "/api/sessions", session.list_sessions, "Own open sessions", (Action.SESSION_LIST,),
        models_session.OpenSessions,
    ),
    Route(
        "DELETE", "/api/sessions/{id}", session.revoke_session, "End one of the own sessions",
        (Action.SESSION_REVOKE,), status=204,
        thing="session",
    ),
    Route(
        "GET", "/api/accounts", accounts.list_accounts,
        "Accounts, by login", (Action.ACCOUNT_LIST,), models.Accounts,
        query=queries.AccountsQuery,
    ),
    Route(
        "POST", "/api/accounts", accounts.create_account, "Create an account", (Action.ACCOUNT_CREATE,),
        models.AccountView, 201,
        body=models.NewAccount,
        codes=(Code.ACCOUNT_LOGIN_TAKEN, Code.AUTH_THROTTLED),
    ),
    Route(
        "POST", "/api/accounts/{id}/disable", accounts.disable_account,
        "Disable an account and end its sessions",
        (Action.ACCOUNT_DISABLE,), status=204,
        thing="account",
    ),
    Route(
        "POST", "/api/accounts/{id}/enable", accounts.enable_account, "Enable an account again",
        (Action.ACCOUNT_ENABLE,), status=204,
        thing="account",
    ),
    Route(
        "GET", "/api/patients", people.list_patients, "Patients to choose from", (Action.PATIENT_LIST,),
        models.Patients,
        query=queries.PatientsQuery,
    ),
    Route(
        "GET", "/api/practitioners", people.list_practitioners, "Doctors to choose from",
        (Action.PRACTITIONER_LIST,), models.Practitioners,
    ),
    Route(
        "GET", "/api/appointments", appointments.list_appointments,
        "Appointments: own ones of patients and doctors, all for the administration",
        (Action.APPOINTMENT_READ_OWN, Action.APPOINTMENT_READ_ANY), models.Appointments,
        query=queries.AppointmentsQuery,
    ),
    Route(
        "GET", "/api/past-appointments", appointments.list_past_appointments,
        "The patient's own and the family's visits that are over, newest first",
        (Action.APPOINTMENT_READ_PAST,), models.PastAppointments,
        query=queries.PastAppointmentsQuery,
    ),
    Route(
        "POST", "/api/appointments", appointments.create_appointment, "Make an appointment",
        (Action.APPOINTMENT_CREATE,), models.AppointmentView, 201,
        body=models.NewAppointment,
        codes=(Code.APPOINTMENT_OVERLAP, Code.HIS_CONFIRMS, Code.NOT_FOUND),
    ),
    Route(
        "GET", "/api/appointments/{id}", appointments.read_appointment, "One appointment",
        (Action.APPOINTMENT_READ_OWN, Action.APPOINTMENT_READ_ANY), models.AppointmentView,
        thing="appointment",
    ),
    Route(
        "POST", "/api/appointments/{id}/cancel", appointments.cancel_appointment,
        "Cancel an appointment that has not begun", (Action.APPOINTMENT_CANCEL,), status=204,
        codes=(Code.APPOINTMENT_WRONG_STATE, Code.CONSULTATION_WRONG_STATE),
        thing="appointment",
    ),
    Route(
        "GET", "/api/archive/consultations", archive.search_archive, "Find consultations, newest first",
        (Action.ARCHIVE_SEARCH,), models.ConsultationsFound,
        query=queries.ArchiveQuery,
    ),
    Route(
        "GET", "/api/archive/consultations/{id}", archive.read_record,
        "A consultation's whole timeline as kept",
        (Action.ARCHIVE_READ,), models.Record,
        thing="consultation",
    ),
    Route(
        "GET", "/api/archive/consultations/{id}/verification", archive.verify_record,
        "Check a consultation's chain now", (Action.ARCHIVE_VERIFY,), models.VerificationView,
        thing="consultation",
    ),
    Route(
        "GET", "/api/archive/consultations/{id}/proof", proofs.prove_record,
        "Proofs that a consultation's entries are in the log", (Action.ARCHIVE_PROVE,),
        models_proof.RecordProof,
        thing="consultation",
    ),
    Route(
        "GET", "/api/consultations/{id}/receipt", proofs.read_receipt,
        "A participant's receipt: the proof of the closing entry (C2SP tlog-proof)",
        (Action.ARCHIVE_RECEIPT,),
        media_type="text/plain",
        codes=(Code.ARCHIVE_NOT_SEALED_YET,),
        thing="consultation",
    ),
    *routes_second_factor.ROUTES,
    *routes_passkeys.ROUTES,
    *routes_reauthentication.ROUTES,
    *routes_single_sign_on.ROUTES,
    *routes_registration.ROUTES,
    *routes_identity.ROUTES,
    *routes_family.ROUTES,
    *routes_files.ROUTES,
    *routes_safety.ROUTES,
    *routes_follow_ups.ROUTES,
    *routes_guests.ROUTES,
    *routes_payments.ROUTES,
    *routes_evidence.ROUTES,
    *routes_searches.ROUTES,
    *routes_retention.ROUTES,
    *routes_schedules.ROUTES,
    *routes_booking.ROUTES,
    *routes_changes.ROUTES,
    *routes_notices.ROUTES,
    Route(
        "GET", "/api/audit", audit.read_audit, "The audit trail, newest first", (Action.AUDIT_READ,),
        models.AuditLines,
        query=queries.AuditQuery,
    ),
    Route(
        "GET", "/api/jobs", jobs.list_jobs,
        "Background jobs that gave up", (Action.JOB_LIST,), models.DeadJobs,
        query=queries.JobsQuery,
    ),
    Route(
        "POST", "/api/jobs/{id}/retry", jobs.retry_job,
        "Run a dead job again", (Action.JOB_RETRY,), status=204,
        id_kind="integer",
        codes=(Code.JOB_WRONG_STATE,),
        thing="job",
    ),
    Route(
        "GET", "/api/figures", hospital.read_figures,
        "Today in figures", (Action.FIGURES_READ,), models.Figures,
    ),
    Route(
        "GET", "/api/figures/days", hospital.list_figures, "Figures of some days, day by day",
        (Action.FIGURES_READ,), models_figures.FiguresOfDays,
        query=models_figures.FiguresQuery,
    ),
    Route("GET", "/api/openapi.json", description.read_openapi, "This document", None),
)  # fmt: skip


def routes_at(path: str) -> list[Route]:
    """Return the operations at this path. A word of an address is not taken for the id of others."""
    exact = [route for route in ROUTES if route.path == path]
    return exact or [route for route in ROUTES if route.is_at(path)]
