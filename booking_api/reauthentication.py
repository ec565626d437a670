"""Proving again, while signed in, who one is."""

from actions import reauthentication
from booking_api.edge import Call
from booking_api.models_passkeys import PasskeyAnswer, PasskeyChallenge
from booking_api.models_reauthentication import NewProof, SessionProof
from booking_api.passkeys import party_of
from booking_api.views import view
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
    challenge = await reauthentication.begin_passkey(
        call.edge.work,
        call.edge.throttle,
        await party_of(call, Action.SESSION_PROVE),
        call.signed_in,
        call.request_id,
    )
    return view(PasskeyChallenge, challenge)


async def prove_session_by_passkey(call: Call) -> SessionProof:
    """POST /api/session/proof/passkey."""
    answer = call.given(PasskeyAnswer)
    proved_at = await reauthentication.prove_by_passkey(
        call.edge.work,
        await party_of(call, Action.SESSION_PROVE),
        call.signed_in,
        answer.challenge_id,
        answer.credential,
        call.request_id,
    )
    return SessionProof(proved_at=proved_at)
