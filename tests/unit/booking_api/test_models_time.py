from datetime import UTC, date, datetime
from typing import get_args

import pytest
from multidict import MultiDict

from booking_api.models import Model
from booking_api.models_time import Date, Moment
from booking_api.parsing import parse_body, parse_query
from booking_api.routes import ROUTES
from domain.errors import FieldFault, InvalidInput


class Times(Model):
    day: Date | None = None
    at: Moment | None = None


@pytest.mark.parametrize(
    "body",
    [
        '{"day": "0"}',
        '{"day": "1764000000"}',
        '{"day": "20261123"}',
        '{"day": "2026-W48-1"}',
        '{"day": "2026-11-23T00:00:00Z"}',
        '{"day": "２０２６-11-23"}',
        '{"day": "2026-02-30"}',
        '{"at": "0"}',
        '{"at": "1764000000000"}',
        '{"at": "2026-11-23"}',
        '{"at": "2026-11-23T25:00:00Z"}',
        '{"at": "2026-11-23T10:00:00+99:00"}',
    ],
)
def test_what_is_no_date_and_no_moment_is_named(body: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_body(Times, body.encode())
    assert list(refused.value.fields.values()) == [FieldFault.BAD_FORMAT]


@pytest.mark.parametrize(
    "text", ["2026-11-23T17:00+08:00", "2026-11-23t09:00:00z", "2026-11-23 09:00:00.000Z"]
)
def test_moments_are_brought_to_utc(text: str) -> None:
    assert parse_body(Times, f'{{"at": "{text}"}}'.encode()).at == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidInput):
        parse_body(Times, b'{"at": "2026-11-23T10:00:00"}')


def test_days_are_read_from_queries_too() -> None:
    assert parse_query(Times, MultiDict(day="2026-11-23")).day == date(2026, 11, 23)
    with pytest.raises(InvalidInput):
        parse_query(Times, MultiDict(day="0"))


def _times(model: type[Model]) -> list[str]:
    """The fields of a model that are days or moments, by the names that clients write."""
    found = []
    for name, field in model.model_fields.items():
        kinds = {field.annotation, *get_args(field.annotation)}
        plain = {kind for kind in kinds if isinstance(kind, type)} | {
            get_args(kind)[0] for kind in kinds if not isinstance(kind, type) and get_args(kind)
        }
        if plain & {date, datetime}:
            found.append(field.alias or name)
    return found


def test_no_address_takes_a_number_for_a_time() -> None:
    tried = 0
    for route in ROUTES:
        for field in _times(route.body) if route.body else ():
            with pytest.raises(InvalidInput) as refused:
                parse_body(route.body or Model, f'{{"{field}": "0"}}'.encode())
            assert refused.value.fields[field] == FieldFault.BAD_FORMAT, f"{route.name}: {field}"
            tried += 1
        for field in _times(route.query) if route.query else ():
            with pytest.raises(InvalidInput) as refused:
                parse_query(route.query or Model, MultiDict({field: "0"}))
            assert refused.value.fields[field] == FieldFault.BAD_FORMAT, f"{route.name}: {field}"
            tried += 1
    assert tried > 10
