"""The hospital's own system (HIS) while the server runs: who answers for it. No rule is here."""

from providers.his import DemoAnswers, DemoPatients, DemoSlots, HospitalSlots, PatientIndex
from server.config import Config


def hospital_slots(config: Config) -> HospitalSlots | None:
    """Return who can be asked for slots of the HIS: the demo's, or nobody."""
    if config.demo_his is None:
        return None
    return DemoSlots(config.data_dir / "demo" / "his-slots.jsonl", config.demo_his)


def patient_index(config: Config) -> PatientIndex | None:
    """Return who can be asked for patients of the HIS: the demo's, or nobody."""
    if config.demo_his is None:
        return None
    return DemoPatients(down=config.demo_his is DemoAnswers.DOWN)
