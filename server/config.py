"""The configuration: read once from the environment, frozen, with every mistake reported at once.

The only reader of the environment. What the settings are stands in settings.py, what is wrong together in
contradictions.py.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from chat_archive.note import Signer, VerifierKey
from domain.changes import ChangePolicy
from domain.refund_policy import RefundPolicy
from domain.retention import Material, RetentionPolicy
from providers.his import DemoAnswers
from providers.object_store import S3Settings
from providers.sms import SmsKind
from server.contradictions import contradictions
from server.media_settings import RelaySettings, Turn, media_notes, relay_settings, turn_settings
from server.name_register_settings import NameRegisterSettings, name_register_settings
from server.payment_settings import PaymentSettings, payment_settings
from server.refusal import Refusal
from server.settings import SETTINGS, Setting
from server.sign_on_settings import SignOnSettings, sign_on_settings

DEMO_NAME = "Televisit 泰来云医院"
PLAIN_NAME = "Televisit"
_SECRET_FILE_BYTES_MAX = 16 * 1024


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server. `username` and `password` are both set or both None."""

    host: str
    port: int
    username: str | None
    password: str | None = field(repr=False)
    tls: Literal["starttls", "tls", "off"]
    sender: str


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """The account at the SMS provider, and its templates."""

    endpoint: str
    access_key: str
    secret_key: str = field(repr=False)
    sign_name: str
    templates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set. None means: not used."""

    host: str
    port: int
    public_url: str
    data_dir: Path
    database_url: str | None = field(repr=False)
    migrate_database_url: str | None = field(repr=False)
    database_pool: int
    archive_signing_key: Signer | None = field(repr=False)
    archive_origin: str | None
    archive_checkpoint_file: Path
    witnesses: tuple[tuple[VerifierKey, str], ...]
    archive_keys: str | None = field(repr=False)
    s3: S3Settings | None
    redis_url: str | None = field(repr=False)
    events_per_s: int
    stun_urls: tuple[str, ...]
    turn: Turn | None
    relay: RelaySettings | None
    p2p: Literal["allow", "never"]
    metrics_address: tuple[str, int] | None
    demo: bool
    hospital_name: str
    hospital_time_zone: str
    hospital_locale: Literal["zh-CN", "en"]
    emergency_number: str
    currency: str
    smtp: Smtp | None
    sms: SmsSettings | None
    demo_his: DemoAnswers | None
    payments: PaymentSettings | None
    refunds: RefundPolicy
    changes: ChangePolicy
    phone_country_code: str
    identity_required: bool
    names: NameRegisterSettings | None
    diagnosis_required: bool
    proof_max_age: timedelta
    sign_on: SignOnSettings | None
    log_format: Literal["console", "json"]
    log_level: str
    trusted_proxies: tuple[str, ...]
    shutdown_grace_s: int
    retention: RetentionPolicy


@dataclass(frozen=True, slots=True)
class Value:
    """One setting as found: `source` is "default", "environment", "file /path" or "command line"."""

    setting: Setting
    shown: str
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found. `config` is None when there are problems; `notes` say what will not work, in words."""

    values: list[Value]
    problems: list[str]
    notes: list[str]
    config: Config | None

    def usable(self) -> Config:
        """Return the configuration; raise Refusal with all the problems."""
        if self.config is None:
            raise Refusal(*self.problems)
        return self.config


def from_environment(overrides: Mapping[str, str] | None = None) -> Reading:
    """Read the environment of this process."""
    return read(os.environ, overrides)


def read(environ: Mapping[str, str], overrides: Mapping[str, str] | None = None) -> Reading:
    """Read every setting; `overrides` are the command line's and win. Never raises, whatever is found."""
    overrides = overrides or {}
    values: list[Value] = []
    problems: list[str] = []
    found: dict[str, Any] = {}
    for setting in SETTINGS:
        given, source = None, "environment"
        try:
            given, source = _find(setting, environ, overrides)
            found[setting.name] = None if given is None else setting.rule(given)
        except ValueError as error:
            problems.append(f"{setting.name} {error}.")
        values.append(Value(setting, _shown(setting, given, found.get(setting.name)), source))
    problems.extend(contradictions(found))
    config = None if problems else _assemble(found)
    return Reading(values, problems, [] if config is None else notes(config), config)


