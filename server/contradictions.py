"""Settings that are right by themselves and wrong together. Nothing here reads the environment."""

from collections.abc import Mapping
from typing import Any

from server.media_settings import media_contradictions
from server.name_register_settings import name_register_contradictions
from server.payment_settings import payment_contradictions
from server.sign_on_settings import sign_on_contradictions

_SMS_ACCOUNT = ("SMS_ACCESS_KEY", "SMS_SECRET_KEY", "SMS_SIGN_NAME", "SMS_TEMPLATES")


def contradictions(found: Mapping[str, Any]) -> list[str]:
    """Return what is right by itself and wrong together. What could not be read is not judged again."""

    def on(name: str) -> bool:
        return bool(found.get(name))

    rules = [
        *media_contradictions(found),
        (
            ("SMTP_HOST", "SMTP_SENDER"),
            on("SMTP_HOST") and not on("SMTP_SENDER"),
            "SMTP_HOST needs SMTP_SENDER: mails come from somebody.",
        ),
        (
            ("SMTP_USERNAME", "SMTP_PASSWORD"),
            on("SMTP_USERNAME") != on("SMTP_PASSWORD"),
            "SMTP_USERNAME and SMTP_PASSWORD belong together: set both or neither.",
        ),
        (
            ("SMTP_USERNAME", "SMTP_TLS"),
            on("SMTP_USERNAME") and found.get("SMTP_TLS") == "off",
            "SMTP_TLS is off: a mail password is never sent in the clear.",
        ),
        (
            ("SMS_PROVIDER", *_SMS_ACCOUNT),
            found.get("SMS_PROVIDER") == "aliyun" and not all(map(on, _SMS_ACCOUNT)),
            "SMS_PROVIDER needs " + ", ".join(_SMS_ACCOUNT) + ".",
        ),
        (
            ("SMS_PROVIDER", *_SMS_ACCOUNT),
            found.get("SMS_PROVIDER") == "console" and any(map(on, _SMS_ACCOUNT)),
            "SMS_ settings are set without SMS_PROVIDER: say who sends messages.",
        ),
        (
            ("DEMO_HIS", "DEMO"),
            found.get("DEMO_HIS") not in (None, "off") and not on("DEMO"),
            "DEMO_HIS is set: without DEMO nobody's system would confirm visits.",
        ),
        *payment_contradictions(found),
        *name_register_contradictions(found),
        *sign_on_contradictions(found),
        (
            ("OBJECT_STORE_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY"),
            on("OBJECT_STORE_URL") and not (on("S3_ACCESS_KEY") and on("S3_SECRET_KEY")),
            "OBJECT_STORE_URL needs S3_ACCESS_KEY and S3_SECRET_KEY.",
        ),
        (
            ("OBJECT_STORE_URL", "S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY"),
            not on("OBJECT_STORE_URL") and (on("S3_ENDPOINT") or on("S3_ACCESS_KEY") or on("S3_SECRET_KEY")),
            "S3_ settings are set without OBJECT_STORE_URL: say which bucket they are for.",
        ),
        (
            ("MIGRATE_DATABASE_URL", "DATABASE_URL"),
            on("MIGRATE_DATABASE_URL") and not on("DATABASE_URL"),
            "MIGRATE_DATABASE_URL is set without DATABASE_URL: the server needs its own login.",
        ),
    ]
    return [sentence for names, wrong, sentence in rules if wrong and all(name in found for name in names)]
