"""docs/archive-format.md is true: its test vector follows from its words, and our code agrees with both."""

import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chat_archive.entry import GENESIS, Draft, Head, canonical_bytes, link
from chat_archive.verify import FindingKind, verify_conversation
from domain.facts import EntryKind, decode_body, encode_body

PAGE = (Path(__file__).parents[3] / "docs" / "archive-format.md").read_text(encoding="utf-8")


def the_vector() -> dict[str, Any]:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    vector = json.loads(block)
    assert isinstance(vector, dict)
    return vector


VECTOR = the_vector()


def test_the_vector_follows_from_the_pages_words() -> None:
    previous = bytes(32)
    for entry in VECTOR["entries"]:
        epoch = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        after = datetime.fromisoformat(entry["recorded_at"]) - epoch
        micros = (after.days * 86_400 + after.seconds) * 1_000_000 + after.microseconds
        parts = [
            b"\x01",
            bytes.fromhex(VECTOR["conversation_id"].replace("-", "")),
            entry["seq"].to_bytes(8, "big"),
            micros.to_bytes(8, "big"),
            bytes.fromhex(entry["message_id"].replace("-", "")),
        ]
        for name in ("author", "kind", "body"):
            raw = entry[name].encode()
            parts += [len(raw).to_bytes(4, "big"), raw]
        canonical = b"".join(parts)
        assert canonical.hex() == entry["canonical"]
        prefix = b"\x02televisit/entry/v1\n"
        assert len(prefix) == 20
        previous = sha256(prefix + previous + canonical).digest()
        assert previous.hex() == entry["entry_hash"]
    assert VECTOR["head"] == {"size": len(VECTOR["entries"]), "last_hash": previous.hex()}


def test_our_code_makes_the_vector() -> None:
    conversation = UUID(VECTOR["conversation_id"])
    head, entries = Head(conversation, 0, GENESIS), []
    for shown in VECTOR["entries"]:
        draft = Draft(
            conversation,
            UUID(shown["message_id"]),
            shown["author"],
            shown["kind"],
            datetime.fromisoformat(shown["recorded_at"]),
            shown["body"].encode(),
        )
        entry = link(head, draft)
        canonical = canonical_bytes(
            conversation, entry.seq, entry.message_id, entry.author, entry.kind, entry.recorded_at, entry.body
        )
        assert (entry.seq, canonical.hex(), entry.entry_hash.hex()) == (
            shown["seq"],
            shown["canonical"],
            shown["entry_hash"],
        )
        assert encode_body(decode_body(entry.body)) == entry.body
        head = Head(conversation, entry.seq, entry.entry_hash)
        entries.append(entry)
    assert verify_conversation(entries, head).intact


@pytest.mark.parametrize("word", [*EntryKind, *FindingKind])
def test_the_page_names_every_kind_of_entry_and_of_finding(word: str) -> None:
    assert f"`{word}`" in PAGE
