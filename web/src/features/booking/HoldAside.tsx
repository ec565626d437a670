import { Button } from '@mantine/core';
import { Link } from 'react-router';
import classes from './Booking.module.css';
import { isKept, useBooking } from './bookings';
import { Countdown } from './Countdown';
import { Release } from './Release';
import { ConfirmedLater } from './Requested';
import { useBookingText } from './strings';
import { Summary } from './Summary';
import { useSeconds } from './useSeconds';
import { useWhen } from './When';

export interface HoldAsideProps {
  bookingId: string;
  doctorTo: (doctorId: string) => string;
  /** Where a time of a doctor is booked. */
  bookTo: (doctorId: string, startsAt: string) => string;
}

/** Whether a time was held and is kept no longer, by the second; false until it is known. */
export function useHoldEnded(bookingId: string): boolean {
  const { data } = useBooking(bookingId);
  const held = data?.state === 'held';
  const now = useSeconds(held);
  return data !== undefined && (held || data.state === 'expired') && !isKept(data, now);
}

/** Above the payment: what is paid for, and how long it is still kept. */
export function HoldAside({ bookingId, doctorTo, bookTo }: HoldAsideProps) {
  const text = useBookingText();
  const { data } = useBooking(bookingId);
  const held = data?.state === 'held';
  const when = useWhen();
  const now = useSeconds(held);
  if (!data || !(held || data.state === 'expired')) return null;
  const kept = isKept(data, now);
  return (
    <div className={classes.root}>
      {kept && data.held_until !== null ? (
        <Countdown until={data.held_until} now={now} />
      ) : (
        <div role="alert" className={classes.held}>
          <p className={classes.name}>{text('ended.title')}</p>
          <p className={classes.quiet}>{text('ended.paid')}</p>
          {Date.parse(data.starts_at) > now && (
            <Button component={Link} to={bookTo(data.practitioner_id, data.starts_at)}>
              {text('ended.again', { time: when.time(data.starts_at) })}
            </Button>
          )}
          <Button component={Link} to={doctorTo(data.practitioner_id)} variant="default">
            {text('ended.other')}
          </Button>
        </div>
      )}
      <Summary
        name={data.practitioner_name}
        title={data.practitioner_title}
        specialty={data.specialty}
        startsAt={data.starts_at}
        fee={undefined}
      />
      {kept && data.needs_confirmation && <ConfirmedLater />}
    </div>
  );
}

/** Below the payment: the way out, while the time is kept. */
export function HoldRelease({ bookingId, onDone }: { bookingId: string; onDone: () => void }) {
  const { data } = useBooking(bookingId);
  const now = useSeconds(data?.state === 'held');
  return data && isKept(data, now) ? <Release booking={data} onDone={onDone} /> : null;
}
