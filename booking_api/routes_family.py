"""The part of the table of operations about family members."""

from booking_api import family
from booking_api import models_family as models
from booking_api.route import Route
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/family", family.list_family,
        "Family members for whom the account acts, or asked to", (Action.FAMILY_READ_OWN,),
        models.FamilyMembers,
    ),
    Route(
        "POST", "/api/family", family.add_family_member,
        "Add a family member: a child at once, an adult once the staff approves", (Action.FAMILY_ADD,),
        models.FamilyMemberView, 201,
        body=models.NewFamilyMember,
        is_idempotent=True,
        codes=(Code.FAMILY_TOO_MANY, Code.RATE_LIMITED),
    ),
    Route(
        "DELETE", "/api/family/{id}", family.remove_family_member,
        "Stop acting for a family member", (Action.FAMILY_REMOVE,), status=204,
        codes=(Code.FAMILY_WRONG_STATE, Code.FAMILY_HAS_VISITS),
        thing="family member",
    ),
    Route(
        "GET", "/api/family-proposals", family.list_family_proposals,
        "Adults for whom an account asks to act", (Action.FAMILY_LIST,), models.FamilyProposals,
    ),
    Route(
        "POST", "/api/family-proposals/{id}/approve", family.approve_family_member,
        "Let an account act for an adult, whose agreement was seen", (Action.FAMILY_APPROVE,), status=204,
        body=models.FamilyApproval,
        codes=(Code.FAMILY_WRONG_STATE,),
        thing="family member",
    ),
    Route(
        "POST", "/api/family-proposals/{id}/return", family.return_family_member,
        "Refuse that an account acts for an adult, with a reason", (Action.FAMILY_RETURN,), status=204,
        body=models.FamilyReturn,
        codes=(Code.FAMILY_WRONG_STATE,),
        thing="family member",
    ),
    Route(
        "POST", "/api/consultations/{id}/guardian-consent", family.give_guardian_consent,
        "Agree, as a child's guardian, to take part in the visit", (Action.GUARDIAN_CONSENT,), status=204,
        codes=(Code.CONSULTATION_WRONG_STATE, Code.INPUT_INVALID),
        thing="consultation",
    ),
)  # fmt: skip
