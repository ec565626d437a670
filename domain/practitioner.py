"""The doctor's profile (FHIR R4 PractitionerRole): what it says, its states, what approval asks (ID-3)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import Code, FieldFault, InvalidInput
from domain.ids import PractitionerId
from domain.transitions import TransitionTable


class ProfileState(StrEnum):
    """Only approved doctors are shown to the public and booked."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    SUSPENDED = "suspended"


class ProfileEvent(StrEnum):
    """What can happen to a profile."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    SUSPEND = "suspend"


PROFILE = TransitionTable(
    "doctor's profile",
    Code.PROFILE_WRONG_STATE,
    {
        (ProfileState.DRAFT, ProfileEvent.SUBMIT): ProfileState.SUBMITTED,
        (ProfileState.RETURNED, ProfileEvent.SUBMIT): ProfileState.SUBMITTED,
        (ProfileState.SUBMITTED, ProfileEvent.APPROVE): ProfileState.APPROVED,
        (ProfileState.SUBMITTED, ProfileEvent.RETURN): ProfileState.RETURNED,
        (ProfileState.APPROVED, ProfileEvent.SUSPEND): ProfileState.SUSPENDED,
        (ProfileState.SUSPENDED, ProfileEvent.APPROVE): ProfileState.APPROVED,
    },
)

OWN_EDIT_STATES = frozenset({ProfileState.DRAFT, ProfileState.RETURNED})
"""While the doctor may change everything; afterwards what was approved is the administration's to change."""

OWN_ALWAYS = frozenset({"languages", "biography_zh", "biography_en"})
"""What an approved doctor may still change alone: nothing that the approval was about."""

VERIFIED_STATES = frozenset({ProfileState.APPROVED, ProfileState.SUSPENDED})
"""States that were reached by approval: what approval asks stays true in them."""

PRACTICE_YEARS_MIN = 3
"""Internet diagnosis rules Art 25 (ID-3)."""

LICENCE_MAX = 40
BIOGRAPHY_MAX = 2000
FEE_MAX = 10_000_000
"""In minor units: a mistyped fee stops here."""
EARLIEST_YEAR = 1940


DEFAULT_CURRENCY = "CNY"
"""Of a fee before there is one (ISO 4217)."""


class Specialty(StrEnum):
    """The specialties of the hospital's directory, by stable codes."""

    GENERAL = "general"
    CARDIOLOGY = "cardiology"
    RESPIRATORY = "respiratory"
    DERMATOLOGY = "dermatology"
    GASTROENTEROLOGY = "gastroenterology"
    ENDOCRINOLOGY = "endocrinology"
    NEUROLOGY = "neurology"
    NEPHROLOGY = "nephrology"
    RHEUMATOLOGY = "rheumatology"
    HAEMATOLOGY = "haematology"
    ONCOLOGY = "oncology"
    INFECTIOUS = "infectious"
    PAEDIATRICS = "paediatrics"
    OBSTETRICS = "obstetrics"
    ORTHOPAEDICS = "orthopaedics"
    UROLOGY = "urology"
    OPHTHALMOLOGY = "ophthalmology"
    ENT = "ent"
    STOMATOLOGY = "stomatology"
    PSYCHIATRY = "psychiatry"
    REHABILITATION = "rehabilitation"
    CHINESE_MEDICINE = "chinese_medicine"


SPECIALTY_WORDS: dict[Specialty, dict[str, str]] = {
    Specialty.GENERAL: {"zh-CN": "全科医学科", "en": "General practice"},
    Specialty.CARDIOLOGY: {"zh-CN": "心血管内科", "en": "Cardiology"},
    Specialty.RESPIRATORY: {"zh-CN": "呼吸与危重症医学科", "en": "Respiratory medicine"},
    Specialty.DERMATOLOGY: {"zh-CN": "皮肤科", "en": "Dermatology"},
    Specialty.GASTROENTEROLOGY: {"zh-CN": "消化内科", "en": "Gastroenterology"},
    Specialty.ENDOCRINOLOGY: {"zh-CN": "内分泌科", "en": "Endocrinology"},
    Specialty.NEUROLOGY: {"zh-CN": "神经内科", "en": "Neurology"},
    Specialty.NEPHROLOGY: {"zh-CN": "肾内科", "en": "Nephrology"},
    Specialty.RHEUMATOLOGY: {"zh-CN": "风湿免疫科", "en": "Rheumatology"},
    Specialty.HAEMATOLOGY: {"zh-CN": "血液内科", "en": "Haematology"},
    Specialty.ONCOLOGY: {"zh-CN": "肿瘤科", "en": "Oncology"},
    Specialty.INFECTIOUS: {"zh-CN": "感染科", "en": "Infectious diseases"},
    Specialty.PAEDIATRICS: {"zh-CN": "儿科", "en": "Paediatrics"},
    Specialty.OBSTETRICS: {"zh-CN": "妇产科", "en": "Obstetrics and gynaecology"},
    Specialty.ORTHOPAEDICS: {"zh-CN": "骨科", "en": "Orthopaedics"},
    Specialty.UROLOGY: {"zh-CN": "泌尿外科", "en": "Urology"},
    Specialty.OPHTHALMOLOGY: {"zh-CN": "眼科", "en": "Ophthalmology"},
    Specialty.ENT: {"zh-CN": "耳鼻咽喉科", "en": "Ear, nose and throat"},
    Specialty.STOMATOLOGY: {"zh-CN": "口腔科", "en": "Dentistry"},
    Specialty.PSYCHIATRY: {"zh-CN": "精神心理科", "en": "Psychiatry"},
    Specialty.REHABILITATION: {"zh-CN": "康复医学科", "en": "Rehabilitation"},
    Specialty.CHINESE_MEDICINE: {"zh-CN": "中医科", "en": "Traditional Chinese medicine"},
}
"""The one table of what a specialty is called, by language."""


