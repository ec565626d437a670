"""Linking a verified patient to the patient index of the hospital's own system (HIS).

The HIS is never asked inside a transaction, and nothing of what it answers is kept but the link. While it is
down a name is verified all the same: the link stays open, and a job asks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from actions.context import Context, UnitOfWork, permit, record, record_patients
from actions.identity import opened_number
from domain.accounts import SYSTEM, Actor
from domain.errors import Conflict, NotFound, OwnFault
from domain.his_slots import HisNotConnected
from domain.ids import PatientId
from domain.jobs import JobGivenUp, his_match
from domain.patient_index import (
    LINK,
    Candidate,
    Demographics,
    LinkEvent,
    LinkState,
    MatchKind,
    UnlinkedPatient,
    match,
)
from domain.permissions import Action
from providers.his import PatientIndex
from storage import identity, patient_index
from storage.job_queue import enqueue

ASK_AGAIN: Final = timedelta(minutes=40)
"""When an open link is looked up anew: a job has had all its attempts by then."""
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What the index says of a patient: nobody, one for certain, or several possible."""

    patient_id: PatientId
    kind: MatchKind
    candidates: tuple[Candidate, ...]


async def look_up(
    work: UnitOfWork, index: PatientIndex | None, *, actor: Actor, request_id: str, check_id: UUID
) -> Found:
    """Look for the patient of an identity check, for whoever decides about it; nothing is kept.

    Raise NotFound, ActionRefused, HisNotConnected, PartnerDown when the HIS does not answer: the name can be
    verified without.
    """
    async with work.begin(actor, request_id) as ctx:
        permit(ctx, Action.IDENTITY_MATCH)
        who, patient_id = await _demographics(ctx, check_id)
        await record(ctx, Action.IDENTITY_MATCH, ("identity", check_id), patient_id=patient_id)
    if index is None:
        raise HisNotConnected
    found = await index.find(who)
    return Found(patient_id, match(found), tuple(found))


async def unlinked(ctx: Context) -> list[UnlinkedPatient]:
    """Return verified patients whom nothing links to the index: those to decide first, longest first."""
    permit(ctx, Action.IDENTITY_LIST)
    found = await patient_index.unlinked(ctx.tx)
    await record_patients(ctx, Action.IDENTITY_LIST, [one.patient_id for one in found])
    return found


async def link_found(
    work: UnitOfWork,
    index: PatientIndex | None,
    *,
    actor: Actor,
    request_id: str,
    check_id: UUID,
    source: str,
    number: str,
) -> None:
    """Link the patient of a check to one of those whom the index names for it at this moment.

    Raise what look_up and link raise, and NotFound when the index does not name this one.
    """
    found = await look_up(work, index, actor=actor, request_id=request_id, check_id=check_id)
    for one in found.candidates:
        if (one.source, one.number) == (source, number):
            async with work.begin(actor, request_id) as ctx:
                await link(ctx, found.patient_id, one)
            return
    raise NotFound("patient of the index")


async def leave(ctx: Context, check_id: UUID) -> None:
    """Leave the patient of a check without a link: it is nobody there. Again it changes nothing.

    Raise NotFound, WrongState when it is linked.
    """
    permit(ctx, Action.IDENTITY_LINK)
    kept = await identity.by_id(ctx.tx, check_id)
    found = None if kept is None else await patient_index.locked(ctx.tx, kept.check.patient_id)
    if found is None:
        raise NotFound("link to the patient index")
    before = found[0]
    if before.state is LinkState.LEFT:
        return
    state = LINK.next(before.state, LinkEvent.LEAVE)
    if not await patient_index.move(ctx.tx, before, state, None, None, ctx.now):
        raise OwnFault(f"the link of patient {before.patient_id} changed while it was locked")
    await record(
        ctx,
        Action.IDENTITY_LINK,
        ("identity", found[1]),
        patient_id=before.patient_id,
        detail={"state": state.value},
    )


