"""The whole permission table, written down once more by hand, pair by pair."""

from uuid import UUID

import pytest

from domain.accounts import SYSTEM, Actor, Role
from domain.errors import Forbidden, NotAuthenticated
from domain.ids import AccountId
from domain.permissions import PERMISSIONS, SYSTEM_ACTIONS, Action, allowed, require

_SOMEBODY = AccountId(UUID(int=1))
_STAFF = "doctor pharmacist auditor admin"
_EVERYONE = f"patient {_STAFF}"

_GRANTED: dict[Action, str] = {
    Action.SIGN_IN: _EVERYONE,
    Action.SIGN_IN_REFUSED: f"{_EVERYONE} system",
    Action.SIGN_OUT: _EVERYONE,
    Action.SESSION_LIST: _EVERYONE,
    Action.SESSION_REVOKE: _EVERYONE,
    Action.SECOND_FACTOR_READ: _STAFF,
    Action.SECOND_FACTOR_SET_UP: _STAFF,
    Action.SECOND_FACTOR_CONFIRM: _STAFF,
    Action.SECOND_FACTOR_GIVE: _STAFF,
    Action.SECOND_FACTOR_RECOVERY: _STAFF,
    Action.SESSION_PROVE: _STAFF,
    Action.SECOND_FACTOR_RESET: "system",
    Action.SIGN_ON_ASK: "system",
    Action.SIGN_ON_BIND: "system",
    Action.SIGN_ON_UNBIND: "system",
    Action.PASSKEY_LIST: _EVERYONE,
    Action.PASSKEY_ADD: _EVERYONE,
    Action.PASSKEY_REMOVE: _EVERYONE,
    Action.PASSKEY_ASK: "system",
    Action.CODE_ASK: "system",
    Action.CODE_CHECK: "system",
    Action.CODE_SEND: "system",
    Action.ACCOUNT_REGISTER: "system",
    Action.PASSWORD_RESET: "system",
    Action.PATIENT_CORRECT: "patient",
    Action.IDENTITY_SUBMIT: "patient",
    Action.IDENTITY_READ_OWN: "patient",
    Action.IDENTITY_LIST: "admin",
    Action.IDENTITY_APPROVE: "admin",
    Action.IDENTITY_RETURN: "admin",
    Action.IDENTITY_COMPARE: "system",
    Action.IDENTITY_MATCH: "admin system",
    Action.IDENTITY_LINK: "admin system",
    Action.FAMILY_READ_OWN: "patient",
    Action.FAMILY_ADD: "patient",
    Action.FAMILY_REMOVE: "patient",
    Action.FAMILY_LIST: "admin",
    Action.FAMILY_APPROVE: "admin",
    Action.FAMILY_RETURN: "admin",
    Action.FAMILY_COME_OF_AGE: "system",
    Action.GUARDIAN_CONSENT: "patient",
    Action.ACCOUNT_CREATE: "admin system",
    Action.ACCOUNT_LIST: "admin",
    Action.ACCOUNT_DISABLE: "admin",
    Action.ACCOUNT_ENABLE: "admin",
    Action.APPOINTMENT_CREATE: "admin system",
    Action.APPOINTMENT_CANCEL: "admin",
    Action.APPOINTMENT_READ_OWN: "patient doctor",
    Action.APPOINTMENT_READ_ANY: "admin",
    Action.BOOKING_HOLD: "patient",
    Action.BOOKING_CONFIRM: "patient system",
    Action.BOOKING_ANSWER: "patient",
    Action.BOOKING_RELEASE: "patient",
    Action.BOOKING_READ_OWN: "patient",
    Action.BOOKING_EXPIRE: "system",
    Action.BOOKING_CANCEL: "patient",
    Action.BOOKING_MOVE: "patient",
    Action.APPOINTMENT_CALL_OFF: "doctor admin",
    Action.APPOINTMENT_MISS: "system",
    Action.REBOOKING_READ_OWN: "patient",
    Action.REBOOKING_ACCEPT: "patient",
    Action.REBOOKING_DECLINE: "patient system",
    Action.HIS_ASK: "system",
    Action.HIS_HEAR: "system",
    Action.WAITLIST_JOIN: "patient",
    Action.WAITLIST_LEAVE: "patient",
    Action.WAITLIST_READ_OWN: "patient",
    Action.WAITLIST_OFFER: "system",
    Action.WAITLIST_SETTLE: "system",
    Action.PATIENT_LIST: "admin",
    Action.PRACTITIONER_LIST: "admin auditor",
    Action.QUEUE_READ: "doctor",
    Action.ROOM_OPEN: "patient doctor guest",
    Action.ROOM_JOIN: "patient doctor",
    Action.ROOM_LEAVE: "patient doctor",
    Action.MEDIA_SET: "patient doctor guest",
    Action.WAITING_READ: "patient",
    Action.CONSULTATION_ARRIVE: "patient",
    Action.CONSULTATION_STEP_OUT: "patient",
    Action.CONSULTATION_ADMIT: "doctor",
    Action.CONSULTATION_FINISH: "doctor",
    Action.CONSULTATION_TURN_AWAY: "doctor",
    Action.CHAT_POST: "patient doctor",
    Action.CHAT_READ: "patient doctor",
    Action.CONSENT_GIVE: "patient",
    Action.GUEST_INVITE: "doctor",
    Action.GUEST_READ: "patient doctor",
    Action.GUEST_WITHDRAW: "patient doctor",
    Action.GUEST_REMOVE: "patient doctor",
    Action.GUEST_LOOK: "system",
    Action.GUEST_ENTER: "system",
    Action.GUEST_JOIN: "guest",
    Action.GUEST_LEAVE: "guest",
    Action.GUEST_HANG_UP: "guest",
    Action.CALL_PATH: "system",
    Action.CALL_FIGURES: "doctor",
    Action.FOLLOW_UP_PROPOSE: "doctor",
    Action.FOLLOW_UP_READ_OWN: "patient",
    Action.FOLLOW_UP_DISMISS: "patient",
    Action.DIAGNOSIS_STATE: "patient",
    Action.DIAGNOSIS_READ: "patient",
    Action.PATIENT_READ: "doctor",
    Action.SAFETY_READ: "patient",
    Action.SAFETY_ANSWER: "patient",
    Action.LOCATION_CONFIRM: "patient",
    Action.READERS_READ: "patient",
    Action.FILE_ADD: "patient doctor",
    Action.FILE_READ: "patient doctor auditor",
    Action.FILE_SWEEP: "system",
    Action.ARCHIVE_SEARCH: "auditor",
    Action.ARCHIVE_READ: "auditor",
    Action.ARCHIVE_VERIFY: "auditor system",
    Action.ARCHIVE_PROVE: "auditor",
    Action.ARCHIVE_EXPORT: "auditor system",
    Action.ARCHIVE_RECEIPT: "patient doctor",
    Action.ARCHIVE_SEAL: "system",
    Action.ARCHIVE_ROTATE_KEYS: "system",
    Action.ARCHIVE_NEW_EPOCH: "auditor admin",
    Action.ARCHIVE_KEYWORD_SEARCH: "auditor",
    Action.ARCHIVE_KEYWORD_DECRYPT: "auditor",
    Action.ARCHIVE_KEYWORD_LIST: "auditor",
    Action.ARCHIVE_KEYWORD_READ: "auditor",
    Action.ARCHIVE_KEYWORD_CANCEL: "auditor system",
    Action.ARCHIVE_SAMPLE_DRAW: "auditor",
    Action.ARCHIVE_SAMPLE_READ: "auditor",
    Action.ARCHIVE_SAMPLE_REVIEW: "auditor",
    Action.ARCHIVE_COMPLETENESS: "auditor",
    Action.AUDIT_READ: "auditor admin",
    Action.PAYMENT_START: "patient",
    Action.PAYMENT_READ_OWN: "patient",
    Action.PAYMENT_READ_ANY: "admin",
    Action.APPOINTMENT_READ_PAST: "patient",
    Action.PAYMENT_CHECK: "patient system",
    Action.PAYMENT_HEAR: "system",
    Action.PAYMENT_RECONCILE: "system",
    Action.REFUND_REQUEST: "admin",
    Action.REFUND_RETRY: "admin",
    Action.REFUND_SEND: "system",
    Action.REFUND_DECIDE: "system",
    Action.JOB_LIST: "admin",
    Action.JOB_RETRY: "admin",
    Action.FIGURES_READ: "admin",
    Action.MAIL_SEND: "system",
    Action.NOTICE_SEND: "system",
    Action.NOTICE_LIST: "admin",
    Action.NOTICE_SEND_AGAIN: "admin",
    Action.NOTICE_PREFERENCES_READ: "patient",
    Action.NOTICE_PREFERENCES_CHANGE: "patient",
    Action.RETENTION_READ: "auditor admin",
    Action.HOLD_PLACE: "auditor admin",
    Action.HOLD_LIFT: "auditor admin",
    Action.DESTRUCTION_REQUEST: "auditor admin",
    Action.DESTRUCTION_APPROVE: "auditor admin",
    Action.DESTRUCTION_REFUSE: "auditor admin",
    Action.DESTRUCTION_WITHDRAW: "auditor admin",
    Action.DESTRUCTION_EXECUTE: "auditor admin",
    Action.DESTRUCTION_EXPIRE: "system",
    Action.DESTRUCTION_COMPLETE: "system",
    Action.DESTRUCTION_DELETE_FILES: "system",
    Action.PROFILE_READ_OWN: "doctor",
    Action.PROFILE_EDIT_OWN: "doctor",
    Action.PROFILE_SUBMIT: "doctor system",
    Action.PROFILE_READ_ANY: "admin",
    Action.PROFILE_EDIT_ANY: "admin system",
    Action.PROFILE_APPROVE: "admin system",
    Action.PROFILE_RETURN: "admin",
    Action.PROFILE_SUSPEND: "admin",
    Action.SCHEDULE_READ: "admin",
    Action.SCHEDULE_CHANGE: "admin system",
    Action.LEAVE_READ_OWN: "doctor",
    Action.LEAVE_CHANGE_OWN: "doctor",
}


