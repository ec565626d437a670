import base64
import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from chat_archive.note import KeyKind, Signer
from domain.refund_policy import RefundPolicy
from domain.retention import Material
from providers.his import DemoAnswers
from providers.sms import SmsKind
from server.config import Config, Reading, Smtp, read
from server.media_settings import Turn
from server.refusal import Refusal
from server.settings import SETTINGS

RING = f"one:{base64.b64encode(bytes(32)).decode()}"
WITNESS = Signer("witness.example.org", KeyKind.COSIGNATURE, bytes(32)).verifier.format()


def usable(**environ: str) -> Config:
    return read(environ).usable()


def shown(reading: Reading, name: str) -> tuple[str, str]:
    return next((value.shown, value.source) for value in reading.values if value.setting.name == name)


def test_an_empty_environment_gives_a_local_server_that_is_no_demo() -> None:
    config = usable()
    assert (config.host, config.port, config.public_url) == ("127.0.0.1", 8080, "http://localhost:8080")
    assert config.demo is False
    assert (config.database_url, config.redis_url, config.smtp, config.turn) == (None, None, None, None)


def test_the_configuration_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        usable().port = 1  # type: ignore[misc]


def test_every_mistake_is_reported_at_once() -> None:
    reading = read({"PORT": "80x", "SMTP_TLS": "maybe", "HOSPITAL_TIME_ZONE": "Mars/Base", "DEMO": "perhaps"})
    assert [problem.split()[0] for problem in reading.problems] == [
        "PORT",
        "DEMO",
        "HOSPITAL_TIME_ZONE",
        "SMTP_TLS",
    ]
    assert reading.config is None
    with pytest.raises(Refusal) as refused:
        reading.usable()
    assert list(refused.value.sentences) == reading.problems


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "not a host"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PUBLIC_URL", "visits.example.org"),
        ("PUBLIC_URL", "https://visits.example.org/path"),
        ("PUBLIC_URL", "https://user@visits.example.org"),
        ("PUBLIC_URL", "http://[::1"),
        ("DATABASE_URL", "mysql://a/b"),
        ("DATABASE_URL", "postgresql://a"),
        ("DATABASE_POOL", "3"),
        ("REDIS_URL", "localhost:6379"),
        ("STUN_URLS", "turn:a:3478"),
        ("TURN_URLS", "http://a"),
        ("HOSPITAL_LOCALE", "fr"),
        ("SMTP_SENDER", "nobody"),
        ("TRUSTED_PROXIES", "10.0.0.0/8 everybody"),
        ("PHONE_COUNTRY_CODE", "+86"),
        ("SMS_PROVIDER", "pigeon"),
        ("SMS_TEMPLATES", "code=SMS_1"),
        ("SMS_TEMPLATES", "code=,known=SMS_2,unknown=SMS_3"),
        ("SMS_TEMPLATES", "code=SMS_1,known=SMS_2,unknown=SMS_3,reminder=SMS_4"),
        ("SHUTDOWN_GRACE_S", "-1"),
        ("LOG_LEVEL", "loud"),
        ("HOSPITAL_NAME", "two\nlines"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str) -> None:
    reading = read({name: value})
    assert [problem for problem in reading.problems if problem.startswith(f"{name} ")]
    assert shown(reading, name)[1] == "environment"


def test_every_value_remembers_where_it_came_from(tmp_path: Path) -> None:
    secret = tmp_path / "turn"
    secret.write_text("s3cret\n")
    reading = read(
        {"TURN_URLS": "turn:a:3478", "TURN_SECRET_FILE": str(secret), "PORT": "9000"}, {"DEMO": "true"}
    )
    assert shown(reading, "PORT") == ("9000", "environment")
    assert shown(reading, "HOST") == ("127.0.0.1", "default")
    assert shown(reading, "DEMO") == ("true", "command line")
    assert shown(reading, "TURN_SECRET") == ("********", f"file {secret}")
    assert reading.usable().turn == Turn(("turn:a:3478",), "s3cret", 3600)


def test_no_secret_is_ever_shown() -> None:
    secrets = {
        "DATABASE_URL": "postgresql://app:hunter2@db/televisit",
        "MIGRATE_DATABASE_URL": "postgresql://owner:hunter2@db/televisit",
        "ARCHIVE_KEYS": "name:hunter2",
        "ARCHIVE_SIGNING_KEY": "hunter2",
        "S3_ACCESS_KEY": "hunter2",
        "S3_SECRET_KEY": "hunter2",
        "REDIS_URL": "redis://:hunter2@redis:6379/0",
        **dict.fromkeys(("TURN_SECRET", "SMTP_PASSWORD", "SMS_SECRET_KEY"), "hunter2"),
        **dict.fromkeys(("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"), "hunter2"),
        **dict.fromkeys(("WECHAT_PRIVATE_KEY", "WECHAT_API_KEY", "WECHAT_PUBLIC_KEY"), "hunter2"),
        **dict.fromkeys(("ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY"), "hunter2"),
        **dict.fromkeys(("OIDC_CLIENT_SECRET", "TENCENT_SECRET_KEY"), "hunter2"),
    }
    assert {setting.name for setting in SETTINGS if setting.secret} == set(secrets)
    for environ in (secrets, {name: f"\x00{value}" for name, value in secrets.items()}):
        reading = read(environ)
        assert "hunter2" not in repr(reading)


