"""Acting for a patient: the own account's for itself, a family member's through the right that it has.

Every action that asks whether the actor may do something for a patient asks here. Whose right it is, is
looked up at each use: one that was removed, or a child who came of age, ends it at once.
"""

from dataclasses import dataclass
from uuid import UUID

from actions.context import ActionRefused, Context
from domain.consultation import Consultation
from domain.errors import OwnFault
from domain.family import OWN_RIGHT, ActingRight, FamilyMember
from domain.ids import PatientId
from domain.permissions import Action
from storage import family

Subject = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Acting:
    """A patient for whom the actor acts. `member` is None for the own person."""

    patient_id: PatientId
    member: FamilyMember | None = None

    @property
    def right(self) -> ActingRight:
        """The right that allows it."""
        return OWN_RIGHT if self.member is None else self.member.right


async def acting_for(
    ctx: Context, patient_id: UUID | None, action: Action, subject: Subject | None = None
) -> Acting:
    """Return the patient for whom the actor acts now; None stands for the own person.

    Raise ActionRefused for anybody else's patient, for a member who waits for the staff, was removed or came
    of age: it becomes an audit line that names both.
    """
    own = ctx.actor.patient_id
    if own is not None and patient_id in (None, own):
        return Acting(own)
    if patient_id is not None and ctx.actor.account_id is not None:
        member = await family.member(ctx.tx, patient_id)
        if member is not None and member.account_id == ctx.actor.account_id and member.right.holds(ctx.now):
            return Acting(member.patient_id, member)
    raise ActionRefused(action, subject, patient_id)


async def acting_patients(ctx: Context) -> list[PatientId]:
    """Return all for whom the actor acts now: the own person first, then the family.

    Raise OwnFault for an actor who is no patient.
    """
    own = ctx.actor.patient_id
    if own is None or ctx.actor.account_id is None:
        raise OwnFault(f"account {ctx.actor.account_id} acts for patients but is none")
    members = await family.of_account(ctx.tx, ctx.actor.account_id, ctx.now)
    return [own, *(item.patient_id for item in members if item.right.holds(ctx.now))]


def on_patient_side(ctx: Context, consultation: Consultation) -> bool:
    """Say whether the actor takes the patient's side in this consultation now: the patient, or who acts."""
    account_id = ctx.actor.account_id
    return account_id is not None and consultation.is_patient_side(account_id, ctx.now)
