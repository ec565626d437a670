import pytest

from chat_archive.invalid import Malformed
from chat_archive.strict_json import canonical, parse_object


def test_what_is_written_is_read() -> None:
    data = canonical({"text": "您好 🙂", "number": 3, "none": None, "list": [{"flag": True}]})
    whole = parse_object(data)
    assert whole.text("text") == "您好 🙂"
    assert whole.number("number") == 3
    assert whole.optional_text("none") is None
    (inner,) = whole.inners("list")
    assert inner.flag("flag")
    whole.done()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]\n",
        b"null\n",
        b'{"a":1}\n',
        b'{\n "a": 1\n}',
        b'{\n "a": 1,\n "a": 1\n}\n',
        b'{\n "b": 1,\n "a": 1\n}\n',
        b'{\n "a": "\\u0061"\n}\n',
        b'{\n "a": "\\ud800"\n}\n',
        b'{\n "a": NaN\n}\n',
        b'{\n "a": "\xff"\n}\n',
        b"\xef\xbb\xbf{}\n",
        b"[" * 100_000,
        b'{\n "a": ' + b"9" * 5000 + b"\n}\n",
    ],
)
def test_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_object(data)


@pytest.mark.parametrize(
    ("take", "value"),
    [
        ("text", 1),
        ("number", True),
        ("number", -1),
        ("number", 2**63),
        ("number", 1.0),
        ("flag", 1),
        ("uuid", "01936C5E-7A10-7C3E-9D52-5B0F4A6E8C11"),
        ("uuid", "x"),
        ("hash", "00"),
        ("hash", "AB" * 32),
        ("moment", "2026-11-23T09:00:00Z"),
        ("moment", "2026-13-23T09:00:00.000000Z"),
        ("inner", []),
        ("inners", {}),
        ("inners", [1]),
        ("texts", [1]),
    ],
)
def test_a_member_of_another_kind_is_named(take: str, value: object) -> None:
    whole = parse_object(canonical({"member": value}))  # type: ignore[dict-item]
    with pytest.raises(Malformed, match="member"):
        getattr(whole, take)("member")


def test_a_member_that_is_missing_or_too_many_is_named() -> None:
    whole = parse_object(canonical({"outer": {"more": 1}}))
    with pytest.raises(Malformed, match="other is missing"):
        whole.text("other")
    whole.inner("outer")
    with pytest.raises(Malformed, match=r"outer\.more is not expected"):
        whole.done()