def _find(
    setting: Setting, environ: Mapping[str, str], overrides: Mapping[str, str]
) -> tuple[str | None, str]:
    """Return the text and its source. An empty variable counts as not set: compose files make them."""
    if setting.name in overrides:
        return overrides[setting.name], "command line"
    direct = environ.get(setting.name, "").strip()
    if setting.also is not None:
        direct = direct or environ.get(setting.also, "").strip()
    path = environ.get(f"{setting.name}_FILE", "").strip()
    if path and not setting.secret:
        raise ValueError(f"is not a secret: set {setting.name} itself, not {setting.name}_FILE")
    if direct and path:
        raise ValueError(f"is set twice: by {setting.name} and by {setting.name}_FILE")
    if direct:
        return direct, "environment"
    if path:
        return _secret_from(path, guarded=setting.guarded), f"file {path}"
    return setting.default, "default"


def _secret_from(path: str, *, guarded: bool) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            if guarded and os.fstat(file.fileno()).st_mode & (stat.S_IROTH | stat.S_IWOTH):
                raise ValueError(f"is open to everybody on this machine in {path}: run chmod o= {path}")
            secret = file.read(_SECRET_FILE_BYTES_MAX).strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ValueError(f"cannot be read from {path}: {reason}") from None
    if not secret:
        raise ValueError(f"is empty in {path}")
    return secret


def _shown(setting: Setting, given: str | None, value: Any) -> str:
    if not given:
        return "(not set)"
    if setting.secret:
        return "********"
    return str(value) if isinstance(value, Path) else given


def _assemble(found: Mapping[str, Any]) -> Config:
    smtp = None
    if found["SMTP_HOST"]:
        smtp = Smtp(
            found["SMTP_HOST"],
            found["SMTP_PORT"],
            found["SMTP_USERNAME"],
            found["SMTP_PASSWORD"],
            found["SMTP_TLS"],
            found["SMTP_SENDER"],
        )
    sms = None
    if found["SMS_PROVIDER"] != "console":
        sms = SmsSettings(
            found["SMS_ENDPOINT"],
            found["SMS_ACCESS_KEY"],
            found["SMS_SECRET_KEY"],
            found["SMS_SIGN_NAME"],
            found["SMS_TEMPLATES"],
        )
    s3 = None
    if found["OBJECT_STORE_URL"]:
        bucket, prefix = found["OBJECT_STORE_URL"]
        s3 = S3Settings(
            bucket,
            prefix,
            found["S3_REGION"],
            found["S3_ACCESS_KEY"],
            found["S3_SECRET_KEY"],
            found["S3_ENDPOINT"],
        )
    return Config(
        host=found["HOST"],
        port=found["PORT"],
        public_url=found["PUBLIC_URL"] or f"http://localhost:{found['PORT']}",
        data_dir=found["DATA_DIR"],
        database_url=found["DATABASE_URL"],
        migrate_database_url=found["MIGRATE_DATABASE_URL"],
        database_pool=found["DATABASE_POOL"],
        archive_signing_key=found["ARCHIVE_SIGNING_KEY"],
        archive_origin=found["ARCHIVE_ORIGIN"],
        archive_checkpoint_file=found["ARCHIVE_CHECKPOINT_FILE"]
        or found["DATA_DIR"] / "archive" / "checkpoint",
        witnesses=found["WITNESSES"],
        archive_keys=found["ARCHIVE_KEYS"],
        s3=s3,
        redis_url=found["REDIS_URL"],
        events_per_s=found["EVENTS_PER_S"],
        stun_urls=found["STUN_URLS"],
        turn=turn_settings(found),
        relay=relay_settings(found),
        p2p=found["P2P"],
        metrics_address=found["METRICS_ADDRESS"],
        demo=found["DEMO"],
        hospital_name=found["HOSPITAL_NAME"] or (DEMO_NAME if found["DEMO"] else PLAIN_NAME),
        hospital_time_zone=found["HOSPITAL_TIME_ZONE"],
        hospital_locale=found["HOSPITAL_LOCALE"],
        emergency_number=found["EMERGENCY_NUMBER"],
        currency=found["CURRENCY"],
        smtp=smtp,
        sms=sms,
        demo_his=_demo_his(found),
        payments=payment_settings(found),
        refunds=RefundPolicy(found["REFUND_CONNECTED_MIN_S"], found["REFUND_PATIENT_ABSENT_PERCENT"]),
        changes=ChangePolicy(found["CANCEL_FREE_HOURS"], found["CANCEL_LATE_PERCENT"], found["MOVE_HOURS"]),
        phone_country_code=found["PHONE_COUNTRY_CODE"],
        identity_required=found["IDENTITY_REQUIRED"],
        names=name_register_settings(found),
        diagnosis_required=found["DIAGNOSIS_REQUIRED"],
        proof_max_age=timedelta(hours=found["PROOF_MAX_AGE_H"]),
        sign_on=sign_on_settings(found),
        log_format=found["LOG_FORMAT"],
        log_level=found["LOG_LEVEL"],
        trusted_proxies=found["TRUSTED_PROXIES"],
        shutdown_grace_s=found["SHUTDOWN_GRACE_S"],
        retention=_retention(found),
    )


