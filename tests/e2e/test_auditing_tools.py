"""An auditor looks for a word, draws a sample and counts: from the pages to the job and the log, and back."""

from playwright.async_api import expect

from domain.accounts import Role
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital

SAID = ("How did you sleep?", "Badly, with a FEVER.", "Take it in the evening from now on.")


async def test_a_word_is_found_by_the_job_and_leads_to_the_record(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    page = await auditor.open("/auditor/texts")

    def say(key: str, **values: object) -> str:
        return auditor.words("features/archive-keyword", key, **values)

    await page.get_by_label(say("word")).fill("fever")
    await page.get_by_label(say("reason")).fill("Complaint 17")
    await page.get_by_text(say("scope.patient"), exact=True).click()
    await page.get_by_label(say("patientName")).fill(visit.patient.display_name)
    await page.get_by_label(say("patientName")).press("Enter")
    await page.get_by_role("radio", name=visit.patient.display_name).first.check()
    await page.get_by_role("button", name=say("begin"), exact=True).click()
    found = page.get_by_role("list", name=say("results"))
    await expect(found.get_by_role("listitem")).to_have_count(1)
    await expect(found.locator("mark")).to_have_text("FEVER")
    lines = hospital.rows(
        "select count(*) from audit_event where action = 'archive.keyword_decrypt' and subject_id = %s",
        visit.id,
    )
    assert lines == [(1,)]
    await found.get_by_role("link", name=say("openRecord")).click()
    await page.wait_for_url(f"**/auditor/consultations/{visit.id}#entry-*")


async def test_what_is_complete_is_counted_and_listed(hospital: Hospital, sit: Sit) -> None:
    visit = await hospital.past_visit(SAID)
    await hospital.sealed(visit)
    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    page = await auditor.open("/auditor/completeness")

    def say(key: str, **values: object) -> str:
        return auditor.words("features/archive-completeness", key, **values)

    name = say("figure.conversations")
    await page.get_by_role("link", name=say("listed", figure=name)).click()
    table = page.get_by_role("table", name=name)
    await expect(table.get_by_role("link", name=visit.patient.display_name).first).to_be_visible()
