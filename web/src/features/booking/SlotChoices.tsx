import { useState } from 'react';
import { Link } from 'react-router';
import { dayOf, shiftDay } from '../../shared/i18n';
import classes from './Booking.module.css';
import { nearest, ownZone } from './slots';
import { useBookingText } from './strings';
import { useSlots } from './useDoctor';
import { useWhen } from './When';

const choices = 3;
const around = 7;

export interface SlotChoicesProps {
  doctorId: string;
  /** A day of the calendar about which a time is wanted. */
  day: string;
  to: (startsAt: string) => string;
}

/** A few free times about a day, each one press away; nothing while there are none. */
export function SlotChoices({ doctorId, day, to }: SlotChoicesProps) {
  const text = useBookingText();
  const when = useWhen();
  const [today] = useState(() => dayOf(Date.now(), ownZone()));
  const wanted = day < today ? today : day;
  const first = shiftDay(wanted, -around) < today ? today : shiftDay(wanted, -around);
  const { data } = useSlots(doctorId, first, shiftDay(wanted, around));
  const free = nearest(data ?? [], Date.parse(`${wanted}T12:00:00Z`), choices);
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
