"""Real-name verification: the patient's own document, and the staff's queue."""

from actions import identity, own_details
from booking_api.edge import Call
from booking_api.models_identity import (
    IdentitiesToDecide,
    IdentityQuery,
    IdentityReturn,
    IdentityToDecide,
    IdentityView,
    NameOpinionView,
    NewIdentity,
    OwnDetailsEdit,
    OwnIdentity,
)
from booking_api.views import view
from domain.name_opinion import NameOpinion, held_kinds


async def read_identity(call: Call) -> OwnIdentity:
    """GET /api/identity."""
    async with call.begin() as ctx:
        details, found, correctable = await identity.own_identity(ctx, call.given(IdentityQuery).patient_id)
        required, register = ctx.identity_required, ctx.names_compared
    check = None if found is None else view(IdentityView, found)
    return OwnIdentity(
        name=details.name,
        birth_date=details.birth_date,
        required=required,
        compared_by=register,
        compared_kinds=sorted(held_kinds(register)),
        correctable=correctable,
        check=check,
    )


async def correct_details(call: Call) -> None:
    """POST /api/own-details."""
    given = call.given(OwnDetailsEdit)
    async with call.begin() as ctx:
        await own_details.correct_details(ctx, given.name, given.birth_date, call.edge.zone, given.patient_id)


async def submit_identity(call: Call) -> IdentityView:
    """POST /api/identity."""
    given = call.given(NewIdentity)
    async with call.begin() as ctx:
        found = await identity.submit_identity(ctx, given.kind, given.number, given.patient_id)
    return view(IdentityView, found)


async def list_identities(call: Call) -> IdentitiesToDecide:
    """GET /api/identity-checks."""
    async with call.begin() as ctx:
        found = await identity.waiting_identities(ctx)
    return IdentitiesToDecide(
        checks=[
            IdentityToDecide(
                id=item.check.id,
                patient_id=item.check.patient_id,
                patient_name=item.check.patient_name,
                birth_date=item.check.birth_date,
                kind=item.check.kind,
                number=item.number,
                number_birth_date=item.number_birth_date,
                submitted_at=item.check.submitted_at,
                opinion=_opinion(item.opinion),
                compared=item.compared,
            )
            for item in found
        ],
    )


async def approve_identity(call: Call) -> None:
    """POST /api/identity-checks/{id}/approve."""
    async with call.begin() as ctx:
        await identity.approve_identity(ctx, call.uuid())


async def return_identity(call: Call) -> None:
    """POST /api/identity-checks/{id}/return."""
    async with call.begin() as ctx:
        await identity.return_identity(ctx, call.uuid(), call.given(IdentityReturn).reason)


def _opinion(given: NameOpinion | None) -> NameOpinionView | None:
    if given is None:
        return None
    return NameOpinionView(
        register_name=given.register,
        opinion=given.opinion,
        reference=given.reference,
        given_at=given.given_at,
    )
