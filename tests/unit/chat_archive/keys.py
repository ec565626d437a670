"""Keys that the tests of the log sign with. They are no secrets."""

from chat_archive.checkpoint import Checkpoint
from chat_archive.note import KeyKind, Signer, sign
from tests.unit.chat_archive import trees

ORIGIN = "hospital.example/log"
LOG = Signer(ORIGIN, KeyKind.ED25519, bytes(range(32)))
OTHER_LOG = Signer("clinic.example/log", KeyKind.ED25519, bytes(range(1, 33)))
STRANGER = Signer(ORIGIN, KeyKind.ED25519, bytes(range(2, 34)))
"""Another key under the log's name."""
WITNESS = Signer("witness.example/w1", KeyKind.COSIGNATURE, bytes(range(3, 35)))
OTHER_WITNESS = Signer("witness.example/w2", KeyKind.COSIGNATURE, bytes(range(4, 36)))


def checkpoint(size: int, root: bytes | None = None, origin: str = ORIGIN) -> Checkpoint:
    """Return the checkpoint of the first `size` leaves of the tests' tree, or with another root."""
    return Checkpoint(origin, size, trees.root(0, size) if root is None else root)


def signed(size: int, root: bytes | None = None, signer: Signer = LOG) -> str:
    """Return such a checkpoint, signed."""
    return sign(checkpoint(size, root, signer.name).text(), [signer])
