"""The rules of the settings of the log: its name, its key, its witnesses. As all rules: see settings.py."""

from pathlib import Path
from urllib.parse import urlsplit

from chat_archive.invalid import Malformed
from chat_archive.note import KeyKind, Signer, VerifierKey, check_name

_ORIGIN_MAX = 200


def origin(value: str) -> str:
    """The name of a log (C2SP tlog-checkpoint): like an address without its scheme."""
    try:
        check_name(value)
    except Malformed:
        raise ValueError("must be like visits.example.org/log: no spaces, no plus") from None
    if "://" in value or value.endswith("/") or len(value) > _ORIGIN_MAX:
        raise ValueError(f"must be at most {_ORIGIN_MAX} characters, without https:// and a slash at the end")
    return value


def signer_key(value: str) -> Signer:
    """The private key that a log signs with (C2SP signed-note, as Go writes it)."""
    try:
        signer = Signer.parse(value)
    except Malformed:
        raise ValueError("must look like PRIVATE+KEY+<name>+<hash>+<base64>") from None
    if signer.kind is not KeyKind.ED25519:
        raise ValueError("is a witness' key, not one of a log")
    return signer


def own_file(value: str) -> Path:
    """A file that we write, in a folder that may have to be made. Anything that is no file stays what it
    is."""
    path = Path(value).expanduser().resolve()
    if path.exists() and not path.is_file():
        raise ValueError("must be a file, or nothing yet")
    return path


def witnesses(value: str) -> tuple[tuple[VerifierKey, str], ...]:
    """A list of witnesses, separated by commas: each one's verifier key, a space, and its address."""
    found = []
    for part in (part.strip() for part in value.split(",")):
        if not part:
            continue
        key_text, _, url = part.partition(" ")
        try:
            key = VerifierKey.parse(key_text)
        except Malformed as error:
            # The settings end their sentences themselves.
            why = str(error).removesuffix(".")
            raise ValueError(f"must be a list of <verifier key> <address>: {why}") from None
        if key.kind is not KeyKind.COSIGNATURE:
            raise ValueError(f"names {key.name} with a log's key: a witness has one of kind 4")
        if urlsplit(url.strip()).scheme not in ("http", "https"):
            raise ValueError(f"must give {key.name} an address like https://witness.example.org")
        found.append((key, url.strip()))
    if len({key.name for key, _ in found}) < len(found):
        raise ValueError("must name each witness once")
    return tuple(found)
