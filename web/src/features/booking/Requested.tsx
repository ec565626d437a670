import { Button, Title } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './Booking.module.css';
import { useBookings, type Booking } from './bookings';
import { Release } from './Release';
import { useBookingText } from './strings';
import { Summary } from './Summary';
import { useWhen } from './When';

/** A visit that the hospital's own system has not confirmed yet: what happens next, and the way out. */
export function Requested({ booking, home }: { booking: Booking; home: string }) {
  const text = useBookingText();
  const when = useWhen();
  const { fee_minor: minor, currency } = booking;
  const paid = minor !== null && minor > 0 && currency !== null;
  return (
    <div className={classes.root} data-testid="requested">
      <div className={classes.asked}>
        <IconHourglass size={32} stroke={1.75} aria-hidden />
        <Title order={1}>{text('asked.title')}</Title>
      </div>
      <p role="status">{text('asked.lead')}</p>
      <Summary
        name={booking.practitioner_name}
        title={booking.practitioner_title}
        specialty={booking.specialty}
        startsAt={booking.starts_at}
        fee={paid ? { minor, currency } : undefined}
        patient={booking.patient_name}
      />
      <section className={classes.card}>
        <h2 className={classes.heading}>{text('asked.next')}</h2>
        <ol className={classes.steps}>
          <li>{text('asked.step1')}</li>
          {booking.answer_by !== null && (
            <li>{text('asked.step2', { when: when.short(booking.answer_by) })}</li>
          )}
          <li>{text(paid ? 'asked.step3' : 'asked.step3Free')}</li>
        </ol>
      </section>
      <div className={classes.bar}>
        <Button component={Link} to={home} variant="default" fullWidth>
          {text('booked.home')}
        </Button>
        <Release booking={booking} />
      </div>
    </div>
  );
}

/** Visits that wait for the hospital's answer, for the home page; nothing while there is none. */
export function RequestedBookings({ to }: { to: (booking: Booking) => string }) {
  const text = useBookingText();
  const when = useWhen();
  const { data } = useBookings();
  const asked = (data ?? []).filter(({ state }) => state === 'pending');
  if (asked.length === 0) return null;
  return (
    <section className={classes.root} aria-label={text('asked.list')}>
      {asked.map((one) => (
        <div key={one.id} className={classes.held} data-testid="requested-card">
          <div>
            <p className={classes.pending}>
              <IconHourglass size={20} aria-hidden />
              {text('asked.list')}
            </p>
            <p className={classes.name}>
              {when.short(one.starts_at)} · {one.practitioner_name}
            </p>
            <p className={classes.quiet}>{text('asked.short')}</p>
          </div>
          <Button component={Link} to={to(one)} variant="light">
            {text('asked.open')}
          </Button>
        </div>
      ))}
    </section>
  );
}

/** Says before booking that the hospital confirms this time afterwards. */
export function ConfirmedLater() {
  const text = useBookingText();
  return (
    <p className={classes.pending}>
      <IconHourglass size={20} aria-hidden />
      {text('hold.later')}
    </p>
  );
}
