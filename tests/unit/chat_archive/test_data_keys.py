"""Keys: what is sealed opens with its key, header and place alone; wrapped keys survive a change of rings."""

import base64
import hmac
import os
from hashlib import sha256
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from chat_archive import data_keys
from chat_archive.data_keys import (
    BodyDamaged,
    DataKey,
    DestroyedKey,
    KekUnknown,
    KeyDamaged,
    KeyMissing,
    KeyRing,
    RingInvalid,
    WrappedKey,
    open_entry,
)
from tests.unit.chat_archive.drafts import AT, CONVERSATION, KEY, OTHER, chained

SECRET = bytes(range(32))
ONE, TWO = b"\x01" * 32, b"\x02" * 32


def derived(info: str) -> bytes:
    """Derive by somebody else's HKDF."""
    return HKDF(SHA256(), 32, None, f"televisit/{info}/v1".encode()).derive(SECRET)


def line(name: str, secret: bytes) -> str:
    return f"{name}:{base64.b64encode(secret).decode()}"


# --- data keys ---------------------------------------------------------------------------------------------


def test_keys_are_derived_as_the_format_says() -> None:
    key = DataKey(CONVERSATION, SECRET)
    assert key.salt(b"header") == hmac.digest(derived("salt-key"), b"header", sha256)
    assert key.object_key() == derived("object-key")
    sealed = key.seal(b"header", b"body", lambda size: bytes(size))
    assert sealed == bytes(12) + AESGCM(derived("body-key")).encrypt(bytes(12), b"body", b"header")


@given(st.binary(max_size=200), st.binary(max_size=60))
def test_what_is_sealed_opens_with_its_header(body: bytes, header: bytes) -> None:
    sealed = KEY.seal(header, body, os.urandom)
    assert len(sealed) == 12 + len(body) + 16
    assert KEY.open(header, sealed) == body
    with pytest.raises(BodyDamaged):
        KEY.open(header + b"x", sealed)


@given(st.data())
def test_every_single_bit_of_what_is_sealed_counts(data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(b"header", b"a body of some length", os.urandom))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BodyDamaged):
        KEY.open(b"header", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", bytes(12), bytes(27), bytes(28)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(BodyDamaged):
        KEY.open(b"header", sealed)


def test_another_key_opens_nothing_and_salts_otherwise() -> None:
    other = DataKey(CONVERSATION, bytes(32))
    with pytest.raises(BodyDamaged):
        other.open(b"header", KEY.seal(b"header", b"body", os.urandom))
    assert other.salt(b"header") != KEY.salt(b"header")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_data_key_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(CONVERSATION, bytes(size))


def test_no_key_is_seen_in_what_is_logged() -> None:
    key = DataKey(CONVERSATION, SECRET)
    ring = KeyRing({"one": ONE}, "one")
    for thing in (key, ring):
        shown = f"{thing!r} {thing}"
        for secret in (SECRET, ONE):
            assert secret.hex() not in shown
            assert repr(secret) not in shown
            assert base64.b64encode(secret).decode() not in shown


# --- reading entries ---------------------------------------------------------------------------------------


def test_an_entry_is_opened_or_says_why_it_cannot_be() -> None:
    (sealed,), _ = chained(1)
    opened = open_entry(sealed, KEY)
    assert (opened.body, opened.damaged, opened.destroyed) == (b'{"text":"1"}', False, False)
    assert opened.salt == KEY.salt(sealed.header())
    gone = open_entry(sealed, DestroyedKey(CONVERSATION, AT))
    assert (gone.body, gone.salt, gone.damaged, gone.destroyed) == (None, None, False, True)
    for damaged in (
        open_entry(sealed, KekUnknown("one", CONVERSATION)),
        open_entry(sealed, KeyMissing(CONVERSATION)),
        open_entry(sealed, DataKey(CONVERSATION, bytes(32))),
        open_entry(sealed._replace(sealed=b""), KEY),
        open_entry(sealed._replace(author="\ud800"), KEY),
        open_entry(sealed._replace(recorded_at=AT.replace(year=1)), KEY),
        open_entry(sealed._replace(commitment=bytes(32)), KEY),
        open_entry(sealed._replace(conversation_id=OTHER), KEY),
    ):
        assert (damaged.body, damaged.damaged, damaged.destroyed) == (None, True, False)


# --- the ring ----------------------------------------------------------------------------------------------


def test_a_new_key_is_wrapped_by_the_active_key_and_bound_to_its_conversation() -> None:
    ring = KeyRing({"one": ONE, "two": TWO}, "two")
    key, wrapped = ring.new(CONVERSATION, os.urandom)
    assert (wrapped.conversation_id, wrapped.kek, len(wrapped.wrapped)) == (CONVERSATION, "two", 60)
    bound_to = b"televisit/data-key/v1\n" + CONVERSATION.bytes
    raw = wrapped.wrapped
    assert AESGCM(TWO).decrypt(raw[:12], raw[12:], bound_to) == key.secret
    assert KeyRing({"two": TWO}, "two").unwrap(wrapped).secret == key.secret
    for moved in (wrapped._replace(conversation_id=OTHER), wrapped._replace(kek="one")):
        with pytest.raises(KeyDamaged):
            ring.unwrap(moved)


def test_two_new_keys_are_two_keys() -> None:
    ring = KeyRing({"one": ONE}, "one")
    keys = [ring.new(UUID(int=number), os.urandom)[0].secret for number in range(20)]
    assert len(set(keys)) == 20


def test_a_key_that_the_ring_lacks_is_named() -> None:
    _, wrapped = KeyRing({"old": ONE}, "old").new(CONVERSATION, os.urandom)
    with pytest.raises(KekUnknown, match="'old'") as caught:
        KeyRing({"new": TWO}, "new").unwrap(wrapped)
    assert caught.value.kek == "old"
    # The same name for other bytes is damage, not a missing key.
    with pytest.raises(KeyDamaged, match="'old'"):
        KeyRing({"old": TWO}, "old").unwrap(wrapped)


@pytest.mark.parametrize("raw", [b"", bytes(11), bytes(60), bytes(1024)])
def test_a_damaged_wrapped_key_is_a_fault_and_no_crash(raw: bytes) -> None:
    with pytest.raises(KeyDamaged):
        KeyRing({"one": ONE}, "one").unwrap(WrappedKey(CONVERSATION, "one", raw))


def test_reading_gets_a_key_or_why_there_is_none() -> None:
    ring = KeyRing({"one": ONE}, "one")
    key, wrapped = ring.new(CONVERSATION, os.urandom)
    gone = DestroyedKey(CONVERSATION, AT)
    assert ring.try_unwrap(wrapped, CONVERSATION) is key
    assert ring.try_unwrap(gone, CONVERSATION) is gone
    assert isinstance(ring.try_unwrap(None, CONVERSATION), KeyMissing)
    assert isinstance(ring.try_unwrap(wrapped._replace(kek="two"), CONVERSATION), KekUnknown)


def test_rewrapped_keys_open_the_same_bodies_without_the_old_key() -> None:
    old = KeyRing({"one": ONE}, "one")
    key, wrapped = old.new(CONVERSATION, os.urandom)
    both = KeyRing({"two": TWO, "one": ONE}, "two")
    again = both.rewrap(wrapped, os.urandom)
    assert (again.conversation_id, again.kek) == (CONVERSATION, "two")
    assert KeyRing({"two": TWO}, "two").unwrap(again).secret == key.secret
    assert both.unwrap(wrapped).secret == key.secret


def test_unwrapped_keys_are_remembered_up_to_a_limit_and_forgotten_when_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data_keys, "_UNWRAPPED_MAX", 3)
    ring = KeyRing({"one": ONE}, "one")
    made = [ring.new(UUID(int=number), os.urandom) for number in range(4)]
    assert ring.unwrap(made[3][1]) is made[3][0]
    again = ring.unwrap(made[0][1])
    assert again is not made[0][0]
    assert again.secret == made[0][0].secret
    ring.forget(UUID(int=3))
    assert ring.unwrap(made[3][1]) is not made[3][0]


