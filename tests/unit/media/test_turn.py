import base64
import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

from media.turn import IceServer, TurnSettings, ice_servers

ACCOUNT = UUID("018f0000-0000-7000-8000-000000000001")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_without_settings_there_are_no_servers() -> None:
    assert ice_servers(TurnSettings(), ACCOUNT, NOW) == []


def test_stun_needs_no_credential() -> None:
    settings = TurnSettings(stun_urls=("stun:stun.hospital.example",))
    assert ice_servers(settings, ACCOUNT, NOW) == [IceServer(("stun:stun.hospital.example",))]


def test_turn_credentials_expire_and_are_signed() -> None:
    settings = TurnSettings(turn_urls=("turn:turn.hospital.example",), turn_secret="s3cret", ttl_s=600)
    (server,) = ice_servers(settings, ACCOUNT, NOW)
    expected = f"{int(NOW.timestamp()) + 600}:{ACCOUNT}"
    digest = hmac.new(b"s3cret", expected.encode(), hashlib.sha1).digest()
    assert server.username == expected
    assert server.credential == base64.b64encode(digest).decode()


def test_the_secret_is_not_shown() -> None:
    assert "s3cret" not in repr(TurnSettings(turn_secret="s3cret"))
