"""The error tree, by whose fault it is, with stable codes.

    Fault                     never raised itself
    |- UserFault              the caller's mistake: tell the caller, change nothing
    |  |- InvalidInput        a field, a body or a message that breaks its rules
    |  |- NotAuthenticated    nobody is signed in, or the session ended
    |  |- Forbidden           signed in, but not allowed
    |  |- NotFound            no such thing, or not for this caller to know
    |  |- WrongState          the thing exists, but this cannot happen to it now
    |  |- Conflict            it clashes with what is already committed
    |  |- TooLarge            bigger than the stated limit
    |  |- TooMany             more things than are worked on at once; `count` and `limit` say how many
    |  '- Throttled           too often; `retry_after_s` says when to come back
    |- Damaged                what was kept is not what is found: somebody or something changed it
    |- PartnerDown            somebody else's server does not answer: try later, nothing is lost
    '- OwnFault               ours: the sentence for users is fixed, the detail goes to the log

A code never changes its meaning once shipped. Each edge maps this tree to its wire in one place.
"""

from collections.abc import Mapping
from enum import StrEnum


class Code(StrEnum):
    """Every stable error code that a client can see."""

    INPUT_INVALID = "input.invalid"
    INPUT_TOO_LARGE = "input.too_large"
    INPUT_NOT_JSON = "input.not_json"
    AUTH_REQUIRED = "auth.required"
    AUTH_INVALID_CREDENTIALS = "auth.invalid_credentials"
    AUTH_THROTTLED = "auth.throttled"
    AUTH_CSRF = "auth.csrf"
    AUTH_ORIGIN = "auth.origin"
    CODE_WRONG = "code.wrong"
    CODE_VOID = "code.void"
    REGISTRATION_TAKEN = "registration.taken"
    IDENTITY_WRONG_STATE = "identity.wrong_state"
    IDENTITY_SUBMITTED = "identity.submitted"
    PATIENT_SEEN = "patient.seen"
    IDENTITY_REQUIRED = "identity.required"
    FAMILY_WRONG_STATE = "family.wrong_state"
    FAMILY_TOO_MANY = "family.too_many"
    FAMILY_HAS_VISITS = "family.has_visits"
    FAMILY_OF_AGE = "family.of_age"
    VISIT_DIAGNOSIS_NEEDED = "visit.diagnosis_needed"
    GUARDIAN_CONSENT_NEEDED = "visit.guardian_consent_needed"
    AUTH_WRONG_PASSWORD = "auth.wrong_password"  # noqa: S105  # A code, not a password.
    AUTH_SECOND_FACTOR = "auth.second_factor_pending"
    AUTH_PROOF_NEEDED = "auth.proof_needed"
    SECOND_FACTOR_WRONG = "second_factor.wrong"
    SECOND_FACTOR_WRONG_STATE = "second_factor.wrong_state"
    PASSKEY_REFUSED = "passkey.refused"
    PASSKEY_KNOWN = "passkey.known"
    PASSKEY_TOO_MANY = "passkey.too_many"
    PASSKEY_UNAVAILABLE = "passkey.unavailable"
    SIGN_ON_REFUSED = "sign_on.refused"
    SIGN_ON_UNKNOWN = "sign_on.unknown"
    SIGN_ON_UNAVAILABLE = "sign_on.unavailable"
    SIGN_ON_BOUND = "sign_on.bound"
    FORBIDDEN = "auth.forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    RATE_LIMITED = "rate.limited"
    CONSULTATION_WRONG_STATE = "consultation.wrong_state"
    CONSULTATION_TOO_EARLY = "consultation.too_early"
    CONSULTATION_TOO_LATE = "consultation.too_late"
    VISIT_LOCATION_NEEDED = "visit.location_needed"
    VISIT_SAFETY_NEEDED = "visit.safety_needed"
    GUEST_NO_RELAY = "guest.no_relay"
    GUEST_INVITED = "guest.invited"
    GUEST_TOO_MANY = "guest.too_many"
    GUEST_WRONG_STATE = "guest.wrong_state"
    GUEST_LINK_UNKNOWN = "guest.link_unknown"
    GUEST_LINK_USED = "guest.link_used"
    GUEST_LINK_WITHDRAWN = "guest.link_withdrawn"
    GUEST_LINK_EXPIRED = "guest.link_expired"
    GUEST_VISIT_OVER = "guest.visit_over"
    GUEST_ENDED = "guest.ended"
    FOLLOW_UP_PROPOSED = "follow_up.proposed"
    FOLLOW_UP_WRONG_STATE = "follow_up.wrong_state"
    APPOINTMENT_WRONG_STATE = "appointment.wrong_state"
    APPOINTMENT_OVERLAP = "appointment.overlap"
    ACCOUNT_LOGIN_TAKEN = "account.login_taken"
    MESSAGE_ID_REUSED = "chat.message_id_reused"
    CONVERSATION_CLOSED = "chat.conversation_closed"
    ROOM_NOT_JOINED = "room.not_joined"
    ROOM_BUSY = "room.busy"
    ROOM_PEER_GONE = "room.peer_gone"
    ROOM_SUPERSEDED = "room.superseded"
    SIGNAL_BAD_SDP = "signal.bad_sdp"
    SIGNAL_WRONG_STATE = "signal.wrong_state"
    SIGNAL_BAD_CANDIDATE = "signal.bad_candidate"
    EVENT_UNKNOWN = "event.unknown"
    JOB_WRONG_STATE = "job.wrong_state"
    NOTICE_WRONG_STATE = "notice.wrong_state"
    FILE_TYPE = "file.type_not_allowed"
    FILE_TOO_MANY = "file.too_many"
    FILE_DAMAGED = "file.damaged"
    ARCHIVE_NOT_SEALED_YET = "archive.not_sealed_yet"
    ARCHIVE_SAME_PERSON = "archive.same_person"
    RETENTION_WRONG_STATE = "retention.wrong_state"
    RETENTION_NOTHING_KEPT = "retention.nothing_kept"
    RETENTION_DESTROYED = "retention.destroyed"
    RETENTION_OPEN = "retention.open"
    RETENTION_ON_HOLD = "retention.on_hold"
    RETENTION_BEFORE_TERM = "retention.before_term"
    RETENTION_REQUESTED = "retention.requested"
    RETENTION_NOTHING_DUE = "retention.nothing_due"
    RETENTION_EXPIRED = "retention.expired"
    RETENTION_SAME_PERSON = "retention.same_person"
    RETENTION_ACCOUNT_TOO_NEW = "retention.account_too_new"
    RETENTION_APPROVAL_VOID = "retention.approval_void"
    RETENTION_HOLD_LIFTED = "retention.hold_lifted"
    ARCHIVE_TOO_WIDE = "archive.too_wide"
    ARCHIVE_TOO_SLOW = "archive.too_slow"
    ARCHIVE_SEARCH_WRONG_STATE = "archive.search_wrong_state"
    ARCHIVE_SEARCHES_RUNNING = "archive.searches_running"
    PROFILE_WRONG_STATE = "profile.wrong_state"
    PROFILE_LICENCE_TAKEN = "profile.licence_taken"
    PROFILE_NOT_ELIGIBLE = "profile.not_eligible"
    SCHEDULE_OVERLAP = "schedule.overlap"
    SCHEDULE_TOO_MANY = "schedule.too_many"
    BOOKING_SLOT_TAKEN = "booking.slot_taken"
    BOOKING_HOLD_ENDED = "booking.hold_ended"
    BOOKING_ANSWERS_NEEDED = "booking.answers_needed"
    BOOKING_TOO_MANY_HOLDS = "booking.too_many_holds"
    BOOKING_OWN_OVERLAP = "booking.own_overlap"
    BOOKING_TOO_LATE = "booking.too_late"
    BOOKING_BEGUN = "booking.begun"
    BOOKING_TERMS_CHANGED = "booking.terms_changed"
    REBOOKING_WRONG_STATE = "rebooking.wrong_state"
    HIS_NOT_CONNECTED = "his.not_connected"
    HIS_CONFIRMS = "his.confirms"
    HIS_WRONG_STATE = "his.wrong_state"
    PATIENT_LINK_WRONG_STATE = "patient_link.wrong_state"
    PATIENT_LINK_TAKEN = "patient_link.taken"
    WAITLIST_WRONG_STATE = "waitlist.wrong_state"
    WAITLIST_TOO_MANY = "waitlist.too_many"
    WAITLIST_TIMES_FREE = "waitlist.times_free"
    PAYMENT_REQUIRED = "payment.required"
    IDEMPOTENCY_REUSED = "idempotency.reused"
    PAYMENT_NOT_DUE = "payment.not_due"
    PAYMENT_WRONG_STATE = "payment.wrong_state"
    PAYMENT_REFUSED = "payment.refused"
    PAYMENT_BAD_SIGNATURE = "payment.bad_signature"
    REFUND_WRONG_STATE = "refund.wrong_state"
    REFUND_TOO_LARGE = "refund.too_large"
    PARTNER_DOWN = "partner.down"
    INTERNAL = "internal"


