from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.keyword import RANGE_MAX, Scope, check_scope, contains, folded, keyword, parts

START = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("我昨晚发烧了", "发烧"),
        ("疼", "疼"),
        ("Ｆｅｖｅｒ since Monday", "fever"),
        ("FEVER", "Fever"),
        ("die STRASSE", "straße"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("ﬁne", "fin"),
        ("①号药", "1号"),
        ("ﾊﾟﾝ", "パン"),
        ("한국어", "한"),
        ("e\u0301tat", "état"),
        ("blood\n  pressure", "blood pressure"),
        ("a%b_c\\", "%b_"),
    ],
)
def test_a_word_is_found_in_any_form(text: str, word: str) -> None:
    assert contains({"text": text}, "chat", keyword(word))


@pytest.mark.parametrize(
    ("text", "word"), [("发热", "发烧"), ("fewer", "fever"), ("resume", "résumé"), ("a  b", "ab")]
)
def test_another_word_is_not_found(text: str, word: str) -> None:
    assert not contains({"text": text}, "chat", keyword(word))


def test_what_people_wrote_is_searched_and_nothing_else() -> None:
    assert contains({"name": "CT-报告.pdf", "digest": "ab"}, "file", keyword("报告"))
    assert not contains({"name": "x", "digest": "abcdef"}, "file", keyword("abc"))
    assert not contains({"entries": 3, "last_hash": "abcdef"}, "finished", keyword("abc"))
    assert not contains({"text": 7}, "chat", keyword("77"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FieldFault.TOO_SHORT),
        ("  ", FieldFault.TOO_SHORT),
        ("x", FieldFault.TOO_SHORT),
        ("é", FieldFault.TOO_SHORT),
        ("。", FieldFault.TOO_SHORT),
        ("😀", FieldFault.TOO_SHORT),
        ("x" * 101, FieldFault.TOO_LONG),
        ("a\x00b", FieldFault.BAD_FORMAT),
        ("a\ud800b", FieldFault.BAD_FORMAT),
    ],
)
def test_what_is_no_word_is_refused(text: str, fault: FieldFault) -> None:
    with pytest.raises(InvalidInput) as refusal:
        keyword(text)
    assert refusal.value.fields == {"word": fault}


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("我发烧，还发烧", "发烧", ["发烧", "发烧"]),
        ("No FEVER now", "fever", ["FEVER"]),
        ("a blood \n pressure of", "blood pressure", ["blood \n pressure"]),
        ("ﬁne", "fin", ["ﬁn"]),
        ("nothing", "fever", []),
        ("", "fever", []),
        ("aaaa", "aa", ["aa", "aa"]),
    ],
)
def test_places_are_marked_and_the_text_stays_whole(text: str, word: str, found: list[str]) -> None:
    pieces = parts(text, folded(word))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.found] == found
    assert all(piece.text for piece in pieces)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(patient_id=uuid4()),
        Scope(practitioner_id=uuid4()),
        Scope(patient_id=uuid4(), begins_at=START, ends_at=START + timedelta(days=900)),
        Scope(begins_at=START, ends_at=START + RANGE_MAX),
        # The clocks went back within these 31 calendar days.
        Scope(begins_at=START, ends_at=START + RANGE_MAX + timedelta(hours=1)),
    ],
)
def test_a_patient_a_doctor_or_a_month_is_searched(scope: Scope) -> None:
    check_scope(scope)


@pytest.mark.parametrize(
    ("scope", "fields"),
    [
        (Scope(), {"from": FieldFault.MISSING, "to": FieldFault.MISSING}),
        (Scope(begins_at=START), {"to": FieldFault.MISSING}),
        (Scope(patient_id=uuid4(), ends_at=START), {"from": FieldFault.MISSING}),
        (Scope(begins_at=START, ends_at=START), {"to": FieldFault.OUT_OF_ORDER}),
        (Scope(begins_at=START, ends_at=START + timedelta(days=32)), {"to": FieldFault.TOO_LARGE}),
        (
            Scope(begins_at=datetime(2026, 1, 1), ends_at=datetime(2026, 1, 2)),
            {"from": FieldFault.BAD_FORMAT, "to": FieldFault.BAD_FORMAT},
        ),
    ],
)
def test_anything_wider_is_refused(scope: Scope, fields: dict[str, FieldFault]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        check_scope(scope)
    assert refusal.value.fields == fields
