"""Proving again, while signed in, who one is."""

from actions import reauthentication
from booking_api.edge import Call
from booking_api.models_passkeys import PasskeyChallenge
from booking_api.models_reauthentication import NewProof, SessionProof
from booking_api.passkeys import answered_by, asked_of
from domain.permissions import Action


async def prove_session(call: Call) -> SessionProof:
    """POST /api/session/proof."""
    proof = call.given(NewProof)
    proved_at = await reauthentication.prove_by_code(
        call.edge.work,
        call.edge.passwords,
        call.edge.throttle,
        call.signed_in,
        proof.password,
        proof.code,
        call.request_id,
    )
    return SessionProof(proved_at=proved_at)


async def begin_passkey_proof(call: Call) -> PasskeyChallenge:
    """POST /api/session/proof/passkey/challenge."""
    return await asked_of(call, Action.SESSION_PROVE, reauthentication.begin_passkey)


async def prove_session_by_passkey(call: Call) -> SessionProof:
    """POST /api/session/proof/passkey."""
    proved_at = await answered_by(call, Action.SESSION_PROVE, reauthentication.prove_by_passkey)
    return SessionProof(proved_at=proved_at)
