"""What each role does on its pages, in the pages' own words: press, write, read, wait for what follows."""

import base64
import re

from playwright.async_api import Locator, Page, expect

from domain.second_factor import code_of_step, step_at
from server.database import now
from tests.e2e.browsers import Person, Stage
from tests.e2e.hospital import Visit
from tests.people import PASSWORD


async def sign_in(page: Page, who: Person, login: str, password: str = PASSWORD) -> None:
    """Fill the form and send it; what follows is not waited for."""
    words = who.words
    await page.get_by_role("textbox", name=words("features/sign-in", "login"), exact=True).fill(login)
    # The field, not the eye beside it that shows what was typed.
    await page.get_by_role("textbox", name=words("features/sign-in", "password")).fill(password)
    await page.get_by_role("button", name=words("features/sign-in", "submit"), exact=True).click()


async def set_up_second_factor(page: Page, who: Person) -> str:
    """Do as a new colleague does: read the secret, type its first code, keep the recovery codes."""

    def say(key: str) -> str:
        return who.words("features/second-factor", key)

    text = await page.get_by_test_id("secret").inner_text()
    secret = base64.b32decode(text.replace(" ", ""))
    await give_code(page, who, code_of_step(secret, step_at(now())), "setUp")
    await page.get_by_role("checkbox", name=say("recovery.kept")).check()
    await page.get_by_role("button", name=say("recovery.go"), exact=True).click()
    return text


async def give_code(page: Page, who: Person, code: str, step: str = "give") -> None:
    """Type a code of the second factor and send it."""

    def say(key: str) -> str:
        return who.words("features/second-factor", f"{step}.{key}")

    await page.get_by_role("textbox", name=say("code"), exact=True).fill(code)
    await page.get_by_role("button", name=say("do"), exact=True).click()


class Chat:
    """The conversation, wherever it is on the page."""

    def __init__(self, page: Page, who: Person) -> None:
        self._page = page
        self._words = who.words
        self.log = page.get_by_role("log", name=self._say("log"))

    def _say(self, key: str) -> str:
        return self._words("features/chat", key)

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self._page.get_by_role("textbox", name=self._say("composer.label"))

    async def write(self, text: str) -> None:
        """Write a message and send it with Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def add_file(self, name: str, media_type: str, content: bytes) -> None:
        """Press the paperclip by the keyboard and choose a file."""
        await self._page.get_by_role("button", name=self._say("file.add")).focus()
        async with self._page.expect_file_chooser() as opening:
            await self._page.keyboard.press("Enter")
        chooser = await opening.value
        await chooser.set_files({"name": name, "mimeType": media_type, "buffer": content})

    def message(self, text: str) -> Locator:
        """Return a message with all that stands under it."""
        return self.log.locator("[data-mine]").filter(has_text=text)

    async def demand_kept(self, text: str) -> None:
        """Return once one's own message carries the seal of the record."""
        message = self.message(text)
        await expect(message).to_have_count(1)
        await expect(message).to_have_attribute("data-mine", "true")
        await expect(message.get_by_text(self._say("state.kept"), exact=True)).to_be_visible()

    async def demand_heard(self, text: str) -> None:
        """Return once a message of the other side is there, once."""
        message = self.message(text)
        await expect(message).to_have_count(1)
        await expect(message).to_have_attribute("data-mine", "false")

    async def texts(self) -> list[str]:
        """Return all that was said, in the order on the page."""
        return await self.log.locator("[data-mine] > p").all_inner_texts()


class InVisit:
    """What both sides have in a visit: the stage, its controls, the chat."""

    def __init__(self, page: Page, who: Person) -> None:
        self.page = page
        self.who = who
        self.words = who.words
        self.stage = Stage(page)
        self.chat = Chat(page, who)

    def control(self, key: str) -> Locator:
        """Return a control of the call by the key of its word."""
        bar = self.page.get_by_role("toolbar", name=self.words("features/call", "control.bar"))
        return bar.get_by_role("button", name=self.words("features/call", f"control.{key}"), exact=True)

    async def demand_call(self) -> None:
        """Return once the other person is seen and heard, and goes on being so."""
        await expect(self.stage.root).to_have_attribute("data-view", "person")
        await self.stage.demand_flow()

    async def leave(self) -> None:
        """Hang up; the visit goes on."""
        await self.control("leave").click()


