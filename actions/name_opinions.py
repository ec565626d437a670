"""Asking a name register about a document that was submitted. Its opinion stands beside; the staff decides.

The register is never asked inside a transaction. While it is down documents wait for the staff all the same:
that it did not answer is kept too, and a job asks again later.
"""

from typing import Final
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record
from actions.identity import opened_number
from domain.accounts import SYSTEM
from domain.identity import IdentityState
from domain.ids import PatientId
from domain.jobs import JobGivenUp, compare_name
from domain.name_opinion import DAY, NameClaim, NameOpinion, Opinion, RegisterAnswer, wait_to_ask
from domain.permissions import Action
from providers.names import NameRegister
from storage import identity, name_opinions
from storage.job_queue import enqueue

_AT_ONCE: Final = 50


async def compare(work: UnitOfWork, register: NameRegister, check_id: UUID, request_id: str) -> None:
    """Ask about the document of a check that waits, and keep the opinion. For its job; again asks nobody.

    Nothing is sent or written of a kind of document that the register does not hold. Raise PartnerDown when
    the register does not answer, QuestionsSpent when it does not before tomorrow, RegisterRefused when it
    takes no question of ours, JobGivenUp when there is no such check.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        found = await _claim(ctx, register, check_id)
        if found is None:
            return
        claim, patient_id = found
        # What leaves the hospital is in the trail before it leaves.
        await record(
            ctx,
            Action.IDENTITY_COMPARE,
            ("identity", check_id),
            patient_id=patient_id,
            detail={"register": register.name},
        )
    answer = await register.compare(claim)
    await _keep(work, register, check_id, answer, request_id)


async def unanswered(
    work: UnitOfWork, register: NameRegister, check_id: UUID, request_id: str, *, spent: bool = False
) -> None:
    """Keep that the register did not answer, for the staff to see. For its job, after the last attempt.

    It is asked again after a wait that grows, ASKED_MAX times in all; once it has `spent` its questions of
    the day, on the next.
    """
    await _keep(work, register, check_id, RegisterAnswer(Opinion.UNAVAILABLE, None), request_id, spent=spent)


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Queue what nobody answered to be asked again; say how many. Raise PartnerDown.

    What was submitted before a register was there is not asked about: its owner was not told of one.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        if not ctx.names_compared:
            return 0
        due = await name_opinions.ask_again(ctx.tx, ctx.now, _AT_ONCE)
        for check_id, times in due:
            await enqueue(ctx.tx, compare_name(check_id, times))
    return len(due)


async def _claim(ctx: Context, register: NameRegister, check_id: UUID) -> tuple[NameClaim, PatientId] | None:
    """Return what to ask about; None when somebody decided already, the register answered or holds none."""
    kept = await identity.by_id(ctx.tx, check_id)
    if kept is None:
        raise JobGivenUp("identity.unknown_check")
    given = (await name_opinions.latest(ctx.tx, [check_id])).get(check_id)
    answered = given is not None and given.opinion is not Opinion.UNAVAILABLE
    if kept.check.state is not IdentityState.WAITING or answered or not register.holds(kept.check.kind):
        return None
    return (
        NameClaim(kept.check.kind, kept.check.patient_name, opened_number(ctx, kept)),
        kept.check.patient_id,
    )


async def _keep(
    work: UnitOfWork,
    register: NameRegister,
    check_id: UUID,
    answer: RegisterAnswer,
    request_id: str,
    *,
    spent: bool = False,
) -> None:
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        kept = await identity.by_id(ctx.tx, check_id)
        if kept is None:
            raise JobGivenUp("identity.unknown_check")
        given = NameOpinion(register.name, answer.opinion, answer.reference, ctx.now)
        await name_opinions.insert(ctx.tx, ctx.new_id(), check_id, given)
        again = None
        if answer.opinion is Opinion.UNAVAILABLE:
            again = wait_to_ask(await name_opinions.asked_times(ctx.tx, check_id))
            again = DAY if spent and again is not None else again
        await name_opinions.ask_at(ctx.tx, check_id, None if again is None else ctx.now + again)
        await record(
            ctx,
            Action.IDENTITY_COMPARE,
            ("identity", check_id),
            patient_id=kept.check.patient_id,
            detail={"register": register.name, "opinion": answer.opinion},
        )
