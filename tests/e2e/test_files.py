"""Pictures and documents in a visit: added on a phone, seen at the desk, kept for the auditor."""

import struct
import zlib
from hashlib import sha256
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.e2e.calls import begin_call
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def png(width: int = 64, height: int = 48) -> bytes:
    """Make a picture of one colour that a browser can draw."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\x00" + b"\xc7\x77\x00" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


async def demand_drawn(picture: Locator) -> None:
    await expect(picture).to_be_visible()
    await picture.evaluate("async (image) => { await image.decode(); }")
    assert await picture.evaluate("(image) => image.naturalWidth") == 64


async def test_a_picture_from_the_phone_is_seen_at_the_desk_and_a_document_comes_back(
    hospital: Hospital, sit: Sit, tmp_path: Path
) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    patient, doctor = call.patient, call.doctor
    await patient.open_chat()

    await patient.chat.add_file("皮疹.png", "image/png", png())
    for side in (patient, doctor):
        await demand_drawn(side.chat.log.get_by_role("img"))
    await patient.chat.demand_kept("皮疹.png")
    await doctor.chat.demand_heard("皮疹.png")

    await doctor.chat.add_file("results.pdf", "application/pdf", PDF)
    link = patient.chat.log.get_by_role("link", name="results.pdf")
    async with patient.page.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename == "results.pdf"
    await download.save_as(tmp_path / "results.pdf")
    assert (tmp_path / "results.pdf").read_bytes() == PDF

    await doctor.chat.demand_kept("results.pdf")
    assert hospital.rows(
        "select count(*) from archive_entry where conversation_id = %s and kind = 'file'", call.visit.id
    ) == [(2,)]
    assert sha256(PDF).digest() not in [
        bytes(digest) for (digest,) in hospital.rows("select sealed_digest from object_kept")
    ]


async def test_what_is_no_picture_is_refused_in_words_and_can_be_taken_back(
    hospital: Hospital, sit: Sit
) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    patient = call.patient
    patient.who.expect_complaint("415")
    await patient.open_chat()
    await patient.chat.add_file("notes.pdf", "application/pdf", b"not a PDF at all")
    alert = patient.chat.log.get_by_role("alert")
    await expect(alert).to_contain_text(patient.words("features/chat", "file.failed"))
    await patient.chat.log.get_by_role("button", name=patient.words("features/chat", "discard")).click()
    await expect(alert).to_have_count(0)
    assert hospital.rows(
        "select count(*) from archive_entry where conversation_id = %s and kind = 'file'", call.visit.id
    ) == [(0,)]