def specialty_called(words: str) -> Specialty | None:
    """Return the specialty that is called so in any of our languages, or None when none is."""
    wanted = words.strip().casefold()
    for specialty, called in SPECIALTY_WORDS.items():
        if wanted in {name.casefold() for name in called.values()}:
            return specialty
    return None


LANGUAGES = ("zh", "yue", "en", "fr", "de", "es", "pt", "ru", "ar", "ja", "ko", "ug", "bo", "mn")
"""Languages that a doctor may speak with patients (BCP 47 primary subtags)."""


@dataclass(frozen=True, slots=True)
class ProfileFields:
    """What can be written into a profile; None is not known yet. `fee_minor` counts minor units."""

    title: str
    specialty: Specialty | None
    licence_number: str | None
    fee_minor: int | None
    languages: tuple[str, ...]
    practising_since: int | None
    biography_zh: str | None
    biography_en: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A doctor's profile as kept. `currency` (ISO 4217) is that of `fee_minor`.

    `consent_on_file` says that the institution's written consent was seen. `reason` is why the profile was
    returned or the doctor suspended.
    """

    practitioner_id: PractitionerId
    name: str
    state: ProfileState
    fields: ProfileFields
    currency: str
    consent_on_file: bool
    reason: str | None
    submitted_at: datetime | None
    decided_at: datetime | None


def check_fields(fields: ProfileFields, today: date) -> None:
    """Raise InvalidInput with every wrong field; what is merely not known yet is not wrong."""
    wrong: dict[str, FieldFault] = {}
    for name, text, longest, lines in (
        ("title", fields.title, 120, False),
        ("licence_number", fields.licence_number, LICENCE_MAX, False),
        ("biography_zh", fields.biography_zh, BIOGRAPHY_MAX, True),
        ("biography_en", fields.biography_en, BIOGRAPHY_MAX, True),
    ):
        if text is None:
            continue
        shown = text.replace("\n", "") if lines else text
        if not text:
            wrong[name] = FieldFault.MISSING
        elif len(text) > longest:
            wrong[name] = FieldFault.TOO_LONG
        elif not shown.isprintable():
            wrong[name] = FieldFault.BAD_FORMAT
    if fields.fee_minor is not None and fields.fee_minor < 0:
        wrong["fee_minor"] = FieldFault.TOO_SMALL
    elif fields.fee_minor is not None and fields.fee_minor > FEE_MAX:
        wrong["fee_minor"] = FieldFault.TOO_LARGE
    if any(language not in LANGUAGES for language in fields.languages):
        wrong["languages"] = FieldFault.NOT_A_CHOICE
    elif len(set(fields.languages)) != len(fields.languages):
        wrong["languages"] = FieldFault.INVALID
    if fields.practising_since is not None:
        if fields.practising_since > today.year:
            wrong["practising_since"] = FieldFault.IN_THE_FUTURE
        elif fields.practising_since < EARLIEST_YEAR:
            wrong["practising_since"] = FieldFault.IN_THE_PAST
    if wrong:
        raise InvalidInput("The profile is not valid.", wrong)


def full_years(practising_since: int, today: date) -> int:
    """Return how many years of practice are certain: only the first year is known, so it does not count."""
    return max(today.year - practising_since - 1, 0)


def unmet(fields: ProfileFields, *, consent_on_file: bool, today: date) -> dict[str, FieldFault]:
    """Return everything that approval still asks of a profile, by field (ID-3); empty when it may be.

    A practice that is too short is named TOO_SHORT, everything else that is not there MISSING.
    """
    missing = {
        "title": not fields.title,
        "specialty": fields.specialty is None,
        "licence_number": not fields.licence_number,
        "fee_minor": fields.fee_minor is None,
        "languages": not fields.languages,
        "practising_since": fields.practising_since is None,
        "consent_on_file": not consent_on_file,
    }
    found = {name: FieldFault.MISSING for name, gone in missing.items() if gone}
    if (
        fields.practising_since is not None
        and full_years(fields.practising_since, today) < PRACTICE_YEARS_MIN
    ):
        found["practising_since"] = FieldFault.TOO_SHORT
    return found


def check_eligible(fields: ProfileFields, *, consent_on_file: bool, today: date) -> None:
    """Raise InvalidInput (profile.not_eligible) naming each thing that approval still asks (ID-3)."""
    found = unmet(fields, consent_on_file=consent_on_file, today=today)
    if found:
        raise InvalidInput("The doctor cannot be approved yet.", found, code=Code.PROFILE_NOT_ELIGIBLE)


def changed_by_owner(before: ProfileFields, after: ProfileFields) -> set[str]:
    """Return which fields differ that an approved doctor may not change alone."""
    names = set(ProfileFields.__dataclass_fields__) - OWN_ALWAYS
    return {name for name in names if getattr(before, name) != getattr(after, name)}
