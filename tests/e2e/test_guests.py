"""A third person is invited by a link, comes into the call, and leaves it again."""

from playwright.async_api import expect

from tests.e2e.browsers import PHONE
from tests.e2e.calls import begin_call
from tests.e2e.conftest import OpenHospital, Sit
from tests.e2e.guests import close_dialog, demand_faces_free, demand_three, guest_opens, invite
from tests.e2e.test_relayed_visits import WITH_RELAY, demand_route

NAME = "王芳"


async def test_a_guest_is_invited_into_a_call_and_the_three_see_and_hear_each_other(
    open_hospital: OpenHospital, sit: Sit
) -> None:
    hospital = await open_hospital(WITH_RELAY)
    call = await begin_call(hospital, sit)
    await call.demand_flow()
    await demand_route(call, "p2p")
    link = await invite(call.doctor, NAME)
    await close_dialog(call.doctor)

    person = await sit(None, viewport=PHONE, at=hospital)
    guest = await guest_opens(person, link)
    # The token is out of the address as soon as it was read.
    await expect(guest.page).to_have_url(f"{hospital.url}/guest")
    await guest.agree()
    await guest.join()
    await demand_three(call, guest)
    await demand_route(call, "relay")
    await demand_faces_free(call.doctor.page)

    # The link is used up: to somebody else it says so.
    stranger = await sit(None, at=hospital)
    stranger.expect_complaint("status of 410")
    again = await guest_opens(stranger, link)
    used = stranger.words("shared/http", "guest.link_used.what")
    await expect(again.page.get_by_text(used)).to_be_visible()

    # The guest leaves for good; the two go on.
    await guest.hang_up()
    await expect(guest.page.get_by_text(guest.say("left.what"))).to_be_visible()
    await expect(call.doctor.page.locator("[data-third]")).to_have_count(0)
    await call.demand_flow()
