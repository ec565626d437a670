import { Button } from '@mantine/core';
import { Link } from 'react-router';
import classes from './Booking.module.css';
import { isKept, useBookings, type Booking } from './bookings';
import { Countdown } from './Countdown';
import { Release } from './Release';
import { useBookingText } from './strings';
import { useSeconds } from './useSeconds';
import { useWhen } from './When';

/** Times that are kept and not booked yet, each with its way on and its way out; nothing while there is none. */
export function HeldBookings({
  to,
  but = [],
}: {
  to: (booking: Booking) => string;
  /** Those that stand elsewhere on the page. */
  but?: readonly string[];
}) {
  const text = useBookingText();
  const when = useWhen();
  const { data } = useBookings();
  const now = useSeconds(data?.some(({ state }) => state === 'held') ?? false);
  const held = (data ?? []).filter((one) => isKept(one, now) && !but.includes(one.id));
  if (held.length === 0) return null;
  return (
    <section className={classes.root} aria-label={text('hold.list')}>
      {held.map((one) => (
        <div key={one.id} className={classes.held} data-testid="held">
          <div>
            <p className={classes.quiet}>{text('hold.list')}</p>
            <p className={classes.name}>
              {when.short(one.starts_at)} · {one.practitioner_name}
            </p>
          </div>
          {one.held_until !== null && <Countdown until={one.held_until} now={now} />}
          <Button component={Link} to={to(one)}>
            {one.fee_minor && one.currency !== null
              ? text('hold.pay', { amount: when.money(one.fee_minor, one.currency) })
              : text('hold.open')}
          </Button>
          <Release booking={one} />
        </div>
      ))}
    </section>
  );
}