def _demo_his(found: Mapping[str, Any]) -> DemoAnswers | None:
    given = found["DEMO_HIS"] or ("confirm" if found["DEMO"] else "off")
    return None if given == "off" else DemoAnswers(given)


def _retention(found: Mapping[str, Any]) -> RetentionPolicy:
    media = (Material.CHAT, Material.IMAGES, Material.AUDIO, Material.VIDEO)
    years = dict.fromkeys(media, found["RETENTION_MEDIA_YEARS"])
    return RetentionPolicy(
        {Material.RECORD: found["RETENTION_RECORD_YEARS"], **years}, found["KEY_BACKUP_DAYS"]
    )


def notes(config: Config) -> list[str]:
    """Return, in plain words, what this configuration leaves unmet."""
    found = []
    if config.smtp is None:
        found.append("No SMTP_HOST: mails are not sent, only written to the log.")
    elif config.smtp.tls == "off":
        found.append("SMTP_TLS is off: mails travel to the mail server in the clear.")
    if config.sms is None:
        found.append("SMS_PROVIDER is console: nobody can register or reset a password by mobile phone.")
    elif unnamed := [kind for kind in SmsKind if kind.value not in config.sms.templates]:
        found.append(f"SMS_TEMPLATES names none for: {', '.join(unnamed)}. These notices go by mail alone.")
    if config.payments is None:
        found.append("PAYMENT_PROVIDER is off: visits that cost something cannot be booked by patients.")
    local = config.public_url.startswith(("http://localhost", "http://127.0.0.1", "http://[::1]"))
    found += media_notes(
        stun_urls=config.stun_urls,
        turn=config.turn,
        relay=config.relay,
        metrics=config.metrics_address,
        local=local,
    )
    if config.database_url is None:
        found.append("No DATABASE_URL: the embedded PostgreSQL's grants stop mistakes, not an intruder.")
    if config.database_url is not None and config.archive_keys is None:
        found.append(
            "No ARCHIVE_KEYS: the record's keys are in DATA_DIR/keys alone. Keep a copy apart from the "
            "database's backups, and give every node the same."
        )
    if config.s3 is not None and (config.s3.endpoint or "").startswith("http://"):
        found.append("S3_ENDPOINT is not https: files are encrypted, but the store's answers are not.")
    if not config.witnesses:
        found.append("No WITNESSES: nobody else vouches that the log was never rewritten.")
    if config.redis_url is None:
        found.append("No REDIS_URL: throttles are forgotten when the server restarts.")
    if config.public_url.startswith("http://") and not local:
        found.append("PUBLIC_URL is not https: browsers give no camera and the session is unprotected.")
    if not config.demo and not config.identity_required:
        found.append("IDENTITY_REQUIRED is off: patients come to visits before anybody verified their names.")
    if config.names is not None and config.names.endpoint.startswith("http://"):
        found.append("NAME_REGISTER_ENDPOINT is not https: names and documents' numbers travel in the clear.")
    if not config.demo and not config.diagnosis_required:
        found.append("DIAGNOSIS_REQUIRED is off: patients come without saying what was diagnosed (FU-1).")
    if not config.demo and config.hospital_name == PLAIN_NAME:
        found.append("No HOSPITAL_NAME: patients do not see whose hospital this is.")
    if config.demo:
        found.append("DEMO is on: accounts with known passwords exist. Never let in real patients.")
    found.append("Calls are not recorded: where a law asks for kept audio and video, this is unmet.")
    return found
