"""Settings of the name register."""

from domain.name_opinion import RegisterName
from server.config import Config, notes, read


def usable(**environ: str) -> Config:
    return read(environ).usable()


def test_the_demo_alone_has_a_name_register_of_its_own() -> None:
    assert usable().names is None
    demo = usable(DEMO="true").names
    assert demo is not None and demo.register is RegisterName.DEMO
    assert usable(DEMO="true", NAME_REGISTER="off").names is None
    assert read({"NAME_REGISTER": "demo"}).problems == [
        "NAME_REGISTER is demo: without DEMO its people are nobody's patients."
    ]


def test_a_real_name_register_needs_its_account_and_keeps_its_secret() -> None:
    account = {"TENCENT_SECRET_ID": "id", "TENCENT_SECRET_KEY": "a secret"}
    reading = read({"NAME_REGISTER": "tencent", **account})
    names = reading.usable().names
    assert names is not None and names.register is RegisterName.TENCENT
    assert names.endpoint == "https://faceid.tencentcloudapi.com"
    assert "a secret" not in repr(reading.config) + str(reading.values)
    assert read({"NAME_REGISTER": "tencent", "TENCENT_SECRET_ID": "id"}).problems == [
        "NAME_REGISTER needs TENCENT_SECRET_ID, TENCENT_SECRET_KEY."
    ]
    assert read(account).problems == [
        "TENCENT_ settings are set without NAME_REGISTER=tencent: say who is asked."
    ]
    plain = usable(NAME_REGISTER="tencent", NAME_REGISTER_ENDPOINT="http://register.example.org", **account)
    assert any("NAME_REGISTER_ENDPOINT is not https" in note for note in notes(plain))
