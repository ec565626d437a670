/** The second factor as the API has it. */
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { signWithPasskey, type Ceremony } from '../../shared/passkeys';
import type { SessionAnswer } from '../../shared/session';

export type Factor = components['schemas']['SecondFactorView'];
export type Secret = components['schemas']['SecondFactorSecret'];

export interface Confirmed {
  session: SessionAnswer;
  recovery_codes: string[];
}

const address = '/api/session/second-factor';

export const factorKey = ['second-factor'] as const;

export const readFactor = (signal: AbortSignal) => http.get<Factor>(address, { signal });

export const newSecret = () => http.post<Secret>(`${address}/set-up`);

export const confirmSecret = (code: string) => http.post<Confirmed>(`${address}/confirm`, { code });

export const giveCode = (code: string) => http.post<SessionAnswer>(address, { code });

export const givePasskey = async () => {
  const asked = await http.post<Ceremony>(`${address}/passkey/challenge`);
  return http.post<SessionAnswer>(`${address}/passkey`, await signWithPasskey(asked));
};

export const newRecoveryCodes = (code: string) =>
  http.post<components['schemas']['RecoveryCodes']>(`${address}/recovery-codes`, { code });

/** A secret in groups of four, as one types it from the screen. */
export const grouped = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(' ');

/** A QR code's dark cells as the path of an SVG whose unit is one cell. */
export const pathOf = (rows: readonly string[]): string =>
  rows
    .flatMap((row, y) => Array.from(row.matchAll(/1/g), ({ index }) => `M${index} ${y}h1v1h-1z`))
    .join('');
