import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { canUsePasskeys, isCancelled } from '../../shared/passkeys';
import type { SessionAnswer } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { CodeForm } from './CodeForm';
import { giveCode, givePasskey, type Factor } from './factor';
import classes from './SecondFactor.module.css';
import { useSecondFactorText } from './strings';

export interface GiveStepProps {
  factor: Factor;
  onGiven: (session: SessionAnswer) => void;
}

/** The code of the app, or one of the recovery codes when the app is out of reach. */
export function GiveStep({ factor, onGiven }: GiveStepProps) {
  const text = useSecondFactorText();
  const [lost, setLost] = useState(false);
  const demo = factor.demo_code;
  const signing = useMutation({ mutationFn: givePasskey, onSuccess: onGiven });
  return (
    <>
      {lost ? (
        <CodeForm
          key="recovery"
          kind="recovery"
          label={text('give.recovery')}
          verb={text('give.do')}
          give={giveCode}
          onGiven={onGiven}
        >
          <p>{text('give.recoveryLead')}</p>
        </CodeForm>
      ) : (
        <CodeForm
          key="app"
          kind="app"
          label={text('give.code')}
          verb={text('give.do')}
          initial={demo ?? ''}
          give={giveCode}
          onGiven={onGiven}
        >
          <p>{text('give.lead')}</p>
          {demo !== null && <p className={classes.demo}>{text('give.demo', { code: demo })}</p>}
        </CodeForm>
      )}
      {factor.passkeys > 0 && canUsePasskeys() && (
        <div className={classes.passkey}>
          <Button
            variant="default"
            fullWidth
            loading={signing.isPending}
            onClick={() => signing.mutate()}
          >
            {text('give.passkey')}
          </Button>
          {isCancelled(signing.error) ? (
            <p role="alert">{text('give.passkeyCancelled')}</p>
          ) : (
            signing.isError && <InlineError error={signing.error} />
          )}
        </div>
      )}
      <Button variant="subtle" px={0} onClick={() => setLost(!lost)}>
        {text(lost ? 'give.withApp' : 'give.lost')}
      </Button>
    </>
  );
}
