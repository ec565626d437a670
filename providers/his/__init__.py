"""The hospital's own system (HIS) as others see it: ports that the bridge fills, and the demo's stand-in."""

from providers.his.demo import DemoAnswers, DemoSlots
from providers.his.port import HospitalSlots, SlotOrder

__all__ = ["DemoAnswers", "DemoSlots", "HospitalSlots", "SlotOrder"]
