"""The table of the HTTP API: every address once, with its bodies, who may use it and what can go wrong.

The router, the permission tests and the OpenAPI document are all made from this table.
"""

import re
from dataclasses import dataclass
from typing import Literal

from booking_api import models, queries
from booking_api.models import Model
from domain.accounts import Role
from domain.errors import Code
from domain.permissions import PERMISSIONS, Action

Method = Literal["GET", "POST", "DELETE"]
IdKind = Literal["uuid", "integer"]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation.

    `who` is None for anyone, else the actions of which one must be permitted; `answer` is None for 204 and
    for documents that are no model; `codes` are those that only this operation can answer with.
    """

    method: Method
    path: str
    name: str
    summary: str
    who: tuple[Action, ...] | None
    answer: type[Model] | None = None
    status: int = 200
    body: type[Model] | None = None
    query: type[Model] | None = None
    id_kind: IdKind = "uuid"
    codes: tuple[Code, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it changes something, and so needs the CSRF token and our own origin."""
        return self.method != "GET"

    @property
    def has_id(self) -> bool:
        """Whether the path names one thing."""
        return "{id}" in self.path

    @property
    def tag(self) -> str:
        """The resource: the first word of the path."""
        return re.split(r"/", self.path.removeprefix("/api"))[1]

    def roles(self) -> frozenset[Role]:
        """The roles that the permission table lets through; all of them when anyone may."""
        if self.who is None:
            return frozenset(Role)
        return frozenset(role for role in Role if PERMISSIONS[role] & set(self.who))

    def all_codes(self) -> frozenset[Code]:
        """Every code that this operation can answer with."""
        codes = {Code.INTERNAL, Code.PARTNER_DOWN, *self.codes}
        if self.who is not None:
            codes |= {Code.AUTH_REQUIRED}
            if self.roles() != frozenset(Role):
                codes |= {Code.FORBIDDEN}
        if self.writes:
            codes |= {Code.AUTH_ORIGIN}
            if self.who is not None:
                codes |= {Code.AUTH_CSRF}
        if self.body:
            codes |= {Code.INPUT_NOT_JSON, Code.INPUT_TOO_LARGE, Code.INPUT_INVALID}
        if self.query:
            codes |= {Code.INPUT_INVALID}
        if self.has_id:
            codes |= {Code.NOT_FOUND}
        return frozenset(codes)


ROUTES: tuple[Route, ...] = (
    Route("GET", "/healthz", "health", "Ready: the database answers", None, models.Health),
    Route(
        "GET", "/api/hospital", "read_hospital", "What anyone may know of the hospital", None,
        models.HospitalView,
    ),
    Route(
        "POST", "/api/session", "sign_in", "Sign in", None, models.SessionView, 201,
        body=models.Credentials,
        codes=(Code.AUTH_INVALID_CREDENTIALS, Code.AUTH_THROTTLED),
    ),
    Route(
        "GET", "/api/session", "read_session", "Who is signed in", (Action.SESSION_LIST,),
        models.SessionView,
    ),
    Route("DELETE", "/api/session", "sign_out", "Sign out", (Action.SIGN_OUT,), status=204),
    Route(
        "GET", "/api/sessions", "list_sessions", "Own open sessions", (Action.SESSION_LIST,),
        models.OpenSessions,
    ),
    Route(
        "DELETE", "/api/sessions/{id}", "revoke_session", "End one of the own sessions",
        (Action.SESSION_REVOKE,), status=204,
    ),
    Route(
        "GET", "/api/accounts", "list_accounts", "All accounts", (Action.ACCOUNT_LIST,), models.Accounts,
    ),
    Route(
        "POST", "/api/accounts", "create_account", "Create an account", (Action.ACCOUNT_CREATE,),
        models.AccountView, 201,
        body=models.NewAccount,
        codes=(Code.ACCOUNT_LOGIN_TAKEN,),
    ),
    Route(
        "POST", "/api/accounts/{id}/disable", "disable_account", "Disable an account and end its sessions",
        (Action.ACCOUNT_DISABLE,), status=204,
    ),
    Route(
        "POST", "/api/accounts/{id}/enable", "enable_account", "Enable an account again",
        (Action.ACCOUNT_ENABLE,), status=204,
    ),
    Route(
        "GET", "/api/patients", "list_patients", "Patients to choose from", (Action.PATIENT_LIST,),
        models.Patients,
    ),
    Route(
        "GET", "/api/practitioners", "list_practitioners", "Doctors to choose from",
        (Action.PRACTITIONER_LIST,), models.Practitioners,
    ),
    Route(
        "GET", "/api/appointments", "list_appointments",
        "Appointments: own ones of patients and doctors, all for the administration",
        (Action.APPOINTMENT_READ_OWN, Action.APPOINTMENT_READ_ANY), models.Appointments,
        query=queries.AppointmentsQuery,
    ),
    Route(
        "POST", "/api/appointments", "create_appointment", "Make an appointment",
        (Action.APPOINTMENT_CREATE,), models.AppointmentView, 201,
        body=models.NewAppointment,
        codes=(Code.APPOINTMENT_OVERLAP, Code.NOT_FOUND),
    ),
    Route(
        "GET", "/api/appointments/{id}", "read_appointment", "One appointment",
        (Action.APPOINTMENT_READ_OWN, Action.APPOINTMENT_READ_ANY), models.AppointmentView,
    ),
    Route(
        "POST", "/api/appointments/{id}/cancel", "cancel_appointment",
        "Cancel an appointment that has not begun", (Action.APPOINTMENT_CANCEL,), status=204,
        codes=(Code.APPOINTMENT_WRONG_STATE, Code.CONSULTATION_WRONG_STATE),
    ),
    Route(
        "GET", "/api/archive/consultations", "search_archive", "Find consultations, newest first",
        (Action.ARCHIVE_SEARCH,), models.ConsultationsFound,
        query=queries.ArchiveQuery,
    ),
    Route(
        "GET", "/api/archive/consultations/{id}", "read_record", "A consultation's whole timeline as kept",
        (Action.ARCHIVE_READ,), models.Record,
    ),
    Route(
        "GET", "/api/archive/consultations/{id}/verification", "verify_record",
        "Check a consultation's chain now", (Action.ARCHIVE_VERIFY,), models.VerificationView,
    ),
    Route(
        "GET", "/api/audit", "read_audit", "The audit trail, newest first", (Action.AUDIT_READ,),
        models.AuditLines,
        query=queries.AuditQuery,
    ),
    Route(
        "GET", "/api/jobs", "list_jobs", "Background jobs that gave up", (Action.JOB_LIST,), models.DeadJobs,
        query=queries.JobsQuery,
    ),
    Route(
        "POST", "/api/jobs/{id}/retry", "retry_job", "Run a dead job again", (Action.JOB_RETRY,), status=204,
        id_kind="integer",
        codes=(Code.JOB_WRONG_STATE,),
    ),
    Route(
        "GET", "/api/figures", "read_figures", "Today in figures", (Action.FIGURES_READ,), models.Figures,
    ),
    Route("GET", "/api/openapi.json", "read_openapi", "This document", None),
)  # fmt: skip
