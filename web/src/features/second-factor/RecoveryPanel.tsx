import { Button, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAccount } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { CodeForm } from './CodeForm';
import { factorKey, newRecoveryCodes, readFactor } from './factor';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './SecondFactor.module.css';
import { useSecondFactorText } from './strings';

/** How many recovery codes are left, and new ones for a code given now. */
export function RecoveryPanel() {
  const text = useSecondFactorText();
  const account = useAccount();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const { data, error, refetch } = useQuery({
    queryKey: factorKey,
    queryFn: ({ signal }) => readFactor(signal),
  });
  const close = () => {
    setAsking(false);
    setCodes(undefined);
    void client.invalidateQueries({ queryKey: factorKey });
  };
  return (
    <section className={classes.panel} aria-labelledby="recovery">
      <h2 id="recovery">{text('panel.title')}</h2>
      {error && !data ? (
        <StateView kind="error" error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <p className={classes.who}>
            {data && text('panel.left', { count: data.recovery_codes_left })}
          </p>
          <Button variant="default" onClick={() => setAsking(true)}>
            {text('panel.new')}
          </Button>
        </>
      )}
      <Modal
        opened={asking}
        onClose={close}
        title={text('panel.new')}
        withCloseButton={codes === undefined}
        closeOnClickOutside={codes === undefined}
        closeOnEscape={codes === undefined}
      >
        {codes ? (
          <RecoveryCodes
            codes={codes}
            login={account.login}
            verb={text('panel.done')}
            onKept={close}
          />
        ) : (
          <CodeForm
            kind="app"
            label={text('give.code')}
            verb={text('panel.do')}
            initial={data?.demo_code ?? ''}
            give={newRecoveryCodes}
            onGiven={({ recovery_codes }) => setCodes(recovery_codes)}
          >
            <p>{text('panel.lead')}</p>
          </CodeForm>
        )}
      </Modal>
    </section>
  );
}
