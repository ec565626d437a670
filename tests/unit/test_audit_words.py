"""Whoever reads the audit trail reads words: every action has them, in every language."""

import json
from pathlib import Path

import pytest

from domain.permissions import Action

STRINGS = Path(__file__).parents[2] / "web/src/features/audit-trail/strings"


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_action_has_words_in_the_audit_trail(locale: str) -> None:
    strings = json.loads((STRINGS / f"{locale}.json").read_text(encoding="utf-8"))
    words = {
        f"{thing}.{verb}": text for thing, verbs in strings["action"].items() for verb, text in verbs.items()
    }
    assert set(words) == {action.value for action in Action}
    assert all(text.strip() for text in words.values())
    assert len(set(words.values())) == len(words)
