from booking_api.document import document
from booking_api.routes import ROUTES
from domain.accounts import Role
from domain.permissions import PERMISSIONS


def test_an_address_and_method_stands_once() -> None:
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_what_changes_something_is_never_for_anyone_but_those_who_come_to_be_known() -> None:
    assert [route.name for route in ROUTES if route.writes and route.who is None] == [
        "sign_in",
        "begin_passkey_sign_in",
        "sign_in_by_passkey",
        "begin_sign_on",
        "finish_sign_on",
        "begin_registration",
        "check_registration_code",
        "finish_registration",
        "begin_password_reset",
        "check_reset_code",
        "finish_password_reset",
        "look_at_link",
        "enter_as_guest",
        "hang_up_as_guest",
        "hear_provider",
    ]


def test_every_guarded_action_is_permitted_to_somebody() -> None:
    for route in ROUTES:
        for action in route.who or ():
            assert any(action in PERMISSIONS[role] for role in Role), action


def test_bodies_belong_to_posts_and_no_answer_to_204() -> None:
    for route in ROUTES:
        assert route.body is None or route.method == "POST", route.name
        assert (route.status == 204) <= (route.answer is None), route.name


def test_addresses_are_recognised_whole() -> None:
    (route,) = [route for route in ROUTES if route.name == "read_appointment"]
    assert route.is_at("/api/appointments/7")
    assert not route.is_at("/api/appointments/7/cancel")
    assert not route.is_at("/api/appointments/")
    assert not route.is_at("/xapi/appointments/7")


def test_what_an_id_names_is_said() -> None:
    assert [route.name for route in ROUTES if route.has_id and route.thing == "thing"] == []


def test_writes_of_those_who_are_signed_in_need_the_token() -> None:
    for route in ROUTES:
        if route.writes and route.who is not None:
            security = document()["paths"][route.path][route.method.lower()]["security"]
            assert security == [{"session": [], "csrf": []}], route.name
