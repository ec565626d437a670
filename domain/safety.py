"""Safety at a visit: the red-flag questions and their answers, and where a patient is and can be called.

The questions are a table with a version. An answer names the version and the digest of the table, so that a
record says for good what was asked. No rule of medicine is decided here: a yes is shown, never judged.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from domain.errors import FieldFault, InvalidInput
from domain.facts import Body

QUESTIONS_VERSION: Final = "2026-11"


@dataclass(frozen=True, slots=True)
class Question:
    """One red flag: its id in records, what is asked, and what to do at once, in both languages."""

    id: str
    zh: str
    en: str
    zh_advice: str
    en_advice: str


QUESTIONS: Final = (
    Question(
        "chest_pain",
        "胸痛、胸闷或压迫感",
        "Chest pain or pressure",
        "坐下休息，不要走动，不要自己开车。",
        "Sit down and keep still. Do not drive.",
    ),
    Question(
        "breathing",
        "呼吸困难，或喘得说不出整句话",
        "Trouble breathing, or too breathless to finish a sentence",
        "坐直，解开领口，身边留一个人。",
        "Sit upright, loosen your collar, and keep somebody with you.",
    ),
    Question(
        "stroke",
        "口角歪斜、一侧手脚无力或说话不清",
        "Face drooping, weakness on one side, or slurred speech",
        "记下开始的时间，躺下，不要吃东西或喝水。",
        "Note the time it began. Lie down; do not eat or drink.",
    ),
    Question(
        "bleeding",
        "大量出血，止不住",
        "Heavy bleeding that does not stop",
        "用干净的布用力按住出血处，不要松手。",
        "Press a clean cloth hard on the wound and do not let go.",
    ),
    Question(
        "suicide",
        "想伤害自己，或不想活下去",
        "Thoughts of hurting yourself or of ending your life",
        "现在就告诉身边的人，不要一个人待着，远离药物和利器。",
        "Tell somebody now and do not stay alone. Move away from medicines and anything sharp.",
    ),
    Question(
        "allergy",
        "严重过敏：喉咙或面部肿胀，全身起疹伴呼吸困难",
        "Severe allergic reaction: swollen throat or face, rash with trouble breathing",
        "有肾上腺素笔就马上用，平躺并抬高双腿；呼吸困难就坐起来。",
        "Use an adrenaline pen if you have one. Lie with your legs raised, or sit up if breathing is hard.",
    ),
    Question(
        "pregnancy_bleeding",
        "怀孕并有阴道出血",
        "Pregnant and bleeding",
        "侧卧休息，保留用过的护垫，不要自己开车去医院。",
        "Lie on your side, keep the pads you use, and do not drive yourself.",
    ),
)
"""What is asked before the waiting room. A change of any word is a new version."""

_IDS: Final = tuple(question.id for question in QUESTIONS)


def questions_digest() -> str:
    """Return the SHA-256 of the table, in hexadecimal: what an answer is about, word by word."""
    asked = [[item.id, item.zh, item.en, item.zh_advice, item.en_advice] for item in QUESTIONS]
    table = {"questions": asked, "version": QUESTIONS_VERSION}
    return sha256(json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def answer_body(version: str, flags: Iterable[str]) -> Body:
    """Return the body of an answer: which questions, and yes or no to each of them.

    Raise InvalidInput for questions that are not asked any more, or that were never asked.
    """
    yes = set(flags)
    fields: dict[str, FieldFault] = {}
    if version != QUESTIONS_VERSION:
        fields["version"] = FieldFault.NOT_A_CHOICE
    if yes - set(_IDS):
        fields["flags"] = FieldFault.NOT_A_CHOICE
    if fields:
        raise InvalidInput("These are not the questions that are asked now.", fields)
    answers: Body = {item: item in yes for item in _IDS}
    return {**answers, "version": version, "digest": questions_digest()}


def flags_of(body: Body) -> tuple[str, ...]:
    """Return the red flags that an answer says yes to, in the table's order, those of old versions last."""
    yes = [name for name, value in body.items() if value is True]
    return tuple(sorted(yes, key=lambda name: _IDS.index(name) if name in _IDS else len(_IDS)))


PLACE_MAX: Final = 80
LINE_MAX: Final = 200
_COUNTRY = re.compile(r"[A-Z]{2}")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]*")
_DIGITS_MIN, _DIGITS_MAX = 5, 15
_BROKEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Location:
    """Where a patient is during a visit, and the number to call back.

    `country` is ISO 3166-1 alpha-2, `phone` E.164 (ITU-T) or the local form, as it was written.
    """

    country: str
    province: str
    city: str
    line: str
    phone: str


def location(country: str, province: str, city: str, line: str, phone: str) -> Location:
    """Return a location without needless spaces. Raise InvalidInput naming every field that is wrong."""
    made = Location(
        country.strip().upper(), _one_line(province), _one_line(city), _one_line(line), _one_line(phone)
    )
    fields: dict[str, FieldFault] = {}
    if not _COUNTRY.fullmatch(made.country):
        fields["country"] = FieldFault.BAD_FORMAT if made.country else FieldFault.MISSING
    for name, value, most, needed in (
        ("province", made.province, PLACE_MAX, True),
        ("city", made.city, PLACE_MAX, True),
        ("line", made.line, LINE_MAX, False),
    ):
        if not value and needed:
            fields[name] = FieldFault.MISSING
        elif len(value) > most:
            fields[name] = FieldFault.TOO_LONG
        elif _BROKEN.search(value):
            fields[name] = FieldFault.BAD_FORMAT
    if not made.phone:
        fields["phone"] = FieldFault.MISSING
    elif not _is_phone(made.phone):
        fields["phone"] = FieldFault.BAD_FORMAT
    if fields:
        raise InvalidInput("The location is not complete.", fields)
    return made


def location_body(place: Location) -> Body:
    """Return the body of a location's entry."""
    return {
        "country": place.country,
        "province": place.province,
        "city": place.city,
        "line": place.line,
        "phone": place.phone,
    }


def location_of(body: Mapping[str, object]) -> Location | None:
    """Return the location that an entry's body says; None when it is not one of ours."""
    texts = [body.get(name) for name in ("country", "province", "city", "line", "phone")]
    if not all(isinstance(text, str) for text in texts):
        return None
    return Location(*(str(text) for text in texts))


def _one_line(text: str) -> str:
    return re.sub(" {2,}", " ", text).strip()


def _is_phone(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return _DIGITS_MIN <= digits <= _DIGITS_MAX and _PHONE.fullmatch(text) is not None
