import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { components } from '../../protocol/api';
import { useFormat } from '../../shared/i18n';
import { StatusPill } from '../../shared/ui';
import classes from './PaymentsPage.module.css';
import { useTillText } from './strings';

type Reconciliation = components['schemas']['ReconciliationView'];

/** Each day's comparison with the provider's own list, with every difference. */
export function Compared({ days }: { days: Reconciliation[] }) {
  const text = useTillText();
  const format = useFormat();
  const money = (minor: number | null, currency: string) =>
    minor === null ? '' : format.money(minor, currency);
  return (
    <section className={classes.cell} aria-labelledby="compared">
      <h2 id="compared" className={classes.heading}>
        {text('compare.title')}
      </h2>
      {days.length === 0 && <p className={classes.note}>{text('compare.none')}</p>}
      {days.map(({ day, provider, ours, theirs, differences }) => (
        <div key={`${provider} ${day}`}>
          <StatusPill
            icon={differences.length === 0 ? IconCircleCheck : IconAlertTriangle}
            tone={differences.length === 0 ? 'good' : 'amber'}
          >
            {differences.length === 0
              ? text('compare.same', { day, count: ours })
              : text('compare.differ', { day, ours, theirs })}
          </StatusPill>
          <ul className={classes.compared}>
            {differences.map((one) => (
              <li key={`${one.movement} ${one.reference}`}>
                {text(`compare.${one.kind}`, {
                  reference: one.reference,
                  ours: money(one.ours_minor, one.currency),
                  theirs: money(one.theirs_minor, one.currency),
                })}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
