/**
 * The browser's side of passkeys (WebAuthn Level 3): from the server's JSON to the browser and back.
 *
 * Written out here, as not every browser in use has PublicKeyCredential's own JSON functions.
 */
import type { components } from '../../protocol/api';

/** A challenge as the API gives it. */
export type Ceremony = components['schemas']['PasskeyChallenge'];
export type PasskeyAnswer = components['schemas']['PasskeyAnswer'];

type Json = Record<string, unknown>;

export const canUsePasskeys = (): boolean => 'PublicKeyCredential' in window;

/** Whether the person, or the time, ended it: nothing went wrong that one has to be told of. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof DOMException &&
  (error.name === 'NotAllowedError' || error.name === 'AbortError');

function bytesOf(text: unknown): ArrayBuffer {
  const plain = String(text).replace(/-/g, '+').replace(/_/g, '/');
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0)).buffer;
}

function textOf(buffer: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

const descriptors = (list: unknown): PublicKeyCredentialDescriptor[] =>
  (Array.isArray(list) ? (list as Json[]) : []).map(({ id }) => ({
    type: 'public-key',
    id: bytesOf(id),
  }));

function answerOf(id: string, credential: Credential | null, response: Json): PasskeyAnswer {
  const { rawId } = credential as PublicKeyCredential;
  const name = textOf(rawId);
  return {
    challenge_id: id,
    credential: {
      id: name,
      rawId: name,
      type: 'public-key',
      response,
      clientExtensionResults: {},
    },
  };
}

/** Has the browser make a passkey. Rejects with DOMException: cancelled, or there is one already. */
export async function createPasskey({ id, options }: Ceremony): Promise<PasskeyAnswer> {
  const user = options.user as Json;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialCreationOptions),
      challenge: bytesOf(options.challenge),
      user: { ...(user as unknown as PublicKeyCredentialUserEntity), id: bytesOf(user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  });
  const response = (credential as PublicKeyCredential).response as AuthenticatorAttestationResponse;
  return answerOf(id, credential, {
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
  });
}

/** Has the browser sign with a passkey that the person chooses. Rejects with DOMException when cancelled. */
export async function signWithPasskey({ id, options }: Ceremony): Promise<PasskeyAnswer> {
  const credential = await navigator.credentials.get({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialRequestOptions),
      challenge: bytesOf(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
  });
  const response = (credential as PublicKeyCredential).response as AuthenticatorAssertionResponse;
  return answerOf(id, credential, {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    ...(response.userHandle ? { userHandle: textOf(response.userHandle) } : {}),
  });
}
