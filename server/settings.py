"""The table of settings: names, meanings, defaults and rules. Nothing here reads the environment.

A rule takes the text and returns the value, or raises ValueError with words that end the sentence
"PORT ...": "must be a whole number".
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chat_archive.data_keys import KeyRing
from providers.sms import SmsKind
from server.log_settings import origin, own_file, signer_key, witnesses

Rule = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `default` is the text that stands for it when nothing is set; None: it is simply not set.

    A secret can also be given by a file: NAME_FILE holds the file's path. A secret is never printed. The file
    of a guarded one must not be open to everybody on the machine.
    `also` is a second name that means the same.
    """

    name: str
    rule: Rule
    default: str | None
    meaning: str
    secret: bool = False
    guarded: bool = False
    also: str | None = None


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


def sms_templates(value: str) -> dict[SmsKind, str]:
    """A template of the provider for each kind of message."""
    found = dict(part.split("=", 1) for part in words(value) if "=" in part)
    if set(found) != {kind.value for kind in SmsKind} or not all(found.values()):
        raise ValueError("must name a template for each: " + ", ".join(f"{kind}=..." for kind in SmsKind))
    return {kind: found[kind.value] for kind in SmsKind}


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


SETTINGS: tuple[Setting, ...] = (
    Setting("HOST", host, "127.0.0.1", "The address to listen on. 0.0.0.0 for every interface."),
    Setting("PORT", whole(1, 65535), "8080", "The TCP port to listen on."),
    Setting(
        "PUBLIC_URL",
        public_url,
        None,
        "What people type into their browser. Requests from other origins are refused. "
        "Unless set: http://localhost with PORT.",
    ),
    Setting("DATA_DIR", folder, "./var", "Where the embedded PostgreSQL and made certificates live."),
    Setting(
        "DATABASE_URL",
        postgres_url,
        None,
        "The PostgreSQL (17 or newer) to use. Unless set, one is started in DATA_DIR.",
        secret=True,
    ),
    Setting(
        "MIGRATE_DATABASE_URL",
        postgres_url,
        None,
        "The same database as its owner: `televisit migrate` uses it, the server never does.",
        secret=True,
    ),
    Setting(
        "ARCHIVE_SIGNING_KEY",
        signer_key,
        None,
        "The log's private key, PRIVATE+KEY+... Unless set, one is made: DATA_DIR/keys/archive-signing-key.",
        secret=True,
    ),
    Setting(
        "ARCHIVE_ORIGIN",
        origin,
        None,
        "The log's name, for life. Unless set: PUBLIC_URL without its scheme, with /log, as it was when the "
        "log began.",
    ),
    Setting(
        "ARCHIVE_CHECKPOINT_FILE",
        own_file,
        None,
        "The log's latest checkpoint, on another disk than the database if you can. "
        "Unless set: DATA_DIR/archive/checkpoint.",
    ),
    Setting(
        "OBJECT_STORE_URL",
        object_store_url,
        None,
        "Where files of visits are kept: s3://bucket/prefix. Unless set: the folder DATA_DIR/objects.",
    ),
    Setting(
        "S3_ENDPOINT",
        endpoint,
        None,
        "The S3-compatible store, like https://s3.example.org. Unless set: Amazon's.",
    ),
    Setting("S3_REGION", text, "us-east-1", "The bucket's region."),
    Setting("S3_ACCESS_KEY", text, None, "Who we are to the store.", secret=True),
    Setting("S3_SECRET_KEY", text, None, "The secret that belongs to it.", secret=True),
    Setting(
        "WITNESSES",
        witnesses,
        "",
        "Who else vouches that the log only grows: <verifier key> <address>, separated by commas.",
    ),
    Setting(
        "DATABASE_POOL",
        whole(4, 90),
        "10",
        "How many database connections the server opens at most, two of them for the record alone.",
    ),
    Setting(
        "ARCHIVE_KEYS",
        key_ring,
        None,
        "The keys that wrap the record's data keys: lines of name:base64 (32 bytes), the first one is "
        "active. Unless set, one is made in DATA_DIR/keys/archive-keys.",
        secret=True,
        guarded=True,
    ),
    Setting(
        "REDIS_URL",
        redis_url,
        None,
        "Redis, for rate limits that outlive a restart, and for hints. Unless set, they are kept in memory.",
        secret=True,
    ),
    Setting(
        "EVENTS_PER_S",
        whole(10, 100_000),
        "50",
        "How many live events one page may send a second; a fifth of them may be chat.",
    ),
    Setting("STUN_URLS", ice_urls("stun", "stuns"), "", "STUN servers that browsers ask for their address."),
    Setting(
        "TURN_URLS",
        ice_urls("turn", "turns"),
        "",
        "TURN servers that carry calls through firewalls. TURN_URL means the same.",
        also="TURN_URL",
    ),
    Setting("TURN_SECRET", text, None, "coturn's static-auth-secret, for time-limited logins.", secret=True),
    Setting("TURN_TTL_S", whole(300, 86400), "3600", "How long a TURN login is good for, in seconds."),
    Setting("DEMO", flag, "false", "A demo hospital with invented people and a banner on every page."),
    Setting("HOSPITAL_NAME", text, None, "The hospital's name, shown on every page and in mails."),
    Setting(
        "HOSPITAL_TIME_ZONE", time_zone, "Asia/Shanghai", "The time zone in which the hospital's day begins."
    ),
    Setting("HOSPITAL_LOCALE", choice("zh-CN", "en"), "zh-CN", "The language before someone chose one."),
    Setting("CURRENCY", currency, "CNY", "The currency of the hospital's fees (ISO 4217)."),
    Setting("EMERGENCY_NUMBER", text, "120", "The number to call when it cannot wait."),
    Setting("SMTP_HOST", host, None, "The mail server. Unless set, mails are only written to the log."),
    Setting("SMTP_PORT", whole(1, 65535), "587", "The mail server's port."),
    Setting("SMTP_USERNAME", text, None, "The mail server's login."),
    Setting("SMTP_PASSWORD", text, None, "The mail server's password.", secret=True),
    Setting("SMTP_TLS", choice("starttls", "tls", "off"), "starttls", "How mail is protected on its way."),
    Setting("SMTP_SENDER", email, None, "The sender of our mails: an address, or Name <address>."),
    Setting(
        "PHONE_COUNTRY_CODE",
        calling_code,
        "86",
        "The calling code of mobile numbers typed without one: 86 for China.",
    ),
    Setting(
        "SMS_PROVIDER",
        choice("console", "aliyun"),
        "console",
        "Who sends text messages. console: nobody, they are only written to the log.",
    ),
    Setting("SMS_ACCESS_KEY", text, None, "Who we are to the SMS provider (AccessKey ID)."),
    Setting("SMS_SECRET_KEY", text, None, "The secret that belongs to it.", secret=True),
    Setting("SMS_SIGN_NAME", text, None, "The approved signature under which messages are sent."),
    Setting(
        "SMS_TEMPLATES",
        sms_templates,
        None,
        "The approved templates: code=SMS_1,known=SMS_2,unknown=SMS_3. The one of code takes ${code}.",
    ),
    Setting(
        "SMS_ENDPOINT", endpoint, "https://dysmsapi.aliyuncs.com", "Where the SMS provider takes messages."
    ),
    Setting(
        "IDENTITY_REQUIRED",
        flag,
        "false",
        "Nobody enters the waiting room before the staff has verified the name (ID-1).",
    ),
    Setting("LOG_FORMAT", choice("console", "json"), "console", "Log lines for eyes or for machines."),
    Setting("LOG_LEVEL", choice("debug", "info", "warning", "error"), "info", "How much to log."),
    Setting(
        "TRUSTED_PROXIES",
        networks,
        "",
        "Proxies whose X-Forwarded-For is believed. Anyone else could pretend to be any address.",
    ),
    Setting(
        "RETENTION_RECORD_YEARS",
        whole(15, 200),
        "15",
        "Years that a record is kept from the patient's last visit. The law asks for 15 (RET-1).",
    ),
    Setting(
        "RETENTION_MEDIA_YEARS",
        whole(3, 200),
        "3",
        "Years that chat, images, audio and video are kept from the visit's end. The law asks for 3 (RET-2).",
    ),
    Setting(
        "KEY_BACKUP_DAYS",
        whole(0, 3650),
        "35",
        "Days that backups of the database are kept: a destruction is complete when they are gone.",
    ),
    Setting(
        "SHUTDOWN_GRACE_S", whole(0, 300), "10", "How long a stopping server waits for running requests."
    ),
)
