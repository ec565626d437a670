"""The table of settings: names, meanings, defaults and rules. Nothing here reads the environment."""

from server.log_settings import origin, own_file, signer_key, witnesses
from server.media_table import MEDIA_SETTINGS
from server.setting import Setting as Setting
from server.setting_rules import (
    calling_code,
    choice,
    currency,
    email,
    endpoint,
    flag,
    folder,
    host,
    issuer,
    key_ring,
    networks,
    object_store_url,
    postgres_url,
    public_url,
    redis_url,
    rsa_private_key,
    rsa_public_key,
    sms_templates,
    text,
    time_zone,
    whole,
)

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
    *MEDIA_SETTINGS,
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
        "The approved templates: code=SMS_1,known=SMS_2,unknown=SMS_3; notices' ones are in docs/notices.md.",
    ),
    Setting(
        "SMS_ENDPOINT", endpoint, "https://dysmsapi.aliyuncs.com", "Where the SMS provider takes messages."
    ),
    Setting(
        "DEMO_HIS",
        choice("off", "confirm", "refuse", "down"),
        None,
        "How the demo's stand-in for the hospital's own system answers when it is asked for its slots "
        "and patients. Unless set: confirm with DEMO, else off, and then no schedule can be given to it.",
    ),
    Setting(
        "PAYMENT_PROVIDER",
        choice("off", "demo", "stripe", "wechat", "alipay"),
        None,
        "Who takes the money for visits. off: nobody, so that visits with a fee cannot be booked. demo: a "
        "page that says so, in a demo hospital alone. Unless set: demo with DEMO, else off.",
    ),
    Setting(
        "PAYMENT_ENDPOINT",
        endpoint,
        None,
        "Where the payment provider takes requests. Unless set: the provider's own.",
    ),
    Setting("STRIPE_SECRET_KEY", text, None, "Who we are to Stripe: sk_... or rk_....", secret=True),
    Setting("STRIPE_PUBLIC_KEY", text, None, "What Stripe's form in the page is opened with: pk_...."),
    Setting(
        "STRIPE_FORM",
        endpoint,
        "https://js.stripe.com",
        "Where the page loads Stripe's form from, at /v3/. Only with PAYMENT_PROVIDER=stripe.",
    ),
    Setting(
        "STRIPE_WEBHOOK_SECRET",
        text,
        None,
        "What Stripe signs its notices with: whsec_.... They come to PUBLIC_URL/api/payment-notices/stripe.",
        secret=True,
    ),
    Setting("WECHAT_MERCHANT", text, None, "The merchant's number at WeChat Pay (mchid)."),
    Setting("WECHAT_APP", text, None, "The app that the merchant's orders belong to (appid)."),
    Setting(
        "WECHAT_PRIVATE_KEY",
        rsa_private_key,
        None,
        "The merchant's private key (PEM).",
        secret=True,
        guarded=True,
    ),
    Setting("WECHAT_CERT_SERIAL", text, None, "The serial number of the merchant's certificate."),
    Setting("WECHAT_API_KEY", text, None, "The merchant's key of API v3: 32 characters.", secret=True),
    Setting("WECHAT_PUBLIC_KEY", rsa_public_key, None, "WeChat Pay's public key (PEM).", secret=True),
    Setting("WECHAT_PUBLIC_KEY_ID", text, None, "The id of WeChat Pay's public key: PUB_KEY_ID_...."),
    Setting("ALIPAY_APP", text, None, "The app's number at Alipay (APPID)."),
    Setting(
        "ALIPAY_PRIVATE_KEY", rsa_private_key, None, "The app's private key (PEM).", secret=True, guarded=True
    ),
    Setting("ALIPAY_PUBLIC_KEY", rsa_public_key, None, "Alipay's public key (PEM).", secret=True),
    Setting(
        "REFUND_CONNECTED_MIN_S",
        whole(0, 3600),
        "120",
        "The least time, in seconds, that both are in a visit: below it all of the fee goes back.",
    ),
    Setting(
        "REFUND_PATIENT_ABSENT_PERCENT",
        whole(0, 100),
        "0",
        "How much of the fee goes back to a patient who did not come, in percent.",
    ),
    Setting(
        "CANCEL_FREE_HOURS",
        whole(0, 720),
        "24",
        "Until how many hours before a visit its patient cancels it and gets all of the fee back.",
    ),
    Setting(
        "CANCEL_LATE_PERCENT",
        whole(0, 100),
        "50",
        "How much of the fee comes back when a patient cancels later, in percent.",
    ),
    Setting(
        "MOVE_HOURS",
        whole(0, 720),
        "2",
        "Until how many hours before a visit its patient moves it to another time of the same doctor.",
    ),
    Setting(
        "IDENTITY_REQUIRED",
        flag,
        "false",
        "Nobody enters the waiting room before the staff has verified the name (ID-1).",
    ),
    Setting(
        "NAME_REGISTER",
        choice("off", "demo", "tencent"),
        None,
        "Who is asked whether a name belongs to a document's number; the staff decides all the same. off: "
        "nobody. demo: a list of invented people, in a demo hospital alone. tencent: Tencent Cloud Face ID, "
        "resident identity cards alone. Unless set: demo with DEMO, else off.",
    ),
    Setting(
        "TENCENT_SECRET_ID", text, None, "Who we are to Tencent Cloud (SecretId). With NAME_REGISTER=tencent."
    ),
    Setting("TENCENT_SECRET_KEY", text, None, "The secret that belongs to it.", secret=True),
    Setting(
        "NAME_REGISTER_ENDPOINT",
        endpoint,
        "https://faceid.tencentcloudapi.com",
        "Where the name register answers.",
    ),
    Setting(
        "DIAGNOSIS_REQUIRED",
        flag,
        "false",
        "Nobody enters the waiting room before what there is of an earlier diagnosis is known (FU-1).",
    ),
    Setting(
        "PROOF_MAX_AGE_H",
        whole(1, 12),
        "4",
        "Hours after which a doctor proves again who it is, by password and second factor or a passkey, "
        "before beginning a consultation (ID-2).",
    ),
    Setting(
        "OIDC_ISSUER",
        issuer,
        None,
        "The OpenID provider by which the staff may sign in, as it names itself: https://id.example.org.",
    ),
    Setting("OIDC_CLIENT_ID", text, None, "Who we are to the OpenID provider."),
    Setting("OIDC_CLIENT_SECRET", text, None, "What we prove it with at the OpenID provider.", secret=True),
    Setting("OIDC_NAME", text, None, "What the staff calls it. Unless set: the host of OIDC_ISSUER."),
    Setting(
        "OIDC_MATCH_EMAIL",
        flag,
        "false",
        "A mail address that the provider has verified opens the one account of the staff that has it. "
        "Unless on, the operator binds each account.",
    ),
    Setting(
        "OIDC_STRONG_ACR",
        text,
        None,
        "Values of acr, with spaces between, that stand for two factors. An amr with mfa always does.",
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
