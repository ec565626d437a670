import { IconPhone } from '@tabler/icons-react';
import { Navigate, useSearchParams } from 'react-router';
import { landing, secondFactorPath, useHospital, useSession } from '../../shared/session';
import {
  DemoBanner,
  LanguageSwitch,
  OfflineBanner,
  usePageTitle,
  Wordmark,
} from '../../shared/shell';
import { useSurface } from '../../shared/theme';
import { StateView } from '../../shared/ui';
import { SignInForm } from './SignInForm';
import classes from './SignInPage.module.css';
import { useSignInText } from './strings';

const path = ['book', 'ready', 'wait', 'call', 'after'] as const;

export function SignInPage() {
  useSurface('patient');
  const { state } = useSession();
  const [parameters] = useSearchParams();
  const text = useSignInText();
  usePageTitle(text('title'));

  if (state.status === 'signed_in') {
    return <Navigate to={landing(state.account.role, parameters.get('next'))} replace />;
  }
  if (state.status === 'second_factor') {
    const next = parameters.get('next');
    const asked = next === null ? '' : `?next=${encodeURIComponent(next)}`;
    return <Navigate to={secondFactorPath + asked} replace />;
  }
  return (
    <div className={classes.root}>
      <DemoBanner />
      <OfflineBanner />
      <div className={classes.columns}>
        <div className={classes.welcome}>
          <Wordmark large />
          <div>
            <p className={classes.promise}>{text('promise')}</p>
            <p className={classes.lead}>{text('lead')}</p>
          </div>
          <ol className={classes.path} aria-label={text('path.label')}>
            {path.map((step) => (
              <li key={step}>{text(`path.${step}`)}</li>
            ))}
          </ol>
          <Emergency />
        </div>
        <main className={classes.form}>
          <div className={classes.corner}>
            <LanguageSwitch />
          </div>
          <div className={classes.card}>
            <h1 className={classes.title}>{text('title')}</h1>
            {state.status === 'unreachable' ? (
              <StateView kind="error" error={state.error} onRetry={state.retry} />
            ) : (
              <SignInForm />
            )}
          </div>
        </main>
      </div>
    </div>
  );
}

/** Nobody in danger may wait at a screen, so the number stands before the door. */
function Emergency() {
  const hospital = useHospital();
  const text = useSignInText();
  return (
    <p className={classes.emergency}>
      {hospital && (
        <>
          <IconPhone size={20} stroke={1.75} aria-hidden />
          <span>
            <a href={`tel:${hospital.emergency_number}`}>
              {text('emergency', { number: hospital.emergency_number })}
            </a>{' '}
            {text('emergencyAbroad')}
          </span>
        </>
      )}
    </p>
  );
}
