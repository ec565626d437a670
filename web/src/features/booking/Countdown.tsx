import { IconClockHour4 } from '@tabler/icons-react';
import { formatTimecode, useFormat } from '../../shared/i18n';
import { useBookingText } from './strings';
import classes from './Booking.module.css';

const holdMs = 5 * 60_000;

/** How long a time is still kept, for the eye by the second, for screen readers once. */
export function Countdown({ until, now }: { until: string; now: number }) {
  const text = useBookingText();
  const format = useFormat();
  // A device whose clock is behind would promise more than there is.
  const left = Math.min(holdMs, Math.max(0, Date.parse(until) - now));
  return (
    <div className={classes.kept} role="timer" data-testid="countdown">
      <IconClockHour4 size={22} aria-hidden />
      <span aria-hidden>{text('hold.left', { time: formatTimecode(Math.ceil(left / 1000)) })}</span>
      <span className="tv-visually-hidden">
        {text('hold.leftSpoken', { time: format.time(until) })}
      </span>
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fill}
          style={{ display: 'block', width: `${(left / holdMs) * 100}%` }}
        />
      </span>
    </div>
  );
}