def test_a_ring_of_keys_is_read_and_what_is_none_is_said() -> None:
    assert usable(ARCHIVE_KEYS=RING).archive_keys == RING
    assert usable().archive_keys is None
    for wrong, words in (("nonsense", "lines of name:base64"), ("a:AAAA", "32 bytes")):
        (problem,) = read({"ARCHIVE_KEYS": wrong}).problems
        assert problem.startswith("ARCHIVE_KEYS ")
        assert words in problem


def test_a_file_of_keys_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(RING)
    for mode in (0o644, 0o602):
        path.chmod(mode)
        (problem,) = read({"ARCHIVE_KEYS_FILE": str(path)}).problems
        assert f"open to everybody on this machine in {path}" in problem
    path.chmod(0o440)
    assert usable(ARCHIVE_KEYS_FILE=str(path)).archive_keys == RING


def test_a_secret_set_twice_is_a_mistake(tmp_path: Path) -> None:
    reading = read({"SMTP_PASSWORD": "a", "SMTP_PASSWORD_FILE": str(tmp_path)})
    assert "SMTP_PASSWORD is set twice: by SMTP_PASSWORD and by SMTP_PASSWORD_FILE." in reading.problems


def test_a_secret_file_that_is_missing_empty_or_no_text_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    for path, reason in ((tmp_path / "none", "No such file"), (tmp_path / "empty", "is empty")):
        problems = read({"REDIS_URL_FILE": str(path)}).problems
        assert len(problems) == 1
        assert reason in problems[0]
    assert read({"REDIS_URL_FILE": str(tmp_path / "binary")}).problems


def test_a_file_for_what_is_no_secret_is_a_mistake(tmp_path: Path) -> None:
    assert read({"PORT_FILE": str(tmp_path)}).problems == [
        "PORT is not a secret: set PORT itself, not PORT_FILE."
    ]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert usable(DATABASE_URL="", SMTP_HOST=" ", PORT="").port == 8080


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"TURN_URLS": "turn:a:3478"}, "TURN_SECRET"),
        ({"TURN_SECRET": "a"}, "TURN_URLS"),
        ({"SMTP_HOST": "mail.example.org"}, "SMTP_SENDER"),
        ({"SMTP_USERNAME": "a"}, "SMTP_PASSWORD"),
        ({"SMTP_USERNAME": "a", "SMTP_PASSWORD": "b", "SMTP_TLS": "off"}, "in the clear"),
        ({"MIGRATE_DATABASE_URL": "postgresql://a/b"}, "DATABASE_URL"),
    ],
)
def test_what_is_right_alone_and_wrong_together_is_a_mistake(environ: dict[str, str], word: str) -> None:
    problems = read(environ).problems
    assert len(problems) == 1
    assert word in problems[0]


def test_a_mistake_is_not_reported_a_second_time_as_missing() -> None:
    assert len(read({"TURN_URLS": "turn:a:1", "TURN_SECRET_FILE": "/nowhere"}).problems) == 1


def test_a_mail_server_is_taken_whole() -> None:
    config = usable(
        SMTP_HOST="mail.example.org",
        SMTP_USERNAME="u",
        SMTP_PASSWORD="p",
        SMTP_SENDER="Hospital <a@example.org>",
    )
    assert config.smtp == Smtp("mail.example.org", 587, "u", "p", "starttls", "Hospital <a@example.org>")


def test_doctors_prove_again_who_they_are_after_four_hours_unless_told() -> None:
    assert usable().proof_max_age == timedelta(hours=4)
    assert usable(PROOF_MAX_AGE_H="1").proof_max_age == timedelta(hours=1)
    assert len(read({"PROOF_MAX_AGE_H": "13"}).problems) == 1, "no session lasts as long"


def test_the_public_url_is_an_origin_as_browsers_send_it() -> None:
    assert usable(PUBLIC_URL="https://Visits.Example.org:443/").public_url == "https://visits.example.org"
    assert usable(PUBLIC_URL="http://a:8080").public_url == "http://a:8080"
    assert usable(PORT="9000").public_url == "http://localhost:9000"


