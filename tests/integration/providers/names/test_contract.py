"""What every adapter of NameRegister promises; a new one joins by a fixture's parameter."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.errors import PartnerDown
from domain.identity import DocumentKind
from domain.name_opinion import NameClaim, Opinion
from providers.names import DemoRegister, NameRegister, TencentRegister
from tests.integration.providers.names.face_id import FaceId

HELD = NameClaim(DocumentKind.RESIDENT_ID, "李晓兰", "110101195603120029")
STRANGER = replace(HELD, number="11010519491231002X")
ABROAD = NameClaim(DocumentKind.PASSPORT, "Emily Smith", "GB1234567")


@pytest.fixture(params=["demo", "tencent"])
def register(request: pytest.FixtureRequest, tencent: TencentRegister) -> NameRegister:
    return DemoRegister() if request.param == "demo" else tencent


@pytest.fixture
def take_away(register: NameRegister, face_id: FaceId) -> Callable[[], None]:
    """Return what takes the register away."""

    def away() -> None:
        if isinstance(register, DemoRegister):
            register.is_down = True
        face_id.status, face_id.says = 502, "<html>Bad Gateway</html>"

    return away


async def test_a_name_that_belongs_to_the_number_agrees(register: NameRegister) -> None:
    answer = await register.compare(HELD)
    assert answer.opinion is Opinion.AGREES and answer.reference
    assert await register.compare(HELD) == answer, "asking changes nothing"


async def test_another_name_differs(register: NameRegister) -> None:
    answer = await register.compare(replace(HELD, name="李小兰"))
    assert answer.opinion is Opinion.DIFFERS and answer.reference


@pytest.mark.parametrize("claim", [STRANGER, ABROAD], ids=["number", "kind"])
async def test_what_it_does_not_hold_is_unknown(register: NameRegister, claim: NameClaim) -> None:
    assert (await register.compare(claim)).opinion is Opinion.UNKNOWN


async def test_it_says_which_kinds_it_holds(register: NameRegister) -> None:
    assert {kind for kind in DocumentKind if register.holds(kind)} == {DocumentKind.RESIDENT_ID}


async def test_one_that_is_away_is_down(register: NameRegister, take_away: Callable[[], None]) -> None:
    take_away()
    with pytest.raises(PartnerDown) as raised:
        await register.compare(HELD)
    assert "李晓兰" not in str(raised.value) and HELD.number not in str(raised.value)


def test_nothing_personal_is_shown_of_what_is_compared() -> None:
    assert "李晓兰" not in repr(HELD) and HELD.number not in repr(HELD)
