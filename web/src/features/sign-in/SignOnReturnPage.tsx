import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate } from 'react-router';
import { http } from '../../shared/http';
import {
  landing,
  secondFactorPath,
  signInPath,
  useSession,
  type SessionAnswer,
} from '../../shared/session';
import { PageShell } from '../../shared/shell';
import { StateView } from '../../shared/ui';
import { keptNext, signOnAddress } from './signOn';
import { useSignInText } from './strings';

/** /sign-in/return: where the provider sends the browser, with what opens a session once. */
export function SignOnReturnPage() {
  const text = useSignInText();
  const { state, enter } = useSession();
  const navigate = useNavigate();
  const [sent] = useState(() => Object.fromEntries(new URLSearchParams(window.location.search)));
  const answered = sent.code !== undefined && sent.state !== undefined;
  const { mutate, error } = useMutation({
    mutationFn: async () => {
      const { code, state: word, iss } = sent;
      const answer = { code, state: word, ...(iss === undefined ? {} : { iss }) };
      await enter(await http.post<SessionAnswer>(`${signOnAddress}/answer`, answer));
    },
  });
  const begun = useRef(false);
  useEffect(() => {
    // It is good once, however often the page is drawn.
    if (begun.current) return;
    begun.current = true;
    // What was sent stays neither in the address nor in the history.
    window.history.replaceState(window.history.state, '', window.location.pathname);
    if (answered) mutate();
  }, [answered, mutate]);

  if (state.status === 'signed_in') {
    return <Navigate to={landing(state.account.role, keptNext())} replace />;
  }
  if (state.status === 'second_factor') {
    const next = keptNext();
    const asked = next === null ? '' : `?next=${encodeURIComponent(next)}`;
    return <Navigate to={secondFactorPath + asked} replace />;
  }
  return (
    <PageShell title={text('signOn.title')} withPlaces={false}>
      {error ? (
        <StateView
          kind="error"
          error={error}
          safe={text('signOn.safe')}
          onRetry={() => void navigate(signInPath, { replace: true })}
        />
      ) : answered ? (
        <StateView kind="loading" />
      ) : (
        <StateView
          kind="empty"
          title={text('signOn.refused')}
          detail={text('signOn.refusedNext')}
          action={{ label: text('signOn.back'), to: signInPath }}
        />
      )}
    </PageShell>
  );
}
