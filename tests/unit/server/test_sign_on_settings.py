"""Single sign-on is set whole or not at all, and trusts no address unless told."""

from server.config import Config, read


def usable(**environ: str) -> Config:
    return read(environ).usable()


def test_single_sign_on_needs_a_provider_and_who_we_are_to_it() -> None:
    assert usable().sign_on is None
    account = {"OIDC_CLIENT_ID": "televisit", "OIDC_CLIENT_SECRET": "s"}
    given = usable(OIDC_ISSUER="https://id.example.org/staff", OIDC_STRONG_ACR="a b", **account).sign_on
    assert given is not None and given.strong == {"a", "b"} and given.name == "id.example.org"
    assert given.match_email is False, "an address alone binds nobody unless the hospital says so"
    for wrong in (
        {"OIDC_ISSUER": "https://id.example.org"},
        account,
        {**account, "OIDC_ISSUER": "http://id.example.org"},
        {**account, "OIDC_ISSUER": "https://id.example.org?x=1"},
    ):
        assert len(read(wrong).problems) == 1, wrong
