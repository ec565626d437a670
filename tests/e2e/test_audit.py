"""The auditor finds a consultation, replays it, has it verified; and is told what somebody changed."""

import asyncio
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from playwright.async_api import Route, expect

from chat_archive.note import KeyKind, Signer, parse_note, sign
from domain.accounts import Role
from tests.e2e.accessibility import complaints
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.pages import Replay, auditor_finds

SAID = ("How did you sleep?", "Badly, doctor.", "Take it in the evening from now on.")


async def opened(hospital: Hospital, sit: Sit, visit: Visit) -> Replay:
    await hospital.sealed(visit)
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    return await auditor_finds(await auditor.open("/auditor"), auditor, visit.patient.display_name)


async def test_the_replay_says_everything_at_the_time_it_was_kept(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    kept = hospital.rows(
        "select seq, recorded_at from archive_entry where conversation_id = %s order by seq", visit.id
    )
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")
    await expect(replay.rows).to_have_count(len(kept))
    shown = await replay.rows.locator("time").evaluate_all("all => all.map((one) => one.dateTime)")
    assert [datetime.fromisoformat(moment) for moment in shown] == [moment for _, moment in kept]
    for text in SAID:
        await expect(replay.transcript.get_by_text(text, exact=True)).to_have_count(1)

    await replay.head.press("Home")
    await expect(replay.head).to_have_attribute("aria-valuenow", "1")
    await replay.page.get_by_text(replay.say("timeline.times", speed=10), exact=True).click()
    await replay.page.get_by_role("switch", name=replay.say("timeline.skip")).check()
    await replay.page.get_by_role("button", name=replay.say("timeline.play"), exact=True).click()
    await expect(replay.head).to_have_attribute("aria-valuenow", str(len(kept)))
    await expect(replay.transcript.get_by_text(SAID[-1], exact=True)).to_be_visible()


async def test_one_changed_byte_is_named_by_the_page_and_by_the_command(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")
    intact = await verify(hospital)
    assert intact[0] == 0, intact

    seq = await seq_of(replay, SAID[1])
    undo = change_one_byte(hospital, visit, seq)
    try:
        await replay.check_again()
        await replay.demand_verdict("broken")
        findings = replay.verdict.get_by_role("list", name=replay.say("verdict.findings"))
        words = replay.say("finding.body-unreadable", where=replay.say("place.entry", seq=seq))
        await expect(findings.get_by_role("listitem")).to_have_text([words])
        marked = replay.transcript.locator('[data-broken="true"]')
        await expect(marked).to_have_count(1)
        await expect(marked).to_contain_text(replay.say("mark.body-unreadable"))
        assert await complaints(replay.page) == []
        await findings.get_by_role("button").click()
        await expect(replay.entry).to_contain_text(words)

        code, said = await verify(hospital)
        assert code == 2, said
        assert any(visit.id in line and f"entry {seq}" in line for line in said.splitlines()), said
    finally:
        undo()
    await replay.check_again()
    await replay.demand_verdict("intact")


async def test_another_text_handed_to_the_page_is_named(hospital: Hospital, sit: Sit) -> None:
    """The server itself lies: it decrypts rightly and hands out another text."""
    visit = await hospital.past_visit(SAID)
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")
    seq = await seq_of(replay, SAID[1])

    async def lie(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=(await answer.text()).replace("Badly", "Gladly"))

    await replay.page.route(f"**/api/archive/consultations/{visit.id}", lie)
    await replay.check_again()
    await replay.demand_verdict("broken")
    words = replay.say("finding.body-altered", where=replay.say("place.entry", seq=seq))
    await expect(replay.verdict.get_by_role("button", name=words)).to_be_visible()


async def test_a_log_signed_again_with_another_key_is_said_to_be_so(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")

    async def sign_again(route: Route) -> None:
        answer = await route.fetch()
        proof = await answer.json()
        text = parse_note(proof["checkpoint"]).text
        forger = Signer(text.split("\n")[0], KeyKind.ED25519, b"\x07" * 32)
        proof["checkpoint"] = sign(text, [forger])
        if "with-key" in route.request.frame.url:
            proof["log_key"] = forger.verifier.format()
        await route.fulfill(response=answer, json=proof)

    await replay.page.route(f"**/api/archive/consultations/{visit.id}/proof", sign_again)
    await replay.check_again()
    await replay.demand_verdict("broken")
    await expect(replay.verdict).to_contain_text(replay.say("finding.checkpoint-signature"))

    # A server that changes the key as well is caught by the browser that has seen the first one.
    await replay.page.goto(f"{hospital.url}/auditor/consultations/{visit.id}?with-key")
    await replay.demand_verdict("intact")
    await expect(replay.verdict.get_by_role("alert")).to_contain_text(replay.say("verdict.keyAccept"))


async def test_the_evidence_is_exported_for_a_reason(hospital: Hospital, sit: Sit, tmp_path: Path) -> None:
    visit = await hospital.past_visit(SAID)
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")
    await replay.verdict.get_by_role("button", name=replay.say("verdict.export")).click()
    dialog = replay.page.get_by_role("dialog")
    assert await complaints(replay.page) == []
    await dialog.get_by_label(replay.say("export.reason")).fill("A complaint of the patient")
    async with replay.page.expect_download() as loading:
        await dialog.get_by_role("button", name=replay.say("export.do"), exact=True).click()
    pack = tmp_path / "pack.zip"
    await (await loading.value).save_as(pack)
    with zipfile.ZipFile(pack) as opened_pack:
        assert "README.txt" in opened_pack.namelist()
    await expect(dialog.get_by_role("status")).to_be_visible()


async def test_a_kept_receipt_is_still_part_of_the_log(hospital: Hospital, sit: Sit, tmp_path: Path) -> None:
    visit = await hospital.past_visit(SAID)
    await hospital.sealed(visit)
    patient = await sit(visit.patient)
    page = await patient.open(f"/visit/{visit.appointment.id}")
    line = page.get_by_test_id("receipt")
    await expect(line).to_have_attribute("data-state", "sealed")
    ((entries,),) = hospital.rows("select count(*) from archive_entry where conversation_id = %s", visit.id)
    await expect(line).to_contain_text(patient.words("features/receipts", "line.sealed_other", count=entries))
    async with page.expect_download() as loading:
        await line.get_by_role("button").click()
    download = await loading.value
    assert download.suggested_filename.endswith(".tlog-proof")
    kept = tmp_path / download.suggested_filename
    await download.save_as(kept)

    later = await hospital.past_visit(SAID)
    await hospital.sealed(later)
    await page.goto(f"{hospital.url}/receipt")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await complaints(page) == []
    await page.locator("input[type=file]").set_input_files(kept)
    result = patient.words("features/receipts", "result.part")
    await expect(page.get_by_role("heading", name=result)).to_be_visible()
    assert await complaints(page) == []

    # The log as another server would serve it: rewritten before the receipt's checkpoint.
    async def rewrite(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=bytes(byte ^ 1 for byte in await answer.body()))

    await page.route("**/log/tile/**", rewrite)
    await page.locator("input[type=file]").set_input_files(kept)
    rewritten = patient.words("features/receipts", "result.rewritten")
    await expect(page.get_by_role("heading", name=rewritten)).to_be_visible()


async def verify(hospital: Hospital) -> tuple[int, str]:
    """Run `televisit archive verify` beside the server; return its exit code and what it said."""
    done = await asyncio.to_thread(hospital.server.command, "archive", "verify")
    return done.returncode, done.stdout + done.stderr


async def seq_of(replay: Replay, text: str) -> int:
    """Return the number of the entry that says this, as the page numbers it."""
    return int(await replay.rows.filter(has_text=text).locator("span").first.inner_text())


def change_one_byte(hospital: Hospital, visit: Visit, seq: int) -> Callable[[], None]:
    """Change one bit of what is kept of an entry's body, or what this changes back."""

    def flip() -> None:
        hospital.tamper(
            "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "  # noqa: S608
            f"where conversation_id = '{visit.id}' and seq = {seq}"
        )

    flip()
    return flip
