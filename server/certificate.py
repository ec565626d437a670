"""A self-signed certificate for trying the hospital from a phone on the same network.

Browsers give pages a camera only over https or on localhost. They warn about this certificate once, as
they should: it says nothing about who we are. A real hospital has a real one, at its proxy.
"""

import ipaddress
import os
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_LIFE = timedelta(days=365)
_RENEW_BEFORE = timedelta(days=30)


def lan_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that others can reach, the likeliest first."""
    found = [
        entry.address
        for name, entries in psutil.net_if_addrs().items()
        if not name.startswith(("docker", "br-", "veth", "virbr"))
        for entry in entries
        if entry.family == socket.AF_INET and not ipaddress.ip_address(entry.address).is_loopback
    ]
    return sorted(set(found), key=lambda text: (not ipaddress.ip_address(text).is_private, text))


def self_signed(folder: Path, names: list[str], now: datetime) -> ssl.SSLContext:
    """Return a server's TLS context with a certificate for these names and addresses, and for localhost.

    It is kept in `folder` and made anew when it does not fit or is about to expire.
    """
    wanted = sorted({"localhost", "127.0.0.1", "::1", *names})
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not _fits(certificate, key, wanted, now):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(certificate, key, wanted, now)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


def _fits(certificate: Path, key: Path, wanted: list[str], now: datetime) -> bool:
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        own = serialization.load_pem_private_key(key.read_bytes(), None)
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    return (
        sorted(str(name.value) for name in names) == wanted
        and found.public_key() == own.public_key()
        and found.not_valid_before_utc <= now < found.not_valid_after_utc - _RENEW_BEFORE
    )


def _make(certificate: Path, key: Path, names: list[str], now: datetime) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Televisit, self-signed")])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - timedelta(hours=1))
        .not_valid_after(now.astimezone(UTC) + _LIFE)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    _write(
        key,
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
    _write(certificate, made.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
