"""Whoever fills in a form reads words: every kind of mistake in a field has them, in every language."""

import json
from pathlib import Path

import pytest

from domain.errors import FieldFault

STRINGS = Path(__file__).parents[2] / "web/src/shared/http/strings"


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_mistake_in_a_field_has_words(locale: str) -> None:
    words = json.loads((STRINGS / f"{locale}.json").read_text(encoding="utf-8"))["field"]
    # What a newer server says and this page does not know is said by "other".
    assert set(words) == {fault.value for fault in FieldFault} | {"other"}
    assert all(text.strip() for text in words.values())