def test_what_is_unmet_is_said_and_goes_when_it_is_met() -> None:
    bare = " ".join(read({}).notes)
    assert "No ARCHIVE_KEYS" in " ".join(read({"DATABASE_URL": "postgresql://u:p@db/televisit"}).notes)
    for name in ("SMTP_HOST", "TURN_URLS", "STUN_URLS", "RELAY_PORT", "DATABASE_URL", "REDIS_URL"):
        assert f"No {name}" in bare
    assert "No HOSPITAL_NAME" in bare
    assert "SMS_PROVIDER is console" in bare
    assert "PAYMENT_PROVIDER is off" in bare
    assert "IDENTITY_REQUIRED is off" in bare
    assert "DIAGNOSIS_REQUIRED is off" in bare
    account = {"SMS_PROVIDER": "aliyun", "SMS_ACCESS_KEY": "k", "SMS_SECRET_KEY": "s", "SMS_SIGN_NAME": "n"}
    some = read({**account, "SMS_TEMPLATES": "code=1,known=2,unknown=3,reminder-soon.en=4"})
    assert "SMS_TEMPLATES names none for: appointment-made" in " ".join(some.notes)
    whole = read(
        {
            "SMS_PROVIDER": "aliyun",
            "SMS_ACCESS_KEY": "key",
            "SMS_SECRET_KEY": "secret",
            "SMS_SIGN_NAME": "sign",
            "SMS_TEMPLATES": ",".join(f"{kind}=SMS_1" for kind in SmsKind),
            "PAYMENT_PROVIDER": "stripe",
            **_ACCOUNTS["stripe"],
            "IDENTITY_REQUIRED": "on",
            "DIAGNOSIS_REQUIRED": "on",
            "SMTP_HOST": "mail.example.org",
            "SMTP_SENDER": "a@example.org",
            "TURN_URLS": "turn:a:3478",
            "TURN_SECRET": "s",
            "STUN_URLS": "stun:a:3478",
            "RELAY_PORT": "3479",
            "RELAY_ADDRESSES": "192.0.2.7",
            "DATABASE_URL": "postgresql://u:p@db/televisit",
            "ARCHIVE_KEYS": RING,
            "WITNESSES": f"{WITNESS} https://witness.example.org",
            "REDIS_URL": "redis://redis",
            "HOSPITAL_NAME": "A hospital",
            "PUBLIC_URL": "https://visits.example.org",
        }
    )
    assert [note for note in whole.notes if "not recorded" not in note] == []


def test_a_witness_that_is_none_is_said_in_one_sentence() -> None:
    (problem,) = read({"WITNESSES": "nonsense"}).problems
    assert "<verifier key> <address>" in problem
    assert not problem.endswith("..")


def test_a_bucket_is_read_and_what_contradicts_itself_is_said() -> None:
    keys = {"S3_ACCESS_KEY": "me", "S3_SECRET_KEY": "hunter2"}
    bucket = usable(
        OBJECT_STORE_URL="s3://files/hospital/one/", S3_ENDPOINT="https://s3.example.org/", **keys
    ).s3
    assert bucket is not None
    assert (bucket.bucket, bucket.prefix, bucket.endpoint) == (
        "files",
        "hospital/one",
        "https://s3.example.org",
    )
    assert "hunter2" not in repr(bucket)
    assert usable().s3 is None
    for environ, words in (
        ({"OBJECT_STORE_URL": "s3://files"}, "needs S3_ACCESS_KEY"),
        (keys, "without OBJECT_STORE_URL"),
        ({"OBJECT_STORE_URL": "/var/files", **keys}, "s3://bucket"),
        ({"OBJECT_STORE_URL": "s3://files?region=x", **keys}, "after the prefix"),
        ({"OBJECT_STORE_URL": "s3://files", "S3_ENDPOINT": "s3.example.org", **keys}, "https://host:port"),
    ):
        assert any(words in problem for problem in read(environ).problems), environ


def test_http_beyond_this_machine_is_said_to_be_unprotected() -> None:
    assert any("not https" in note for note in read({"PUBLIC_URL": "http://192.168.1.5:8080"}).notes)
    assert not any("not https" in note for note in read({}).notes)


def test_docs_name_every_setting() -> None:
    text = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in text
        assert setting.meaning in text


def test_ret_1_and_ret_2_are_lengthened_by_settings_and_never_shortened() -> None:
    longer = read({"RETENTION_RECORD_YEARS": "30", "RETENTION_MEDIA_YEARS": "31", "KEY_BACKUP_DAYS": "90"})
    policy = longer.usable().retention
    assert (policy.term(Material.RECORD).years, policy.term(Material.VIDEO).years) == (30, 31)
    assert policy.key_backup_days == 90
    law = read({}).usable().retention
    assert (law.term(Material.RECORD).years, law.term(Material.CHAT).years) == (15, 3)
    problems = read({"RETENTION_RECORD_YEARS": "14", "RETENTION_MEDIA_YEARS": "2"}).problems
    assert problems == [
        "RETENTION_RECORD_YEARS must be a whole number from 15 to 200.",
        "RETENTION_MEDIA_YEARS must be a whole number from 3 to 200.",
    ]


