import pytest

from domain.origin import is_ours


@pytest.mark.parametrize(
    ("origin", "host", "public_url", "same"),
    [
        (None, "visits.example", None, True),
        ("http://visits.example:8080", "visits.example:8080", None, True),
        ("https://VISITS.example", "visits.example", None, True),
        ("https://visits.example", "10.0.0.5:8080", "https://visits.example", True),
        ("https://evil.example", "visits.example", None, False),
        ("https://evil.example", "visits.example", "https://visits.example", False),
        ("https://visits.example.evil.example", "visits.example", None, False),
        ("https://visits.example:444", "visits.example", "https://visits.example", False),
        ("null", "visits.example", None, False),
        ("", "", None, False),
        ("file://visits.example", "visits.example", None, False),
        ("http://visits.example", None, None, False),
        ("https://visits.example", "inner:8080", "https://Visits.example:443/", True),
        ("http://[::1]:8080", "[::1]:8080", None, True),
        ("http://[broken", "visits.example", None, False),
        ("http://visits.example:port", "visits.example", None, False),
    ],
)
def test_only_our_own_pages(origin: str | None, host: str | None, public_url: str | None, same: bool) -> None:
    assert is_ours(origin, host, public_url) is same