async def link(ctx: Context, patient_id: PatientId, to: Candidate) -> None:
    """Link a patient to one of the index, as the staff. Again to the same one it changes nothing.

    Raise NotFound, WrongState when it is linked to another, Conflict when another patient is linked to it.
    """
    permit(ctx, Action.IDENTITY_LINK)
    found = await patient_index.locked(ctx.tx, patient_id)
    if found is None:
        raise NotFound("link to the patient index")
    before, check_id = found
    if before.state is LinkState.LINKED and (before.source, before.number) == (to.source, to.number):
        return
    state = LINK.next(before.state, LinkEvent.LINK)
    if not await patient_index.move(ctx.tx, before, state, to, ctx.actor.account_id, ctx.now):
        raise OwnFault(f"the link of patient {patient_id} changed while it was locked")
    await record(
        ctx,
        Action.IDENTITY_LINK,
        ("identity", check_id),
        patient_id=patient_id,
        detail={"source": to.source, "version": to.version},
    )


async def settle(work: UnitOfWork, index: PatientIndex, patient_id: PatientId, request_id: str) -> None:
    """Ask the index about an open link: one for certain is linked, else it waits for the staff. For its job.

    Raise PartnerDown when the HIS does not answer, JobGivenUp when there is no such link.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_MATCH)
        found = await patient_index.locked(ctx.tx, patient_id)
        if found is None:
            raise JobGivenUp("his.unknown_link")
        if found[0].state is not LinkState.OPEN:
            return
        who, _ = await _demographics(ctx, found[1])
        await record(ctx, Action.IDENTITY_MATCH, ("identity", found[1]), patient_id=patient_id)
    candidates = await index.find(who)
    try:
        async with work.begin(SYSTEM, request_id) as ctx:
            await _settled(ctx, patient_id, candidates)
    except Conflict:
        # Another patient of ours is that one: somebody of the staff has to look.
        async with work.begin(SYSTEM, request_id) as ctx:
            await _settled(ctx, patient_id, ())


async def tick(work: UnitOfWork, request_id: str) -> int:
    """Queue what is still open to be asked again; return how many. Raise PartnerDown."""
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_MATCH)
        if not ctx.his_connected:
            return 0
        due = await patient_index.ask_again(ctx.tx, ctx.now, ctx.now - ASK_AGAIN, _AT_ONCE)
        for patient_id, times in due:
            await enqueue(ctx.tx, his_match(patient_id, times))
    return len(due)


async def open_missing(work: UnitOfWork, request_id: str) -> int:
    """Have those be looked for whose names were verified before the HIS was connected; return how many.

    At most a batch at a time: zero means that nobody is left. Raise PartnerDown.
    """
    async with work.begin(SYSTEM, request_id) as ctx:
        permit(ctx, Action.IDENTITY_MATCH)
        if not ctx.his_connected:
            return 0
        opened = await patient_index.open_missing(ctx.tx, ctx.now, _AT_ONCE)
        for patient_id in opened:
            await enqueue(ctx.tx, his_match(patient_id))
    return len(opened)


async def _settled(ctx: Context, patient_id: PatientId, candidates: Sequence[Candidate]) -> None:
    permit(ctx, Action.IDENTITY_LINK)
    found = await patient_index.locked(ctx.tx, patient_id)
    if found is None or found[0].state is not LinkState.OPEN:
        # Somebody of the staff was faster.
        return
    before, check_id = found
    certain = candidates[0] if match(candidates) is MatchKind.ONE else None
    state = LINK.next(before.state, LinkEvent.MISS if certain is None else LinkEvent.LINK)
    if not await patient_index.move(ctx.tx, before, state, certain, None, ctx.now):
        raise OwnFault(f"the link of patient {patient_id} changed while it was locked")
    await record(
        ctx,
        Action.IDENTITY_LINK,
        ("identity", check_id),
        patient_id=patient_id,
        detail={"state": state.value},
    )


async def _demographics(ctx: Context, check_id: UUID) -> tuple[Demographics, PatientId]:
    kept = await identity.by_id(ctx.tx, check_id)
    if kept is None:
        raise NotFound("identity check")
    check = kept.check
    who = Demographics(check.patient_name, check.birth_date, check.kind, opened_number(ctx, kept))
    return who, check.patient_id
