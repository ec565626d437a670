"""The table of the HTTP API: every address once, with its bodies, who may use it and what can go wrong.

The router, the permission tests and the OpenAPI document are all made from this table.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

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
    people,
    queries,
    session,
)
from booking_api.edge import Call
from booking_api.models import Model
from domain.accounts import Role
from domain.errors import Code
from domain.permissions import PERMISSIONS, Action

Method = Literal["GET", "POST", "DELETE"]
READING = ("GET", "HEAD")
"""What reads: HEAD is GET without the body (RFC 9110 section 9.3.2)."""
IdKind = Literal["uuid", "integer"]
Handler = Callable[[Call], Awaitable[Model | web.Response | None]]
"""Answers with a model, with a response of its own making, or with nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """One operation.

    `who` is None for anyone, empty for everyone who is signed in, else the actions of which one must be
    permitted: the actions check it, the table tells. `answer` is None for 204 and for documents that are no
    model. `thing` is what the id names. `codes` are those that only this operation can answer with.
    """

    method: Method
    path: str
    handler: Handler
    summary: str
    who: tuple[Action, ...] | None
    answer: type[Model] | None = None
    status: int = 200
    body: type[Model] | None = None
    query: type[Model] | None = None
    thing: str = "thing"
    id_kind: IdKind = "uuid"
    codes: tuple[Code, ...] = ()

    @property
    def name(self) -> str:
        """The operation's name, also for clients that are generated."""
        return self.handler.__name__

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that this operation answers to."""
        return (self.method,) if self.writes else READING

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

    def is_at(self, path: str) -> bool:
        """Whether this operation's address is of this path."""
        pattern = re.escape(self.path).replace(r"\{id\}", "[^{}/]+")
        return re.fullmatch(pattern, path) is not None

    def roles(self) -> frozenset[Role]:
        """The roles that the permission table lets through; all of them when no action is named."""
        if not self.who:
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
    Route("GET", "/healthz", health.health, "Ready: the database answers", None, models.Health),
    Route(
        "GET", "/api/hospital", hospital.read_hospital, "What anyone may know of the hospital", None,
        models.HospitalView,
    ),
    Route(
        "POST", "/api/session", session.sign_in, "Sign in", None, models.SessionView, 201,
        body=models.Credentials,
        codes=(Code.AUTH_INVALID_CREDENTIALS, Code.AUTH_THROTTLED),
    ),
    Route(
        "GET", "/api/session", session.read_session, "Who is signed in", (),
        models.SessionView,
    ),
    Route("DELETE", "/api/session", session.sign_out, "Sign out", (Action.SIGN_OUT,), status=204),
    Route(
        "GET", "/api/sessions", session.list_sessions, "Own open sessions", (Action.SESSION_LIST,),
        models.OpenSessions,
    ),
    Route(
        "DELETE", "/api/sessions/{id}", session.revoke_session, "End one of the own sessions",
        (Action.SESSION_REVOKE,), status=204,
        thing="session",
    ),
    Route(
        "GET", "/api/accounts", accounts.list_accounts,
        "All accounts", (Action.ACCOUNT_LIST,), models.Accounts,
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
        "POST", "/api/appointments", appointments.create_appointment, "Make an appointment",
        (Action.APPOINTMENT_CREATE,), models.AppointmentView, 201,
        body=models.NewAppointment,
        codes=(Code.APPOINTMENT_OVERLAP, Code.NOT_FOUND),
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
    Route("GET", "/api/openapi.json", description.read_openapi, "This document", None),
)  # fmt: skip
