"""The auditor finds a consultation, replays it, has it verified; and is told what somebody changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from playwright.async_api import expect

from actions.data_keys import reading_keys
from chat_archive.data_keys import open_entry
from domain.accounts import SYSTEM, Role
from storage.archive import PgArchiveStore
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital, Visit
from tests.e2e.pages import Replay, auditor_finds

SAID = ("How did you sleep?", "Badly, doctor.", "Take it in the evening from now on.")


async def opened(hospital: Hospital, sit: Sit, visit: Visit) -> Replay:
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
    await replay.page.get_by_text(replay.say("timeline.fastest"), exact=True).click()
    await replay.page.get_by_role("button", name=replay.say("timeline.play"), exact=True).click()
    await expect(replay.head).to_have_attribute("aria-valuenow", str(len(kept)))
    await expect(replay.transcript.get_by_text(SAID[-1], exact=True)).to_be_visible()


async def test_one_changed_byte_is_named_by_the_page_and_by_the_command(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    replay = await opened(hospital, sit, visit)
    await replay.demand_verdict("intact")
    intact = await verify(hospital)
    assert intact[0] == 0, intact

    seq = await seq_of(hospital, visit, SAID[1])
    undo = change_one_byte(hospital, visit, seq)
    try:
        await replay.check_again()
        await replay.demand_verdict("broken")
        findings = replay.verdict.get_by_role("list", name=replay.say("verdict.findings"))
        await expect(findings.get_by_role("listitem")).to_have_text([replay.say("finding.altered", seq=seq)])
        marked = replay.transcript.locator('[data-broken="true"]')
        await expect(marked).to_have_count(1)
        await expect(marked).not_to_contain_text(SAID[1])
        await findings.get_by_role("button").click()
        await expect(replay.entry).to_contain_text(replay.say("finding.altered", seq=seq))

        code, said = await verify(hospital)
        assert code == 2
        named = [line for line in said.splitlines() if visit.id in line]
        assert len(named) == 1
        assert named[0].startswith(f"{visit.id} entry {seq}: body-damaged")
    finally:
        undo()
    await replay.check_again()
    await replay.demand_verdict("intact")


async def verify(hospital: Hospital) -> tuple[int, str]:
    """Run `televisit archive verify` beside the server; return its exit code and what it said."""
    done = await asyncio.to_thread(hospital.server.command, "archive", "verify")
    return done.returncode, done.stdout


async def seq_of(hospital: Hospital, visit: Visit, text: str) -> int:
    """Return the number of the entry that holds this text."""
    conversation = visit.appointment.consultation_id
    async with hospital.work.begin(SYSTEM, "test") as ctx:
        key = (await reading_keys(ctx, [conversation]))[conversation]
        kept = await PgArchiveStore(ctx.tx).read(conversation, 0, 100)
    (seq,) = [entry.seq for entry in kept if text.encode() in (open_entry(entry, key).body or b"")]
    return seq


def change_one_byte(hospital: Hospital, visit: Visit, seq: int) -> Callable[[], None]:
    """Flip the lowest bit of one byte of one message, sealed as it is kept; the result flips it back."""

    def flip() -> None:
        hospital.tamper(
            "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "  # noqa: S608
            f"where conversation_id = '{visit.id}' and seq = {seq}"
        )

    flip()
    return flip
