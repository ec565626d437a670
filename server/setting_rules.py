"""Rules of settings: what a text has to be, and the value that it means. Nothing here reads the environment.

A rule takes the text and returns the value, or raises ValueError with words that end the sentence
"PORT ...": "must be a whole number".
"""

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from chat_archive.data_keys import KeyRing
from providers.sms import CODE_KINDS, SmsKind

Rule = Callable[[str], Any]


def text(value: str) -> str:
    """Any text of one line."""
    if "\n" in value or len(value) > 500:
        raise ValueError("must be one line of at most 500 characters")
    return value


def flag(value: str) -> bool:
    """A yes or a no."""
    match value.lower():
        case "1" | "true" | "yes" | "on":
            return True
        case "0" | "false" | "no" | "off":
            return False
        case _:
            raise ValueError("must be true or false")


def whole(low: int, high: int) -> Rule:
    """Return the rule of a whole number within both limits."""

    def rule(value: str) -> int:
        if not re.fullmatch(r"-?\d{1,12}", value) or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return rule


def choice(*allowed: str) -> Rule:
    """Return the rule of one word out of several."""

    def rule(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of: {', '.join(allowed)}")
        return value

    return rule


def folder(value: str) -> Path:
    """A folder; a relative one is taken from the folder the command runs in."""
    return Path(value).expanduser().resolve()


def public_url(value: str) -> str:
    """Scheme, host and port as browsers see them: the origin (RFC 6454), without a path."""
    parts = _split(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("must look like https://visits.example.org")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("must end after the host and port: no path")
    # Browsers leave a scheme's own port out of the Origin they send.
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual)}"


def postgres_url(value: str) -> str:
    """A PostgreSQL connection URI."""
    parts = _split(value)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    return value


def object_store_url(value: str) -> tuple[str, str]:
    """A bucket and the prefix of all names in it, which may be empty."""
    parts = _split(value)
    if parts.scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise ValueError("must look like s3://bucket or s3://bucket/prefix")
    prefix = parts.path.strip("/")
    if parts.query or parts.fragment or not re.fullmatch(r"[A-Za-z0-9._/-]{0,200}", prefix):
        raise ValueError("must end after the prefix, which is made of letters, digits and . _ / -")
    return parts.netloc, prefix


def issuer(value: str) -> str:
    """An OpenID provider's name for itself: https, or plain http on this machine; kept letter by letter."""
    parts = _split(value)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not (parts.scheme == "https" or (parts.scheme == "http" and local)) or not parts.hostname:
        raise ValueError("must look like https://id.example.org")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("must end after the path: no question, no fragment")
    return value


def endpoint(value: str) -> str:
    """Scheme, host and port of a server."""
    parts = _split(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("must look like https://host:port")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("must end after the host and port: no path")
    return f"{parts.scheme}://{parts.netloc}"


def redis_url(value: str) -> str:
    """A Redis URI, plain, over TLS or on a Unix socket."""
    parts = _split(value)
    if parts.scheme not in ("redis", "rediss", "unix") or not (parts.hostname or parts.path):
        raise ValueError("must look like redis://host:6379/0")
    return value


def words(value: str) -> tuple[str, ...]:
    """A list, separated by commas or spaces."""
    return tuple(part for part in re.split(r"[,\s]+", value.strip()) if part)


def ice_urls(*schemes: str) -> Rule:
    """Return the rule of a list of STUN or TURN addresses (RFC 7064, RFC 7065)."""
    shape = re.compile(rf"({'|'.join(schemes)}):[^\s/?@]+(\?transport=(udp|tcp))?")

    def rule(value: str) -> tuple[str, ...]:
        found = words(value)
        wrong = [url for url in found if not shape.fullmatch(url)]
        if wrong:
            raise ValueError(f"must be a list like {schemes[0]}:host:3478; wrong: {', '.join(wrong)}")
        return found

    return rule


def networks(value: str) -> tuple[str, ...]:
    """A list of IP addresses or networks in CIDR form."""
    found = words(value)
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise ValueError(f"must be a list of addresses or networks; wrong: {part}") from None
    return found


def time_zone(value: str) -> str:
    """A name of the IANA time zone database."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone like Asia/Shanghai") from None
    return value


def currency(value: str) -> str:
    """A currency's code (ISO 4217)."""
    if not re.fullmatch(r"[A-Z]{3}", value):
        raise ValueError("must be a currency's code of three capital letters like CNY")
    return value


def host(value: str) -> str:
    """An address or a name to listen on."""
    if not re.fullmatch(r"[A-Za-z0-9.:_-]{1,255}", value):
        raise ValueError("must be an IP address or a host name")
    return value


def email(value: str) -> str:
    """A sender: an address, or a name with an address in angle brackets."""
    if not re.fullmatch(r"[^<>\r\n]*<[^@<>\s]+@[^@<>\s]+>|[^@<>\s]+@[^@<>\s]+", value):
        raise ValueError("must be an e-mail address, or Name <address>")
    return value


def calling_code(value: str) -> str:
    """A country's calling code (ITU E.164), without the plus."""
    if not re.fullmatch(r"[1-9][0-9]{0,2}", value):
        raise ValueError("must be a country's calling code like 86, without the plus")
    return value


def sms_templates(value: str) -> dict[str, str]:
    """A template of the provider for each kind of message; for a language of its own as kind.en=..."""
    found = dict(part.split("=", 1) for part in words(value) if "=" in part)
    if not {kind.value for kind in CODE_KINDS} <= set(found) or not all(found.values()):
        raise ValueError("must name a template for each: " + ", ".join(f"{kind}=..." for kind in CODE_KINDS))
    known = {f"{kind}{locale}" for kind in SmsKind for locale in ("", ".zh-CN", ".en")}
    strange = sorted(set(found) - known)
    if strange:
        raise ValueError("must name no others than " + ", ".join(SmsKind) + f"; wrong: {', '.join(strange)}")
    return found


def rsa_private_key(value: str) -> str:
    """An RSA private key of at least 2048 bits, in PEM."""
    try:
        found = load_pem_private_key(value.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("must be a private key in PEM, without a password") from None
    if not isinstance(found, RSAPrivateKey) or found.key_size < 2048:
        raise ValueError("must be an RSA key of at least 2048 bits")
    return value


def rsa_public_key(value: str) -> str:
    """An RSA public key in PEM."""
    try:
        found = load_pem_public_key(value.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("must be a public key in PEM") from None
    if not isinstance(found, RSAPublicKey):
        raise ValueError("must be an RSA key")
    return value


def key_ring(value: str) -> str:
    """A ring of key-encryption keys."""
    KeyRing.parse(value)
    return value


def _split(value: str) -> Any:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError("is not an address that can be read") from None
    return parts
