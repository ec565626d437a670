import { createContext, useContext } from 'react';
import type { Account, SessionAnswer } from './types';

export type SessionState =
  | { status: 'loading' }
  | { status: 'unreachable'; error: Error; retry: () => void }
  | { status: 'signed_out' }
  | { status: 'second_factor'; account: Account }
  | { status: 'signed_in'; account: Account };

export interface Session {
  state: SessionState;
  /** Resolves to the account; of the staff the second factor is asked for next. Rejects with ApiError, codes auth.invalid_credentials and auth.throttled among them. */
  login: (login: string, password: string) => Promise<Account>;
  /** Takes over a session that was opened by other means than a password, such as by registering. */
  enter: (answer: SessionAnswer) => Promise<Account>;
  logout: () => Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it.');
  return session;
}

/** The account of who is signed in; only below RequireRole, where there always is one. */
export function useAccount(): Account {
  const { state } = useSession();
  if (state.status !== 'signed_in') throw new Error('useAccount needs RequireRole above it.');
  return state.account;
}

/** Whether a patient of this name is somebody else than who is signed in: of the family. Nobody else's is shown. */
export function useIsOther(name: string): boolean {
  const state = useContext(SessionContext)?.state;
  return state?.status === 'signed_in' && state.account.display_name !== name;
}
