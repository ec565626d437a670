import { useState } from 'react';
import { signInPath } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { CodeStep } from './CodeStep';
import { forgetKept, useKept } from './kept';
import { NewPasswordStep } from './NewPasswordStep';
import { Steps } from './Steps';
import { useRegistrationText } from './strings';
import { WhereStep } from './WhereStep';

/** /reset-password: an address, its code, the new password. */
export function ResetPage() {
  const text = useRegistrationText();
  const [kept, keep] = useKept('password-resets');
  const { destination, sent, askedAt, passed } = kept;
  const [done, setDone] = useState(false);
  const again = () => keep({ destination, askedAt: 0 });

  return (
    <Steps
      title={text('reset.title')}
      names={[text('steps.where'), text('steps.code'), text('steps.password')]}
      at={done ? 3 : passed ? 2 : sent ? 1 : 0}
      done={done ? undefined : text('reset.done')}
    >
      {done ? (
        <StateView
          kind="finished"
          title={text('reset.finished')}
          detail={text('reset.finishedNext')}
          action={{ label: text('reset.toSignIn'), to: signInPath }}
        />
      ) : passed ? (
        <NewPasswordStep
          {...passed}
          onDone={() => {
            forgetKept('password-resets');
            setDone(true);
          }}
          onAgain={again}
        />
      ) : sent ? (
        <CodeStep
          flow="password-resets"
          destination={destination}
          sent={sent}
          askedAt={askedAt}
          onSent={(next) => keep({ ...kept, sent: next, askedAt: Date.now() })}
          onPassed={(id, ticket) => keep({ ...kept, passed: { id, ticket } })}
          onChange={again}
        />
      ) : (
        <WhereStep
          flow="password-resets"
          destination={destination}
          onSent={(to, code) => keep({ destination: to, sent: code, askedAt: Date.now() })}
        />
      )}
    </Steps>
  );
}
