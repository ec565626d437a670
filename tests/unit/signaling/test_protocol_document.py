"""docs/protocol.md describes every event with an example that is true, and every code a page can meet."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from domain.errors import Code
from signaling.parsing import parse
from signaling.protocol import CLIENT_EVENTS, SERVER_EVENTS, Answer, ChatKept

TEXT = (Path(__file__).parents[3] / "docs" / "protocol.md").read_text(encoding="utf-8")
_HTTP_ONLY_PARTS = (
    "archive.",
    "booking.",
    "rebooking.",
    "waitlist.",
    "idempotency.",
    "follow_up.",
    "passkey.",
    "payment.",
    "refund.",
    "retention.",
    "file.",
    "code.",
    "profile.",
    "schedule.",
    "second_factor.",
    "sign_on.",
    "family.",
    "his.",
    "identity.",
    "patient.",
    "patient_link.",
    "registration.",
)
_OF_GUESTS = {Code.GUEST_VISIT_OVER, Code.GUEST_ENDED}
"""What refuses a guest's connection."""
HTTP_ONLY = {
    Code.AUTH_INVALID_CREDENTIALS,
    Code.AUTH_THROTTLED,
    Code.AUTH_CSRF,
    Code.METHOD_NOT_ALLOWED,
    Code.APPOINTMENT_WRONG_STATE,
    Code.APPOINTMENT_OVERLAP,
    Code.ACCOUNT_LOGIN_TAKEN,
    Code.AUTH_WRONG_PASSWORD,
    Code.JOB_WRONG_STATE,
    Code.NOTICE_WRONG_STATE,
    *(code for code in Code if code.startswith(_HTTP_ONLY_PARTS)),
    *(code for code in Code if code.startswith("guest.") and code not in _OF_GUESTS),
}
"""Codes of the HTTP API that no event can answer."""


def part(title: str) -> str:
    """Return what stands under a heading of the second level."""
    return re.split(r"^## ", TEXT, flags=re.MULTILINE)[
        [section.partition("\n")[0] for section in re.split(r"^## ", TEXT, flags=re.MULTILINE)].index(title)
    ]


def events(title: str) -> dict[str, str]:
    """Return the text under each event's heading."""
    pieces = re.split(r"^### `([a-z.]+)`$", part(title), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def example(text: str, label: str) -> str:
    found = re.search(rf"^{label}:\n\n```json\n(.*?)\n```", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"no {label}"
    return found[1]


CLIENT = events("What a page sends")
SERVER = events("What the server sends")


def test_every_event_is_described_and_no_other() -> None:
    assert CLIENT.keys() == CLIENT_EVENTS.keys()
    assert SERVER.keys() == SERVER_EVENTS.keys()


@pytest.mark.parametrize("event", CLIENT_EVENTS)
def test_examples_of_what_a_page_sends(event: str) -> None:
    body, data = CLIENT_EVENTS[event]
    assert isinstance(parse(event, (json.loads(example(CLIENT[event], "Body")),)), body)
    complete(data, example(CLIENT[event], "Answer"))
    codes = re.search(r"^Codes: (.+)\.$", CLIENT[event], flags=re.MULTILINE)
    assert codes, f"{event} names no codes"
    named = re.findall(r"`([^`]+)`", codes[1])
    assert named or codes[1] == "none of its own"
    assert {Code(code) for code in named}.isdisjoint(HTTP_ONLY)


@pytest.mark.parametrize("event", SERVER_EVENTS)
def test_examples_of_what_the_server_sends(event: str) -> None:
    complete(SERVER_EVENTS[event], example(SERVER[event], "Body"))


def complete(model: type[BaseModel], text: str) -> None:
    """Check an example of what the server writes: every field is there."""
    read = model.model_validate_json(text, strict=True)
    assert json.loads(read.model_dump_json()) == json.loads(text)


def test_the_two_shapes_of_an_answer() -> None:
    shapes = re.findall(r"```json\n(.*?)\n```", part("Asking and being answered"), flags=re.DOTALL)
    good, bad = (Answer[ChatKept].model_validate_json(shape, strict=True) for shape in shapes)
    assert good.ok and good.data is not None and good.error is None
    assert not bad.ok and bad.data is None and bad.error is not None


def test_every_code_that_a_page_can_meet_is_explained() -> None:
    explained = set(re.findall(r"^\| (`[^|]+) \|", TEXT, flags=re.MULTILINE))
    named = {code for cell in explained for code in re.findall(r"`([a-z_.]+)`", cell)}
    assert named == {code.value for code in Code if code not in HTTP_ONLY}


def test_links_lead_to_headings() -> None:
    anchors = {heading.replace(".", "") for heading in [*CLIENT, *SERVER]}
    assert set(re.findall(r"\]\(#([a-z-]+)\)", TEXT)) <= anchors
