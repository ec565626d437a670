"""A letter's own rules, before any server."""

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from providers.mail import ConsoleMailer, Mail, MailRefused, SmtpMailer, message_id
from tests.conftest import Clock

ID = "<1@example.org>"


def letter(to: str = "li.wei@example.org", subject: str = "Hello", mid: str = ID) -> Mail:
    return Mail("greeting", to, subject, "The text of the letter.", mid)


@pytest.mark.parametrize("to", ["li.wei@example.org", "a+b@sub.example.org", "x@localhost"])
def test_one_plain_address_is_taken(to: str) -> None:
    assert letter(to=to).to == to


@pytest.mark.parametrize(
    "to",
    [
        "",
        "li.wei",
        "@example.org",
        "li.wei@",
        "a@example.org, b@example.org",
        "a@example.org b@example.org",
        "Li Wei <li.wei@example.org>",
        "<li.wei@example.org>",
        "li.wei@example.org\nBcc: all@example.org",
        "li.wei@example.org\r\nBcc: all@example.org",
        "li.wei@example.org\x00",
        "李伟@example.org",
        "li(comment)@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(to: str) -> None:
    with pytest.raises(MailRefused, match="address"):
        letter(to=to)


@pytest.mark.parametrize("subject", ["", "Hello\nBcc: all@example.org", "Hello\r\n\r\nbody", "Hello\u2028x"])
def test_a_subject_that_would_break_out_of_its_header_is_refused(subject: str) -> None:
    with pytest.raises(MailRefused, match="subject"):
        letter(subject=subject)


def test_a_message_id_that_would_break_out_of_its_header_is_refused() -> None:
    with pytest.raises(MailRefused, match="message-id"):
        letter(mid="<1@example.org>\r\nBcc: all@example.org")


def test_the_same_key_has_the_same_message_id() -> None:
    assert message_id("mail:1", "example.org") == message_id("mail:1", "example.org")
    assert message_id("mail:1", "example.org") != message_id("mail:2", "example.org")


def test_a_message_id_does_not_show_its_key() -> None:
    shown = message_id("mail:4711", "医院.example")
    assert "4711" not in shown
    assert shown.isascii()
    assert letter(mid=shown).message_id == shown


async def test_without_a_server_only_the_kind_is_logged() -> None:
    with capture_logs() as lines:
        assert not await ConsoleMailer().send(letter())
    assert [line["kind"] for line in lines] == ["greeting"]
    assert "li.wei" not in str(lines)
    assert "text of the letter" not in str(lines)


@pytest.mark.parametrize(
    "make",
    [
        lambda clock: SmtpMailer(
            "mail", 25, clock=clock, sender="us@example.org", username="us", password="secret", tls="off"
        ),
        lambda clock: SmtpMailer("mail", 25, clock=clock, sender="nobody"),
        lambda clock: SmtpMailer("mail", 25, clock=clock, sender="Us\r\nBcc: x <us@example.org>"),
    ],
    ids=["a password in the clear", "no address", "a broken name"],
)
def test_a_mailer_that_cannot_be_right_is_not_made(make: Callable[[Clock], SmtpMailer], clock: Clock) -> None:
    with pytest.raises(ValueError, match=r"password|sender"):
        make(clock)