class FieldFault(StrEnum):
    """Every kind of mistake in one field. Clients translate the kind; sentences stay out of the wire."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong_type"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    BAD_FORMAT = "bad_format"
    NOT_A_CHOICE = "not_a_choice"
    OUT_OF_ORDER = "out_of_order"
    IN_THE_PAST = "in_the_past"
    IN_THE_FUTURE = "in_the_future"
    TOO_YOUNG = "too_young"
    TOO_COMMON = "too_common"
    AS_LOGIN = "as_login"
    AS_BEFORE = "as_before"
    NOT_EXPECTED = "not_expected"
    OTHER_BIRTH_DATE = "other_birth_date"
    INVALID = "invalid"


class Fault(Exception):
    """Root of everything raised on purpose. `code` is stable, `sentence` is for people."""

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


class UserFault(Fault):
    """The caller's mistake. Nothing was changed."""


class InvalidInput(UserFault):
    """Input breaks its rules. `fields` maps a field's dotted path to the kind of its mistake."""

    def __init__(
        self,
        sentence: str,
        fields: Mapping[str, FieldFault] | None = None,
        code: Code = Code.INPUT_INVALID,
    ) -> None:
        super().__init__(code, sentence)
        self.fields: dict[str, FieldFault] = dict(fields or {})


