import pytest
from aiohttp.test_utils import make_mocked_request

from booking_api.origin import check_origin
from domain.errors import Code, Forbidden


def _judge(host: str, origin: str, public_url: str) -> Code | None:
    request = make_mocked_request("POST", "/api/session", headers={"Host": host, "Origin": origin})
    try:
        check_origin(request, public_url)
    except Forbidden as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("host", "origin", "public_url"),
    [
        ("inner:8080", "https://clinic.example", "https://clinic.example:443/"),
        ("inner:8080", "https://clinic.example:8443", "https://Clinic.Example:8443"),
        ("192.168.1.5:8080", "http://192.168.1.5:8080", "http://localhost:8080"),
        ("[::1]:8080", "http://[::1]:8080", "http://localhost:8080"),
        ("Clinic.Example", "https://clinic.example", "http://localhost:8080"),
    ],
)
def test_our_own_addresses_are_recognised(host: str, origin: str, public_url: str) -> None:
    assert _judge(host, origin, public_url) is None


@pytest.mark.parametrize(
    "origin", ["https://clinic.example:8443", "https://clinic.example.evil", "clinic.example"]
)
def test_others_are_not(origin: str) -> None:
    assert _judge("clinic.example", origin, "https://clinic.example") is Code.AUTH_ORIGIN
