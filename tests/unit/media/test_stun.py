import struct
from pathlib import Path

import pytest
from aioice import stun as peer
from hypothesis import example, given
from hypothesis import strategies as st

from media import stun

# RFC 5769 section 2: the password and transaction of the short-term examples.
PASSWORD = b"VOkJxbRl1RmTxUk/WvJxBt"
TRANSACTION = bytes.fromhex("b7e7a701bc34d686fa87dfae")
REQUEST = bytes.fromhex(
    "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff"
    "80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249"
    "c1b571a280280004e57a3bcf"
)
RESPONSE_V4 = bytes.fromhex(
    "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643"
    "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96"
)
RESPONSE_V6 = bytes.fromhex(
    "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa"
    "a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c"
)


def test_the_published_request_is_read_and_proven() -> None:
    request = stun.parse(REQUEST)
    assert request.message_class is stun.MessageClass.REQUEST
    assert request.transaction_id == TRANSACTION
    assert request.username == b"evtj:h6vY"
    assert request.priority == 0x6E0001FF
    assert request.controlled and not request.use_candidate
    assert request.unknown == ()
    assert stun.proves(request, PASSWORD)
    assert not stun.proves(request, PASSWORD[:-1])


@pytest.mark.parametrize(
    ("response", "address"),
    [
        (RESPONSE_V4, ("192.0.2.1", 32853)),
        (RESPONSE_V6, ("2001:db8:1234:5678:11:2233:4455:6677", 32853)),
    ],
)
def test_the_published_responses_are_read_and_proven(response: bytes, address: tuple[str, int]) -> None:
    message = stun.parse(response)
    assert message.message_class is stun.MessageClass.SUCCESS
    assert message.mapped_address() == address
    assert stun.proves(message, PASSWORD)


@pytest.mark.parametrize("address", [("192.0.2.1", 32853), ("2001:db8::1", 1)])
def test_a_success_is_read_by_another_implementation(address: tuple[str, int]) -> None:
    answer = peer.parse_message(stun.success(stun.parse(REQUEST), *address, PASSWORD))
    assert answer.message_class == peer.Class.RESPONSE
    assert answer.transaction_id == TRANSACTION
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == address
    assert answer.check_message_integrity(PASSWORD)
    assert stun.parse(stun.success(stun.parse(REQUEST), *address, PASSWORD)).mapped_address() == address


def test_an_ipv4_sender_is_told_its_ipv4_address_whatever_the_socket_calls_it() -> None:
    answer = stun.parse(stun.success(stun.parse(REQUEST), "::ffff:192.0.2.1", 7, PASSWORD))
    assert answer.mapped_address() == ("192.0.2.1", 7)


@pytest.mark.parametrize(("password", "size"), [(None, 36), (PASSWORD, 60)])
def test_an_error_is_read_by_another_implementation(password: bytes | None, size: int) -> None:
    made = stun.error(stun.parse(REQUEST), 487, password)
    answer = peer.parse_message(made)
    assert answer.error_code == 487
    assert answer.check_message_integrity(PASSWORD) is (password is not None)
    assert len(made) == size
    assert stun.parse(made).error_code() == 487


def test_an_unknown_attribute_that_must_be_understood_is_named() -> None:
    made = stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(0x7777, b"x"), (0xC057, b"y")], PASSWORD)
    request = stun.parse(made)
    assert request.unknown == (0x7777,)
    answer = stun.error(request, 420, PASSWORD, request.unknown)
    assert stun.parse(answer).attributes[stun.Attribute.UNKNOWN_ATTRIBUTES] == b"\x77\x77"


def test_what_follows_the_integrity_is_ignored() -> None:
    signed = stun.build(
        stun.MessageClass.REQUEST, TRANSACTION, [(stun.Attribute.PRIORITY, bytes(4))], PASSWORD
    )
    body = signed[20:-8] + struct.pack("!HH", stun.Attribute.USE_CANDIDATE, 0)
    forged = stun.parse(signed[:2] + struct.pack("!H", len(body)) + signed[4:20] + body)
    assert stun.proves(forged, PASSWORD)
    assert not forged.use_candidate


def test_of_an_attribute_that_comes_twice_the_first_counts() -> None:
    twice = [(stun.Attribute.USERNAME, b"first"), (stun.Attribute.USERNAME, b"second")]
    assert stun.parse(stun.build(stun.MessageClass.REQUEST, TRANSACTION, twice, None)).username == b"first"


