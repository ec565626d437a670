"""Settings of the name register: who is asked, what that needs, and what contradicts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.name_opinion import RegisterName
from server.payment_settings import Contradiction

_ACCOUNT = ("TENCENT_SECRET_ID", "TENCENT_SECRET_KEY")


@dataclass(frozen=True, slots=True)
class NameRegisterSettings:
    """Who is asked, and the account there: both None for the demo's."""

    register: RegisterName
    secret_id: str | None
    secret_key: str | None = field(repr=False)
    endpoint: str


def name_register_settings(found: Mapping[str, Any]) -> NameRegisterSettings | None:
    """Return who is asked about names; None where nobody is."""
    given = _register(found)
    if given == "off":
        return None
    return NameRegisterSettings(
        RegisterName(given),
        found["TENCENT_SECRET_ID"],
        found["TENCENT_SECRET_KEY"],
        found["NAME_REGISTER_ENDPOINT"],
    )


def name_register_contradictions(found: Mapping[str, Any]) -> list[Contradiction]:
    """Return what can be wrong together about the name register."""

    def on(name: str) -> bool:
        return bool(found.get(name))

    given = _register(found)
    return [
        (
            ("NAME_REGISTER", "DEMO"),
            given == "demo" and not on("DEMO"),
            "NAME_REGISTER is demo: without DEMO its people are nobody's patients.",
        ),
        (
            ("NAME_REGISTER", *_ACCOUNT),
            given == "tencent" and not all(map(on, _ACCOUNT)),
            "NAME_REGISTER needs " + ", ".join(_ACCOUNT) + ".",
        ),
        (
            ("NAME_REGISTER", *_ACCOUNT),
            given != "tencent" and any(map(on, _ACCOUNT)),
            "TENCENT_ settings are set without NAME_REGISTER=tencent: say who is asked.",
        ),
    ]


def _register(found: Mapping[str, Any]) -> str:
    given = found.get("NAME_REGISTER")
    return str(given or ("demo" if found.get("DEMO") else "off"))
