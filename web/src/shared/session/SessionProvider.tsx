import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { ApiError, http, setCsrfToken } from '../http';
import { storedLanguage, suggestLanguage, type Language } from '../i18n';
import { SessionContext, type Session, type SessionState } from './context';
import type { Account, SessionAnswer } from './types';

export const sessionKey = ['session'] as const;

/** Whose session it is, and whether its second factor is still asked for. */
interface Known {
  account: Account;
  pending: boolean;
}

const outliveSession = new Set<unknown>(['hospital', sessionKey[0]]);

/** Takes over a session answer: its token for writes, and its language unless this device has one. */
function adopt(answer: SessionAnswer): Known {
  setCsrfToken(answer.csrf_token);
  if (!storedLanguage()) {
    const language: Language = answer.account.locale.startsWith('zh') ? 'zh-CN' : 'en';
    suggestLanguage(language);
  }
  return { account: answer.account, pending: answer.state === 'second-factor-pending' };
}

async function readSession(signal: AbortSignal): Promise<Known | null> {
  try {
    return adopt(await http.get<SessionAnswer>('/api/session', { signal }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      setCsrfToken(undefined);
      return null;
    }
    throw error;
  }
}

/** Unsent messages, the call one was in, the devices one chose: the tab keeps them for a reload only. */
function forgetTab(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}

/** Knows who is signed in. The cookie is the session; this is what the page knows about it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 60_000,
  });
  const { data, error, refetch } = query;

  const session = useMemo<Session>(() => {
    let state: SessionState;
    if (data?.pending) state = { status: 'second_factor', account: data.account };
    else if (data) state = { status: 'signed_in', account: data.account };
    else if (data === null) state = { status: 'signed_out' };
    else if (error) state = { status: 'unreachable', error, retry: () => void refetch() };
    else state = { status: 'loading' };

    const enter = async (answer: SessionAnswer) => {
      // A read of the session begun before the login would overwrite it with "signed out".
      await client.cancelQueries({ queryKey: sessionKey });
      // A session that ran out at this screen may have been somebody else's.
      client.removeQueries({ predicate: ({ queryKey }) => !outliveSession.has(queryKey[0]) });
      const known = adopt(answer);
      client.setQueryData(sessionKey, known);
      return known.account;
    };
    return {
      state,
      enter,
      login: async (login, password) =>
        enter(await http.post<SessionAnswer>('/api/session', { login, password })),
      logout: async () => {
        await http.delete('/api/session');
        setCsrfToken(undefined);
        await client.cancelQueries();
        // Nothing of one person's may be left for the next at this screen.
        forgetTab();
        client.removeQueries({ predicate: ({ queryKey }) => !outliveSession.has(queryKey[0]) });
        client.setQueryData(sessionKey, null);
      },
    };
  }, [client, data, error, refetch]);

  return <SessionContext value={session}>{children}</SessionContext>;
}
