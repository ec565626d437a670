import { Button, Title } from '@mantine/core';
import { IconCalendarPlus, IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useFormat } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import classes from './Booking.module.css';
import type { BookingPlaces } from './BookingPage';
import type { Booking } from './bookings';
import { Evidence } from './Evidence';
import { useBookingText } from './strings';
import { Summary } from './Summary';

const hourMs = 60 * 60_000;

/** Calm: when, with whom, how to join, and what is left to show the doctor. */
export function Booked({ booking, visitTo, home }: BookingPlaces & { booking: Booking }) {
  const text = useBookingText();
  const format = useFormat(useHospital()?.time_zone);
  const { fee_minor: minor, currency } = booking;
  const over = booking.state === 'fulfilled';
  // As the server counts: the waiting room opens an hour before.
  const opens = Date.parse(booking.starts_at) - hourMs;
  return (
    <div className={classes.root} data-testid="booked">
      <div className={classes.done}>
        <IconCircleCheck size={36} stroke={1.75} aria-hidden />
        <Title order={1}>{text(over ? 'booked.over' : 'booked.title')}</Title>
      </div>
      <Summary
        name={booking.practitioner_name}
        title={booking.practitioner_title}
        specialty={booking.specialty}
        startsAt={booking.starts_at}
        fee={minor === null || currency === null ? undefined : { minor, currency }}
        patient={booking.patient_name}
      >
        {!over && (
          <a className={classes.link} href={`/api/appointments/${booking.id}/calendar`} download>
            <IconCalendarPlus size={20} aria-hidden />
            {text('booked.calendar')}
          </a>
        )}
      </Summary>
      {!over && booking.consultation_id !== null && (
        <Evidence consultationId={booking.consultation_id} />
      )}
      {!over && (
        <section className={classes.card}>
          <h2 className={classes.heading}>{text('booked.how')}</h2>
          <ol className={classes.steps}>
            <li>{text('booked.step1')}</li>
            <li>{text('booked.step2', { when: `${format.day(opens)} ${format.time(opens)}` })}</li>
            <li>{text('booked.step3', { name: booking.practitioner_name })}</li>
          </ol>
        </section>
      )}
      <div className={classes.bar}>
        <Button component={Link} to={visitTo(booking.id)} fullWidth>
          {text('booked.go')}
        </Button>
        {!over && <p className={classes.under}>{text('booked.letter')}</p>}
        <Link to={home} className={classes.link}>
          {text('booked.home')}
        </Link>
      </div>
    </div>
  );
}
