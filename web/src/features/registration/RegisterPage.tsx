import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { landing, useSession } from '../../shared/session';
import { AboutStep } from './AboutStep';
import type { CodeSent } from './codes';
import { CodeStep } from './CodeStep';
import { Steps } from './Steps';
import { useRegistrationText } from './strings';
import { WhereStep } from './WhereStep';

interface Passed {
  id: string;
  ticket: string;
}

/** /register: an address, its code, who it is; then one is signed in and at home. */
export function RegisterPage() {
  const text = useRegistrationText();
  const { state } = useSession();
  const [parameters] = useSearchParams();
  const [destination, setDestination] = useState('');
  const [sent, setSent] = useState<CodeSent>();
  const [passed, setPassed] = useState<Passed>();
  const again = () => {
    setPassed(undefined);
    setSent(undefined);
  };

  if (state.status === 'signed_in') {
    return <Navigate to={landing(state.account.role, parameters.get('next'))} replace />;
  }
  return (
    <Steps
      title={text('register.title')}
      names={[text('steps.where'), text('steps.code'), text('steps.about')]}
      at={passed ? 2 : sent ? 1 : 0}
      done={text('register.done')}
    >
      {passed ? (
        <AboutStep {...passed} onAgain={again} />
      ) : sent ? (
        <CodeStep
          flow="registrations"
          destination={destination}
          sent={sent}
          onPassed={(id, ticket) => setPassed({ id, ticket })}
          onChange={again}
        />
      ) : (
        <WhereStep
          flow="registrations"
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
