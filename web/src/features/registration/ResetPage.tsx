import { useState } from 'react';
import { signInPath } from '../../shared/session';
import { StateView } from '../../shared/ui';
import type { CodeSent } from './codes';
import { CodeStep } from './CodeStep';
import { NewPasswordStep } from './NewPasswordStep';
import { Steps } from './Steps';
import { useRegistrationText } from './strings';
import { WhereStep } from './WhereStep';

interface Passed {
  id: string;
  ticket: string;
}

/** /reset-password: an address, its code, the new password. */
export function ResetPage() {
  const text = useRegistrationText();
  const [destination, setDestination] = useState('');
  const [sent, setSent] = useState<CodeSent>();
  const [passed, setPassed] = useState<Passed>();
  const [done, setDone] = useState(false);
  const again = () => {
    setPassed(undefined);
    setSent(undefined);
  };

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
        <NewPasswordStep {...passed} onDone={() => setDone(true)} onAgain={again} />
      ) : sent ? (
        <CodeStep
          flow="password-resets"
          destination={destination}
          sent={sent}
          onPassed={(id, ticket) => setPassed({ id, ticket })}
          onChange={again}
        />
      ) : (
        <WhereStep
          flow="password-resets"
          destination={destination}
          onSent={(to, code) => {
            setDestination(to);
            setSent(code);
          }}
        />
      )}
    </Steps>
  );
}
