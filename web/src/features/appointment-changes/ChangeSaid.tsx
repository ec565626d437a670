import { IconCircleCheck } from '@tabler/icons-react';
import { useLocation } from 'react-router';
import classes from './Changes.module.css';
import type { Cancelled, Moved } from './changes';
import { useChangesText } from './strings';
import { useMoment } from './useMoment';

/** What was done to a visit, handed on to the page that shows the visits. */
export type Change = { moved: Moved } | { cancelled: Cancelled };

/** As what a router keeps beside an address. */
export const changeState = (change: Change) => ({ change });

function changeIn(state: unknown): Change | undefined {
  if (typeof state !== 'object' || state === null || !('change' in state)) return undefined;
  return state.change as Change;
}

/** Says once more what was just moved or cancelled, and what follows; nothing otherwise. */
export function ChangeSaid() {
  const text = useChangesText();
  const moment = useMoment();
  const change = changeIn(useLocation().state);
  if (change === undefined) return null;
  const money = () => {
    if (!('cancelled' in change)) return '';
    const { back_minor: back, currency, paid_minor: paid } = change.cancelled;
    if (currency === null || paid === 0) return text('done.unpaid');
    return back === 0
      ? text('done.nothing')
      : text('done.back', { back: moment.money(back, currency) });
  };
  return (
    <div className={classes.done} role="status" data-testid="change-said">
      <IconCircleCheck size={22} stroke={1.75} aria-hidden />
      <div>
        <p className={classes.strong}>
          {'moved' in change
            ? text('done.moved', { when: moment.at(change.moved.starts_at) })
            : text('done.cancelled')}
        </p>
        <p className={classes.quiet}>
          {'moved' in change
            ? text('done.movedNext', { name: change.moved.practitioner_name })
            : money()}
        </p>
      </div>
    </div>
  );
}
