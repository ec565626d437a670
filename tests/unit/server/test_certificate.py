import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from server.certificate import lan_addresses, self_signed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def kept(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "certificate.pem").read_bytes())


def test_it_is_good_for_this_machine_by_every_name_given(tmp_path: Path) -> None:
    assert isinstance(self_signed(tmp_path, ["192.168.1.5", "box.local"], NOW), ssl.SSLContext)
    names = kept(tmp_path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in names} == {
        "localhost",
        "127.0.0.1",
        "::1",
        "192.168.1.5",
        "box.local",
    }


def test_the_same_one_is_used_again(tmp_path: Path) -> None:
    self_signed(tmp_path, ["192.168.1.5"], NOW)
    first = kept(tmp_path)
    self_signed(tmp_path, ["192.168.1.5"], NOW + timedelta(days=100))
    assert kept(tmp_path) == first


@pytest.mark.parametrize(
    ("names", "after"), [(["192.168.1.6"], timedelta(0)), (["192.168.1.5"], timedelta(days=340))]
)
def test_another_one_is_made_for_another_address_and_before_it_expires(
    tmp_path: Path, names: list[str], after: timedelta
) -> None:
    self_signed(tmp_path, ["192.168.1.5"], NOW)
    first = kept(tmp_path)
    self_signed(tmp_path, names, NOW + after)
    assert kept(tmp_path) != first


def test_a_broken_or_foreign_key_is_replaced(tmp_path: Path) -> None:
    self_signed(tmp_path / "other", [], NOW)
    self_signed(tmp_path / "own", [], NOW)
    for content in (b"no key", (tmp_path / "other" / "key.pem").read_bytes()):
        (tmp_path / "own" / "key.pem").write_bytes(content)
        self_signed(tmp_path / "own", [], NOW)


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    self_signed(tmp_path / "tls", [], NOW)
    assert (tmp_path / "tls").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "tls" / "key.pem").stat().st_mode & 0o777 == 0o600


def test_loopback_is_no_address_for_others() -> None:
    assert not any(address.startswith("127.") for address in lan_addresses())