def test_the_sms_provider_needs_its_whole_account() -> None:
    account = {
        "SMS_PROVIDER": "aliyun",
        "SMS_ACCESS_KEY": "key",
        "SMS_SECRET_KEY": "secret",
        "SMS_SIGN_NAME": "海滨医院",
        "SMS_TEMPLATES": "code=SMS_1, known=SMS_2, unknown=SMS_3",
    }
    sms = usable(**account).sms
    assert sms is not None
    assert (sms.endpoint, sms.sign_name) == ("https://dysmsapi.aliyuncs.com", "海滨医院")
    assert list(sms.templates.values()) == ["SMS_1", "SMS_2", "SMS_3"]
    assert "secret" not in repr(sms).replace("secret_key", "")
    for name in account:
        lacking = read({key: value for key, value in account.items() if key != name})
        assert [problem.split()[0] for problem in lacking.problems] in (["SMS_PROVIDER"], ["SMS_"]), name
    assert usable().sms is None


_RSA = rsa.generate_private_key(65537, 2048)
_PRIVATE = _RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
_PUBLIC = _RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
_ACCOUNTS = {
    "stripe": {"STRIPE_SECRET_KEY": "sk_1", "STRIPE_PUBLIC_KEY": "pk_1", "STRIPE_WEBHOOK_SECRET": "whsec_1"},
    "wechat": {
        "WECHAT_MERCHANT": "1900000001",
        "WECHAT_APP": "wx1",
        "WECHAT_PRIVATE_KEY": _PRIVATE,
        "WECHAT_CERT_SERIAL": "AB12",
        "WECHAT_API_KEY": "k" * 32,
        "WECHAT_PUBLIC_KEY": _PUBLIC,
        "WECHAT_PUBLIC_KEY_ID": "PUB_KEY_ID_1",
    },
    "alipay": {"ALIPAY_APP": "2021", "ALIPAY_PRIVATE_KEY": _PRIVATE, "ALIPAY_PUBLIC_KEY": _PUBLIC},
}


@pytest.mark.parametrize("provider", _ACCOUNTS)
def test_a_payment_provider_needs_its_whole_account(provider: str) -> None:
    account = {"PAYMENT_PROVIDER": provider, **_ACCOUNTS[provider]}
    found = usable(**account).payments
    assert found is not None and found.provider == provider
    assert found.form == "https://js.stripe.com"
    assert "sk_1" not in repr(found) and "PRIVATE" not in repr(found)
    for name in account:
        lacking = read({key: value for key, value in account.items() if key != name})
        assert len(lacking.problems) == 1, (name, lacking.problems)
        assert "PAYMENT_PROVIDER" in lacking.problems[0]


def test_the_demo_alone_answers_for_the_hospital_system() -> None:
    assert usable(DEMO="true").demo_his is DemoAnswers.CONFIRM
    assert usable(DEMO="true", DEMO_HIS="down").demo_his is DemoAnswers.DOWN
    assert usable(DEMO="true", DEMO_HIS="off").demo_his is usable().demo_his is None
    assert read({"DEMO_HIS": "confirm"}).problems == [
        "DEMO_HIS is set: without DEMO nobody's system would confirm visits."
    ]


def test_the_demos_payments_are_the_demos_alone() -> None:
    assert usable().payments is None
    demo = usable(DEMO="true").payments
    assert demo is not None and demo.provider == "demo"
    assert usable(DEMO="true", PAYMENT_PROVIDER="off").payments is None
    assert read({"PAYMENT_PROVIDER": "demo"}).problems == [
        "PAYMENT_PROVIDER is demo: without DEMO nobody would pay for anything."
    ]


def test_payment_keys_are_checked_and_yuan_is_asked_for() -> None:
    alipay = {"PAYMENT_PROVIDER": "alipay", **_ACCOUNTS["alipay"]}
    for name in ("ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY"):
        (problem,) = read({**alipay, name: "no key"}).problems
        assert problem.startswith(name)
    assert read({**alipay, "CURRENCY": "USD"}).problems == [
        "CURRENCY must be CNY: WeChat Pay and Alipay take no other here."
    ]


def test_the_refund_rules_are_the_hospitals() -> None:
    assert usable().refunds == RefundPolicy(120, 0)
    given = usable(REFUND_CONNECTED_MIN_S="300", REFUND_PATIENT_ABSENT_PERCENT="50").refunds
    assert given == RefundPolicy(300, 50)
