import { useState } from 'react';
import { Link } from 'react-router';
import { dayOf, instantOf, shiftDay } from '../../shared/i18n';
import classes from './Booking.module.css';
import { nearest, ownZone } from './slots';
import { useBookingText } from './strings';
import { useSlots } from './useDoctor';
import { useWhen } from './When';

const choices = 3;
const around = 7;

/** When on a day a time is wanted, by the reader's clock. */
export function wantedAt(day: string, about?: string): number {
  const zone = ownZone();
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const time = about === undefined ? '12:00' : clock.format(new Date(about));
  return instantOf(day, time, zone).getTime();
}

export interface SlotChoicesProps {
  doctorId: string;
  /** A day of the calendar about which a time is wanted. */
  day: string;
  /** The moment whose time of day suits the patient, such as that of the visit before; else noon. */
  about?: string;
  to: (startsAt: string) => string;
}

/** A few free times about a day, each one press away; nothing while there are none. */
export function SlotChoices({ doctorId, day, about, to }: SlotChoicesProps) {
  const text = useBookingText();
  const when = useWhen();
  const [today] = useState(() => dayOf(Date.now(), ownZone()));
  const wanted = day < today ? today : day;
  const first = shiftDay(wanted, -around) < today ? today : shiftDay(wanted, -around);
  const { data } = useSlots(doctorId, first, shiftDay(wanted, around));
  const free = nearest(data ?? [], wantedAt(wanted, about), choices);
  if (free.length === 0) return null;
  return (
    <ul className={classes.choices} aria-label={text('times.title')}>
      {free.map(({ starts_at: at }) => (
        <li key={at}>
          <Link className={classes.choice} to={to(at)}>
            {when.short(at)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
