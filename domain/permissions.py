"""Who may do what: one table of role x action. Being a participant is checked where the rows are read."""

from enum import StrEnum

from domain.accounts import Actor, Role
from domain.errors import Forbidden, NotAuthenticated


class Action(StrEnum):
    """Every action that leaves an audit line. The value is what the audit trail shows."""

    SIGN_IN = "session.sign_in"
    SIGN_IN_REFUSED = "session.sign_in_refused"
    SIGN_OUT = "session.sign_out"
    SESSION_LIST = "session.list"
    SESSION_REVOKE = "session.revoke"
    SECOND_FACTOR_READ = "second_factor.read"
    SECOND_FACTOR_SET_UP = "second_factor.set_up"
    SECOND_FACTOR_CONFIRM = "second_factor.confirm"
    SECOND_FACTOR_GIVE = "second_factor.give"
    SECOND_FACTOR_RECOVERY = "second_factor.recovery_codes"
    SECOND_FACTOR_RESET = "second_factor.reset"
    SESSION_PROVE = "session.prove"
    SIGN_ON_ASK = "sign_on.ask"
    SIGN_ON_BIND = "sign_on.bind"
    SIGN_ON_UNBIND = "sign_on.unbind"
    PASSKEY_LIST = "passkey.list"
    PASSKEY_ADD = "passkey.add"
    PASSKEY_REMOVE = "passkey.remove"
    PASSKEY_ASK = "passkey.ask"
    CODE_ASK = "code.ask"
    CODE_CHECK = "code.check"
    CODE_SEND = "code.send"
    ACCOUNT_REGISTER = "account.register"
    PASSWORD_RESET = "account.password_reset"  # noqa: S105  # An action, not a password.
    IDENTITY_SUBMIT = "identity.submit"
    IDENTITY_READ_OWN = "identity.read_own"
    IDENTITY_LIST = "identity.list"
    IDENTITY_APPROVE = "identity.approve"
    IDENTITY_RETURN = "identity.return"
    IDENTITY_MATCH = "identity.match"
    IDENTITY_LINK = "identity.link"
    FAMILY_READ_OWN = "family.read_own"
    FAMILY_ADD = "family.add"
    FAMILY_REMOVE = "family.remove"
    FAMILY_LIST = "family.list"
    FAMILY_APPROVE = "family.approve"
    FAMILY_RETURN = "family.return"
    FAMILY_COME_OF_AGE = "family.come_of_age"
    GUARDIAN_CONSENT = "guardian.consent"
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_LIST = "account.list"
    ACCOUNT_DISABLE = "account.disable"
    ACCOUNT_ENABLE = "account.enable"
    APPOINTMENT_CREATE = "appointment.create"
    APPOINTMENT_CANCEL = "appointment.cancel"
    APPOINTMENT_READ_OWN = "appointment.read_own"
    APPOINTMENT_READ_ANY = "appointment.read_any"
    BOOKING_HOLD = "booking.hold"
    BOOKING_CONFIRM = "booking.confirm"
    BOOKING_RELEASE = "booking.release"
    BOOKING_READ_OWN = "booking.read_own"
    BOOKING_EXPIRE = "booking.expire"
    BOOKING_CANCEL = "booking.cancel"
    BOOKING_MOVE = "booking.move"
    APPOINTMENT_CALL_OFF = "appointment.call_off"
    APPOINTMENT_MISS = "appointment.miss"
    REBOOKING_READ_OWN = "rebooking.read_own"
    REBOOKING_ACCEPT = "rebooking.accept"
    REBOOKING_DECLINE = "rebooking.decline"
    WAITLIST_JOIN = "waitlist.join"
    WAITLIST_LEAVE = "waitlist.leave"
    WAITLIST_READ_OWN = "waitlist.read_own"
    WAITLIST_OFFER = "waitlist.offer"
    WAITLIST_SETTLE = "waitlist.settle"
    PATIENT_LIST = "patient.list"
    PRACTITIONER_LIST = "practitioner.list"
    QUEUE_READ = "queue.read"
    ROOM_OPEN = "room.open"
    ROOM_JOIN = "room.join"
    ROOM_LEAVE = "room.leave"
    MEDIA_SET = "room.media_set"
    WAITING_READ = "waiting.read"
    CONSULTATION_ARRIVE = "consultation.arrive"
    CONSULTATION_STEP_OUT = "consultation.step_out"
    CONSULTATION_ADMIT = "consultation.admit"
    CONSULTATION_FINISH = "consultation.finish"
    CONSULTATION_TURN_AWAY = "consultation.turn_away"
    CHAT_POST = "chat.post"
    CHAT_READ = "chat.read"
    CONSENT_GIVE = "consent.give"
    FOLLOW_UP_PROPOSE = "follow_up.propose"
    FOLLOW_UP_READ_OWN = "follow_up.read_own"
    FOLLOW_UP_DISMISS = "follow_up.dismiss"
    DIAGNOSIS_STATE = "diagnosis.state"
    SAFETY_READ = "safety.read"
    SAFETY_ANSWER = "safety.answer"
    LOCATION_CONFIRM = "location.confirm"
    READERS_READ = "readers.read"
    FILE_ADD = "file.add"
    FILE_READ = "file.read"
    FILE_SWEEP = "file.sweep"
    ARCHIVE_SEARCH = "archive.search"
    ARCHIVE_READ = "archive.read"
    ARCHIVE_VERIFY = "archive.verify"
    ARCHIVE_PROVE = "archive.prove"
    ARCHIVE_EXPORT = "archive.export"
    ARCHIVE_RECEIPT = "archive.receipt"
    ARCHIVE_SEAL = "archive.seal"
    ARCHIVE_NEW_EPOCH = "archive.new_epoch"
    ARCHIVE_ROTATE_KEYS = "archive.rotate_keys"
    ARCHIVE_KEYWORD_SEARCH = "archive.keyword_search"
    ARCHIVE_KEYWORD_DECRYPT = "archive.keyword_decrypt"
    ARCHIVE_KEYWORD_LIST = "archive.keyword_list"
    ARCHIVE_KEYWORD_READ = "archive.keyword_read"
    ARCHIVE_KEYWORD_CANCEL = "archive.keyword_cancel"
    ARCHIVE_SAMPLE_DRAW = "archive.sample_draw"
    ARCHIVE_SAMPLE_READ = "archive.sample_read"
    ARCHIVE_SAMPLE_REVIEW = "archive.sample_review"
    ARCHIVE_COMPLETENESS = "archive.completeness"
    AUDIT_READ = "audit.read"
    PAYMENT_START = "payment.start"
    PAYMENT_READ_OWN = "payment.read_own"
    PAYMENT_READ_ANY = "payment.read_any"
    PAYMENT_CHECK = "payment.check"
    PAYMENT_HEAR = "payment.hear"
    PAYMENT_RECONCILE = "payment.reconcile"
    REFUND_REQUEST = "refund.request"
    REFUND_RETRY = "refund.retry"
    REFUND_SEND = "refund.send"
    REFUND_DECIDE = "refund.decide"
    JOB_LIST = "job.list"
    JOB_RETRY = "job.retry"
    FIGURES_READ = "figures.read"
    MAIL_SEND = "mail.send"
    NOTICE_SEND = "notice.send"
    NOTICE_LIST = "notice.list"
    NOTICE_SEND_AGAIN = "notice.send_again"
    NOTICE_PREFERENCES_READ = "notice.preferences_read"
    NOTICE_PREFERENCES_CHANGE = "notice.preferences_change"
    RETENTION_READ = "retention.read"
    HOLD_PLACE = "hold.place"
    HOLD_LIFT = "hold.lift"
    DESTRUCTION_REQUEST = "destruction.request"
    DESTRUCTION_APPROVE = "destruction.approve"
    DESTRUCTION_REFUSE = "destruction.refuse"
    DESTRUCTION_WITHDRAW = "destruction.withdraw"
    DESTRUCTION_EXECUTE = "destruction.execute"
    DESTRUCTION_EXPIRE = "destruction.expire"
    DESTRUCTION_COMPLETE = "destruction.complete"
    DESTRUCTION_DELETE_FILES = "destruction.delete_files"
    PROFILE_READ_OWN = "profile.read_own"
    PROFILE_EDIT_OWN = "profile.edit_own"
    PROFILE_SUBMIT = "profile.submit"
    PROFILE_READ_ANY = "profile.read_any"
    PROFILE_EDIT_ANY = "profile.edit_any"
    PROFILE_APPROVE = "profile.approve"
    PROFILE_RETURN = "profile.return"
    PROFILE_SUSPEND = "profile.suspend"
    SCHEDULE_READ = "schedule.read"
    SCHEDULE_CHANGE = "schedule.change"
    LEAVE_READ_OWN = "leave.read_own"
    LEAVE_CHANGE_OWN = "leave.change_own"
    HIS_ASK = "his.ask"
    HIS_HEAR = "his.hear"


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
            Action.CONSULTATION_ARRIVE,
            Action.CONSULTATION_STEP_OUT,
            Action.CONSENT_GIVE,
            Action.IDENTITY_SUBMIT,
            Action.IDENTITY_READ_OWN,
            Action.FAMILY_READ_OWN,
            Action.FAMILY_ADD,
            Action.FAMILY_REMOVE,
            Action.GUARDIAN_CONSENT,
            Action.FOLLOW_UP_READ_OWN,
            Action.FOLLOW_UP_DISMISS,
            Action.DIAGNOSIS_STATE,
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
            Action.WAITLIST_JOIN,
            Action.WAITLIST_LEAVE,
            Action.WAITLIST_READ_OWN,
            Action.NOTICE_PREFERENCES_READ,
            Action.NOTICE_PREFERENCES_CHANGE,
        }
    ),
    Role.DOCTOR: frozenset(
        _STAFF
        | _PARTICIPANT
        | {
            Action.QUEUE_READ,
            Action.CONSULTATION_ADMIT,
            Action.CONSULTATION_FINISH,
            Action.CONSULTATION_TURN_AWAY,
            Action.FOLLOW_UP_PROPOSE,
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
}

SYSTEM_ACTIONS = frozenset(
    {
        Action.CODE_ASK,
        Action.CODE_CHECK,
        Action.CODE_SEND,
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
