"""Who may do what: one table of role x action. Being a participant is checked where the rows are read."""

from domain.accounts import Actor, Role
from domain.action import Action
from domain.errors import Forbidden, NotAuthenticated

__all__ = ["PERMISSIONS", "SIGNING_IN", "SYSTEM_ACTIONS", "Action", "allowed", "require"]


_EVERYONE = {
    Action.SIGN_IN,
    Action.SIGN_IN_REFUSED,
    Action.SIGN_OUT,
    Action.SESSION_LIST,
    Action.SESSION_REVOKE,
    Action.PASSKEY_LIST,
    Action.PASSKEY_ADD,
    Action.PASSKEY_REMOVE,
}
_STAFF = _EVERYONE | {
    Action.SESSION_PROVE,
    Action.SECOND_FACTOR_READ,
    Action.SECOND_FACTOR_SET_UP,
    Action.SECOND_FACTOR_CONFIRM,
    Action.SECOND_FACTOR_GIVE,
    Action.SECOND_FACTOR_RECOVERY,
}
SIGNING_IN = frozenset(
    {
        Action.SIGN_OUT,
        Action.SECOND_FACTOR_READ,
        Action.SECOND_FACTOR_SET_UP,
        Action.SECOND_FACTOR_CONFIRM,
        Action.SECOND_FACTOR_GIVE,
    }
)
"""All that a session does whose second factor is pending: finish signing in, or leave."""

_PARTICIPANT = {
    Action.APPOINTMENT_READ_OWN,
    Action.ROOM_OPEN,
    Action.ROOM_JOIN,
    Action.ROOM_LEAVE,
    Action.MEDIA_SET,
    Action.CHAT_POST,
    Action.CHAT_READ,
    Action.FILE_ADD,
    Action.FILE_READ,
    Action.ARCHIVE_RECEIPT,
    # Whose talk it is sees who was asked in, and may send the guest away; only the doctor asks one in.
    Action.GUEST_READ,
    Action.GUEST_WITHDRAW,
    Action.GUEST_REMOVE,
}
_RETENTION = {
    Action.RETENTION_READ,
    Action.HOLD_PLACE,
    Action.HOLD_LIFT,
    Action.DESTRUCTION_REQUEST,
    Action.DESTRUCTION_APPROVE,
    Action.DESTRUCTION_REFUSE,
    Action.DESTRUCTION_WITHDRAW,
    Action.DESTRUCTION_EXECUTE,
}
"""Retention belongs to two roles, so that even a small hospital has three persons for a destruction."""

PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.PATIENT: frozenset(
        _EVERYONE
        | _PARTICIPANT
        | {
            Action.APPOINTMENT_READ_PAST,
            Action.CONSULTATION_ARRIVE,
            Action.CONSULTATION_STEP_OUT,
            Action.CONSENT_GIVE,
            Action.PATIENT_CORRECT,
            Action.IDENTITY_SUBMIT,
            Action.IDENTITY_READ_OWN,
            Action.FAMILY_READ_OWN,
            Action.FAMILY_ADD,
            Action.FAMILY_REMOVE,
            Action.GUARDIAN_CONSENT,
            Action.FOLLOW_UP_READ_OWN,
            Action.FOLLOW_UP_DISMISS,
            Action.PAYMENT_START,
            Action.PAYMENT_READ_OWN,
            Action.PAYMENT_CHECK,
            Action.SAFETY_READ,
            Action.SAFETY_ANSWER,
            Action.LOCATION_CONFIRM,
            Action.READERS_READ,
            Action.WAITING_READ,
            Action.BOOKING_HOLD,
            Action.BOOKING_CONFIRM,
            Action.BOOKING_RELEASE,
            Action.BOOKING_READ_OWN,
            Action.BOOKING_CANCEL,
            Action.BOOKING_MOVE,
            Action.REBOOKING_READ_OWN,
            Action.REBOOKING_ACCEPT,
            Action.REBOOKING_DECLINE,
            Action.NOTICE_PREFERENCES_READ,
            Action.NOTICE_PREFERENCES_CHANGE,
        }
        | {Action.DIAGNOSIS_STATE, Action.DIAGNOSIS_READ, Action.BOOKING_ANSWER}
        | {Action.WAITLIST_JOIN, Action.WAITLIST_LEAVE, Action.WAITLIST_READ_OWN}
    ),
    Role.DOCTOR: frozenset(
        _STAFF
        | _PARTICIPANT
        | {
            Action.QUEUE_READ,
            Action.GUEST_INVITE,
            # How it goes for everybody in the call, in figures: others are told a word of it.
            Action.CALL_FIGURES,
            Action.CONSULTATION_ADMIT,
            Action.CONSULTATION_FINISH,
            Action.CONSULTATION_TURN_AWAY,
            Action.FOLLOW_UP_PROPOSE,
            Action.PATIENT_READ,
            Action.PROFILE_READ_OWN,
            Action.PROFILE_EDIT_OWN,
            Action.PROFILE_SUBMIT,
            Action.LEAVE_READ_OWN,
            Action.LEAVE_CHANGE_OWN,
            Action.APPOINTMENT_CALL_OFF,
        }
    ),
    Role.PHARMACIST: frozenset(_STAFF),
    Role.AUDITOR: frozenset(
        _STAFF
        | _RETENTION
        | {
            Action.ARCHIVE_SEARCH,
            Action.ARCHIVE_READ,
            Action.FILE_READ,
            Action.ARCHIVE_VERIFY,
            Action.ARCHIVE_PROVE,
            Action.ARCHIVE_EXPORT,
            Action.ARCHIVE_NEW_EPOCH,
            Action.ARCHIVE_KEYWORD_SEARCH,
            Action.ARCHIVE_KEYWORD_DECRYPT,
            Action.ARCHIVE_KEYWORD_LIST,
            Action.ARCHIVE_KEYWORD_READ,
            Action.ARCHIVE_KEYWORD_CANCEL,
            Action.ARCHIVE_SAMPLE_DRAW,
            Action.ARCHIVE_SAMPLE_READ,
            Action.ARCHIVE_SAMPLE_REVIEW,
            Action.ARCHIVE_COMPLETENESS,
            Action.AUDIT_READ,
            Action.PRACTITIONER_LIST,
        }
    ),
    Role.ADMIN: frozenset(
        _STAFF
        | _RETENTION
        | {Action.IDENTITY_LIST, Action.IDENTITY_APPROVE, Action.IDENTITY_RETURN}
        | {Action.IDENTITY_MATCH, Action.IDENTITY_LINK}
        | {Action.PROFILE_APPROVE, Action.PROFILE_RETURN}
        | {Action.SCHEDULE_READ, Action.SCHEDULE_CHANGE}
        | {Action.FAMILY_LIST, Action.FAMILY_APPROVE, Action.FAMILY_RETURN}
        | {Action.APPOINTMENT_CREATE, Action.APPOINTMENT_CANCEL}
        | {Action.APPOINTMENT_CALL_OFF, Action.APPOINTMENT_READ_ANY}
        | {Action.JOB_LIST, Action.JOB_RETRY, Action.NOTICE_LIST, Action.NOTICE_SEND_AGAIN}
        | {Action.ACCOUNT_CREATE, Action.ACCOUNT_LIST}
        | {Action.ACCOUNT_DISABLE, Action.ACCOUNT_ENABLE}
        | {Action.PATIENT_LIST, Action.PRACTITIONER_LIST}
        | {Action.PROFILE_READ_ANY, Action.PROFILE_EDIT_ANY, Action.PROFILE_SUSPEND}
        | {
            Action.ARCHIVE_NEW_EPOCH,
            Action.AUDIT_READ,
            Action.PAYMENT_READ_ANY,
            Action.REFUND_REQUEST,
            Action.REFUND_RETRY,
            Action.FIGURES_READ,
        }
    ),
    # Nothing of the record, nothing that is said: being in one visit's call, muted or not, and leaving it.
    Role.GUEST: frozenset(
        {
            Action.ROOM_OPEN,
            Action.GUEST_JOIN,
            Action.MEDIA_SET,
            Action.GUEST_LEAVE,
            Action.GUEST_HANG_UP,
        }
    ),
}

