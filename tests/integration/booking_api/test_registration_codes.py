"""One-time codes and their tickets over HTTP: guessed, late, used twice, asked for too often."""

import asyncio
from datetime import timedelta

import pytest

from actions import one_time_codes
from actions.one_time_codes import (
    CODES_PER_ADDRESS,
    CODES_PER_DESTINATION,
    CODES_PER_DESTINATION_A_DAY,
    TRIES_PER_ADDRESS,
)
from domain.registration import CODE_LIFE, CODE_RESEND_AFTER_S, CODE_TRIES, TICKET_LIFE
from tests.conftest import Clock
from tests.integration.booking_api.browser import Browser
from tests.integration.booking_api.conftest import NewBrowser
from tests.integration.booking_api.letterbox import (
    MAIL,
    NEW_PASSWORD,
    SOMEBODY,
    Post,
    ask,
    give,
    newcomer,
    other_than,
    registered,
    ticket_for,
)
from tests.integration.booking_api.letterbox import post as post
from tests.rows import rows
from tests.servers import smtp_server as smtp_server


async def test_a_guessed_code_ends_after_five_tries_and_the_right_one_with_it(
    browser: Browser, post: Post
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    wrong = other_than(post.code)
    for number in range(1, CODE_TRIES + 1):
        answer = await give(browser, code_id, wrong)
        if number < CODE_TRIES:
            assert (answer.status, answer.code, answer.fields) == (422, "code.wrong", {"code": "invalid"})
        else:
            assert (answer.status, answer.code) == (409, "code.void")
    answer = await give(browser, code_id, post.code)
    assert (answer.status, answer.code) == (409, "code.void")


async def test_many_guesses_at_the_same_moment_are_five_at_most(
    browser: Browser, post: Post, dsn: str
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    wrong = other_than(post.code)
    answers = await asyncio.gather(*(give(browser, code_id, wrong) for _ in range(12)))
    assert sum(answer.code == "code.wrong" for answer in answers) == CODE_TRIES - 1
    assert rows(dsn, "select tries from one_time_code") == [(CODE_TRIES,)]


async def test_a_code_is_good_once_even_at_the_same_moment(browser: Browser, post: Post) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    answers = await asyncio.gather(*(give(browser, code_id, post.code) for _ in range(2)))
    assert sorted(answer.status for answer in answers) in ([200, 409], [200, 422])
    answer = await give(browser, code_id, post.code)
    assert (answer.status, answer.code) == (409, "code.void")


async def test_an_expired_code_is_void_and_is_not_sent_any_more(
    browser: Browser, post: Post, clock: Clock
) -> None:
    code_id = (await ask(browser)).json["id"]
    await post.deliver()
    code = post.code
    clock.forward(CODE_LIFE)
    answer = await give(browser, code_id, code)
    assert (answer.status, answer.code) == (409, "code.void")
    sent = len(post.server.messages)
    await ask(browser)
    clock.forward(CODE_LIFE)
    await post.deliver()
    assert len(post.server.messages) == sent


async def test_a_code_for_another_destination_or_purpose_is_wrong(
    new_browser: NewBrowser, post: Post
) -> None:
    browser = await new_browser()
    own = (await ask(browser, "thief@example.org")).json["id"]
    await post.deliver()
    own_code = post.code
    others = (await ask(browser, MAIL)).json["id"]
    await post.deliver()
    if own_code != post.code:
        assert (await give(browser, others, own_code)).code == "code.wrong"
    assert (await give(browser, others, post.code, "password-resets")).code == "code.void"
    assert (await give(browser, SOMEBODY, post.code)).code == "code.void"
    assert (await give(browser, own, own_code)).status == 200


async def test_two_tabs_each_go_on_with_their_own_code(browser: Browser, post: Post, clock: Clock) -> None:
    first = (await ask(browser)).json["id"]
    await post.deliver()
    first_code = post.code
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    second = (await ask(browser)).json["id"]
    await post.deliver()
    second_code = post.code
    one = (await give(browser, first, first_code)).json["ticket"]
    two = (await give(browser, second, second_code)).json["ticket"]
    made = await browser.post(f"/api/registrations/{first}/account", newcomer(one))
    assert made.status == 201
    late = await browser.post(f"/api/registrations/{second}/account", newcomer(two))
    assert (late.status, late.code) == (409, "registration.taken")


async def test_a_ticket_is_good_once_for_half_an_hour_and_for_its_own_code(
    browser: Browser, post: Post, clock: Clock, dsn: str
) -> None:
    code_id, ticket = await ticket_for(browser, post)
    for path, given in (
        (f"/api/registrations/{code_id}/account", newcomer("guessed")),
        (f"/api/registrations/{SOMEBODY}/account", newcomer(ticket)),
        (f"/api/password-resets/{code_id}/password", {"ticket": ticket, "password": NEW_PASSWORD}),
    ):
        answer = await browser.post(path, given)
        assert (answer.status, answer.code) == (409, "code.void"), path
    made = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert made.status == 201
    again = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert (again.status, again.code) == (409, "code.void")
    clock.forward(timedelta(hours=1))
    code_id, ticket = await ticket_for(browser, post, "wang@example.org")
    clock.forward(TICKET_LIFE)
    late = await browser.post(f"/api/registrations/{code_id}/account", newcomer(ticket))
    assert (late.status, late.code) == (409, "code.void")
    assert rows(dsn, "select count(*) from account") == [(1,)]


async def test_every_wrong_field_is_named_at_once_and_the_ticket_stays_good(
    browser: Browser, post: Post
) -> None:
    code_id, ticket = await ticket_for(browser, post)
    path = f"/api/registrations/{code_id}/account"
    wrong = newcomer(ticket, display_name="", birth_date="1988-13-01", password="short", locale="fr")
    answer = await browser.post(path, wrong)
    assert answer.status == 422
    assert set(answer.fields) == {"display_name", "birth_date", "password", "locale"}
    wrong = newcomer(ticket, display_name="a\x07b", birth_date="2020-01-01", notice_digest="0" * 64)
    answer = await browser.post(path, wrong)
    assert answer.fields == {
        "display_name": "bad_format",
        "birth_date": "too_young",
        "notice_digest": "not_a_choice",
    }
    for born, fault in (("2008-11-24", "too_young"), ("2026-11-24", "in_the_future"), ("1800-01-01", None)):
        answer = await browser.post(path, newcomer(ticket, birth_date=born))
        assert answer.fields == {"birth_date": fault or "in_the_past"}
    assert (await browser.post(path, newcomer(ticket, birth_date="2008-11-23"))).status == 201


async def test_codes_are_asked_for_once_a_minute_and_a_few_times_an_hour(
    new_browser: NewBrowser, clock: Clock
) -> None:
    browser = await new_browser()
    assert (await ask(browser)).json["resend_after_s"] == CODE_RESEND_AFTER_S
    again = await ask(browser, f" {MAIL.upper()}")
    assert (again.status, again.code) == (429, "rate.limited")
    assert again.json["retry_after_s"] == CODE_RESEND_AFTER_S
    for _ in range(CODES_PER_DESTINATION - 1):
        clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
        assert (await ask(browser)).status == 201
    clock.forward(timedelta(seconds=CODE_RESEND_AFTER_S))
    assert (await ask(browser)).status == 429
    assert (await ask(browser, "wang@example.org")).status == 201, "another destination is free"


async def test_one_address_asks_and_tries_so_often_and_no_more(browser: Browser) -> None:
    for number in range(CODES_PER_ADDRESS):
        assert (await ask(browser, f"u{number}@example.org")).status == 201
    assert (await ask(browser, "one.more@example.org")).status == 429
    for _ in range(TRIES_PER_ADDRESS):
        assert (await give(browser, SOMEBODY, "000000")).status == 409
    assert (await give(browser, SOMEBODY, "000000")).status == 429


@pytest.mark.parametrize("destination", ["li", "12345", "li@example.org\r\nBcc: x@example.org"])
async def test_what_is_no_destination_is_named(browser: Browser, destination: str) -> None:
    answer = await ask(browser, destination)
    assert (answer.status, answer.fields) == (422, {"destination": "bad_format"})


async def test_one_destination_is_written_to_ten_times_a_day_from_wherever_it_is_asked(
    browser: Browser, clock: Clock
) -> None:
    for number in range(CODES_PER_DESTINATION_A_DAY):
        assert (await ask(browser)).status == 201, number
        clock.forward(timedelta(hours=1))
    asked = await ask(browser)
    assert (asked.status, asked.code) == (429, "rate.limited")
    clock.forward(timedelta(days=1))
    assert (await ask(browser)).status == 201


async def test_messages_that_cost_money_are_so_many_an_hour_for_all_together(
    browser: Browser, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_time_codes, "SMS_IN_ALL", 2)
    for number, status in ((1, 201), (2, 201), (3, 429)):
        assert (await ask(browser, f"+86138001380{number:02d}")).status == status
    assert (await ask(browser, "wang@example.org")).status == 201, "a letter costs nothing"
    clock.forward(timedelta(hours=1))
    assert (await ask(browser, "+8613800138009")).status == 201


async def test_of_two_who_use_a_ticket_at_the_same_moment_one_sets_the_password(
    browser: Browser, post: Post, dsn: str
) -> None:
    await registered(browser, post)
    code_id, ticket = await ticket_for(browser, post, what="password-resets")
    given = {"ticket": ticket, "password": NEW_PASSWORD}
    answers = await asyncio.gather(
        *(browser.post(f"/api/password-resets/{code_id}/password", given) for _ in range(3))
    )
    assert sorted(answer.status for answer in answers) == [204, 409, 409]
    assert len(rows(dsn, "select 1 from audit_event where action = 'account.password_reset'")) == 1
