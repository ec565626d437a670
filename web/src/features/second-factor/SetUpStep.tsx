import { useQuery } from '@tanstack/react-query';
import { StateView } from '../../shared/ui';
import { CodeForm } from './CodeForm';
import { confirmSecret, grouped, newSecret, type Confirmed } from './factor';
import { QrCode } from './QrCode';
import classes from './SecondFactor.module.css';
import { useSecondFactorText } from './strings';

/** A new secret as a QR code and as text, confirmed by the first code that the app makes of it. */
export function SetUpStep({ onConfirmed }: { onConfirmed: (confirmed: Confirmed) => void }) {
  const text = useSecondFactorText();
  const { data, error, refetch } = useQuery({
    queryKey: ['second-factor-secret'],
    queryFn: newSecret,
    // One secret for one look at this page: another one would make the scanned one worthless.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (error) return <StateView kind="error" error={error} onRetry={() => void refetch()} />;
  if (!data) return <StateView kind="loading" />;
  return (
    <CodeForm
      kind="app"
      label={text('setUp.code')}
      verb={text('setUp.do')}
      give={confirmSecret}
      onGiven={onConfirmed}
    >
      <p>{text('setUp.lead')}</p>
      <ol className={classes.how}>
        <li>{text('setUp.app')}</li>
        <li>{text('setUp.scan')}</li>
        <li>{text('setUp.type')}</li>
      </ol>
      <div className={classes.secret}>
        <QrCode rows={data.qr} label={text('setUp.qr')} />
        <div className={classes.byHand}>
          <p>{text('setUp.byHand')}</p>
          <code data-testid="secret">{grouped(data.secret)}</code>
        </div>
      </div>
    </CodeForm>
  );
}
