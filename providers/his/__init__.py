"""The hospital's own system (HIS) as others see it: ports that the bridge fills, and the demo's stand-in."""

from providers.his.demo import DemoAnswers, DemoSlots
from providers.his.patients import DemoPatients, PatientIndex
from providers.his.port import HospitalSlots, SlotOrder

__all__ = ["DemoAnswers", "DemoPatients", "DemoSlots", "HospitalSlots", "PatientIndex", "SlotOrder"]
