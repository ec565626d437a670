"""A decision that a visit is not suitable online: what it has to say, and what cannot be one."""

import pytest

from domain.errors import FieldFault, InvalidInput
from domain.unsuitable import Referral, UnsuitableReason, unsuitable, unsuitable_body


def test_a_decision_is_kept_without_needless_spaces() -> None:
    made = unsuitable(UnsuitableReason.EXAMINATION, Referral.DEPARTMENT, " 眼科 ", "请今天来。\n带上病历。 ")
    assert unsuitable_body(made) == {
        "reason": "examination",
        "referral": "department",
        "place": "眼科",
        "words": "请今天来。\n带上病历。",
    }


def test_an_emergency_needs_no_more_words() -> None:
    assert unsuitable(UnsuitableReason.EMERGENCY, Referral.EMERGENCY, "", "").place == ""


@pytest.mark.parametrize(
    ("reason", "referral", "place", "words", "fields"),
    [
        (UnsuitableReason.EMERGENCY, Referral.DEPARTMENT, "急诊", "", {"referral": FieldFault.NOT_A_CHOICE}),
        (UnsuitableReason.FIRST_VISIT, Referral.HOSPITAL, " ", "", {"place": FieldFault.MISSING}),
        (UnsuitableReason.OTHER, Referral.DEPARTMENT, "眼科", "", {"words": FieldFault.MISSING}),
        (UnsuitableReason.EXAMINATION, Referral.HOSPITAL, "x" * 121, "", {"place": FieldFault.TOO_LONG}),
        (UnsuitableReason.EXAMINATION, Referral.DEPARTMENT, "眼科\x00", "\u202e", {
            "place": FieldFault.BAD_FORMAT, "words": FieldFault.BAD_FORMAT,
        }),
    ],
)  # fmt: skip
def test_every_field_that_is_wrong_is_named(
    reason: UnsuitableReason, referral: Referral, place: str, words: str, fields: dict[str, FieldFault]
) -> None:
    with pytest.raises(InvalidInput) as wrong:
        unsuitable(reason, referral, place, words)
    assert wrong.value.fields == fields
