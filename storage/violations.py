"""What a violated constraint means: the one place where PostgreSQL's refusals become the domain's errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2

from domain.errors import Code, Conflict, Fault

_MEANINGS: dict[str, Callable[[], Fault]] = {
    "account_contact_value_key": lambda: Conflict(
        Code.REGISTRATION_TAKEN, "This address already has an account."
    ),
    "account_login_key": lambda: Conflict(Code.ACCOUNT_LOGIN_TAKEN, "This login is taken."),
    "appointment_no_overlap": lambda: Conflict(
        Code.APPOINTMENT_OVERLAP, "The doctor already has an appointment at this time."
    ),
    "appointment_quota_once": lambda: Conflict(
        Code.APPOINTMENT_OVERLAP, "This seat of the ceded quota is taken."
    ),
    "guest_invitation_one": lambda: Conflict(
        Code.GUEST_INVITED, "Somebody is invited to this visit already."
    ),
    "passkey_credential_id_key": lambda: Conflict(
        Code.PASSKEY_KNOWN, "This passkey belongs to an account already."
    ),
    "single_sign_on_pkey": lambda: Conflict(
        Code.SIGN_ON_BOUND, "Another account has this single sign-on already."
    ),
    "single_sign_on_account_key": lambda: Conflict(
        Code.SIGN_ON_BOUND, "This account has a single sign-on already."
    ),
    "practitioner_role_licence": lambda: Conflict(
        Code.PROFILE_LICENCE_TAKEN, "Another doctor has this licence number."
    ),
    "patient_index_link_once": lambda: Conflict(
        Code.PATIENT_LINK_TAKEN, "Another patient is linked to this one of the index already."
    ),
    "schedule_template_no_overlap": lambda: Conflict(
        Code.SCHEDULE_OVERLAP, "The doctor already has hours at this time of the week."
    ),
    "destruction_approval_not_requester": lambda: Conflict(
        Code.RETENTION_SAME_PERSON, "Whoever requested a destruction does not approve it."
    ),
    "destruction_approval_other_approver": lambda: Conflict(
        Code.RETENTION_SAME_PERSON, "The two approvals are of two persons."
    ),
}


@contextmanager
def explained() -> Iterator[None]:
    """Raise the domain's error for a violated constraint that a caller can cause.

    Any other violation passes unchanged: a rule was not checked before the write, which is our own fault.
    The transaction is lost either way and has to be rolled back.
    """
    try:
        yield
    except psycopg2.IntegrityError as error:
        meaning = _MEANINGS.get(error.diag.constraint_name or "")
        if meaning is None:
            raise
        raise meaning() from error
