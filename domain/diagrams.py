"""The state machines as a page of documentation: `python -m domain.diagrams > docs/states.md`."""

import sys
from enum import StrEnum
from typing import Any

from domain.appointment import APPOINTMENT, AppointmentEvent, AppointmentState
from domain.consultation import CONSULTATION, ConsultationEvent, ConsultationState
from domain.family import FAMILY, FamilyEvent, FamilyState
from domain.follow_up import FOLLOW_UP, FollowUpEvent, FollowUpState
from domain.guests import GUEST, GuestEvent, GuestState
from domain.his_slots import SLOT_REQUEST, SlotRequestEvent, SlotRequestState
from domain.identity import IDENTITY, IdentityEvent, IdentityState
from domain.keyword import SEARCH, SearchEvent, SearchState
from domain.notices import DELIVERY, DeliveryEvent, DeliveryState
from domain.patient_index import LINK, LinkEvent, LinkState
from domain.payment import PAYMENT, REFUND, PaymentEvent, PaymentState, RefundEvent, RefundState
from domain.practitioner import PROFILE, ProfileEvent, ProfileState
from domain.rebooking import OFFER, OfferEvent, OfferState
from domain.retention import DESTRUCTION, DestructionEvent, DestructionState
from domain.transitions import TransitionTable
from domain.waitlist import WAITLIST, WaitlistEvent, WaitlistState

_HEAD = """# States

Generated from the tables in `domain/` by `python -m domain.diagrams > docs/states.md`; do not edit.
A test fails when this page and the tables differ.
"""


def states_page() -> str:
    """Return docs/states.md: each machine's diagram, and its whole table with what cannot happen."""
    return "\n".join(
        [
            _HEAD,
            _section("Appointment", APPOINTMENT, AppointmentState, AppointmentEvent),
            _section("Consultation", CONSULTATION, ConsultationState, ConsultationEvent),
            _section("Follow-up", FOLLOW_UP, FollowUpState, FollowUpEvent),
            _section("Invitation of a guest", GUEST, GuestState, GuestEvent),
            _section("Rebooking offer", OFFER, OfferState, OfferEvent),
            _section("Slot request", SLOT_REQUEST, SlotRequestState, SlotRequestEvent),
            _section("Place on the waitlist", WAITLIST, WaitlistState, WaitlistEvent),
            _section("Payment", PAYMENT, PaymentState, PaymentEvent),
            _section("Refund", REFUND, RefundState, RefundEvent),
            _section("Keyword search", SEARCH, SearchState, SearchEvent),
            _section("Doctor's profile", PROFILE, ProfileState, ProfileEvent),
            _section("Identity check", IDENTITY, IdentityState, IdentityEvent),
            _section("Link to the patient index", LINK, LinkState, LinkEvent),
            _section("Family member", FAMILY, FamilyState, FamilyEvent),
            _section("Delivery of a notice", DELIVERY, DeliveryState, DeliveryEvent),
            _section("Request to destroy records", DESTRUCTION, DestructionState, DestructionEvent),
        ]
    )


def _section(
    title: str, table: TransitionTable[Any, Any], states: type[StrEnum], events: type[StrEnum]
) -> str:
    first = next(iter(states))
    lines = [
        f"## {title}",
        "",
        f"It begins as {first.value}. An event that cannot happen is refused with `{table.code}`.",
        "",
        "```mermaid",
        table.mermaid(),
        "```",
        "",
        "| in state | " + " | ".join(event.value for event in events) + " |",
        "|---|" + "---|" * len(events),
    ]
    for state in states:
        cells = [
            table.next(state, event).value if table.allows(state, event) else "refused" for event in events
        ]
        lines.append(f"| {state.value} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.stdout.write(states_page())
