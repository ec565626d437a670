"""Files in a visit: how large, how many, of which types, and what they may be called. Stdlib only."""

import re
import unicodedata

from domain.errors import Code, FieldFault, InvalidInput
from domain.facts import Body

FILE_BYTES_MAX = 20 * 1024 * 1024
FILES_MAX = 50
"""Files that one visit can hold."""
UNFINISHED_MAX = 100
"""Uploads of one visit that were begun lately and named by no entry."""
SNIFF_BYTES = 64
"""How many of a file's first bytes tell its type."""
NAME_MAX = 120

_JPEG, _PNG, _WEBP, _HEIC, _PDF = "image/jpeg", "image/png", "image/webp", "image/heic", "application/pdf"
_ENDINGS = {
    _JPEG: (".jpg", ".jpeg"),
    _PNG: (".png",),
    _WEBP: (".webp",),
    _HEIC: (".heic", ".heif"),
    _PDF: (".pdf",),
}
FILE_TYPES = tuple(_ENDINGS)
"""The media types (RFC 6838) that a file can have."""
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis"}
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/]')


def file_type(head: bytes) -> str:
    """Return a file's media type, told by its first SNIFF_BYTES bytes and never by its name.

    Raise InvalidInput (file.type_not_allowed) for anything that is not one of FILE_TYPES.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head.startswith(b"%PDF-"):
        return _PDF
    # ISO/IEC 14496-12: a box of type ftyp with the major brand, a version, then the compatible brands.
    if head[4:8] == b"ftyp":
        end = min(int.from_bytes(head[:4], "big"), len(head))
        brands = {head[at : at + 4] for at in (8, *range(16, end - 3, 4))}
        if brands & _HEIC_BRANDS:
            return _HEIC
    raise InvalidInput(
        "Only pictures (JPEG, PNG, WebP, HEIC) and PDF documents can be added.",
        {"file": FieldFault.NOT_A_CHOICE},
        Code.FILE_TYPE,
    )


def clean_name(name: str, media_type: str) -> str:
    """Return a name that shows as what it is and can be saved anywhere, with the ending of its type.

    Folders, control and formatting characters (which can turn a name round) and reserved signs are taken out.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    plain = " ".join(_NOT_IN_NAMES.sub("", shown).split()).rstrip(". ")
    ending = next((plain[-len(one) :] for one in _ENDINGS[media_type] if plain.lower().endswith(one)), "")
    stem = plain.removesuffix(ending).strip(". ")[: NAME_MAX - 5].strip(". ")
    return (stem or "file") + (ending or _ENDINGS[media_type][0])


def file_body(digest: bytes, name: str, size: int, media_type: str) -> Body:
    """Return the body of a file's entry: SHA-256 in hexadecimal, name, bytes and media type."""
    return {"digest": digest.hex(), "name": name, "size": size, "type": media_type}


def consent_body(version: str, digest: bytes) -> Body:
    """Return the body of a consent: which text, by its version and the SHA-256 of what was shown."""
    return {"digest": digest.hex(), "version": version}
