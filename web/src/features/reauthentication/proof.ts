/** Proving again, while signed in, who one is. */
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { signWithPasskey, type Ceremony } from '../../shared/passkeys';

type Proof = components['schemas']['SessionProof'];
export type Factor = components['schemas']['SecondFactorView'];

const address = '/api/session/proof';

export const readFactor = (signal: AbortSignal) =>
  http.get<Factor>('/api/session/second-factor', { signal });

export const proveByCode = (password: string, code: string) =>
  http.post<Proof>(address, { password, code });

export const proveByPasskey = async () => {
  const asked = await http.post<Ceremony>(`${address}/passkey/challenge`);
  return http.post<Proof>(`${address}/passkey`, await signWithPasskey(asked));
};