SYSTEM_ACTIONS = frozenset(
    {
        Action.CODE_ASK,
        Action.CODE_CHECK,
        Action.CODE_SEND,
        # Who has a link has no account: nobody is known before it was used.
        Action.GUEST_LOOK,
        Action.GUEST_ENTER,
        Action.CALL_PATH,
        Action.ACCOUNT_REGISTER,
        Action.PASSWORD_RESET,
        Action.ACCOUNT_CREATE,
        Action.APPOINTMENT_CREATE,
        # A payment that came books, and the time of a hold runs out.
        Action.BOOKING_CONFIRM,
        Action.BOOKING_EXPIRE,
        Action.APPOINTMENT_MISS,
        # Nobody chose in time: the fee goes back.
        Action.REBOOKING_DECLINE,
        Action.HIS_ASK,
        Action.HIS_HEAR,
        Action.IDENTITY_COMPARE,
        Action.IDENTITY_MATCH,
        Action.IDENTITY_LINK,
        Action.WAITLIST_OFFER,
        Action.WAITLIST_SETTLE,
        Action.FAMILY_COME_OF_AGE,
        Action.PAYMENT_CHECK,
        Action.PAYMENT_HEAR,
        Action.PAYMENT_RECONCILE,
        Action.REFUND_SEND,
        Action.REFUND_DECIDE,
        Action.PROFILE_EDIT_ANY,
        Action.PROFILE_SUBMIT,
        Action.PROFILE_APPROVE,
        Action.SCHEDULE_CHANGE,
        Action.ARCHIVE_EXPORT,
        Action.ARCHIVE_VERIFY,
        Action.ARCHIVE_SEAL,
        Action.FILE_SWEEP,
        Action.ARCHIVE_ROTATE_KEYS,
        Action.ARCHIVE_KEYWORD_CANCEL,
        Action.MAIL_SEND,
        Action.NOTICE_SEND,
        Action.DESTRUCTION_EXPIRE,
        Action.DESTRUCTION_COMPLETE,
        Action.DESTRUCTION_DELETE_FILES,
        Action.SIGN_IN_REFUSED,
        Action.SECOND_FACTOR_RESET,
        Action.PASSKEY_ASK,
        Action.SIGN_ON_ASK,
        Action.SIGN_ON_BIND,
        Action.SIGN_ON_UNBIND,
    }
)
"""What the hospital itself does without a person: jobs, seeding, the command line."""


def allowed(actor: Actor, action: Action) -> bool:
    """Say whether the table lets this actor do this."""
    if actor.role is None:
        return action in SYSTEM_ACTIONS
    if actor.second_factor_pending and action not in SIGNING_IN:
        return False
    return action in PERMISSIONS[actor.role]


def require(actor: Actor, action: Action) -> None:
    """Raise Forbidden, or NotAuthenticated for a person without an account, unless allowed."""
    if allowed(actor, action):
        return
    if actor.role is not None and actor.account_id is None:
        raise NotAuthenticated
    raise Forbidden
