"""docs/archive-format.md is true: its test vector follows from its words, and our code agrees with both."""

import hmac
import json
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chat_archive.append import link
from chat_archive.data_keys import DataKey, KeyRing, WrappedKey
from chat_archive.entry import GENESIS, REGISTER_ID, Draft, Head, addendum_of
from chat_archive.merkle import leaf_hash, root_of
from chat_archive.verify import FindingKind, verify_conversation
from domain.facts import EntryKind, RegisterKind, decode_body, encode_body

PAGE = (Path(__file__).parents[3] / "docs" / "archive-format.md").read_text(encoding="utf-8")


def the_vector() -> dict[str, Any]:
    (block,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    vector = json.loads(block)
    assert isinstance(vector, dict)
    return vector


VECTOR = the_vector()
CONVERSATION = UUID(VECTOR["conversation_id"])


# --- the page's words, written down once more without any code of ours --------------------------------------


def derived(info: str) -> bytes:
    return HKDF(SHA256(), 32, None, info.encode()).derive(bytes.fromhex(VECTOR["data_key"]))


def test_the_vectors_keys_follow_from_the_pages_words() -> None:
    for name in ("body", "salt", "object"):
        info = f"televisit/{name}-key/v1"
        assert f"`{info}`" in PAGE
        assert derived(info).hex() == VECTOR[f"{name}_key"]
    wrapped = bytes.fromhex(VECTOR["wrapped_key"])
    nonce = wrapped[:12]
    bound_to = b"televisit/data-key/v1\n" + CONVERSATION.bytes
    data_key = bytes.fromhex(VECTOR["data_key"])
    assert wrapped == nonce + AESGCM(bytes.fromhex(VECTOR["kek"])).encrypt(nonce, data_key, bound_to)
    assert len(wrapped) == 60


def test_the_vectors_addendum_follows_from_the_pages_words() -> None:
    raw = int.from_bytes(sha256(b"televisit/addendum/v1\n" + CONVERSATION.bytes).digest()[:16], "big")
    raw = raw & ~(0xF << 76) | 8 << 76
    raw = raw & ~(0x3 << 62) | 2 << 62
    assert str(UUID(int=raw)) == VECTOR["addendum_id"]


def test_the_vectors_entries_follow_from_the_pages_words() -> None:
    ends = {CONVERSATION.hex: (0, bytes(32)), UUID(VECTOR["addendum_id"]).hex: (0, bytes(32))}
    leaves = []
    for entry in VECTOR["entries"]:
        conversation = entry["conversation_id"].replace("-", "")
        count, previous = ends[conversation]
        assert entry["seq"] == count + 1
        epoch = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
        after = datetime.fromisoformat(entry["recorded_at"]) - epoch
        micros = (after.days * 86_400 + after.seconds) * 1_000_000 + after.microseconds
        parts = [
            b"\x01",
            bytes.fromhex(conversation),
            entry["seq"].to_bytes(8, "big"),
            micros.to_bytes(8, "big"),
            bytes.fromhex(entry["message_id"].replace("-", "")),
        ]
        for name in ("author", "kind"):
            raw = entry[name].encode()
            parts += [len(raw).to_bytes(4, "big"), raw]
        header, body = b"".join(parts), entry["body"].encode()
        assert header.hex() == entry["header"]
        salt = hmac.new(derived("televisit/salt-key/v1"), header, sha256).digest()
        assert salt.hex() == entry["salt"]
        commitment = sha256(b"\x03televisit/body/v1\n" + salt + body).digest()
        assert commitment.hex() == entry["commitment"]
        hashed = sha256(b"\x02televisit/entry/v1\n" + previous + header + commitment).digest()
        assert hashed.hex() == entry["entry_hash"]
        nonce = bytes.fromhex(entry["nonce"])
        sealed = nonce + AESGCM(derived("televisit/body-key/v1")).encrypt(nonce, body, header)
        assert sealed.hex() == entry["sealed"]
        leaves.append(sha256(b"\x00" + hashed).digest())
        assert leaves[-1].hex() == entry["leaf_hash"]
        ends[conversation] = (entry["seq"], hashed)
    assert VECTOR["heads"] == [
        {"conversation_id": str(UUID(item)), "size": size, "last_hash": last.hex()}
        for item, (size, last) in ends.items()
    ]
    nodes = [sha256(b"\x01" + leaves[at] + leaves[at + 1]).digest() for at in (0, 2)]
    root = sha256(b"\x01" + nodes[0] + nodes[1]).digest()
    assert VECTOR["tree"] == {"size": 4, "root": root.hex()}


# --- our code ----------------------------------------------------------------------------------------------


def test_our_code_makes_the_vector() -> None:
    assert str(addendum_of(CONVERSATION)) == VECTOR["addendum_id"]
    key = DataKey(CONVERSATION, bytes.fromhex(VECTOR["data_key"]))
    assert key.object_key().hex() == VECTOR["object_key"]
    heads = {item: Head(item, 0, GENESIS) for item in (CONVERSATION, addendum_of(CONVERSATION))}
    made = []
    for shown in VECTOR["entries"]:
        conversation = UUID(shown["conversation_id"])
        draft = Draft(
            conversation,
            UUID(shown["message_id"]),
            shown["author"],
            shown["kind"],
            datetime.fromisoformat(shown["recorded_at"]),
            shown["body"].encode(),
        )
        nonce = bytes.fromhex(shown["nonce"])
        entry, sealed = link(heads[conversation], draft, key, lambda _, nonce=nonce: nonce)  # type: ignore[misc]
        assert entry.salt is not None
        assert {
            "seq": entry.seq,
            "header": sealed.header().hex(),
            "salt": entry.salt.hex(),
            "commitment": entry.commitment.hex(),
            "entry_hash": entry.entry_hash.hex(),
            "sealed": sealed.sealed.hex(),
            "leaf_hash": leaf_hash(entry.entry_hash).hex(),
        }.items() <= shown.items()
        assert encode_body(decode_body(draft.body)) == draft.body
        heads[conversation] = Head(conversation, entry.seq, entry.entry_hash)
        made.append(sealed)
    for conversation, head in heads.items():
        mine = [entry for entry in made if entry.conversation_id == conversation]
        verdict = verify_conversation(mine, head, key)
        assert (verdict.intact, verdict.bodies) == (True, len(mine))
    assert root_of(leaf_hash(entry.entry_hash) for entry in made).hex() == VECTOR["tree"]["root"]


def test_our_ring_opens_the_vectors_wrapped_key() -> None:
    name = VECTOR["kek_name"]
    ring = KeyRing({name: bytes.fromhex(VECTOR["kek"])}, name)
    wrapped = WrappedKey(CONVERSATION, name, bytes.fromhex(VECTOR["wrapped_key"]))
    assert ring.unwrap(wrapped).secret.hex() == VECTOR["data_key"]
    again = ring.rewrap(wrapped, lambda size: wrapped.wrapped[:size])
    assert again == wrapped


@pytest.mark.parametrize("word", [*EntryKind, *RegisterKind, *FindingKind, str(REGISTER_ID)])
def test_the_page_names_every_kind_of_entry_and_of_finding(word: str) -> None:
    assert f"`{word}`" in PAGE
