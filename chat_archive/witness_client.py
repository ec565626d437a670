"""Asking a witness (C2SP tlog-witness) for its cosignature, and believing nothing that its key did not sign.

The wire is a port: whoever composes this gives a `WitnessPost`, such as `providers.witness.HttpWitness.post`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chat_archive.checkpoint import Checkpoint, open_checkpoint, read_number
from chat_archive.invalid import EvidenceInvalid, Malformed
from chat_archive.note import KeyKind, Verified, VerifierKey, parse_note, parse_signature_lines
from chat_archive.witness import SIZE, Submission
from domain.errors import PartnerDown


class WitnessPost(Protocol):
    """Send a request's body to add-checkpoint, and return status, content type and body of the answer.

    Raises:
        PartnerDown: there is no answer, or none of a size that can be one.
    """

    async def __call__(self, body: bytes) -> tuple[int, str, bytes]:
        """Send it."""


class WitnessLatest(Protocol):
    """Get the latest note that a witness cosigned for the log with this origin.

    The specification of witnesses has no such request; `televisit witness` answers it.

    Raises:
        PartnerDown: there is no answer, or it is no text.
    """

    async def __call__(self, origin: str) -> str:
        """Get it."""


class WitnessRefused(PartnerDown):
    """The witness did not sign. `status` is its reason; with 409 and 422 it says that the log forked."""

    def __init__(self, witness: str, status: int) -> None:
        super().__init__(witness, f"The witness {witness} refused to sign: status {status}.")
        self.status = status


class WitnessUnbelievable(PartnerDown):
    """The witness answered what no witness answers, or what its key did not sign."""

    def __init__(self, witness: str, why: str) -> None:
        super().__init__(witness, f"The witness {witness} gave an answer that cannot be used: {why}")


@dataclass(frozen=True, slots=True)
class Stale:
    """The witness remembers another size than the one named: submit again with a proof from `size`."""

    size: int


class WitnessClient:
    """One witness, by its key. Holds no state: who calls remembers which size the witness has.

    Without `latest` it is one that shows nothing but its answers.

    Raises:
        Malformed: the key is none of a witness.
    """

    def __init__(self, key: VerifierKey, post: WitnessPost, latest: WitnessLatest | None = None) -> None:
        if key.kind is not KeyKind.COSIGNATURE:
            raise Malformed("A witness' key is one of kind 4.")
        self.key = key
        self._post = post
        self._latest = latest

    @property
    def name(self) -> str:
        """Return the name that the witness signs under."""
        return self.key.name

    async def submit(self, old_size: int, proof: Sequence[bytes], note: str) -> Verified | Stale:
        """Ask for a cosignature of the checkpoint in `note`; `proof` proves consistency with `old_size`.

        Returns the cosignature, checked with the witness' key: `.signature.line()` is the line to keep,
        `.time_s` when it was made. To learn where a witness stands, submit with size 0 and no proof.

        Raises:
            Malformed: the note holds no checkpoint.
            WitnessRefused: it did not sign.
            WitnessUnbelievable: the answer is none, or not of that key.
            PartnerDown: from the port, when there is no answer.
        """
        text = parse_note(note).text
        size = Checkpoint.parse(text).size
        status, content_type, body = await self._post(Submission(old_size, tuple(proof), note).format())
        try:
            if status == 200:
                return self._believed(text, body)
            if status == 409 and content_type.partition(";")[0].strip().lower() == SIZE:
                return self._stale(old_size, size, body)
        except EvidenceInvalid as error:
            raise WitnessUnbelievable(self.name, str(error)) from None
        raise WitnessRefused(self.name, status)

    async def shown(self, origin: str, log_keys: Sequence[VerifierKey]) -> Checkpoint:
        """Return the latest checkpoint of a log that the witness can show, signed by one of the log's keys.

        It proves what the log itself has signed, whatever the witness is worth.

        Raises:
            WitnessUnbelievable: it shows none, or one that the log did not sign.
            PartnerDown: from the port, when there is no answer.
        """
        if self._latest is None:
            raise WitnessUnbelievable(self.name, "It shows no checkpoints.")
        note = await self._latest(origin)
        try:
            return open_checkpoint(note, log_keys).checkpoint
        except EvidenceInvalid as error:
            raise WitnessUnbelievable(self.name, str(error)) from None

    def _believed(self, text: str, body: bytes) -> Verified:
        found: Verified | None = None
        for signature in parse_signature_lines(body):
            # A witness may have several keys; signatures of those that nobody told us are ignored.
            if (signature.name, signature.key_id) == (self.key.name, self.key.key_id):
                time_s = self.key.verify(text, signature.signature)
                if found is None or (time_s or 0) > (found.time_s or 0):
                    found = Verified(self.key, signature, time_s)
        if found is None:
            raise WitnessUnbelievable(self.name, "Its key did not sign it.")
        return found

    def _stale(self, old_size: int, size: int, body: bytes) -> Stale:
        text = body.decode("ascii", "replace")
        if not text.endswith("\n"):
            raise WitnessUnbelievable(self.name, "A size ends in a newline.")
        known = read_number(text[:-1], "size")
        if known == old_size:
            # It has seen just that many leaves, so what it objects to is the root.
            raise WitnessRefused(self.name, 409)
        return Stale(known)
