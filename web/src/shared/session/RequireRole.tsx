import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { StateView } from '../ui';
import { useSession } from './context';
import { useSessionText } from './strings';
import { homeOf, secondFactorPath, signInPath, type Role } from './types';

/** Shows its children to one role; sends who is signed out to sign in, and others to their own place. */
export function RequireRole({ role, children }: { role: Role; children: ReactNode }) {
  const { state } = useSession();
  const location = useLocation();
  const text = useSessionText();

  switch (state.status) {
    case 'loading':
      return <StateView kind="loading" page />;
    case 'unreachable':
      return <StateView kind="error" page error={state.error} onRetry={state.retry} />;
    case 'second_factor':
    case 'signed_out': {
      const here = location.pathname + location.search;
      const next = here === '/' ? '' : `?next=${encodeURIComponent(here)}`;
      const door = state.status === 'signed_out' ? signInPath : secondFactorPath;
      return <Navigate to={door + next} replace />;
    }
    case 'signed_in': {
      const home = homeOf[state.account.role];
      if (state.account.role === role) return children;
      if (location.pathname === '/') return <Navigate to={home} replace />;
      return (
        <StateView
          kind="forbidden"
          page
          title={text('wrongRole.what')}
          detail={text('wrongRole.next', { role: text(`role.${state.account.role}`) })}
          action={{ label: text('wrongRole.home'), to: home }}
        />
      );
    }
  }
}