def damaged(at: int, value: bytes, of: bytes = REQUEST) -> bytes:
    return of[:at] + value + of[at + len(value) :]


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        REQUEST[:19],
        REQUEST[:-4],
        REQUEST + bytes(4),
        damaged(0, b"\x40"),
        damaged(0, b"\x00\x03"),
        damaged(2, b"\x00\x57"),
        damaged(4, bytes(4)),
        damaged(22, b"\xff\xff"),
        damaged(30, b"!"),
        damaged(38, b"\x00\x08"),
        stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(stun.Attribute.USERNAME, b"x" * 514)], None),
        stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(0xC001, b"")] * 33, None),
        stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(0xC001, b"x" * 1300)], None),
        stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(stun.Attribute.FINGERPRINT, bytes(4))], None),
        stun.build(stun.MessageClass.REQUEST, TRANSACTION, [(stun.Attribute.MESSAGE_INTEGRITY, b"")], None),
    ],
)
def test_what_breaks_a_rule_is_malformed(datagram: bytes) -> None:
    with pytest.raises(stun.MalformedStun):
        stun.parse(datagram)


@pytest.mark.parametrize("value", [b"", b"\x00\x01\x00", b"\x00\x03" + bytes(6), b"\x00\x02" + bytes(6)])
def test_a_broken_address_is_malformed(value: bytes) -> None:
    made = stun.build(
        stun.MessageClass.SUCCESS, TRANSACTION, [(stun.Attribute.XOR_MAPPED_ADDRESS, value)], None
    )
    with pytest.raises(stun.MalformedStun):
        stun.parse(made).mapped_address()


@pytest.mark.parametrize("value", [b"", b"\x00\x00\x02\x00", b"\x00\x00\x04\x64"])
def test_a_broken_error_code_is_malformed(value: bytes) -> None:
    made = stun.build(stun.MessageClass.ERROR, TRANSACTION, [(stun.Attribute.ERROR_CODE, value)], None)
    with pytest.raises(stun.MalformedStun):
        stun.parse(made).error_code()


DATAGRAMS = Path(__file__).parent / "fixtures" / "datagrams"


@pytest.mark.parametrize("name", ["chromium_check", "chromium_consent"])
def test_a_browsers_checks_are_read(name: str) -> None:
    request = stun.parse((DATAGRAMS / f"{name}.bin").read_bytes())
    assert request.message_class is stun.MessageClass.REQUEST
    assert request.username is not None and b":" in request.username
    assert request.priority and request.integrity_at is not None
    assert request.unknown == () and not request.controlled


@pytest.mark.parametrize("path", sorted(DATAGRAMS.glob("damaged_*.bin")), ids=lambda path: path.stem)
def test_damaged_datagrams_are_malformed(path: Path) -> None:
    with pytest.raises(stun.MalformedStun):
        stun.parse(path.read_bytes())


def read_all(datagram: bytes) -> None:
    """Read every part; nothing but MalformedStun may come of it."""
    try:
        message = stun.parse(datagram)
        stun.proves(message, PASSWORD)
        assert message.username is None or isinstance(message.username, bytes)
        assert message.priority is None or message.priority >= 0
        message.mapped_address()
        message.error_code()
    except stun.MalformedStun:
        return


@given(st.binary(max_size=1400))
@example(bytes(20))
def test_random_bytes_raise_nothing_else(datagram: bytes) -> None:
    read_all(datagram)
    read_all(REQUEST[:8] + datagram)


@given(st.sampled_from([REQUEST, RESPONSE_V4, RESPONSE_V6]), st.data())
def test_damaged_messages_raise_nothing_else(original: bytes, data: st.DataObject) -> None:
    changed = bytearray(original)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(changed)))
    read_all(bytes(changed))
    read_all(bytes(changed[:cut]))


attributes = st.lists(st.tuples(st.integers(0x8030, 0xFFFF), st.binary(max_size=40)), max_size=10)


@given(st.binary(min_size=12, max_size=12), attributes, st.binary(min_size=22, max_size=64))
def test_what_is_built_is_read_back(
    transaction: bytes, optional: list[tuple[int, bytes]], password: bytes
) -> None:
    username = (int(stun.Attribute.USERNAME), b"a:b")
    made = stun.build(stun.MessageClass.REQUEST, transaction, [username, *optional], password)
    message = stun.parse(made)
    assert (message.transaction_id, message.username) == (transaction, b"a:b")
    assert stun.proves(message, password)
