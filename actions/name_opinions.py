"""Asking a name register about a document that was submitted. Its opinion stands beside; the staff decides.

The register is never asked inside a transaction. While it is down documents wait for the staff all the same:
that it did not answer is kept too, and a job asks again later.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record
from actions.identity import opened_number
from domain.accounts import SYSTEM
from domain.identity import IdentityState
from domain.ids import PatientId
from domain.jobs import JobGivenUp, compare_name
from domain.name_opinion import NameClaim, NameOpinion, Opinion, RegisterAnswer
from domain.permissions import Action
from providers.names import NameRegister
from storage import identity, name_opinions
from storage.job_queue import enqueue

ASK_AGAIN: Final = timedelta(minutes=40)
"""When a question that stayed without an answer is asked anew: its job has had all its attempts by then."""
_AT_ONCE: Final = 50


async def compare(work: UnitOfWork, register: NameRegister, check_id: UUID, request_id: str) -> None:
    """Ask about the document of a check that waits, and keep the opinion. For its job; again asks nobody.

    Raise PartnerDown when the register does not answer, RegisterRefused when it takes no question of ours,
    JobGivenUp when there is no such check.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        found = await _claim(ctx, check_id)
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


async def unanswered(work: UnitOfWork, register: NameRegister, check_id: UUID, request_id: str) -> None:
    """Keep that the register did not answer, for the staff to see. For its job, after the last attempt."""
    await _keep(work, register, check_id, RegisterAnswer(Opinion.UNAVAILABLE, None), request_id)


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Queue what nobody answered to be asked again, and what came before a register was there; say how many.

    Raise PartnerDown.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        if not ctx.names_compared:
            return 0
        due = await name_opinions.ask_again(ctx.tx, ctx.now, ctx.now - ASK_AGAIN, _AT_ONCE)
        for check_id, times in due:
            await enqueue(ctx.tx, compare_name(check_id, times))
    return len(due)


async def _claim(ctx: Context, check_id: UUID) -> tuple[NameClaim, PatientId] | None:
    """Return what to ask about; None when somebody decided already, or the register answered."""
    kept = await identity.by_id(ctx.tx, check_id)
    if kept is None:
        raise JobGivenUp("identity.unknown_check")
    given = (await name_opinions.latest(ctx.tx, [check_id])).get(check_id)
    answered = given is not None and given.opinion is not Opinion.UNAVAILABLE
    if kept.check.state is not IdentityState.WAITING or answered:
        return None
    return (
        NameClaim(kept.check.kind, kept.check.patient_name, opened_number(ctx, kept)),
        kept.check.patient_id,
    )


async def _keep(
    work: UnitOfWork, register: NameRegister, check_id: UUID, answer: RegisterAnswer, request_id: str
) -> None:
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_COMPARE)
        kept = await identity.by_id(ctx.tx, check_id)
        if kept is None:
            raise JobGivenUp("identity.unknown_check")
        given = NameOpinion(register.name, answer.opinion, answer.reference, ctx.now)
        await name_opinions.insert(ctx.tx, ctx.new_id(), check_id, given)
        await record(
            ctx,
            Action.IDENTITY_COMPARE,
            ("identity", check_id),
            patient_id=kept.check.patient_id,
            detail={"register": register.name, "opinion": answer.opinion},
        )
