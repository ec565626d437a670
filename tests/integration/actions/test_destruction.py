"""Requests to destroy: who may ask and approve, for what, and for how long. Nothing is destroyed here."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from actions import destruction
from actions.accounts import disable_account
from actions.context import ActionRefused
from domain.accounts import SYSTEM, Account, actor_of
from domain.errors import Code, Conflict, FieldFault, InvalidInput, NotFound, Throttled, UserFault
from domain.retention import DestructionState, Hindrance, RetentionRule, years_after
from tests.integration.actions.retention_desk import LONG, Desk
from tests.integration.actions.visits import make_visit
from tests.people import (
    PASSWORD,
    Maker,
    make_admin,
    make_auditor,
    make_doctor,
    make_patient,
    make_pharmacist,
)
from tests.rows import execute, rows, trail


def refusals(dsn: str, action: str) -> list[str]:
    """The codes of an action's refused lines, oldest first."""
    found = rows(
        dsn,
        "select detail ->> 'code' from audit_event where action = %s and outcome = 'refused' order by id",
        action,
    )
    return [code for (code,) in found]


async def refused(attempt: Awaitable[Any]) -> Code:
    with pytest.raises(UserFault) as refusal:
        await attempt
    return refusal.value.code


async def test_a_record_whose_term_has_ended_is_requested_and_approved_by_two_others(
    desk: Desk, dsn: str
) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit, reason="  Term is over ")
    request = made.request
    assert (request.state, request.reason, request.records) == (DestructionState.REQUESTED, "Term is over", 1)
    assert request.expires_at == request.requested_at + timedelta(hours=72)
    assert request.due_by is None
    once = await desk.approve(request.id, desk.first)
    assert once.state is DestructionState.APPROVED_ONCE
    twice = await desk.approve(request.id, desk.second)
    assert twice.state is DestructionState.APPROVED
    assert [approval.by for approval in twice.approvals] == [desk.first.id, desk.second.id]
    assert [approval.by_name for approval in twice.approvals] == ["陈晨", "孙悦"]
    assert trail(dsn, "destruction.request") == [
        ("done", str(desk.asker.id), str(visit.id), str(visit.patient.patient_id))
    ]
    assert [line[:3] for line in trail(dsn, "destruction.approve")] == [
        ("done", str(desk.first.id), str(request.id)),
        ("done", str(desk.second.id), str(request.id)),
    ]


async def test_what_is_requested_says_by_which_rule_it_is_due(desk: Desk) -> None:
    visit = await desk.old_visit()
    ended = desk.clock()
    desk.age()
    made = await desk.request(visit)
    async with desk.work.begin(actor_of(desk.asker), "read") as ctx:
        view = await destruction.read_request(ctx, made.request.id)
        listed = await destruction.list_requests(ctx)
    (item,) = view.records
    assert (item.due.at, item.due.rule) == (years_after(ended, 15), RetentionRule.RET_1)
    assert listed == [view.request] == [made.request]