class PatientInVisit(InVisit):
    """The patient's page of one visit."""

    @property
    def step(self) -> Locator:
        """The page; its data-step says where in the visit one is."""
        return self.page.get_by_test_id("visit-page")

    async def demand_step(self, step: str) -> None:
        """Return once the page shows this step."""
        await expect(self.step).to_have_attribute("data-step", step)

    async def answer(self) -> None:
        """Say what is asked before the ready check, if anything is: no emergency, and where one is."""
        await expect(self.step).to_have_attribute("data-step", re.compile("^(safety|location|ready)$"))
        if await self.step.get_attribute("data-step") == "safety":
            await self.press_safety("questions.none")
            await expect(self.step).to_have_attribute("data-step", re.compile("^(location|ready)$"))
        if await self.step.get_attribute("data-step") == "location":
            for field in ("province", "city"):
                await self.field(field).fill("上海市")
            await self.field("phone").fill("+86 138 0013 8000")
            await self.press_safety("location.confirm")

    def field(self, name: str) -> Locator:
        """Return a field of the location."""
        return self.page.locator(f"input[name={name}]")

    async def press_safety(self, key: str) -> None:
        """Press a button of the questions or of the location."""
        await self.page.get_by_role("button", name=self.words("features/safety", key), exact=True).click()

    async def enter(self) -> None:
        """Press the ready check's one button and wait until the waiting room has us."""
        await self.answer()
        await self.demand_step("ready")
        await self.page.get_by_role(
            "button", name=self.words("apps/patient", "visit.ready.enter"), exact=True
        ).click()
        await self.demand_step("waiting")

    async def open_chat(self) -> None:
        """On a phone the chat is a sheet: bring it up over the call."""
        bar = self.page.get_by_role("toolbar", name=self.words("features/call", "control.bar"))
        # The name goes on with how many messages are new.
        name = re.compile(f"^{re.escape(self.words('features/call', 'control.chat'))}(,|$)")
        await bar.get_by_role("button", name=name).click()
        await expect(self.chat.field).to_be_visible()

    async def close_chat(self) -> None:
        await self.page.get_by_role("button", name=self.words("features/chat", "close"), exact=True).click()


async def patient_opens(who: Person, visit: Visit, query: str = "") -> PatientInVisit:
    """Open the visit's own page."""
    return PatientInVisit(await who.open(f"/visit/{visit.appointment.id}{query}"), who)


class DoctorInVisit(InVisit):
    """The doctor's console with one visit in the centre."""

    def row(self, name: str) -> Locator:
        """Return a patient's line in the queue; its data-group says how it stands."""
        return self.page.locator("[data-queue-row]").filter(has_text=name)

    async def demand_group(self, name: str, group: str) -> None:
        """Return once the queue has this patient in this group."""
        await expect(self.row(name)).to_have_attribute("data-group", group)

    async def choose(self, name: str) -> None:
        """Bring a patient's visit into the centre."""
        await self.row(name).click()

    async def admit(self) -> None:
        """Let the waiting patient of the centre in."""
        admit = self.words("features/consultation-pane", "ready.admit")
        await self.page.get_by_role("button", name=re.compile(f"^{re.escape(admit)}")).click()

    @property
    def proof(self) -> Locator:
        """The dialog that asks who is here."""
        return self.page.get_by_role("dialog", name=self.words("features/reauthentication", "title"))

    async def prove(self, secret: bytes) -> None:
        """Prove again who one is, by the password and the present code."""

        def say(key: str) -> str:
            return self.words("features/reauthentication", key)

        await self.proof.get_by_role("textbox", name=say("password")).fill(PASSWORD)
        await self.proof.get_by_role("textbox", name=say("code")).fill(code_of_step(secret, step_at(now())))
        await self.proof.get_by_role("button", name=say("do"), exact=True).click()

    async def finish(self) -> None:
        """End the visit for both, and say yes to the question."""
        await self.control("end").click()
        dialog = self.page.get_by_role("dialog", name=self.words("features/call", "end.title"))
        await dialog.get_by_role(
            "button", name=self.words("features/call", "end.confirm"), exact=True
        ).click()


async def doctor_opens(who: Person) -> DoctorInVisit:
    """Open the console."""
    return DoctorInVisit(await who.open("/doctor"), who)


class Replay:
    """The auditor's page of one consultation."""

    def __init__(self, page: Page, who: Person) -> None:
        self.page = page
        self._words = who.words
        self.verdict = page.get_by_role("region", name=self.say("verdict.label"))
        self.head = page.get_by_role("slider", name=self.say("timeline.head"))
        self.transcript = page.get_by_role("region", name=self.say("transcript.label"))
        self.entry = page.get_by_role("region", name=self.say("entry.label"))

    def say(self, key: str, **values: object) -> str:
        """Return a string of this page."""
        return self._words("features/archive-replay", key, **values)

    @property
    def rows(self) -> Locator:
        """Return the transcript's entries in their order, those that were not said yet as well."""
        return self.transcript.get_by_role("listitem", include_hidden=True).locator("button")

    async def demand_verdict(self, tone: str) -> None:
        """Return once the verdict is there: intact, broken, unsealed or unchecked."""
        await expect(self.verdict.get_by_text(self.say(f"verdict.{tone}"), exact=True)).to_be_visible()

    async def check_again(self) -> None:
        """Have the chain checked once more."""
        await self.verdict.get_by_role("button", name=self.say("verdict.again")).click()


async def auditor_finds(page: Page, who: Person, patient: str) -> Replay:
    """Look for a patient's consultation in the archive and open the only one found."""

    def say(key: str) -> str:
        return who.words("features/archive-search", key)

    await page.get_by_label(say("patient"), exact=True).fill(patient)
    await page.get_by_role("button", name=say("find"), exact=True).click()
    table = page.get_by_role("table", name=say("list"))
    row = table.get_by_role("row").filter(has=page.get_by_role("link", name=patient))
    await expect(table.get_by_role("row")).to_have_count(2)  # its head, and what was found
    await row.get_by_role("link").click()
    return Replay(page, who)