class NotAuthenticated(UserFault):
    """Nobody is signed in, or the credentials are wrong."""

    def __init__(self, sentence: str = "Please sign in.", code: Code = Code.AUTH_REQUIRED) -> None:
        super().__init__(code, sentence)


class Forbidden(UserFault):
    """Signed in, but not allowed."""

    def __init__(
        self, sentence: str = "You are not allowed to do this.", code: Code = Code.FORBIDDEN
    ) -> None:
        super().__init__(code, sentence)


class NotFound(UserFault):
    """No such thing, or not for this caller to know that it exists."""

    def __init__(self, what: str) -> None:
        super().__init__(Code.NOT_FOUND, f"There is no such {what}.")


class WrongState(UserFault):
    """The thing exists, but `event` cannot happen to it in `state`, or not yet: `sentence` says so."""

    def __init__(self, code: Code, what: str, state: str, event: str, sentence: str | None = None) -> None:
        super().__init__(code, sentence or f"The {what} is {state}: {event} cannot happen now.")
        self.state = state
        self.event = event


class Conflict(UserFault):
    """It clashes with something already committed."""


class TooLarge(UserFault):
    """Bigger than the limit."""

    def __init__(self, what: str, limit: int, unit: str = "bytes") -> None:
        super().__init__(Code.INPUT_TOO_LARGE, f"The {what} is larger than {limit} {unit}.")
        self.limit = limit


class TooMany(UserFault):
    """What was asked for concerns `count` things, and at most `limit` are worked on at once: ask for less."""

    def __init__(self, code: Code, what: str, count: int, limit: int) -> None:
        super().__init__(code, f"This concerns {count} {what}; at most {limit} are allowed.")
        self.count = count
        self.limit = limit


class Throttled(UserFault):
    """Too often. Come back after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int, code: Code = Code.RATE_LIMITED) -> None:
        super().__init__(code, f"Too many attempts. Try again in {retry_after_s} s.")
        self.retry_after_s = retry_after_s


class Damaged(Fault):
    """What was kept is not there, or not what was kept. It is not shown, and whoever verifies finds it."""


class PartnerDown(Fault):
    """Another party's server does not answer. The work stays queued or can be repeated."""

    def __init__(self, partner: str, sentence: str) -> None:
        super().__init__(Code.PARTNER_DOWN, sentence)
        self.partner = partner


class GivenUp(PartnerDown):
    """A partner that does answer gave up what it was asked, because it took too long or was told to."""


class OwnFault(Fault):
    """An invariant of ours is broken. `detail` goes to the log, never to a client."""

    def __init__(self, detail: str) -> None:
        super().__init__(Code.INTERNAL, "This did not work because of a fault on our side.")
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"