def test_a_ring_that_follows_another_serves_all_who_hold_it() -> None:
    ring = KeyRing({"one": ONE}, "one")
    _, wrapped = ring.new(CONVERSATION, os.urandom)
    ring.follow(KeyRing({"one": ONE}, "one").with_new("two", lambda size: TWO[:size]))
    assert ring.names == ("two", "one")
    assert ring.rewrap(wrapped, os.urandom).kek == "two"


def test_a_ring_is_read_as_it_is_written_the_active_key_first() -> None:
    ring = KeyRing({"one": ONE, "2026-11-23.b": TWO}, "2026-11-23.b")
    assert ring.text() == line("2026-11-23.b", TWO) + "\n" + line("one", ONE) + "\n"
    again = KeyRing.parse(ring.text())
    assert (again.names, again.active, again.text()) == (ring.names, "2026-11-23.b", ring.text())
    # A variable of the environment often cannot hold lines.
    assert KeyRing.parse(f"{line('a', ONE)}, {line('b', TWO)}").names == ("a", "b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1"),
        ("nonsense", "line 1"),
        (f"{line('a', ONE)}\nnonsense", "line 2"),
        (line("", ONE), "line 1"),
        (line("-x", ONE), "line 1"),
        (line("x" * 121, ONE), "line 1"),
        ("a:not base64!", "no base64"),
        (line("a", bytes(31)), "31"),
        (line("a", bytes(33)), "33"),
        (f"{line('a', ONE)}\n{line('a', TWO)}", "twice"),
    ],
)
def test_what_is_no_ring_is_said_in_words_that_hold_no_key(text: str, words: str) -> None:
    with pytest.raises(RingInvalid, match=words) as caught:
        KeyRing.parse(text)
    assert base64.b64encode(ONE).decode()[:10] not in str(caught.value)


@pytest.mark.parametrize("name", ["one", "", "a b", "x" * 121])
def test_a_new_key_needs_a_new_name(name: str) -> None:
    with pytest.raises(ValueError, match="new name"):
        KeyRing({"one": ONE}, "one").with_new(name, os.urandom)


def test_the_active_key_is_one_of_the_ring() -> None:
    with pytest.raises(ValueError, match="active"):
        KeyRing({"one": ONE}, "two")
