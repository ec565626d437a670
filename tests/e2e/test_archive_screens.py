"""Takes the archive's pages for people to look at: each verdict, the keys, the export, the receipts."""

from functools import partial

import pytest
from playwright.async_api import Page, Route, expect

from chat_archive.note import KeyKind, Note, Signer, cosign, parse_note
from domain.accounts import Role
from tests.e2e.browsers import DESK, PHONE, Person
from tests.e2e.cast import CHINESE_CAST, ENGLISH_CAST, Cast
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.pages import Replay, auditor_finds, doctor_opens
from tests.e2e.screens import Screens
from tests.waiting import until

pytestmark = pytest.mark.full

_SEEN_AT = 1_795_420_800


async def _cosigned(route: Route) -> None:
    """Hand the proof on as if a witness had cosigned its checkpoint."""
    answer = await route.fetch()
    proof = await answer.json()
    witness = Signer("witness.health-authority.example/w1", KeyKind.COSIGNATURE, b"\x05" * 32)
    note = parse_note(proof["checkpoint"])
    proof["checkpoint"] = Note(note.text, (*note.signatures, cosign(note.text, witness, _SEEN_AT))).format()
    proof["witness_keys"] = [witness.verifier.format()]
    await route.fulfill(response=answer, json=proof)


async def _unsealed(route: Route) -> None:
    """Hand the proof on as it is before the last entries are sealed."""
    answer = await route.fetch()
    proof = await answer.json()
    for entry in proof["entries"][-2:]:
        entry.update(index=None, path=[])
    await route.fulfill(response=answer, json=proof)


