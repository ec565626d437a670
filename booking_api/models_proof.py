"""Bodies of the answers that prove what is in the log."""

from uuid import UUID

from booking_api.models import Model


class EntryProof(Model):
    """Where an entry stands in the log; `path` (base64) leads to the checkpoint's root, RFC 6962 section
    2.1.1.

    `index` is null, and the path empty, for an entry that is not sealed yet.
    """

    conversation_id: UUID
    seq: int
    index: int | None
    path: list[str]


class RecordProof(Model):
    """GET /api/archive/consultations/{id}/proof. `checkpoint` is a signed note (C2SP tlog-checkpoint).

    The keys are as this server says them: whoever wants to be sure has got them elsewhere.
    """

    log_key: str
    witness_keys: list[str]
    checkpoint: str
    entries: list[EntryProof]
