"""Family members: the account's own, the staff's word about adults, a guardian's consent to a visit."""

from zoneinfo import ZoneInfo

from aiohttp import web

from actions import family
from actions.context import Context
from booking_api import models_family as models
from booking_api.edge import Call
from booking_api.idempotency import once
from domain.family import FamilyMember, NewMember, Proposal
from domain.ids import PatientId


async def list_family(call: Call) -> models.FamilyMembers:
    """GET /api/family."""
    async with call.begin() as ctx:
        found = await family.own_members(ctx)
    return models.FamilyMembers(members=[_member(item) for item in found])


async def add_family_member(call: Call) -> web.Response:
    """POST /api/family."""
    given = call.given(models.NewFamilyMember)
    new = NewMember(given.name, given.birth_date, given.gender, given.relationship, given.declared)
    zone: ZoneInfo = call.edge.zone

    async def run(ctx: Context) -> models.FamilyMemberView:
        return _member(await family.add_member(ctx, new, zone))

    return await once(call, 201, run, operation="add_family_member")


async def remove_family_member(call: Call) -> None:
    """DELETE /api/family/{id}."""
    async with call.begin() as ctx:
        await family.remove_member(ctx, PatientId(call.uuid()))


async def list_family_proposals(call: Call) -> models.FamilyProposals:
    """GET /api/family-proposals."""
    async with call.begin() as ctx:
        found = await family.proposed_members(ctx)
    return models.FamilyProposals(proposals=[_proposal(item) for item in found])


async def approve_family_member(call: Call) -> None:
    """POST /api/family-proposals/{id}/approve."""
    async with call.begin() as ctx:
        await family.approve_member(ctx, PatientId(call.uuid()), call.given(models.FamilyApproval).proof)


async def return_family_member(call: Call) -> None:
    """POST /api/family-proposals/{id}/return."""
    async with call.begin() as ctx:
        await family.return_member(ctx, PatientId(call.uuid()), call.given(models.FamilyReturn).reason)


async def give_guardian_consent(call: Call) -> None:
    """POST /api/consultations/{id}/guardian-consent. Given again it is the same, so that it needs no key."""
    async with call.begin() as ctx:
        await family.consent_to_visit(ctx, call.uuid())


def _member(item: FamilyMember) -> models.FamilyMemberView:
    return models.FamilyMemberView(
        patient_id=item.patient_id,
        name=item.name,
        birth_date=item.birth_date,
        gender=item.gender,
        relationship=item.relationship,
        state=item.state,
        is_child=item.right.of_guardian,
        ends_at=item.ends_at,
        added_at=item.added_at,
        reason=item.reason,
    )


def _proposal(item: Proposal) -> models.FamilyProposalView:
    member = item.member
    return models.FamilyProposalView(
        patient_id=member.patient_id,
        name=member.name,
        birth_date=member.birth_date,
        gender=member.gender,
        relationship=member.relationship,
        holder_name=item.holder_name,
        added_at=member.added_at,
    )
