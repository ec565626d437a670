import { Button, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { landing, signInPath, useSession } from '../../shared/session';
import { PageShell } from '../../shared/shell';
import { StateView } from '../../shared/ui';
import { factorKey, readFactor, type Confirmed } from './factor';
import { GiveStep } from './GiveStep';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './SecondFactor.module.css';
import { SetUpStep } from './SetUpStep';
import { useSecondFactorText } from './strings';

const demoCodeMs = 10_000;

/** /second-factor: between the password and the staff's pages. */
export function SecondFactorPage() {
  const text = useSecondFactorText();
  const { state, enter, logout } = useSession();
  const [parameters] = useSearchParams();
  const [confirmed, setConfirmed] = useState<Confirmed>();
  const leaving = useMutation({ mutationFn: logout });
  const { data, error, refetch } = useQuery({
    queryKey: factorKey,
    queryFn: ({ signal }) => readFactor(signal),
    enabled: state.status === 'second_factor' && confirmed === undefined,
    // The code that a demonstration shows is good for half a minute.
    refetchInterval: (query) => (query.state.data?.demo_code == null ? false : demoCodeMs),
  });

  // The session is open once the codes are there; nobody is led away before they are kept.
  if (confirmed === undefined) {
    if (state.status === 'signed_in') {
      return <Navigate to={landing(state.account.role, parameters.get('next'))} replace />;
    }
    if (state.status === 'signed_out') return <Navigate to={signInPath} replace />;
  }
  const account = confirmed?.session.account ?? ('account' in state ? state.account : undefined);
  const settingUp = confirmed !== undefined || (data?.confirmed === false && data.passkeys === 0);
  const title = text(settingUp ? 'setUp.title' : 'give.title');
  return (
    <PageShell title={title} withPlaces={false}>
      <div className={classes.page}>
        <Title order={1}>{title}</Title>
        {account && <p className={classes.who}>{text('who', { name: account.display_name })}</p>}
        <div className={classes.card}>
          {confirmed && account ? (
            <RecoveryCodes
              codes={confirmed.recovery_codes}
              login={account.login}
              verb={text('recovery.go')}
              onKept={() => void enter(confirmed.session).then(() => setConfirmed(undefined))}
            />
          ) : error ? (
            <StateView kind="error" error={error} onRetry={() => void refetch()} />
          ) : !data ? (
            <StateView kind="loading" />
          ) : data.confirmed || data.passkeys > 0 ? (
            <GiveStep factor={data} onGiven={(session) => void enter(session)} />
          ) : (
            <SetUpStep onConfirmed={setConfirmed} />
          )}
        </div>
        {confirmed === undefined && (
          <Button
            variant="subtle"
            px={0}
            className={classes.leave ?? ''}
            loading={leaving.isPending}
            onClick={() => leaving.mutate()}
          >
            {text('leave')}
          </Button>
        )}
      </div>
    </PageShell>
  );
}
