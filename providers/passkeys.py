"""What browsers and authenticators ask and answer about passkeys (WebAuthn Level 3), verified by py_webauthn.

No row and no rule of the hospital is here. The library is imported when it is first used: it brings CBOR and
certificate parsers, which a server without passkeys does not need.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from domain.passkeys import CHALLENGE_LIFE

Json = Mapping[str, Any]
_TIMEOUT_MS: Final = int(CHALLENGE_LIFE.total_seconds() * 1000)


class PasskeyRefused(Exception):
    """An answer of an authenticator that does not hold. The words are for the audit trail: no one's data."""


@dataclass(frozen=True, slots=True)
class NewCredential:
    """A credential that an authenticator has just made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The hospital as authenticators know it: what they bind keys to, and the only origin that may ask."""

    id: str
    name: str
    origin: str

    def creation_options(
        self, challenge: bytes, user_id: bytes, login: str, display_name: str, known: Iterable[bytes]
    ) -> dict[str, Any]:
        """Return PublicKeyCredentialCreationOptionsJSON: a resident key that verifies its user."""
        from webauthn import generate_registration_options, options_to_json
        from webauthn.helpers.structs import (
            AuthenticatorSelectionCriteria,
            PublicKeyCredentialDescriptor,
            ResidentKeyRequirement,
            UserVerificationRequirement,
        )

        options = generate_registration_options(
            rp_id=self.id,
            rp_name=self.name,
            user_id=user_id,
            user_name=login,
            user_display_name=display_name,
            challenge=challenge,
            timeout=_TIMEOUT_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        )
        return _read(options_to_json(options))

    def request_options(self, challenge: bytes, known: Iterable[bytes] = ()) -> dict[str, Any]:
        """Return PublicKeyCredentialRequestOptionsJSON, for these credentials or for any that there is."""
        from webauthn import generate_authentication_options, options_to_json
        from webauthn.helpers.structs import (
            PublicKeyCredentialDescriptor,
            UserVerificationRequirement,
        )

        options = generate_authentication_options(
            rp_id=self.id,
            challenge=challenge,
            timeout=_TIMEOUT_MS,
            allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
        return _read(options_to_json(options))

    def verify_creation(self, credential: Json, challenge: bytes) -> NewCredential:
        """Return the new credential of a RegistrationResponseJSON; raise PasskeyRefused.

        The user was verified, the challenge is ours, and so are origin and name.
        """
        from webauthn import verify_registration_response
        from webauthn.helpers.exceptions import WebAuthnException

        try:
            found = verify_registration_response(
                credential=dict(credential),
                expected_challenge=challenge,
                expected_rp_id=self.id,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except (WebAuthnException, *_MALFORMED) as error:
            raise PasskeyRefused(type(error).__name__) from error
        return NewCredential(found.credential_id, found.credential_public_key, found.sign_count)

    def verify_assertion(self, credential: Json, challenge: bytes, public_key: bytes, sign_count: int) -> int:
        """Return what the counter says in an AuthenticationResponseJSON; raise PasskeyRefused.

        The user was verified, the signature is of this key, the challenge is ours, and so are origin and
        name. A counter that did not go on is refused: somebody has a copy of the key.
        """
        from webauthn import verify_authentication_response
        from webauthn.helpers.exceptions import WebAuthnException

        try:
            found = verify_authentication_response(
                credential=dict(credential),
                expected_challenge=challenge,
                expected_rp_id=self.id,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=sign_count,
                require_user_verification=True,
            )
        except (WebAuthnException, *_MALFORMED) as error:
            raise PasskeyRefused(type(error).__name__) from error
        return found.new_sign_count


def credential_id_of(credential: Json) -> bytes:
    """Return the id of the credential that answers; raise PasskeyRefused when it has none."""
    return _bytes(credential.get("rawId"))


def user_handle_of(credential: Json) -> bytes | None:
    """Return whose the authenticator says the credential is; None when it does not say."""
    response = credential.get("response")
    handle = response.get("userHandle") if isinstance(response, Mapping) else None
    return None if handle is None else _bytes(handle)


_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What the library raises of its own accord for answers that no authenticator would give."""


def _bytes(text: object) -> bytes:
    from webauthn import base64url_to_bytes

    if not isinstance(text, str) or not text:
        raise PasskeyRefused("no id")
    try:
        return base64url_to_bytes(text)
    except ValueError as error:
        raise PasskeyRefused("no base64url") from error


def _read(text: str) -> dict[str, Any]:
    found = json.loads(text)
    assert isinstance(found, dict), "options are an object"  # noqa: S101
    return found
