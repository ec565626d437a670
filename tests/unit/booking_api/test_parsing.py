import asyncio
from datetime import date
from typing import Annotated, Literal
from unittest.mock import Mock
from uuid import UUID

import pytest
from aiohttp import StreamReader
from aiohttp.test_utils import make_mocked_request
from multidict import MultiDict
from pydantic import Field

from actions.field_faults import kind_of
from booking_api.models import Model
from booking_api.parsing import parse_body, parse_number, parse_query, parse_uuid, read_body
from domain.errors import Code, FieldFault, InvalidInput, NotFound


class Inner(Model):
    id: UUID


class Body(Model):
    count: Annotated[int, Field(ge=1, le=9)] = 1
    day: date | None = None
    kind: Literal["a", "b"] = "a"
    parts: tuple[Inner, ...] = ()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ('{"count": 0}', {"count": "too_small"}),
        ('{"count": 10}', {"count": "too_large"}),
        ('{"count": "1"}', {"count": "wrong_type"}),
        ('{"count": true}', {"count": "wrong_type"}),
        ('{"count": null}', {"count": "wrong_type"}),
        ('{"day": "2026-13-01"}', {"day": "bad_format"}),
        ('{"day": 7}', {"day": "wrong_type"}),
        ('{"kind": "c"}', {"kind": "not_a_choice"}),
        ('{"parts": [{"id": "x"}, {}]}', {"parts.0.id": "bad_format", "parts.1.id": "missing"}),
        ('{"parts": {}}', {"parts": "wrong_type"}),
        ("[]", {}),
    ],
)
def test_wrong_fields_are_named_by_path_and_kind(body: str, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_body(Body, body.encode())
    assert caught.value.fields == fields


def test_a_right_body_becomes_the_model() -> None:
    assert parse_body(Body, b'{"day": "2026-11-23"}') == Body(day=date(2026, 11, 23))


def test_a_query_is_read_from_text() -> None:
    assert parse_query(Body, MultiDict({"count": "3", "day": "2026-11-23"})).count == 3


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_query(Body, MultiDict([("count", "3"), ("count", "4")]))
    assert caught.value.fields == {"count": FieldFault.INVALID}


def test_ids_have_one_spelling() -> None:
    text = "01920000-0000-7000-8000-0000000000ab"
    assert parse_uuid(text.upper(), "visit") == UUID(text)
    for odd in ("{" + text + "}", "urn:uuid:" + text, text.replace("-", ""), "", "7"):
        with pytest.raises(NotFound):
            parse_uuid(odd, "visit")
    assert parse_number("42", "job") == 42
    for odd in ("+1", "1_0", "１", "9" * 19, "", "-1", " 1"):
        with pytest.raises(NotFound):
            parse_number(odd, "job")


def test_a_kind_we_have_no_word_for_is_invalid() -> None:
    assert kind_of("something_new") is FieldFault.INVALID


async def test_a_client_that_leaves_in_the_middle_is_no_fault_of_ours() -> None:
    reader = StreamReader(Mock(), limit=2**16, loop=asyncio.get_running_loop())
    reader.feed_data(b"{")
    reader.set_exception(ConnectionResetError("lost"))
    headers = {"Content-Type": "application/json"}
    with pytest.raises(InvalidInput) as caught:
        await read_body(make_mocked_request("POST", "/api/session", headers=headers, payload=reader))
    assert caught.value.code is Code.INPUT_NOT_JSON
