"""What a letter after a visit needs: read by the hospital alone, kept in the trail."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from actions.accounts import disable_account
from actions.context import ActionRefused, Context, UnitOfWork
from actions.jobs import effect_done
from actions.notifications import VisitEndedNotice, visit_ended_notice, visit_ended_told
from domain.accounts import SYSTEM, actor_of
from domain.errors import Code, NotFound, WrongState
from domain.ids import ConsultationId
from tests.ended_visits import ended_visit
from tests.integration.actions.visits import make_visit
from tests.people import Maker, make_admin, make_auditor, make_doctor, make_patient
from tests.rows import rows, trail

NOWHERE = UUID("018f0000-0000-7000-8000-000000000404")


async def test_a_letter_learns_who_and_where_but_nothing_medical(work: UnitOfWork, dsn: str) -> None:
    visit = await ended_visit(work)
    async with work.begin(SYSTEM, "job:1") as ctx:
        notice = await visit_ended_notice(ctx, visit.id)
    assert notice == VisitEndedNotice(ConsultationId(visit.id), "李晓兰", "王建国", "zh-CN", "li@example.org")
    assert trail(dsn, "mail.send") == [("done", None, str(visit.id), str(visit.patient.patient_id))]


async def test_a_patient_without_an_address_is_not_written_to(work: UnitOfWork) -> None:
    visit = await ended_visit(work, email=None)
    async with work.begin(SYSTEM, "job:1") as ctx:
        assert (await visit_ended_notice(ctx, visit.id)).email is None


async def test_a_disabled_account_is_not_written_to(work: UnitOfWork) -> None:
    visit = await ended_visit(work)
    admin = await make_admin(work)
    async with work.begin(actor_of(admin), "request-1") as ctx:
        await disable_account(ctx, visit.patient.id)
    async with work.begin(SYSTEM, "job:1") as ctx:
        assert (await visit_ended_notice(ctx, visit.id)).email is None


async def test_a_visit_that_is_not_over_has_no_letter(work: UnitOfWork, dsn: str) -> None:
    visit = await make_visit(work)
    await visit.arrive()
    with pytest.raises(WrongState) as refused:
        async with work.begin(SYSTEM, "job:1") as ctx:
            await visit_ended_notice(ctx, visit.id)
    assert refused.value.code is Code.CONSULTATION_WRONG_STATE
    assert trail(dsn, "mail.send") == []


async def test_that_the_letter_went_is_kept_with_its_line(work: UnitOfWork, dsn: str) -> None:
    visit = await ended_visit(work)
    async with work.begin(SYSTEM, "job:1") as ctx:
        await visit_ended_told(ctx, visit.id, "mail.visit_ended:1", taken=True)
    async with work.begin(SYSTEM, "job:1") as ctx:
        assert await effect_done(ctx, "mail.visit_ended:1")
    assert trail(dsn, "mail.send") == [("done", None, str(visit.id), str(visit.patient.patient_id))]
    assert rows(dsn, "select detail from audit_event where action = 'mail.send'") == [({"step": "sent"},)]


async def told(ctx: Context, consultation_id: UUID) -> None:
    await visit_ended_told(ctx, consultation_id, "mail.visit_ended:1", taken=True)


ACTIONS = pytest.mark.parametrize("act", [visit_ended_notice, told])


@ACTIONS
async def test_an_unknown_visit_is_not_found(
    work: UnitOfWork, act: Callable[[Context, UUID], Awaitable[object]]
) -> None:
    with pytest.raises(NotFound):
        async with work.begin(SYSTEM, "job:1") as ctx:
            await act(ctx, NOWHERE)


@ACTIONS
@pytest.mark.parametrize("make", [make_patient, make_doctor, make_auditor, make_admin])
async def test_no_person_sends_the_hospitals_mail(
    work: UnitOfWork, dsn: str, act: Callable[[Context, UUID], Awaitable[object]], make: Maker
) -> None:
    visit = await ended_visit(work)
    someone = await make(work)
    with pytest.raises(ActionRefused):
        async with work.begin(actor_of(someone), "request-1") as ctx:
            await act(ctx, visit.id)
    assert trail(dsn, "mail.send") == [("refused", str(someone.id), None, None)]
    assert rows(dsn, "select key from job_effect") == []
