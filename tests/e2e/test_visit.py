"""A visit in two browsers, from the sign-in form to the sealed record."""

from playwright.async_api import expect

from domain.accounts import Role
from tests.e2e.browsers import PHONE
from tests.e2e.calls import Call, begin_call
from tests.e2e.conftest import Sit
from tests.e2e.hospital import Hospital
from tests.e2e.pages import DoctorInVisit, PatientInVisit, auditor_finds, doctor_opens, patient_opens, sign_in
from tests.servers import MailServer


async def test_a_visit_from_the_form_to_the_sealed_record(
    hospital: Hospital, sit: Sit, mail_server: MailServer
) -> None:
    visit = await hospital.visit()
    name = visit.patient.display_name
    doctor = await doctor_opens(await sit(visit.doctor))
    await doctor.demand_group(name, "planned")

    # The patient signs in, finds the visit on the first page, and gets ready.
    who = await sit(None, viewport=PHONE)
    page = await who.open("/")
    await sign_in(page, who, visit.patient.login)
    card = page.get_by_test_id("next-visit")
    await expect(card).to_contain_text(visit.doctor.display_name)
    await card.get_by_role("link", name=who.words("features/visits", "action.prepare")).click()
    patient = PatientInVisit(page, who)
    await patient.enter()

    # Nobody reloads the console: it shows who came.
    await doctor.demand_group(name, "waiting")
    await doctor.choose(name)
    # It is long ago that the doctor signed in: asked once more, and let on where this was.
    secret = await hospital.second_factor(visit.doctor)
    hospital.age_proofs(visit.doctor)
    await doctor.admit()
    await doctor.prove(secret)
    call = Call(visit, patient, doctor)
    await patient.demand_step("call")
    await call.demand_flow()
    await doctor.demand_group(name, "inCall")

    await patient.open_chat()
    await patient.chat.write("Good morning, doctor. 您好")
    await patient.chat.demand_kept("Good morning, doctor. 您好")
    await doctor.chat.demand_heard("Good morning, doctor. 您好")
    await doctor.chat.write("Good morning. How did you sleep?")
    await doctor.chat.demand_kept("Good morning. How did you sleep?")
    await patient.chat.demand_heard("Good morning. How did you sleep?")
    await patient.close_chat()

    await doctor.finish()
    await patient.demand_step("afterwards")
    await doctor.demand_group(name, "finished")
    await expect(patient.page.get_by_role("heading", level=1)).to_have_text(
        who.words("features/afterwards", "title.fresh")
    )
    assert await patient.chat.texts() == ["Good morning, doctor. 您好", "Good morning. How did you sleep?"]
    await expect(patient.chat.field).to_have_count(0)

    # The patient is told by mail, once.
    letter = await mail_server.letter_to(str(visit.patient.email), "ended")
    assert visit.doctor.display_name in letter.get_content()
    assert f"{hospital.url}/records" in letter.get_content()

    auditor = await sit(await hospital.person(Role.AUDITOR, "Robin Gray"))
    replay = await auditor_finds(await auditor.open("/auditor"), auditor, name)
    await replay.demand_verdict("intact")
    await expect(replay.transcript.get_by_text("How did you sleep?")).to_be_visible()
    kinds = [kind for (kind,) in hospital.rows(
        "select kind from archive_entry where conversation_id = %s order by seq", visit.id
    )]  # fmt: skip
    assert kinds[0] == "arrived"
    assert kinds[-1] == "finished"
    assert kinds.count("chat") == 2
    assert kinds.count("admitted") == 1
    assert kinds.count("consent") == 1


async def test_the_patients_reload_comes_back_into_the_same_call(hospital: Hospital, sit: Sit) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    await call.patient.open_chat()
    await call.patient.chat.write("Before the reload.")
    await call.doctor.chat.demand_heard("Before the reload.")

    await call.patient.page.reload()
    await call.patient.demand_step("call")
    await call.demand_flow()
    await call.patient.open_chat()
    await call.patient.chat.demand_kept("Before the reload.")
    await call.doctor.chat.write("After the reload.")
    await call.patient.chat.demand_heard("After the reload.")
    await demand_never_left(call.doctor)
    demand_one_stay(hospital.kinds(call.visit, call.visit.doctor))


