"""Every body that the API takes, with one field at a time made what no form would send."""

import json
from collections.abc import Iterator

from booking_api.idempotency import HEADER
from booking_api.routes import ROUTES
from domain.accounts import Role
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import People
from tests.integration.booking_api.test_permissions import _BODIES, _NOBODY

_JSON = {"Content-Type": "application/json"}
_HOSTILE = (
    r'"\u0000"',
    r'"a\u0000b"',
    r'"\ud800"',
    r'"\u202e\u2066"',
    '"' + "9" * 5000 + '"',
    "9" * 400,
    "-1",
    "1e999",
    "9223372036854775808",
    "{}",
    "[[]]",
    "true",
)
_TYPES = (
    "text/plain",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
)


def _mutated(body: dict[str, object]) -> Iterator[bytes]:
    for field in body:
        for text in _HOSTILE:
            mark = json.dumps({**body, field: "MARK"}, ensure_ascii=True)
            yield mark.replace('"MARK"', text).encode()


async def test_one_hostile_field_is_refused_or_taken_but_never_our_fault(
    people: People, browser: Browser
) -> None:
    tried = 0
    for route in (one for one in ROUTES if one.body in _BODIES):
        who = browser if route.who is None else people.browsers[min(route.roles(), key=list(Role).index)]
        path = route.path.replace("{id}", next(iter(route.words), _NOBODY))
        body = _BODIES[route.body] if route.body else {}
        assert isinstance(body, dict)
        for number, raw in enumerate(_mutated(body)):
            key = {HEADER: f"a-key-of-an-attempt-{number}"} if route.is_idempotent else {}
            answer = await who.send(route.method, path, data=raw, headers={**_JSON, **key})
            # The browser holds every answer against the document; what is left is that no fault is ours.
            assert answer.status < 500, f"{route.name}: {raw[:200]!r}: {answer.text}"
            tried += 1
        for kind in _TYPES:
            answer = await who.send(
                route.method, path, data=json.dumps(body).encode("utf-16"), headers={"Content-Type": kind}
            )
            assert 400 <= answer.status < 500, f"{route.name}: {kind}"
    assert tried > 500
