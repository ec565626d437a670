from datetime import date

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.identity import DocumentKind, demand_birth_date, encoded_birth_date, masked, normal_number

# Invented, with a check character that is right.
RIGHT = "11010519491231002X"


@pytest.mark.parametrize(
    "typed", [RIGHT, RIGHT.lower(), "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_a_resident_number_has_one_spelling(typed: str) -> None:
    assert normal_number(DocumentKind.RESIDENT_ID, typed) == RIGHT


@pytest.mark.parametrize(
    "typed", ["", "110105194912310021", "11010519491331002X", "1101051949123100", "A" * 18, RIGHT + "1"]
)
def test_what_is_no_resident_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        normal_number(DocumentKind.RESIDENT_ID, typed)
    assert refused.value.fields == {"number": FieldFault.BAD_FORMAT}


def test_other_documents_have_letters_and_digits() -> None:
    assert normal_number(DocumentKind.PASSPORT, " ea 1234567") == "EA1234567"
    for typed in ("E1", "EA1234567!", "护照1234567"):
        with pytest.raises(InvalidInput):
            normal_number(DocumentKind.PASSPORT, typed)


def test_only_the_end_of_a_number_is_shown() -> None:
    assert masked(RIGHT) == "**************002X"
    assert masked("E1234") == "***34"


def test_a_resident_number_says_a_birth_date_and_others_say_none() -> None:
    assert encoded_birth_date(DocumentKind.RESIDENT_ID, RIGHT) == date(1949, 12, 31)
    assert encoded_birth_date(DocumentKind.PASSPORT, "EA1234567") is None
    demand_birth_date(DocumentKind.RESIDENT_ID, RIGHT, date(1949, 12, 31))
    demand_birth_date(DocumentKind.PASSPORT, "EA1234567", date(1949, 12, 31))
    with pytest.raises(InvalidInput) as refused:
        demand_birth_date(DocumentKind.RESIDENT_ID, RIGHT, date(1988, 5, 17))
    assert refused.value.fields == {"number": FieldFault.OTHER_BIRTH_DATE}
