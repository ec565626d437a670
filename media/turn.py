"""Credentials for TURN, and the list of ICE servers a browser is given. No request is made here."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

CREDENTIAL_TTL_S = 3600


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """Where STUN and TURN are. `turn_secret` is coturn's static-auth-secret; `ttl_s` is in seconds."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    ttl_s: int = CREDENTIAL_TTL_S

    def __repr__(self) -> str:
        return f"TurnSettings(stun_urls={self.stun_urls}, turn_urls={self.turn_urls}, turn_secret=***)"


@dataclass(frozen=True, slots=True)
class IceServer:
    """RTCIceServer of W3C WebRTC; STUN has no credential."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


def ice_servers(settings: TurnSettings, account_id: UUID, now: datetime) -> list[IceServer]:
    """Return the servers for one person, with TURN credentials that end `ttl_s` after `now`.

    The credential is coturn's "TURN REST API": username is "expiry:account", password the base64 of
    HMAC-SHA1 over it, so TURN needs no database of ours. SHA-1 is what that scheme prescribes.
    """
    servers = []
    if settings.stun_urls:
        servers.append(IceServer(settings.stun_urls))
    if settings.turn_urls:
        username = f"{int(now.timestamp()) + settings.ttl_s}:{account_id}"
        digest = hmac.new(settings.turn_secret.encode(), username.encode(), hashlib.sha1).digest()
        servers.append(IceServer(settings.turn_urls, username, base64.b64encode(digest).decode()))
    return servers
