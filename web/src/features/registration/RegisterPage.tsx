import { Navigate, useSearchParams } from 'react-router';
import { landing, useSession } from '../../shared/session';
import { AboutStep } from './AboutStep';
import { CodeStep } from './CodeStep';
import { forgetKept, useKept } from './kept';
import { Steps } from './Steps';
import { useRegistrationText } from './strings';
import { WhereStep } from './WhereStep';

/** /register: an address, its code, who it is; then one is signed in and at home. */
export function RegisterPage() {
  const text = useRegistrationText();
  const { state } = useSession();
  const [parameters] = useSearchParams();
  const [kept, keep] = useKept('registrations');
  const { destination, sent, askedAt, passed } = kept;
  const again = () => keep({ destination, askedAt: 0 });

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
        <AboutStep {...passed} onAgain={again} onDone={() => forgetKept('registrations')} />
      ) : sent ? (
        <CodeStep
          flow="registrations"
          destination={destination}
          sent={sent}
          askedAt={askedAt}
          onSent={(next) => keep({ ...kept, sent: next, askedAt: Date.now() })}
          onPassed={(id, ticket) => keep({ ...kept, passed: { id, ticket } })}
          onChange={again}
        />
      ) : (
        <WhereStep
          flow="registrations"
          destination={destination}
          onSent={(to, code) => keep({ destination: to, sent: code, askedAt: Date.now() })}
        />
      )}
    </Steps>
  );
}