def test_every_action_is_written_down_here() -> None:
    assert set(_GRANTED) == set(Action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_is_granted_and_nothing_else(role: Role, action: Action) -> None:
    actor = Actor(_SOMEBODY, role)
    if role.value in _GRANTED[action].split():
        assert allowed(actor, action)
        require(actor, action)
        return
    assert not allowed(actor, action)
    with pytest.raises(Forbidden):
        require(actor, action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_without_the_second_factor_one_finishes_signing_in_or_leaves(role: Role, action: Action) -> None:
    pending = Actor(_SOMEBODY, role, second_factor_pending=True)
    finishing = {
        "session.sign_out",
        "second_factor.read",
        "second_factor.set_up",
        "second_factor.confirm",
        "second_factor.give",
    }
    assert allowed(pending, action) == (action.value in finishing and role.value in _GRANTED[action].split())


@pytest.mark.parametrize("action", Action)
def test_the_hospital_itself_does_only_what_needs_no_person(action: Action) -> None:
    if "system" in _GRANTED[action].split():
        require(SYSTEM, action)
        return
    assert not allowed(SYSTEM, action)
    with pytest.raises(Forbidden):
        require(SYSTEM, action)


@pytest.mark.parametrize("action", Action)
def test_every_action_is_granted_to_someone(action: Action) -> None:
    assert action in SYSTEM_ACTIONS or any(action in granted for granted in PERMISSIONS.values())


def test_every_role_is_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_a_role_without_an_account_is_asked_to_sign_in() -> None:
    with pytest.raises(NotAuthenticated):
        require(Actor(None, Role.PATIENT), Action.ACCOUNT_CREATE)