async def test_a_record_is_refused_before_its_term_and_until_its_very_moment(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    ended = desk.clock()
    desk.clock.at = years_after(ended, 15) - timedelta(seconds=1)
    assert await refused(desk.request(visit)) is Code.RETENTION_BEFORE_TERM
    desk.clock.at = years_after(ended, 15)
    assert (await desk.request(visit)).request.records == 1
    assert refusals(dsn, "destruction.request") == ["retention.before_term"]


async def test_a_later_visit_of_the_patient_lengthens_the_term_of_all_records(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age(timedelta(days=14 * 365))
    await desk.old_visit(patient=visit.patient)
    desk.age(timedelta(days=3 * 365))
    assert await refused(desk.request(visit)) is Code.RETENTION_BEFORE_TERM


async def test_a_visit_that_goes_on_now_keeps_the_older_records(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    again = await make_visit(desk.work, visit.patient)
    await again.arrive()
    assert await refused(desk.request(visit)) is Code.RETENTION_BEFORE_TERM
    assert await refused(desk.request(again)) is Code.RETENTION_OPEN


async def test_a_planned_visit_is_open_and_an_unknown_one_is_not_found(desk: Desk) -> None:
    visit = await make_visit(desk.work)
    desk.age()
    assert await refused(desk.request(visit)) is Code.RETENTION_OPEN
    with pytest.raises(NotFound):
        await destruction.request_destruction(
            desk.work,
            desk.passwords,
            desk.throttle,
            desk.policy,
            actor_of(desk.asker),
            "request-1",
            reason="x",
            password=PASSWORD,
            consultation_id=uuid4(),
        )


async def test_a_record_under_hold_or_already_requested_is_refused(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    hold = await desk.hold(visit)
    assert await refused(desk.request(visit)) is Code.RETENTION_ON_HOLD
    await desk.lift(hold.id)
    await desk.request(visit)
    assert await refused(desk.request(visit)) is Code.RETENTION_REQUESTED
    assert refusals(dsn, "destruction.request") == ["retention.on_hold", "retention.requested"]


async def test_all_that_is_due_is_requested_at_once_and_what_hinders_is_named(desk: Desk) -> None:
    due = [await desk.old_visit() for _ in range(3)]
    held = await desk.old_visit()
    desk.age()
    young = await desk.old_visit()
    await desk.hold(held)
    made = await desk.request(due_by=desk.clock())
    assert made.request.records == 3
    assert [(item.record.consultation_id, item.hindrance) for item in made.left_out] == [
        (held.id, Hindrance.ON_HOLD)
    ]
    assert not made.more
    async with desk.work.begin(actor_of(desk.asker), "read") as ctx:
        view = await destruction.read_request(ctx, made.request.id)
    assert {item.consultation_id for item in view.records} == {visit.id for visit in due}
    assert young.id not in {item.consultation_id for item in view.records}
    assert await refused(desk.request(due_by=desk.clock())) is Code.RETENTION_NOTHING_DUE


async def test_a_day_that_is_not_over_cannot_be_asked_for(desk: Desk) -> None:
    desk.age()
    with pytest.raises(InvalidInput) as refusal:
        await desk.request(due_by=desk.clock() + timedelta(seconds=1))
    assert refusal.value.fields == {"due_by": FieldFault.IN_THE_FUTURE}


async def test_a_request_names_a_record_or_a_day_and_has_a_reason(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    for attempt in (
        desk.request(),
        desk.request(visit, due_by=desk.clock()),
        desk.request(visit, reason=" "),
        desk.request(visit, reason="x" * 501),
        desk.request(visit, reason="a\x07"),
    ):
        assert await refused(attempt) is Code.INPUT_INVALID


async def test_the_requester_does_not_approve(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    with pytest.raises(Conflict) as refusal:
        await desk.approve(made.request.id, desk.asker)
    assert refusal.value.code is Code.RETENTION_SAME_PERSON
    assert refusals(dsn, "destruction.approve") == ["retention.same_person"]
    assert rows(dsn, "select count(*) from destruction_approval") == [(0,)]


async def test_one_person_does_not_approve_twice(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    await desk.approve(made.request.id, desk.first)
    assert await refused(desk.approve(made.request.id, desk.first)) is Code.RETENTION_SAME_PERSON


async def test_of_two_approvals_by_one_person_in_two_tabs_one_counts(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    outcomes = await asyncio.gather(
        *(desk.approve(made.request.id, desk.first) for _ in range(2)), return_exceptions=True
    )
    faults = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert len(faults) == 1
    assert isinstance(faults[0], Conflict)
    assert faults[0].code is Code.RETENTION_SAME_PERSON
    assert rows(dsn, "select state from destruction_request") == [("approved-once",)]


async def test_a_third_approval_is_refused(desk: Desk) -> None:
    visit = await desk.old_visit()
    third = await make_admin(desk.work)
    desk.age()
    request = await desk.approved(visit)
    assert await refused(desk.approve(request.id, third)) is Code.RETENTION_WRONG_STATE


async def test_a_wrong_password_approves_nothing_and_leaves_a_line(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    with pytest.raises(InvalidInput) as refusal:
        await desk.approve(made.request.id, desk.first, "not the password")
    assert refusal.value.code is Code.AUTH_WRONG_PASSWORD
    assert set(refusal.value.fields) == {"password"}
    assert refusals(dsn, "destruction.approve") == ["auth.wrong_password"]
    assert await refused(desk.request(visit, password="wrong too")) is Code.AUTH_WRONG_PASSWORD
    assert rows(dsn, "select state from destruction_request") == [("requested",)]


async def test_passwords_cannot_be_tried_without_end(desk: Desk) -> None:
    made = uuid4()
    for _ in range(10):
        assert await refused(desk.approve(made, desk.first, "guess")) is Code.AUTH_WRONG_PASSWORD
    with pytest.raises(Throttled):
        await desk.approve(made, desk.first, PASSWORD)
    desk.clock.forward(timedelta(minutes=6))
    assert await refused(desk.approve(made, desk.first)) is Code.NOT_FOUND


async def test_a_password_changed_between_proof_and_act_does_not_count(
    desk: Desk, dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    verify = desk.passwords.verify

    async def then_changed(stored: str, password: str, *, client: str | None = None) -> bool:
        matched = await verify(stored, password, client=client)
        execute(dsn, "update account set password_hash = 'other' where id = %s", str(desk.first.id))
        return matched

    monkeypatch.setattr(desk.passwords, "verify", then_changed)
    assert await refused(desk.approve(made.request.id, desk.first)) is Code.AUTH_WRONG_PASSWORD


async def test_accounts_younger_than_seven_days_neither_request_nor_approve(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    new = await make_auditor(desk.work, "新人")
    desk.clock.forward(timedelta(days=7) - timedelta(seconds=1))
    made = await desk.request(visit)
    assert await refused(desk.approve(made.request.id, new)) is Code.RETENTION_ACCOUNT_TOO_NEW
    assert await refused(desk.request(visit, who=new)) is Code.RETENTION_ACCOUNT_TOO_NEW
    desk.clock.forward(timedelta(seconds=1))
    assert (await desk.approve(made.request.id, new)).state is DestructionState.APPROVED_ONCE


async def test_a_disabled_account_approves_nothing(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    async with desk.work.begin(actor_of(desk.first), "off") as ctx:
        await disable_account(ctx, desk.second.id)
    assert await refused(desk.approve(made.request.id, desk.second)) is Code.AUTH_REQUIRED


async def test_a_request_and_its_approvals_expire_after_72_hours(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    desk.clock.forward(timedelta(hours=72) - timedelta(seconds=1))
    await desk.approve(made.request.id, desk.first)
    assert await desk.tick() == 0
    desk.clock.forward(timedelta(seconds=1))
    for attempt in (
        desk.approve(made.request.id, desk.second),
        desk.destroy(made.request.id),
        destruction.withdraw(desk.work, actor_of(desk.asker), "w", made.request.id),
        destruction.refuse(desk.work, actor_of(desk.first), "r", made.request.id, reason="late"),
    ):
        assert await refused(attempt) is Code.RETENTION_EXPIRED
    again = await desk.request(visit)
    assert again.request.id != made.request.id, "what has expired keeps nobody from asking anew"
    assert await desk.tick() == 1
    assert await desk.tick() == 0
    assert rows(dsn, "select state from destruction_request order by requested_at") == [
        ("expired",),
        ("requested",),
    ]
    assert trail(dsn, "destruction.expire") == [("done", None, str(made.request.id), None)]


async def test_an_approved_request_expires_too(desk: Desk) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    desk.clock.forward(timedelta(hours=72))
    assert await refused(desk.destroy(request.id)) is Code.RETENTION_EXPIRED
    assert await desk.tick() == 1


async def test_any_other_of_the_two_roles_refuses_with_a_reason(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    request = await desk.approved(visit)
    ended = await destruction.refuse(
        desk.work, actor_of(desk.first), "r", request.id, reason="A complaint is expected"
    )
    assert ended.state is DestructionState.REFUSED
    assert ended.ending is not None
    assert (ended.ending.by, ended.ending.reason) == (desk.first.id, "A complaint is expected")
    assert await refused(desk.destroy(request.id)) is Code.RETENTION_WRONG_STATE
    assert await refused(desk.approve(request.id, desk.second)) is Code.RETENTION_WRONG_STATE
    assert (await desk.request(visit)).request.records == 1


async def test_only_the_requester_withdraws_and_does_not_refuse(desk: Desk, dsn: str) -> None:
    visit = await desk.old_visit()
    desk.age()
    made = await desk.request(visit)
    with pytest.raises(ActionRefused):
        await destruction.withdraw(desk.work, actor_of(desk.first), "w", made.request.id)
    with pytest.raises(ActionRefused):
        await destruction.refuse(desk.work, actor_of(desk.asker), "r", made.request.id, reason="x")
    ended = await destruction.withdraw(desk.work, actor_of(desk.asker), "w", made.request.id)
    assert ended.state is DestructionState.WITHDRAWN
    assert await refused(desk.approve(made.request.id, desk.first)) is Code.RETENTION_WRONG_STATE
    assert [line[0] for line in trail(dsn, "destruction.withdraw")] == ["refused", "done"]
    assert [line[0] for line in trail(dsn, "destruction.refuse")] == ["refused"]


@pytest.mark.parametrize("maker", [make_patient, make_doctor, make_pharmacist])
async def test_nobody_else_has_a_hand_in_it(desk: Desk, dsn: str, maker: Maker) -> None:
    visit = await desk.old_visit()
    someone = await maker(desk.work)
    desk.age()
    made = await desk.request(visit)
    attempts: list[Callable[[Account], Awaitable[Any]]] = [
        lambda who: desk.request(visit, who=who),
        lambda who: desk.approve(made.request.id, who),
        lambda who: desk.destroy(made.request.id, who),
        lambda who: destruction.withdraw(desk.work, actor_of(who), "w", made.request.id),
        lambda who: destruction.refuse(desk.work, actor_of(who), "r", made.request.id, reason="x"),
    ]
    for attempt in attempts:
        with pytest.raises(ActionRefused):
            await attempt(someone)
    lines = rows(
        dsn,
        "select count(*) from audit_event where actor_id = %s and outcome = 'refused'",
        str(someone.id),
    )
    assert lines == [(len(attempts),)], "every try is kept, once"


async def test_the_hospital_itself_asks_for_nothing(desk: Desk) -> None:
    with pytest.raises(ActionRefused):
        await destruction.withdraw(desk.work, SYSTEM, "w", UUID(int=1))


async def test_an_unknown_request_is_not_found_and_the_try_is_kept(desk: Desk, dsn: str) -> None:
    desk.age(LONG)
    unknown = uuid4()
    for attempt in (
        desk.approve(unknown, desk.first),
        desk.destroy(unknown),
        destruction.withdraw(desk.work, actor_of(desk.asker), "w", unknown),
        destruction.refuse(desk.work, actor_of(desk.first), "r", unknown, reason="x"),
    ):
        assert await refused(attempt) is Code.NOT_FOUND
    assert refusals(dsn, "destruction.approve") == ["not_found"]
    assert rows(dsn, "select id from destruction_request") == []


async def test_who_may_not_read_it_does_not(desk: Desk) -> None:
    patient = await make_patient(desk.work)
    with pytest.raises(ActionRefused):
        async with desk.work.begin(actor_of(patient), "r") as ctx:
            await destruction.list_requests(ctx)