@pytest.mark.parametrize("cast", [ENGLISH_CAST, CHINESE_CAST], ids=["en", "zh-CN"])
async def test_the_archives_pages_are_there_to_look_at(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital({"HOSPITAL_NAME": cast.hospital})
    screens = Screens(cast.words.language)
    patient, doctor, auditor = [
        await hospital.person(role, name, locale=cast.words.language, marked=False)
        for role, name in (
            (Role.PATIENT, cast.patients[0]),
            (Role.DOCTOR, cast.doctor),
            (Role.AUDITOR, cast.doctor),
        )
    ]
    visit = await hospital.visit(doctor=doctor, patient=patient)
    await hospital.past_visit(cast.said, visit)
    await hospital.sealed(visit)

    who = await sit(auditor, words=cast.words, at=hospital)
    replay = await auditor_finds(await who.open("/auditor"), who, patient.display_name)
    await replay.demand_verdict("intact")
    await screens.take(replay.page, "verdict-intact")
    await _dialogs(replay, screens)

    proofs = f"**/api/archive/consultations/{visit.id}/proof"
    await replay.page.route(proofs, _unsealed)
    await replay.check_again()
    await expect(replay.transcript.get_by_text(replay.say("mark.unsealed")).first).to_be_visible()
    await screens.take(replay.page, "verdict-unsealed-entries")
    await replay.page.unroute(proofs)
    await replay.page.route(proofs, _cosigned)
    await replay.check_again()
    await expect(replay.verdict.get_by_role("list", name=replay.say("verdict.witnesses"))).to_be_visible()
    await screens.take(replay.page, "verdict-witnessed")
    hospital.tamper(
        "update archive_entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "  # noqa: S608
        f"where conversation_id = '{visit.id}' and seq = 6"
    )
    await replay.check_again()
    await replay.demand_verdict("broken")
    await replay.verdict.get_by_role("listitem").get_by_role("button").first.click()
    await screens.take(replay.page, "verdict-broken")

    side = await sit(patient, words=cast.words, at=hospital)
    page = await side.open(f"/visit/{visit.appointment.id}")
    await page.set_viewport_size(PHONE)
    await expect(page.get_by_test_id("receipt")).to_have_attribute("data-state", "sealed")
    await screens.take(page, "receipt-afterwards")
    async with page.expect_download() as loading:
        await page.get_by_test_id("receipt").get_by_role("button").click()
    kept = await (await loading.value).path()
    await _receipts(page, str(kept), f"{hospital.url}/receipt", screens)

    desk = await sit(doctor, words=cast.words, at=hospital)
    console = await doctor_opens(desk)
    await console.page.goto(f"{hospital.url}/doctor/{visit.id}")
    await expect(console.page.get_by_test_id("receipt")).to_have_attribute("data-state", "sealed")
    await screens.take(console.page, "receipt-console", whole=False)


AUDITORS_PAGES = (
    "",
    "/texts",
    "/samples",
    "/completeness",
    "/completeness/conversations",
    "/retention",
    "/audit",
    "/sessions",
)


@pytest.mark.parametrize("cast", [ENGLISH_CAST, CHINESE_CAST], ids=["en", "zh-CN"])
async def test_every_place_of_the_auditor_is_there_to_look_at_and_to_reach(
    cast: Cast, open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital({"HOSPITAL_NAME": cast.hospital})
    screens = Screens(cast.words.language)
    patient, doctor, auditor = [
        await hospital.person(role, name, locale=cast.words.language, marked=False)
        for role, name in (
            (Role.PATIENT, cast.patients[0]),
            (Role.DOCTOR, cast.doctor),
            (Role.AUDITOR, cast.doctor),
        )
    ]
    visit = await hospital.visit(doctor=doctor, patient=patient)
    await hospital.past_visit(cast.said, visit)
    await hospital.sealed(visit)
    who = await sit(auditor, words=cast.words, at=hospital)
    page = await who.open("/auditor")
    for place in AUDITORS_PAGES:
        await page.goto(f"{hospital.url}/auditor{place}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await page.wait_for_load_state("networkidle")
        await screens.take(page, f"auditor{place.replace('/', '-')}")
        for size in (PHONE, DESK):
            await page.set_viewport_size(size)
            await until(partial(_all_within_reach, page))

    # On a phone every place is two presses away; at a desk they stand beside each other.
    await expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(6)
    await page.set_viewport_size(PHONE)
    await page.get_by_role("navigation").get_by_role("button").click()
    await expect(page.get_by_role("menuitem")).to_have_count(6)
    await page.screenshot(path=screens.folder / f"auditor-places-{PHONE['width']}.png")
    await page.get_by_role("menuitem", name=who.words("apps/auditor", "texts"), exact=True).click()
    await page.wait_for_url("**/auditor/texts")

    await page.set_viewport_size(DESK)
    await _find_a_word(page, who, cast)
    await page.wait_for_load_state("networkidle")
    await screens.take(page, "auditor-texts-result")
    await page.goto(f"{hospital.url}/auditor/samples")
    await _draw_a_sample(page, who)
    await page.wait_for_load_state("networkidle")
    await screens.take(page, "auditor-samples-result")


async def _find_a_word(page: Page, who: Person, cast: Cast) -> None:
    def say(key: str) -> str:
        return who.words("features/archive-keyword", key)

    await page.get_by_label(say("word")).fill("138")
    await page.get_by_label(say("reason")).fill("2026-117")
    await page.get_by_text(say("scope.patient"), exact=True).click()
    await page.get_by_label(say("patientName")).fill(cast.patients[0])
    await page.get_by_label(say("patientName")).press("Enter")
    await page.get_by_role("radio", name=cast.patients[0]).first.check()
    await page.get_by_role("button", name=say("begin"), exact=True).click()
    await expect(page.get_by_role("list", name=say("results")).get_by_role("listitem")).to_have_count(1)


async def _draw_a_sample(page: Page, who: Person) -> None:
    draw = who.words("features/archive-samples", "draw")
    await page.get_by_role("button", name=draw, exact=True).click()
    await page.wait_for_url("**/auditor/samples/*")
    await expect(page.get_by_role("heading", level=2).first).to_be_visible()


async def _all_within_reach(page: Page) -> bool:
    """Say whether neither the bar nor the page reaches beyond its own edge."""
    within = await page.evaluate(
        """() => ['html', 'header', 'header nav'].every((one) => {
            const box = document.querySelector(one);
            return !box || box.scrollWidth <= box.clientWidth;
        })"""
    )
    return bool(within)


async def _dialogs(replay: Replay, screens: Screens) -> None:
    for name, button in (("keys", "verdict.keys"), ("export", "verdict.export")):
        await replay.verdict.get_by_role("button", name=replay.say(button)).click()
        await expect(replay.page.get_by_role("dialog")).to_be_visible()
        await screens.take(replay.page, f"record-{name}", whole=False)
        await replay.page.keyboard.press("Escape")
        await expect(replay.page.get_by_role("dialog")).to_have_count(0)


async def _receipts(page: Page, kept: str, address: str, screens: Screens) -> None:
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await screens.take(page, "receipt")
    await page.locator("input[type=file]").set_input_files(kept)
    await expect(page.get_by_role("heading", level=2)).to_be_visible()
    await screens.take(page, "receipt-part")

    async def other_key(route: Route) -> None:
        answer = await route.fetch()
        note = parse_note(await answer.text())
        forger = Signer(note.signatures[0].name, KeyKind.ED25519, b"\x07" * 32)
        await route.fulfill(response=answer, body=Note(note.text, (forger.sign(note.text),)).format())

    await page.route("**/log/checkpoint", other_key)
    await page.locator("input[type=file]").set_input_files(kept)
    await expect(page.locator("[data-tone='bad']")).to_be_visible()
    await screens.take(page, "receipt-contradiction")
