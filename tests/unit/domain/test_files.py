"""What may be added to a visit: types by their bytes, names that show what they are."""

import pytest

from domain.errors import Code, InvalidInput
from domain.files import FILE_TYPES, NAME_MAX, clean_name, consent_body, file_body, file_type

HEADS = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3",
}


@pytest.mark.parametrize("media_type", FILE_TYPES)
def test_a_type_is_told_by_the_first_bytes(media_type: str) -> None:
    assert file_type(HEADS[media_type]) == media_type


def test_a_picture_of_an_iphone_whose_major_brand_is_general_is_one() -> None:
    assert file_type(b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heicmiaf") == "image/heic"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff\xd8",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<!doctype html>",
        b"PK\x03\x04",
        b"MZ\x90",
        b"RIFF\x24\x00\x00\x00WAVE",
        b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1",
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom",
        b" %PDF-1.7",
        b"\x00\x00\x00\x10ftypmif1\x00\x00\x00\x00heic",
    ],
)
def test_anything_else_is_refused(head: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        file_type(head)
    assert refused.value.code is Code.FILE_TYPE


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("化验单.pdf", "化验单.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\report.PDF", "report.PDF"),
        ("report.exe", "report.exe.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
        ("  a   b .pdf", "a b.pdf"),
        ("", "file.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("\ud800.pdf", "file.pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, clean: str) -> None:
    assert clean_name(name, "application/pdf") == clean


def test_a_long_name_keeps_its_ending() -> None:
    found = clean_name("长" * 500 + ".jpeg", "image/jpeg")
    assert len(found) == NAME_MAX
    assert found.endswith(".jpeg")


def test_bodies_hold_digests_in_hexadecimal() -> None:
    assert file_body(b"\xab" * 32, "a.pdf", 5, "application/pdf") == {
        "digest": "ab" * 32,
        "name": "a.pdf",
        "size": 5,
        "type": "application/pdf",
    }
    assert consent_body("2026-11", b"\x01" * 32) == {"digest": "01" * 32, "version": "2026-11"}
