"""The red-flag questions, what an answer keeps, and what a location must be."""

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.facts import Body
from domain.safety import (
    LINE_MAX,
    PLACE_MAX,
    QUESTIONS,
    QUESTIONS_VERSION,
    answer_body,
    flags_of,
    location,
    location_body,
    location_of,
    questions_digest,
)

HOME = ("CN", "上海市", "上海市", "浦东新区 世纪大道 100 号", "+86 138 0013 8000")


def test_what_is_asked_does_not_change_without_a_new_version() -> None:
    assert (QUESTIONS_VERSION, questions_digest()) == (
        "2026-11",
        "79ba57533060da654e26b942a3b4172a470778adfe69bb1959ab1f944a52237a",
    )


def test_every_question_has_words_and_advice_in_both_languages() -> None:
    assert len({item.id for item in QUESTIONS}) == len(QUESTIONS) == 7
    for item in QUESTIONS:
        assert all((item.zh, item.en, item.zh_advice, item.en_advice))


def test_an_answer_says_yes_or_no_to_each_question_and_which_they_were() -> None:
    body = answer_body(QUESTIONS_VERSION, ["stroke"])
    assert body == {
        **{item.id: item.id == "stroke" for item in QUESTIONS},
        "version": QUESTIONS_VERSION,
        "digest": questions_digest(),
    }
    assert flags_of(body) == ("stroke",)


def test_none_of_these_has_no_flags() -> None:
    assert flags_of(answer_body(QUESTIONS_VERSION, [])) == ()


def test_flags_come_in_the_order_in_which_they_are_asked() -> None:
    old: Body = {"gone_by_now": True, "stroke": True, "chest_pain": True, "version": "1", "digest": "00"}
    assert flags_of(old) == ("chest_pain", "stroke", "gone_by_now")


@pytest.mark.parametrize(
    ("version", "flags", "field"),
    [("2020-01", ["stroke"], "version"), (QUESTIONS_VERSION, ["headache"], "flags")],
)
def test_answers_to_other_questions_are_refused(version: str, flags: list[str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        answer_body(version, flags)
    assert refused.value.fields == {field: FieldFault.NOT_A_CHOICE}


def test_a_location_survives_the_record() -> None:
    place = location(*HOME)
    assert location_of(location_body(place)) == place


def test_a_location_loses_needless_spaces_only() -> None:
    place = location(" cn", " 上海市 ", "上海市", "世纪大道  100 号", " 021-5888 0000 ")
    assert (place.country, place.province, place.line, place.phone) == (
        "CN",
        "上海市",
        "世纪大道 100 号",
        "021-5888 0000",
    )


@pytest.mark.parametrize("phone", ["+8613800138000", "13800138000", "(021) 5888-0000", "120-55"])
def test_numbers_are_taken_in_the_international_and_the_local_form(phone: str) -> None:
    assert location(*HOME[:4], phone).phone == phone


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        (
            ("", " ", "", "", ""),
            {name: FieldFault.MISSING for name in ("country", "province", "city", "phone")},
        ),
        (("China", *HOME[1:]), {"country": FieldFault.BAD_FORMAT}),
        ((*HOME[:4], "call me"), {"phone": FieldFault.BAD_FORMAT}),
        ((*HOME[:4], "1234"), {"phone": FieldFault.BAD_FORMAT}),
        ((*HOME[:4], "+12345678901234567"), {"phone": FieldFault.BAD_FORMAT}),
        (
            ("CN", "x" * (PLACE_MAX + 1), "上海", "y" * (LINE_MAX + 1), HOME[4]),
            {"province": FieldFault.TOO_LONG, "line": FieldFault.TOO_LONG},
        ),
        (
            ("CN", "上\n海", "上海\u202e", "", HOME[4]),
            {"province": FieldFault.BAD_FORMAT, "city": FieldFault.BAD_FORMAT},
        ),
    ],
)
def test_every_wrong_field_is_named_at_once(place: tuple[str, ...], fields: dict[str, FieldFault]) -> None:
    with pytest.raises(InvalidInput) as refused:
        location(*place)
    assert refused.value.fields == fields


@pytest.mark.parametrize(
    "body",
    [{}, {"country": "CN"}, {**dict.fromkeys(["country", "province", "city", "line"], "x"), "phone": 1}],
)
def test_what_is_no_location_is_none(body: Body) -> None:
    assert location_of(body) is None