async def test_the_doctors_reload_comes_back_into_the_same_call(hospital: Hospital, sit: Sit) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    await call.doctor.chat.write("Before the reload.")
    await call.doctor.chat.demand_kept("Before the reload.")

    await call.doctor.page.reload()
    await call.demand_flow()
    await call.doctor.chat.demand_kept("Before the reload.")
    await call.patient.open_chat()
    await call.patient.chat.write("After the reload.")
    await call.doctor.chat.demand_heard("After the reload.")
    await demand_never_left(call.patient)
    demand_one_stay(hospital.kinds(call.visit, call.visit.patient))


async def test_a_dropped_socket_comes_back_while_sound_and_picture_go_on(
    hospital: Hospital, sit: Sit
) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    patient = call.patient
    patient.who.expect_complaint("ERR_INTERNET_DISCONNECTED")  # the network is taken away below
    patient.who.expect_complaint("WebSocket")
    await patient.open_chat()
    await patient.who.context.set_offline(True)
    await expect(patient.page.get_by_text(patient.words("features/chat", "offline"))).to_be_visible()
    await patient.chat.write("Written without a network.")
    await expect(patient.chat.message("Written without a network.")).to_contain_text(
        patient.words("features/chat", "state.waiting")
    )
    await call.doctor.chat.write("Said meanwhile.")
    await call.doctor.chat.demand_kept("Said meanwhile.")

    await patient.who.context.set_offline(False)
    await patient.chat.demand_kept("Written without a network.")
    await patient.chat.demand_heard("Said meanwhile.")
    await call.doctor.chat.demand_heard("Written without a network.")
    await call.demand_flow()
    await demand_never_left(call.doctor)
    await demand_never_left(call.patient)


async def test_mute_and_camera_off_are_seen_by_the_other_side(hospital: Hospital, sit: Sit) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    name = call.visit.patient.display_name
    say = call.doctor.words
    muted = call.doctor.stage.root.get_by_text(say("features/call", "muted", name=name))
    await expect(muted).to_have_count(0)
    await call.patient.control("mute").click()
    await expect(muted).to_be_visible()

    await call.patient.control("cameraOff").click()
    off = say("features/call", "bothOff.what", name=name)
    await expect(call.doctor.stage.root.get_by_text(off)).to_be_visible()
    await call.patient.control("unmute").click()
    await expect(muted).to_have_count(0)
    await call.patient.control("cameraOn").click()
    await call.demand_flow()
    await expect(call.doctor.stage.root.get_by_text(off)).to_have_count(0)
    media = [kind for kind in hospital.kinds(call.visit, call.visit.patient) if kind == "media"]
    assert len(media) == 4


async def test_the_patient_hangs_up_and_comes_back(hospital: Hospital, sit: Sit) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    await call.patient.leave()
    await call.patient.demand_step("left")
    await expect(call.doctor.stage.root).to_have_attribute("data-view", "away.left")
    await call.doctor.chat.write("Are you still there?")
    await call.patient.page.get_by_role(
        "button", name=call.patient.words("apps/patient", "visit.left.again")
    ).click()
    await call.patient.demand_step("call")
    await call.demand_flow()
    await call.patient.open_chat()
    await call.patient.chat.demand_heard("Are you still there?")
    await demand_never_left(call.doctor)


async def test_a_second_tab_takes_the_call_over_and_the_first_can_take_it_back(
    hospital: Hospital, sit: Sit
) -> None:
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    first = call.patient
    second = await patient_opens(first.who, call.visit)
    await second.demand_step("ready")
    await second.page.get_by_role("button", name=second.words("apps/patient", "visit.join.enter")).click()
    await second.demand_step("call")
    await first.demand_step("superseded")
    await second.demand_call()
    await call.doctor.demand_call()

    await first.page.get_by_role("button", name=first.words("apps/patient", "visit.superseded.here")).click()
    await second.demand_step("superseded")
    await call.demand_flow()
    await demand_never_left(call.doctor)


async def demand_never_left(side: PatientInVisit | DoctorInVisit) -> None:
    """The call was on this page from its first moment to now, whatever the other side did."""
    history = await side.stage.history()
    first = next(index for index, seen in enumerate(history) if "/person/" in seen)
    assert all(seen.startswith("inside/") for seen in history[first:]), history


def demand_one_stay(kinds: list[str]) -> None:
    """The record has this person come once and not go."""
    assert kinds.count("joined") == 1, kinds
    assert "left" not in kinds, kinds
