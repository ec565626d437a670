"""Identifiers: which kinds there are, and how a new one is made. Nothing else."""

from collections.abc import Callable
from datetime import datetime
from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
SessionId = NewType("SessionId", UUID)
PatientId = NewType("PatientId", UUID)
PractitionerId = NewType("PractitionerId", UUID)
AppointmentId = NewType("AppointmentId", UUID)
ConsultationId = NewType("ConsultationId", UUID)
GuestId = NewType("GuestId", UUID)
MessageId = NewType("MessageId", UUID)


def uuid7(now: datetime, random: Callable[[int], bytes]) -> UUID:
    """Make a time-ordered identifier (RFC 9562 section 5.7).

    `now` is an aware time; `random(n)` returns n random bytes. Milliseconds since the epoch fill the
    first 48 bits, so that rows made together lie together in an index.
    """
    millis = int(now.timestamp() * 1000)
    tail = random(10)
    raw = bytearray(millis.to_bytes(6, "big") + tail)
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return UUID(bytes=bytes(raw))
