"""What every adapter of PatientIndex promises; a new one joins by a fixture's parameter."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import PartnerDown
from domain.identity import DocumentKind
from domain.patient_index import Certainty, Demographics, MatchKind, match
from providers.his import DemoPatients

KNOWN = Demographics("Emily Smith", date(1990, 1, 30), DocumentKind.PASSPORT, "GB1234567")
TWICE = Demographics("王建军", date(1984, 11, 2), DocumentKind.PASSPORT, "EA7654321")
NOBODY = Demographics("无此人", date(2000, 1, 1), DocumentKind.PASSPORT, "EA0000000")


@pytest.fixture(params=["demo"])
def index() -> DemoPatients:
    return DemoPatients()


async def test_one_with_the_same_document_is_certain(index: DemoPatients) -> None:
    found = await index.find(KNOWN)
    assert match(found) is MatchKind.ONE and found[0].certainty is Certainty.CERTAIN
    assert found[0].source and found[0].number and found[0].version
    assert await index.find(KNOWN) == found, "looking changes nothing"


async def test_the_document_counts_more_than_how_a_name_is_written(index: DemoPatients) -> None:
    assert match(await index.find(replace(KNOWN, name="E. Smith"))) is MatchKind.ONE


async def test_several_alike_are_for_somebody_to_look_at(index: DemoPatients) -> None:
    found = await index.find(TWICE)
    assert match(found) is MatchKind.SEVERAL
    assert {one.certainty for one in found} == {Certainty.POSSIBLE}


async def test_nobody_is_nobody(index: DemoPatients) -> None:
    assert match(await index.find(NOBODY)) is MatchKind.NONE


async def test_one_that_is_away_is_down(index: DemoPatients) -> None:
    index.down = True
    with pytest.raises(PartnerDown):
        await index.find(KNOWN)


def test_nothing_personal_is_shown_of_what_is_looked_for() -> None:
    assert "Emily" not in repr(KNOWN) and "GB1234567" not in repr(KNOWN) and "1990" not in repr(KNOWN)
